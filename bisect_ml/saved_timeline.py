"""The timeline of deploys: what `bisect-ml deploys` prints, and what its JSON holds.

As in the saved report, the names here are the names in the JSON: a field may be added, a rename or a
removal raises `VERSION`. Moments are aware UTC datetimes.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bisect_ml.types import Deploy

SCHEMA: Literal["bisect-ml/deploys"] = "bisect-ml/deploys"
VERSION: Literal[1] = 1

ReleaseKind = Literal["first", "update", "rollback", "diverged", "redeploy", "model", "unknown", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineCommit:
    """One commit of a change."""

    sha: str
    subject: str
    committed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineChange:
    """A first-parent step: one commit, or a merge with the commits it brought, newest first."""

    sha: str
    pull_request: str | None
    commits: tuple[TimelineCommit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRelease:
    """A deploy and what it did, in its service and environment.

    `kind` is `first` where what served before is unknown, `update` where commits went live, `rollback`
    where commits were only taken out, or what served before the last deploy was put back, `diverged` where
    other commits went both ways, `redeploy` where neither, `model` where a
    registered model went live, `unknown` where git lacks the commit or cannot tell what came with it,
    `failed` where it never took effect. `previous` served before it. `truncated` says that git could not see
    the whole range.
    """

    deploy: Deploy
    kind: ReleaseKind
    repository: str | None
    previous: Deploy | None
    shipped: tuple[TimelineChange, ...] = ()
    removed: tuple[TimelineChange, ...] = ()
    truncated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """What a service and environment ran at a moment.

    `replacing` is the deploy before, where the moment lies within the rollout of `deploy`, so that both
    served. `subject` is the first line of the commit's message, None where git does not have it.
    """

    deploy: Deploy
    subject: str | None
    replacing: Deploy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """All deploys, oldest first, and what was live at the moment that was asked for, if one was."""

    schema: Literal["bisect-ml/deploys"] = SCHEMA
    version: Literal[1] = VERSION
    releases: tuple[TimelineRelease, ...]
    warnings: tuple[str, ...]
    at: datetime | None = None
    live: tuple[Live, ...] = ()
