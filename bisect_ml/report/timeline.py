"""The timeline of deploys, on a terminal and as JSON."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

import msgspec
from rich.console import RenderableType
from rich.text import Text

from bisect_ml.report import figures
from bisect_ml.report.console import LEAST_WIDTH, plain_table, printed, warning_lines
from bisect_ml.report.privacy import mask
from bisect_ml.report.untrusted import terminal as safe
from bisect_ml.report.untrusted import visible
from bisect_ml.saved_timeline import Live, Timeline, TimelineChange, TimelineCommit, TimelineRelease
from bisect_ml.types import Deploy

_SHORT = 7
_WHERE_WIDTH = 18
_MOST_REQUESTS = 4
_REMARKS = {
    "first": "first known",
    "rollback": "rollback",
    "diverged": "diverged",
    "redeploy": "redeploy",
    "model": "model",
    "failed": "failed",
}
_STYLES = {"rollback": "yellow", "diverged": "yellow", "failed": "dim", "unknown": "red"}


def timeline_to_json(timeline: Timeline) -> str:
    """Write a timeline as JSON, with secrets masked in what people wrote."""
    safe_to_show = replace(
        timeline,
        releases=tuple(
            replace(release, shipped=_masked(release.shipped), removed=_masked(release.removed))
            for release in timeline.releases
        ),
        live=tuple(replace(live, subject=live.subject and mask(live.subject)) for live in timeline.live),
        warnings=tuple(map(mask, timeline.warnings)),
    )
    return msgspec.json.format(msgspec.json.encode(safe_to_show), indent=1).decode() + "\n"


def timeline_to_terminal(timeline: Timeline, *, width: int = 80, color: bool = False) -> str:
    """Write a timeline, or what was live where that was asked, for a terminal of `width` columns."""
    width = max(LEAST_WIDTH, width)
    blocks = _deploys(timeline, width) if timeline.at is None else _live(timeline, width)
    blocks += warning_lines([mask(warning) for warning in timeline.warnings], rest="the JSON")
    return printed(blocks, width=width, color=color)


def _masked(changes: Iterable[TimelineChange]) -> tuple[TimelineChange, ...]:
    def told(commit: TimelineCommit) -> TimelineCommit:
        return replace(commit, subject=mask(visible(commit.subject)))

    return tuple(replace(change, commits=tuple(map(told, change.commits))) for change in changes)


def _deploys(timeline: Timeline, width: int) -> list[RenderableType]:
    releases = timeline.releases
    shared = _shared(releases)
    wheres = [_where(release.deploy, without=shared) for release in releases]
    table = plain_table(width)
    table.add_column("When (UTC)", no_wrap=True)
    if any(wheres):
        table.add_column("Where", max_width=_WHERE_WIDTH, overflow="fold")
    table.add_column("What", overflow="fold", max_width=20)
    table.add_column("In", justify="right", no_wrap=True)
    table.add_column("Out", justify="right", no_wrap=True)
    table.add_column("Remarks", ratio=1, overflow="fold")
    for release, where in zip(releases, wheres, strict=True):
        cells = [figures.moment(release.deploy.started_at, zone=False)]
        cells += [where] if any(wheres) else []
        cells += [_what(release), *_counts(release), safe(_remarks(release), limit=200)]
        table.add_row(*map(Text, cells), style=_STYLES.get(release.kind, ""))
    return [Text(safe(_headline(releases, shared)), style="bold"), Text(), table, Text()]


def _shared(releases: Sequence[TimelineRelease]) -> set[str]:
    """Return the service and the environment that all deploys have in common."""
    services = {release.deploy.service or "" for release in releases}
    environments = {release.deploy.environment or "" for release in releases}
    return {name for names in (services, environments) if len(names) == 1 for name in names if name}


def _headline(releases: Sequence[TimelineRelease], shared: set[str]) -> str:
    if not releases:
        return "No deploy of this service and environment"
    first, last = releases[0].deploy, releases[-1].deploy
    names = [name for name in (first.service, first.environment) if name in shared and name]
    of = f" of {'/'.join(names)}" if names else ""
    return f"{figures.count(len(releases), 'deploy')}{of}, {figures.span(first.started_at, last.started_at)}"


def _where(deploy: Deploy, *, without: Container[str | None] = ()) -> str:
    """Write the service and the environment, on two lines where one does not hold them."""
    names = [name for name in (deploy.service, deploy.environment) if name and name not in without]
    shown = [safe(name, limit=60) for name in names]
    line = "/".join(shown)
    return line if len(line) <= _WHERE_WIDTH else "\n".join(shown)


def _what(release: TimelineRelease) -> str:
    """Write what the log calls the code, unless that is a sha, and the range that git makes of it."""
    deploy, previous = release.deploy, release.previous
    lines = [] if deploy.sha and deploy.sha.startswith(deploy.ref.lower()) else [safe(deploy.ref, limit=60)]
    if deploy.sha is not None:
        known = previous is not None and previous.sha is not None and previous.sha != deploy.sha
        before = f"{(previous.sha or '')[:_SHORT]}.." if previous is not None and known else ""
        lines.append(f"{before}{deploy.sha[:_SHORT]}")
    return "\n".join(lines)


def _counts(release: TimelineRelease) -> tuple[str, str]:
    if release.kind in {"update", "rollback", "diverged", "redeploy"}:
        return (f"{_count(release.shipped):,}", f"{_count(release.removed):,}")
    return ("-", "-") if release.kind in {"failed", "model"} else ("?", "?")


def _count(changes: Iterable[TimelineChange]) -> int:
    return sum(len(change.commits) for change in changes)


def _remarks(release: TimelineRelease) -> str:
    remarks = [_REMARKS[release.kind]] if release.kind in _REMARKS else []
    if release.kind == "unknown":
        remarks.append("not in git" if release.deploy.sha is None else "range not known")
    elif release.truncated:
        remarks.append("range not known in full")
    changes = (*release.shipped, *release.removed)
    requests = [f"#{change.pull_request}" for change in changes if change.pull_request]
    remarks += requests[:_MOST_REQUESTS]
    if len(requests) > _MOST_REQUESTS:
        remarks.append(f"{len(requests) - _MOST_REQUESTS} more")
    return ", ".join(remarks)


def _live(timeline: Timeline, width: int) -> list[RenderableType]:
    moment = "" if timeline.at is None else figures.moment(timeline.at, seconds=True)
    if not timeline.live:
        text = f"What was live at {moment} is unknown: no deploy of the log began before"
        return [Text(text, style="bold"), Text()]
    table = plain_table(width)
    table.add_column("Where", max_width=_WHERE_WIDTH, overflow="fold")
    table.add_column("Since (UTC)", no_wrap=True)
    table.add_column("What", max_width=20, overflow="fold")
    table.add_column("Commit", ratio=1, overflow="fold")
    for live in timeline.live:
        deploy = live.deploy
        name = safe(deploy.ref, limit=60)
        sha = deploy.sha[:10] if deploy.sha else ""
        table.add_row(
            Text(_where(deploy) or "-"),
            Text(figures.moment(deploy.started_at, zone=False)),
            Text(
                sha if deploy.sha and deploy.sha.startswith(deploy.ref.lower()) else f"{name}\n{sha}".strip()
            ),
            Text(safe(_told(live), limit=300)),
        )
    return [Text(f"Live at {moment}", style="bold"), Text(), table, Text()]


def _told(live: Live) -> str:
    if live.deploy.is_model:
        told = "a registered model"
    elif live.deploy.sha is None:
        told = "not in git"
    else:
        told = mask(live.subject or "")
    if live.replacing is None or live.deploy.finished_at is None:
        return told
    before = (live.replacing.sha or live.replacing.ref)[:10]
    until = figures.moment(live.deploy.finished_at)
    return f"{told} (rolling out until {until}; {before} still answered)"
