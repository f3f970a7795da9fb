"""The nouns that every stage shares.

All of them are frozen. Moments are aware UTC datetimes, or epoch seconds where many stand in
one array; probabilities run from 0 to 1; log-likelihood ratios are in nats. What is saved in a
report has its own nouns in `saved_report.py`.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]

PredictionKind = Literal["numeric", "boolean", "label"]
ShiftKind = Literal["level", "ratio", "spread", "null rate", "share", "stuck"]
SHARES = ("null_rate", "share[", "values[")
"""How the metrics begin that are shares of rows."""
DeployStatus = Literal["succeeded", "failed", "unknown"]
Direction = Literal["shipped", "removed"]
UndoingKind = Literal["reverts", "fixes", "lines"]
RangeGap = Literal["first", "missing", "shallow"]
"""Why what a deploy shipped is not known in full: no earlier deploy is known, git lacks a commit of the
range, or a shallow clone does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """A part of the population: the rows where `column` equals `value`."""

    column: str
    value: str

    def __str__(self) -> str:
        return f"{self.column}={self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column of the prediction log plays which part; None or empty where none does."""

    timestamp: str
    prediction: str
    kind: PredictionKind
    slices: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRange:
    """Predictions from `low` to `high`, both included; one value where these are equal."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.low:.6g}" if self.low == self.high else f"{self.low:.6g}..{self.high:.6g}"

    def holds(self, values: FloatArray) -> NDArray[np.bool_]:
        """Tell which values lie in it; NaN does not."""
        return (values >= self.low) & (values <= self.high)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Series:
    """One metric of one slice over time.

    `times` are bucket starts in epoch seconds, strictly increasing. `width_s` is the width of a
    bucket, or None where every point stands for the rows of one irregular moment. `values` is NaN
    where a bucket has no rows, `counts` holds the rows behind each value. Label predictions have
    one metric per class, named `share[CLASS]`; the other metrics are `mean`, `std`, `p05`, `p50`,
    `p95`, `null_rate` and `count`, and `values[RANGE]`, the share of the predictions that lie in `within`.
    """

    metric: str
    slice: Slice | None
    times: FloatArray
    width_s: float | None
    values: FloatArray
    counts: FloatArray
    within: ValueRange | None = None

    @property
    def name(self) -> str:
        """The metric and its slice, as people read it: `mean of country=BR`."""
        return self.metric if self.slice is None else f"{self.metric} of {self.slice}"

    @property
    def is_share(self) -> bool:
        """Whether the values are shares of the rows."""
        return self.metric.startswith(SHARES)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ChangePoint:
    """A moment at which a series started to behave differently.

    `index` is the first bucket after the change; `interval` holds the lowest and the highest index
    of its 90 % set, both included; `posterior` has one probability per bucket and sums to 1.
    `before` and `after` are in the metric's own unit. `confidence` is the probability that the
    series changed here at all.
    """

    index: int
    interval: tuple[int, int]
    posterior: FloatArray
    before: float
    after: float
    kind: ShiftKind
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Symptom:
    """A change point and the series that shows it."""

    series: Series
    change_point: ChangePoint


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Onset:
    """When a break began: a piecewise constant density over time.

    `edges` are k + 1 increasing epoch seconds; `mass` are the k probabilities between them, which
    sum to 1. `at` is the best single answer, `interval` the 90 % interval.
    """

    edges: FloatArray
    mass: FloatArray
    at: datetime
    interval: tuple[datetime, datetime]

    @classmethod
    def of(cls, edges: FloatArray, mass: FloatArray) -> "Onset":
        """Sum up a density by its median and its 5 and 95 % quantiles."""
        cumulative = np.concatenate([[0.0], np.cumsum(mass)])
        low, middle, high = (
            datetime.fromtimestamp(float(at), UTC) for at in np.interp([0.05, 0.5, 0.95], cumulative, edges)
        )
        return cls(edges=edges, mass=mass, at=middle, interval=(low, high))


STILL_INSIDE_P, MOVED_OVERALL_P = 1e-3, 1e-5
"""Above the first chance nothing moved inside the slices; below the second the rows as a whole did."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Incident:
    """Change points that began together, taken as one event.

    `lead` is the symptom that shows the event best, `symptoms` are the others, best first.
    `recovered_at` is None while the break lasts to the end of the log, `recovered_within` the interval in
    which that moment lies; `recovers` is the number of the earlier incident that this one ended.
    `inside_p` is the chance of such a shift of the raw rows while nothing changed, with rows compared
    inside their slices and time of day only, `overall_p` the same among all rows of that time of day; a
    change of traffic makes the second small, not the first.
    """

    number: int
    onset: Onset
    lead: Symptom
    symptoms: tuple[Symptom, ...]
    recovered_at: datetime | None = None
    recovered_within: tuple[datetime, datetime] | None = None
    recovers: int | None = None
    inside_p: float = 1.0
    overall_p: float = 1.0

    @property
    def is_of_traffic(self) -> bool:
        """Whether the rows moved all together and not inside their slices: their mix is what moved."""
        return self.inside_p > STILL_INSIDE_P and self.overall_p < MOVED_OVERALL_P

    @property
    def all_symptoms(self) -> tuple[Symptom, ...]:
        """The lead first, then the others."""
        return (self.lead, *self.symptoms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deploy:
    """One roll-out of one service to one environment.

    `ref` is what the deploy log calls the code (a sha, tag or branch); `sha` is the commit that git
    resolved it to, 40 (or 64) hex digits, or None where git does not know it. `finished_at` is the
    moment of full traffic, None where the log does not say.
    """

    id: str
    ref: str
    sha: str | None
    service: str | None
    environment: str | None
    started_at: datetime
    finished_at: datetime | None
    status: DeployStatus = "unknown"

    @property
    def is_model(self) -> bool:
        """Whether a registered model went live, and no code; `ref` is then `models:/NAME/VERSION`."""
        return self.ref.startswith("models:/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One commit as a walk through history meets it; `pull_request` is the number its message names."""

    sha: str
    parents: tuple[str, ...]
    committed_at: datetime
    pull_request: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A first-parent step of the main line: one commit, or a merge with the commits it brought.

    `sha` is the step itself; `commits` are the shas it brought, newest first, the step included.
    """

    sha: str
    commits: tuple[str, ...]
    pull_request: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a deploy made live, and what it took out, in its service and environment.

    `shipped` are the changes reachable from its sha and not from the one that served before it,
    `removed` the reverse, both newest first. Both are empty for a redeploy, and where nothing is known of
    the range; `gap` says why it is not known in full. `previous` is the last deploy before it whose commit
    git has, else the last before it; None for the first.
    """

    deploy: Deploy
    previous: Deploy | None
    shipped: tuple[Change, ...] = ()
    removed: tuple[Change, ...] = ()
    gap: RangeGap | None = None

    @property
    def truncated(self) -> bool:
        """Whether git could not see the whole range."""
        return self.gap in {"missing", "shallow"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """What one commit did to one file, against its first parent.

    `status` is git's letter (A, M, D, R, C, T). `added` and `removed` count lines, None for binary
    files. `patch` holds the hunks without the file header. `before` and `after` are the whole texts;
    each of the three is None where it was not loaded, is not text, is too large or does not exist.
    None is *unknown*, never *unchanged*.
    """

    path: str
    old_path: str | None = None
    status: str = "M"
    added: int | None = None
    removed: int | None = None
    patch: str | None = None
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """One commit as git has it; `files` is empty for a merge that only joins, and until it was asked for."""

    sha: str
    parents: tuple[str, ...]
    author: str
    committed_at: datetime
    subject: str
    body: str = ""
    files: tuple[FileChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """A later commit, `by`, that took back what the commit `sha` did.

    `kind` is what tells it: its message says that it reverts or fixes the commit, or its lines do.
    `share` is the part of the commit's changed lines that it put back, known for `lines` only.
    """

    sha: str
    by: str
    kind: UndoingKind
    share: float | None
    committed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A possible cause, before any evidence: a commit that a release shipped or removed.

    `commit` is None for a release without commits (a redeploy: configuration may have changed).
    Both `release` and `commit` are None for `NO_DEPLOY`.
    """

    release: Release | None
    commit: Commit | None
    change: Change | None = None
    direction: Direction = "shipped"

    @property
    def is_merge(self) -> bool:
        """Whether this is the merge that brought a change, not one of the commits in it."""
        commit, change = self.commit, self.change
        return bool(commit and change and commit.sha == change.sha and len(commit.parents) > 1)


NO_DEPLOY = Candidate(release=None, commit=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one scorer says of one candidate.

    `llr` is a log-likelihood ratio in nats; positive accuses. `facts` are the numbers and names
    that the sentence is made of.
    """

    scorer: str
    llr: float
    sentence: str
    facts: Mapping[str, str | float | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A candidate after the evidence.

    `probability` sums to 1 over all candidates of the incident, `NO_DEPLOY` included.
    `change_probability` is the sum over the candidates that came by the same change in the same
    deploy, the candidate's own where it came by none.
    """

    candidate: Candidate
    probability: float
    change_probability: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionContrast:
    """What two versions predicted while both served, around an onset.

    `deploy` is the id of the deploy that replaced `old` by `new`. `rows_*` and `mean_*` (of predictions that
    are numbers or booleans, NaN otherwise) are of the minutes from the onset on in which both served,
    `seconds` of them in all. `follows` is the log-likelihood ratio, in nats, of versions that differ by the
    shift over versions that do not; near 0 where the rows cannot tell.
    """

    deploy: str
    new: str
    old: str
    rows_new: int
    rows_old: int
    mean_new: float
    mean_old: float
    seconds: float
    follows: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueShare:
    """One value of the predictions, and the shares of all rows (0 to 1) with it before and after an onset."""

    value: float
    before: float
    after: float

    @property
    def gain(self) -> float:
        """The share after, less the share before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueContrast:
    """How single values differ before and after an onset.

    `decimals_*` are those to which nearly all values are rounded, None where they are not rounded to six or
    fewer, and on both sides where one has too few different values to tell. `moved` holds the values that
    many more or many fewer rows have, the furthest first.
    """

    decimals_before: int | None
    decimals_after: int | None
    moved: tuple[ValueShare, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """Everything that a scorer may read about one incident; no scorer touches git, clock or disk.

    `candidates` excludes `NO_DEPLOY`. `series` are all series of the log, broken or not. `releases`
    are all releases of the log's window. `undoings` say which of the candidates' commits were taken
    back since, on any branch, by commits that need not be candidates. `tree` maps the paths of the
    source files that served right after the onset to their texts (empty where it was not loaded); `unread`
    are the paths of those that git has not here. `beside` maps the paths of data of that commit
    that code and tests may read to their texts.
    `ended` holds, where the incident ends an earlier one, how likely each commit caused that one, by sha.
    `entry` is `module:function`, where predictions start in the code, or several with commas between; where
    it is not known, `hints` are names that the log and its deploys use (prediction column, service, file).
    `versions` compare the versions that served side by side, `values` single values before and after.
    `aside` are deploys near the onset that cannot have acted: failed, or of another service or environment.
    `log_start` and `log_end` are epoch seconds of the log's first and last row; both are 0 where there is
    no log. Between `clear_start` and `clear_end` no other incident began, nor did one end.
    """

    incident: Incident
    candidates: tuple[Candidate, ...]
    series: tuple[Series, ...] = ()
    releases: tuple[Release, ...] = ()
    undoings: tuple[Undoing, ...] = ()
    tree: Mapping[str, str] = field(default_factory=dict)
    ended: Mapping[str, float] = field(default_factory=dict)
    entry: str | None = None
    log_start: float = 0.0
    log_end: float = 0.0
    clear_start: float = -math.inf
    clear_end: float = math.inf
    unread: frozenset[str] = frozenset()
    beside: Mapping[str, str] = field(default_factory=dict)
    hints: tuple[str, ...] = ()
    versions: tuple[VersionContrast, ...] = ()
    values: ValueContrast | None = None
    aside: tuple[Deploy, ...] = ()

    @property
    def entries(self) -> tuple[str, ...]:
        """The entry points one by one, none where none was named."""
        return tuple(filter(None, map(str.strip, (self.entry or "").split(","))))

    @property
    def entry_functions(self) -> tuple[str, ...]:
        """The names of their functions, without module and class."""
        return tuple(re.split(r"[.:#]+", entry)[-1].removesuffix("()") for entry in self.entries)
