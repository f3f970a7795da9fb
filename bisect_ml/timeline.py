"""The second job: deploys and git in; what each deploy shipped, and what was live when, out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from bisect_ml.candidates import shas
from bisect_ml.config import Settings
from bisect_ml.errors import ConfigError
from bisect_ml.history import History, deploys_beside, derive_deploys, join, open_repositories, rollbacks
from bisect_ml.progress import Progress, Silence
from bisect_ml.releases import EVERY
from bisect_ml.saved_timeline import (
    Live,
    ReleaseKind,
    Timeline,
    TimelineChange,
    TimelineCommit,
    TimelineRelease,
)
from bisect_ml.sources import parse_moment, read_deploys
from bisect_ml.types import Change, Commit, Release
from bisect_ml.verdicts import deploy_key

# A service, an environment and, where a model went live, its name; empty where there is none.
Line: TypeAlias = tuple[str, str, str]


def timeline(
    *,
    repo: str | Path = ".",
    settings: Settings | None = None,
    at: str | None = None,
    progress: Progress | None = None,
) -> Timeline:
    """Join deploys with git: what each made live and took out, in its service and environment.

    Args:
        repo: The git repository of the deployed code, bare or not.
        settings: Which deploys to read, and of which service and environment; all of them by default.
        at: A moment at which to say what was live.
        progress: Told what was guessed.

    Raises:
        BisectError: The deploys, a setting or the repository cannot be used; its message says why.
    """
    settings, progress = settings or Settings(), progress or Silence()
    moment = None if at is None else _moment(at, settings)
    repositories = open_repositories(repo, settings)
    source = settings.deploys or deploys_beside([Path.cwd()], progress)
    progress.stage("Reading deploys")
    if source is None:
        _, log = derive_deploys((), repositories, settings, progress)
    else:
        log = read_deploys(source, repository=repositories, tz=settings.tz)
    for guess in log.guesses:
        progress.note(guess)
    wide = replace(settings, service=settings.service or EVERY, environment=settings.environment or EVERY)
    history = join(log, repositories, wide)
    commits = _commits(history)
    back = rollbacks(history.releases)
    releases = [
        _release(each, history, commits, back=deploy_key(each.deploy) in back) for each in history.releases
    ]
    releases += [
        TimelineRelease(deploy=deploy, kind="failed", repository=None, previous=None)
        for deploy in history.failed
    ]
    return Timeline(
        releases=tuple(sorted(releases, key=lambda release: release.deploy.started_at)),
        warnings=tuple(dict.fromkeys((*history.warnings, *repositories.warnings))),
        at=moment,
        live=() if moment is None else live_at(moment, history.releases, commits),
    )


def live_at(moment: datetime, releases: Iterable[Release], commits: Mapping[str, Commit]) -> tuple[Live, ...]:
    """Return what each service and environment ran at a moment, those of which nothing is known left out.

    Args:
        moment: An aware datetime.
        releases: Oldest first.
        commits: The deployed commits by sha, as far as git has them.
    """
    lines: dict[Line, Release] = {}
    for release in releases:
        deploy = release.deploy
        if deploy.started_at <= moment:
            model = deploy.ref.rpartition("/")[0] if deploy.is_model else ""
            lines[deploy.service or "", deploy.environment or "", model] = release
    return tuple(_live(moment, lines[line], commits) for line in sorted(lines))


def _live(moment: datetime, release: Release, commits: Mapping[str, Commit]) -> Live:
    deploy = release.deploy
    commit = commits.get(deploy.sha or "")
    rolling = deploy.finished_at is not None and moment < deploy.finished_at
    return Live(
        deploy=deploy,
        subject=commit.subject if commit else None,
        replacing=release.previous if rolling else None,
    )


def _moment(text: str, settings: Settings) -> datetime:
    try:
        return parse_moment(text, settings.zone)
    except (ValueError, OverflowError):
        hint = "write it like 2026-03-04T14:10:00Z, '2026-03-04 14:10' (in --tz), or in epoch seconds"
        raise ConfigError(f"--at: cannot read {text[:40]!r} as a time", hint) from None


def _commits(history: History) -> dict[str, Commit]:
    """Read the messages of all commits that were deployed, shipped or taken out."""
    commits: dict[str, Commit] = {}
    for repository, own in history.repositories.parts(history.releases, lambda each: each.deploy.service):
        deployed = (release.deploy.sha for release in own)
        commits |= repository.messages((*shas(own), *(sha for sha in deployed if sha)))
    return commits


def _release(
    release: Release, history: History, commits: Mapping[str, Commit], *, back: bool
) -> TimelineRelease:
    deploy = release.deploy
    return TimelineRelease(
        deploy=deploy,
        kind=kind_of(release, back=back),
        repository=None if deploy.is_model else str(history.repositories.of(deploy.service).path),
        previous=release.previous,
        shipped=_changes(release.shipped, commits),
        removed=_changes(release.removed, commits),
        truncated=release.truncated,
    )


def kind_of(release: Release, *, back: bool) -> ReleaseKind:
    """Say in one word what a release did; `back` tells a rollback."""
    if release.deploy.is_model:
        return "model"
    if release.truncated and not (release.shipped or release.removed):
        return "unknown"
    if release.previous is None:
        return "first"
    if back:
        return "rollback"
    if release.removed:
        return "diverged"
    return "redeploy" if release.deploy.sha == release.previous.sha else "update"


def _changes(changes: Sequence[Change], commits: Mapping[str, Commit]) -> tuple[TimelineChange, ...]:
    return tuple(
        TimelineChange(
            sha=change.sha,
            pull_request=change.pull_request,
            commits=tuple(
                TimelineCommit(sha=sha, subject=commits[sha].subject, committed_at=commits[sha].committed_at)
                for sha in change.commits
            ),
        )
        for change in changes
    )
