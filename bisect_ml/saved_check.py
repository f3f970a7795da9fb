"""The saved comparison of two branches: what `check` returns, what its renderers read, what its JSON holds.

The names here are the names in the JSON, which other tools rely on: a field may be added, but a rename
or a removal raises `VERSION`. A base is what was good, a head is what is to be released; effects are head
against base. Shares and relative effects are plain fractions (0.02 is 2 %). A number that is not finite is
saved as null.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bisect_ml.saved_report import Moment, Suspect, Trial
from bisect_ml.types import PredictionKind

SCHEMA: Literal["bisect-ml/check"] = "bisect-ml/check"
VERSION: Literal[1] = 1

Verdict = Literal["pass", "fail", "inconclusive"]
EffectUnit = Literal["relative", "points"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two versions that are compared.

    `name` is what the user called it: a branch, or a file of predictions. `sha`, `command` and `seconds`
    are None where predictions were given as a file; `sha` is the commit that ran (of a base, the merge base
    unless asked otherwise). `cached` says that an earlier run of the same tree was taken. `predictions` is
    the path of the file that was compared.
    """

    name: str
    predictions: str
    rows: int
    sha: str | None = None
    subject: str | None = None
    command: str | None = None
    seconds: float | None = None
    cached: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Whether the two sides speak of the same rows, columns, slices and classes.

    `key` are the columns that pair the rows, empty where they are compared unpaired. `matched` counts the
    keys on both sides, `base_only` and `head_only` the rows without a partner, the duplicates the rows whose
    key another row has too. `problems` are sentences on what keeps the comparison from deciding.
    """

    key: tuple[str, ...]
    matched: int = 0
    base_only: int = 0
    head_only: int = 0
    base_duplicates: int = 0
    head_duplicates: int = 0
    columns_lost: tuple[str, ...] = ()
    columns_new: tuple[str, ...] = ()
    slices_lost: tuple[str, ...] = ()
    slices_new: tuple[str, ...] = ()
    classes_lost: tuple[str, ...] = ()
    classes_new: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One metric of one slice (`column=value`, or None for all rows), and its verdict.

    `metric` is `mean`, `median`, `null_rate`, `flips` (decisions or classes that changed), `rows` (rows that
    moved by more than the margin of the mean, or became null or ceased to be), or `share[CLASS]`. `effect` is
    head against base: a fraction of the base where `unit` is `relative`, a difference of shares where it is
    `points`. `interval` is its 90 % interval, None where nothing can be said. `pass` means that the interval
    lies inside the margin, `fail` that it lies outside of it and that `q`, the minimum-effect p value after
    multiple testing, is small. `exact` says that the effect is exact for these inputs (paired rows), and only
    the interval speaks of others.
    `adjusted` is the interval of a failing slice as it holds after slices were picked because they failed.
    `mde` is the smallest effect that this many rows would show (80 % power, two-sided 5 %), `smallest_margin`
    the smallest at which the result would pass, `rows_needed` the rows at which an inconclusive one would
    be decided, rounded up to two digits. `signature` names a ratio that mistaken units leave behind
    (`x1000`). `accepted` is the reason with which somebody accepted this change.
    """

    metric: str
    slice: str | None
    unit: EffectUnit
    base_rows: int
    head_rows: int
    base: float | None
    head: float | None
    effect: float | None
    interval: tuple[float, float] | None
    margin: float
    verdict: Verdict
    exact: bool = False
    p: float | None = None
    q: float | None = None
    mde: float | None = None
    smallest_margin: float | None = None
    rows_needed: int | None = None
    signature: str | None = None
    critical: bool = False
    accepted: str | None = None
    adjusted: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decile:
    """A decile of all numeric predictions on either side: `level` is 0.1 to 0.9."""

    level: float
    base: float
    head: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChanges:
    """What happened to single rows, in all and per slice; exact for these inputs.

    `changed` counts the pairs whose values differ by more than the tolerance, null transitions included.
    `mcnemar_p` is the exact McNemar p value of the null transitions. `quantiles` maps `p50`, `p95`, `p99` and
    `max` to the relative size of the difference, over pairs with a value on both sides. `signs` counts
    the pairs whose sign flipped.
    """

    slice: str | None
    pairs: int
    changed: int
    value_to_null: int
    null_to_value: int
    mcnemar_p: float | None = None
    signs: int = 0
    quantiles: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFlip:
    """How many pairs had one class in the base and another in the head."""

    base: str
    head: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """What the base does to itself: the base run `runs` times on the same inputs, compared pairwise.

    `changed` is the largest share of rows that differed between two runs, `floors` the largest effect seen
    per metric; effects below a floor are not told from noise.
    """

    runs: int
    changed: float
    floors: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two sets of predictions compared, before any commit is weighed.

    `results` are sorted, worst first. `listed` counts all results that were computed, of which the file
    may hold only the telling ones. `verdict` is that of the whole. `deciles` are those of all numeric
    predictions, of the same rows where they are paired: they show which part moved. `guesses` are
    sentences on the settings that nobody gave and the rows suggested.
    """

    verdict: Verdict
    kind: PredictionKind
    coverage: Coverage
    results: tuple[Result, ...]
    computed: int
    rows: tuple[RowChanges, ...] = ()
    flips: tuple[ClassFlip, ...] = ()
    noise: Noise | None = None
    deciles: tuple[Decile, ...] = ()
    guesses: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bisection:
    """The search for the commit by running the code along the history.

    `culprit` is None where it did not come to an end; `reason` then says why. `merge` is the first-parent
    change that brought the culprit, where that is another commit. `trials` are in the order in which they
    ran. `runs` counts the runs that were needed beyond those of base and head, `halving_runs` those that
    plain halving would have needed. `share` is the part of the whole effect that the culprit alone makes.
    """

    culprit: str | None
    merge: str | None = None
    subject: str | None = None
    probability: float | None = None
    trials: tuple[Trial, ...] = ()
    runs: int = 0
    halving_runs: int = 0
    share: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """The whole answer of `check`.

    `suspects` are the commits of the branch, ranked where the comparison failed, best first, with the runs of
    a `bisection` taken in; their `deploy` is the release that the branch would be. Their probabilities and
    `unexplained_probability` sum to 1. `logs` maps what ran to the path of its log. `next_step` says what to
    do, with commands in backticks.
    """

    schema: Literal["bisect-ml/check"] = SCHEMA
    version: Literal[1] = VERSION
    created_at: Moment
    base: Side
    head: Side
    comparison: Comparison
    suspects: tuple[Suspect, ...] = ()
    unexplained_probability: float = 0.0
    bisection: Bisection | None = None
    next_step: str = ""
    repository: str | None = None
    repository_url: str | None = None
    link_template: str | None = None
    settings: Mapping[str, str | float | int | bool | None] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    sha256: Mapping[str, str] = field(default_factory=dict)
    logs: Mapping[str, str] = field(default_factory=dict)
    reproduce: str | None = None
    tool_version: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
