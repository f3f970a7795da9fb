"""The saved report: what `trace` returns, what every renderer reads, what the JSON file holds.

The names here are the names in the JSON, which other tools rely on: a field may be added, but
a rename or a removal raises `VERSION`. Moments are aware UTC datetimes. A report goes to JSON and
back without loss; a number that is not finite is saved as null.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Annotated, Literal, TypeAlias

import msgspec

from bisect_ml.types import Deploy, Direction, Evidence, RangeGap, ShiftKind

SCHEMA: Literal["bisect-ml/trace"] = "bisect-ml/trace"
VERSION: Literal[1] = 1

# A file that gives a moment without its zone is refused.
Moment: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A series as a picture needs it: bucket starts in epoch seconds, values, None for empty buckets."""

    times: tuple[float, ...]
    values: tuple[float | None, ...]
    width_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSymptom:
    """One metric of one slice (`column=value`, or None for all rows) that moved in an incident."""

    metric: str
    slice: str | None
    kind: ShiftKind
    before: float | None
    after: float | None
    onset: Moment
    confidence: float
    chart: Chart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFile:
    """One file of a suspect commit; line counts are None for binary files."""

    path: str
    status: str
    added: int | None
    removed: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunk:
    """The part of a suspect's diff that matters most, as unified diff text without the file header.

    `marks` are the words of the text that the evidence speaks of; renderers highlight them.
    """

    path: str
    text: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What running a commit on recorded inputs showed.

    `outcome` is `bad` where the shift is there, `good` where it is not, `skipped` where the commit could not
    run, `confirmed` where a suspect brings the shift that its parent does not show, `cleared` where it
    changes nothing of it, `other` where it changes the predictions, but not so. `effect` is the shift that
    was seen against the reference, in the unit of the metric that decides; `runs` counts the runs taken,
    cached ones left out; `sentence` says what was seen.
    """

    sha: str
    outcome: Literal["good", "bad", "skipped", "confirmed", "cleared", "other"]
    sentence: str
    effect: float | None = None
    runs: int = 1
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """A possible cause with its probability and what speaks for and against it.

    `sha`, `subject`, `author` and `committed_at` are None for a deploy without commits. `direction`
    is `removed` where the deploy took the commit out. `change` is the sha of the first-parent change
    (merge) that it came by, `change_probability` the sum over that change. `joins` counts the commits that
    a merge brought, None of a commit that is no merge; the probability of a merge is that of its change
    less what its commits can claim for themselves, its hunk that of the likeliest of them. `trial` is what
    re-running it showed. `gap` says of a deploy without commits why it is not known what it shipped (`first`:
    no earlier deploy is known; `missing`: git lacks a commit; `shallow`: a shallow clone does); it is None
    where the deploy shipped nothing new.
    """

    sha: str | None
    probability: float
    deploy: Deploy
    subject: str | None
    author: str | None
    committed_at: Moment | None
    evidence: tuple[Evidence, ...]
    direction: Direction = "shipped"
    change: str | None = None
    change_probability: float | None = None
    pull_request: str | None = None
    joins: int | None = None
    files: tuple[ChangedFile, ...] = ()
    hunk: Hunk | None = None
    trial: Trial | None = None
    gap: RangeGap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """How the predictions spread before and after an onset.

    `edges` are k + 1 increasing prediction values; `before` and `after` are the k shares of rows
    between them, each summing to at most 1 (rows outside the edges are left out).
    """

    edges: tuple[float, ...]
    before: tuple[float, ...]
    after: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MixPart:
    """One slice's part in a shift: its share of the rows and its mean, before and after the onset."""

    slice: str
    share_before: float
    share_after: float
    mean_before: float | None
    mean_after: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedRelease:
    """What the deploy of this id did: how many commits it made live and how many it took out.

    `previous_sha` served before it, None where that is not known. `undoes` is the id of the deploy
    that it rolled back. `gap` says, as that of a suspect does, why the counts are not those of the whole
    range.
    """

    deploy: str
    previous_sha: str | None
    shipped: int
    removed: int
    undoes: str | None = None
    gap: RangeGap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One incident with its suspects, best first.

    The suspects' probabilities and `unexplained_probability` sum to 1. `unexplained` is the evidence
    on *no code change explains this*. `interval` is the 90 % interval of the onset. `next_step` says
    what to run, read or roll back, with commands in backticks. `cut_suspects` counts the suspects left
    out of the file, whose probabilities add to `cut_probability`. `recovers` is the id of the earlier
    finding that this one ended: the old level came back. `rows_affected` counts the rows of the moved
    slice from the onset to the recovery or the end of the log, None where this one ended another.
    """

    id: int
    onset: Moment
    interval: tuple[Moment, Moment]
    metric: str
    slice: str | None
    kind: ShiftKind
    before: float | None
    after: float | None
    ongoing: bool
    recovered_at: Moment | None
    confidence: float
    symptoms: tuple[SavedSymptom, ...]
    suspects: tuple[Suspect, ...]
    unexplained_probability: float
    unexplained: tuple[Evidence, ...] = ()
    signature: str | None = None
    chart: Chart | None = None
    next_step: str = ""
    cut_suspects: int = 0
    cut_probability: float = 0.0
    recovers: int | None = None
    rows_affected: int | None = None
    distribution: Distribution | None = None
    mix: tuple[MixPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the report was made from.

    `columns` maps a part (`timestamp`, `slices`, …) to its column. `repository_url` is the web
    address of the repository, without credentials, to which commits and pull requests link;
    `link_template` overrides it (`https://host/{sha}`). `sha256` maps a file to its hash.
    """

    predictions: tuple[str, ...]
    repository: str | None
    deploys: str | None
    columns: Mapping[str, str | None]
    slices: tuple[str, ...]
    rows: int
    unreadable_rows: int
    log_start: Moment
    log_end: Moment
    bucket_s: float | None
    series: int
    deploys_read: int
    repository_url: str | None = None
    link_template: str | None = None
    sha256: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole answer: one finding per incident, in the order in which they began.

    `chart` shows `chart_metric` over the whole log. `releases` say what the `deploys` shipped;
    `versions` maps the packages that the numbers depend on to their versions.
    """

    schema: Literal["bisect-ml/trace"] = SCHEMA
    version: Literal[1] = VERSION
    created_at: Moment
    inputs: Inputs
    settings: Mapping[str, str | float | int | bool | None]
    warnings: tuple[str, ...]
    incidents: tuple[Finding, ...]
    deploys: tuple[Deploy, ...] = ()
    releases: tuple[SavedRelease, ...] = ()
    chart: Chart | None = None
    chart_metric: str | None = None
    reproduce: str | None = None
    tool_version: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)

    def _repr_html_(self) -> str:
        """Show the report in a notebook."""
        # Renderers stand above this module and read it: looked up by name, only when one is asked for.
        to_notebook = import_module("bisect_ml.report").to_notebook
        return str(to_notebook(self))
