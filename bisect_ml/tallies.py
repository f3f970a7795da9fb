"""What is counted of two sets of predictions: the numbers that `comparison` judges.

Rows stay in the database; a tally is what is left of one population, the rows of a slice or all of them.
A missing value is a prediction that is null, NaN or infinite.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bisect_ml.saved_check import Coverage
from bisect_ml.types import FloatArray, PredictionKind, Slice


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SideTally:
    """One side of a population.

    `filled` of the `rows` have a value. `mean`, `variance` (of a row; see `units`) and `mean_abs` are those
    of the values that count: all of them where rows are not paired, and those with a partner that has a
    value too where they are. `values` says how many count, `quantiles` are theirs at the probabilities of the
    tallies, from `sampled` of them. `units` are the independent ones among them: rows, or groups of rows
    where the rows of a group depend on one another; the variance is then that of the mean times the
    number of values. Numbers are NaN where there is nothing to count.
    """

    rows: int
    filled: int
    values: int = 0
    mean: float = float("nan")
    variance: float = float("nan")
    mean_abs: float = float("nan")
    quantiles: FloatArray | None = None
    sampled: int = 0
    classes: Mapping[str, int] = field(default_factory=dict)
    units: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PairTally:
    """What pairing tells beyond the two sides.

    `covariance` is that of the two values of a pair, `difference_variance` that of their difference (kept
    apart because the difference of nearly equal variances would be noise). `changed` pairs differ by more
    than the tolerance of floats, `moved` by more than the tolerance of rows; both count null transitions.
    `median_correlation` is that of lying below the median of the own side. `sizes` are
    the quantiles of the relative size of the difference, `ratios` the 25, 50 and 75 % quantiles of head to
    base over the pairs that moved. `flips` maps (class in base, class in head) to pairs.
    """

    pairs: int
    value_to_null: int = 0
    null_to_value: int = 0
    covariance: float = float("nan")
    difference_variance: float = float("nan")
    changed: int = 0
    moved: int = 0
    signs: int = 0
    median_correlation: float = 0.0
    sizes: Mapping[str, float] = field(default_factory=dict)
    ratios: tuple[float, float, float] | None = None
    flips: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tally:
    """One population on both sides; `slice` is None for all rows, `pair` where rows are not paired.

    `design` maps a metric (`null_rate`, `flips`, `rows`, `share`; `mean` for the sake of the median) to how
    many times the variance of independent rows it has, where the rows of a group depend on one another.
    """

    slice: Slice | None
    base: SideTally
    head: SideTally
    pair: PairTally | None = None
    design: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tallies:
    """Two sets of predictions, counted.

    The first tally is that of all rows. `levels` are the probabilities of the sides' quantiles,
    increasing, 0.5 among them. `guesses` are sentences on what the user did not say, `warnings` on what is
    wrong and did not stop the counting.
    """

    kind: PredictionKind
    prediction: str
    coverage: Coverage
    tallies: tuple[Tally, ...]
    levels: FloatArray
    base_rows: int
    head_rows: int
    guesses: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
