"""What the relations `base` and `head` hold, and what both ways of tallying them share."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from bisect_ml.sources.database import Database
from bisect_ml.sources.pair_cells import Grouping, Population
from bisect_ml.tallies import Tally
from bisect_ml.types import PredictionKind, Slice

# Numbers of keys lie below this. 24 bits: sums of them stay exact in a float up to half a billion rows.
CHECKS = 2**24


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What the two relations hold, and how their rows are to be counted.

    `base_lacks` and `head_lacks` are the slice columns that one side does not have.
    """

    kind: PredictionKind
    slices: tuple[str, ...]
    keys: int
    grouping: Grouping
    threshold: float | None
    row_tolerance: float
    grouped: bool = False
    base_lacks: tuple[str, ...] = ()
    head_lacks: tuple[str, ...] = ()

    def key_columns(self, side: str = "") -> str:
        """Write the key columns, behind a prefix such as `x.`."""
        return ", ".join(f"{side}k{at}" for at in range(self.keys))

    def check(self, side: str = "") -> str:
        """Write a number per key whose sum over the rows tells whether these are the same keys."""
        return f"(hash({self.key_columns(side)}) >> 40)::BIGINT"

    @property
    def in_both(self) -> tuple[str, ...]:
        """The slice columns that both sides have."""
        return tuple(one for one in self.slices if one not in self.base_lacks + self.head_lacks)

    @property
    def value(self) -> str:
        """The column that is NULL where the prediction is missing."""
        return "c" if self.kind == "label" else "p"

    @property
    def classed(self) -> bool:
        """Whether the predictions are classes, or become such by a threshold."""
        return self.kind != "numeric" or self.threshold is not None

    def class_of(self, number: str, label: str) -> str:
        """Write the class of a prediction from its number or its label; NULL where there are no classes."""
        if self.kind != "numeric":
            return label
        if self.threshold is None:
            return "NULL::VARCHAR"
        at = f"{self.threshold:.17g}"
        short = f"{self.threshold:g}"
        return (
            f"CASE WHEN {number} IS NULL THEN NULL WHEN {number} >= {at} THEN '>={short}' ELSE '<{short}' END"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SideFacts:
    """One side as a whole: rows, values, values that are NaN or infinite, mean."""

    rows: int
    filled: int
    odd: int
    mean: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counted:
    """The tallies, and what was seen on the way.

    `pairs` counts the rows that have a partner, and `one_to_one` says that each row of either side has one.
    `strays` maps a slice column to the share of the pairs whose two sides have different values in it. `odd`
    counts the predictions of base and head that are NaN or infinite.
    """

    tallies: tuple[Tally, ...] = ()
    pairs: int = 0
    odd: tuple[int, int] = (0, 0)
    one_to_one: bool = False
    strays: Mapping[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def count_side(database: Database, relation: str, layout: Layout) -> SideFacts:
    """Count the rows of a relation."""
    rows, filled, odd, mean = database.row(
        f"SELECT count(*), count({layout.value}), count(*) FILTER (odd), avg(p) FROM {relation}"
    )
    return SideFacts(rows=rows, filled=filled, odd=odd, mean=mean or 0.0)


def moments(count: int, total: float, squares: float) -> tuple[float, float]:
    """Return mean and variance from a count, a sum and a sum of squares; NaN where there are too few."""
    if count < 1:
        return math.nan, math.nan
    mean = total / count
    return mean, max(squares - total * mean, 0.0) / (count - 1) if count > 1 else math.nan


def sampled_warning(rows: int, what: str) -> str:
    """Say that order statistics are from a sample."""
    return f"medians and quantiles are from a sample of about {rows:,} {what}; means and shares from all"


def slice_of(layout: Layout, population: Population) -> Slice | None:
    """Name the slice of a population."""
    return None if population is None else Slice(column=layout.slices[population[0]], value=population[1])
