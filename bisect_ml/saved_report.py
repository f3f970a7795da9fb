"""The saved report: what `trace` returns, what every renderer reads, what the JSON file holds.

The names here are the names in the JSON, which other tools rely on: a field may be added, but
a rename or a removal raises `VERSION`. Moments are aware UTC datetimes. A report goes to JSON and
back without loss; a number that is not finite is saved as null.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bisect_ml.types import Deploy, Direction, Evidence, ShiftKind

SCHEMA: Literal["bisect-ml/trace"] = "bisect-ml/trace"
VERSION: Literal[1] = 1


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
    onset: datetime
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
    """The part of a suspect's diff that matters most, as unified diff text without the file header."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """A possible cause with its probability and what speaks for and against it.

    `sha`, `subject`, `author` and `committed_at` are None for a deploy without commits. `direction`
    is `removed` where the deploy took the commit out. `change` is the sha of the first-parent change
    (merge) that it came by, `change_probability` the sum over that change.
    """

    sha: str | None
    probability: float
    deploy: Deploy
    subject: str | None
    author: str | None
    committed_at: datetime | None
    evidence: tuple[Evidence, ...]
    direction: Direction = "shipped"
    change: str | None = None
    change_probability: float | None = None
    pull_request: str | None = None
    files: tuple[ChangedFile, ...] = ()
    hunk: Hunk | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One incident with its suspects, best first.

    The suspects' probabilities and `unexplained_probability` sum to 1. `unexplained` is the evidence
    on *no code change explains this*. `interval` is the 90 % interval of the onset. `next_step` says
    what to run, read or roll back. `cut_suspects` counts the suspects left out of the file, whose
    probabilities add to `cut_probability`.
    """

    id: int
    onset: datetime
    interval: tuple[datetime, datetime]
    metric: str
    slice: str | None
    kind: ShiftKind
    before: float | None
    after: float | None
    ongoing: bool
    recovered_at: datetime | None
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the report was made from. `columns` maps a part (`timestamp`, `slices`, …) to its column."""

    predictions: tuple[str, ...]
    repository: str | None
    deploys: str | None
    columns: Mapping[str, str | None]
    slices: tuple[str, ...]
    rows: int
    unreadable_rows: int
    log_start: datetime
    log_end: datetime
    bucket_s: float | None
    series: int
    deploys_read: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole answer: one finding per incident, in the order in which they began."""

    created_at: datetime
    inputs: Inputs
    settings: Mapping[str, str | float | int | bool | None]
    warnings: tuple[str, ...]
    incidents: tuple[Finding, ...]
    deploys: tuple[Deploy, ...] = ()
    chart: Chart | None = None
    chart_metric: str | None = None
    reproduce: str | None = None
    tool_version: str = ""
    schema: Literal["bisect-ml/trace"] = field(default=SCHEMA)
    version: Literal[1] = field(default=VERSION)
