"""Whether the break comes and goes with the commit."""

import math
from datetime import datetime, timedelta

from bisect_ml.evidence.base import say
from bisect_ml.evidence.shift import level_between
from bisect_ml.evidence.timing import span
from bisect_ml.evidence.wording import number
from bisect_ml.types import Candidate, Case, Evidence, Incident, Release

_CLOCK_SKEW = timedelta(minutes=10)
_RECOVERY = timedelta(hours=3)
_WINDOW_S = 3 * 86400.0
_SAME_LEVEL = 0.35


def rollback(case: Case, candidate: Candidate) -> Evidence | None:
    """Follow the commit in and out of production, and the series with it.

    Looks at: for a commit that was shipped, whether a later deploy took it out and the series recovered
    then; for one that was taken out, the level before it was shipped, while it served, and after.

    Why it tells: the pair of a break and a recovery, each at the moment the commit went in or out, is
    close to an experiment.

    When it misleads: every commit of the deploy that was rolled back shares this evidence.
    """
    if candidate.commit is None or candidate.release is None:
        return None
    if candidate.direction == "removed":
        return _taken_out(case, candidate, candidate.release)
    started = candidate.release.deploy.started_at
    out = next(
        (r for r in case.releases if r.deploy.started_at > started and _holds(r, candidate, "removed")), None
    )
    if out is None:
        return None
    if recovered := _recovered(case.incident, out.deploy.started_at):
        return say("rollback", "recovers", f"the series recovered {recovered} a deploy took it out")
    return say(
        "rollback",
        "stays",
        f"a deploy took it out at {out.deploy.started_at:%Y-%m-%d %H:%M} UTC without a recovery",
    )


def _recovered(incident: Incident, out: datetime) -> str:
    """Say when the series recovered beside the moment of a deploy; empty where it did not then.

    A recovery that is known to some hours only may have come with any deploy within them.
    """
    if incident.recovered_at is None:
        return ""
    low, high = incident.recovered_within or (incident.recovered_at, incident.recovered_at)
    lag = incident.recovered_at - out
    if -_CLOCK_SKEW <= lag <= _RECOVERY:
        return f"{span(max(0.0, lag.total_seconds()))} after"
    return "about when" if low <= out <= high and high - low <= _RECOVERY else ""


def _taken_out(case: Case, candidate: Candidate, release: Release) -> Evidence | None:
    """Compare the levels before the commit was shipped, while it served, and after it was taken out.

    Before and after end where another deploy took it out, or shipped it again.
    """
    removed_at = release.deploy.started_at
    into = [r for r in case.releases if r.deploy.started_at < removed_at and _holds(r, candidate, "shipped")]
    if not into:
        return None
    series = case.incident.lead.series
    shipped, removed = into[-1].deploy.started_at.timestamp(), removed_at.timestamp()
    settle = _RECOVERY.total_seconds() / 3
    others = [each.deploy.started_at.timestamp() for each in case.releases if _moves(each, candidate)]
    free = max((at + settle for at in others if at < shipped), default=-math.inf)
    again = min((at for at in others if at > removed), default=math.inf)
    before, _, n_before = level_between(series, max(free, shipped - _WINDOW_S), shipped)
    during, _, n_during = level_between(series, shipped, removed)
    after, _, n_after = level_between(series, removed + settle, min(again, removed + settle + _WINDOW_S))
    if min(n_before, n_during, n_after) < 3:
        return None
    if abs(after - before) <= _SAME_LEVEL * abs(during - before) and during != before:
        return say(
            "rollback",
            "returns",
            f"the level went {number(before)} → {number(during)} when it was shipped and is back"
            f" at {number(after)} since it was taken out",
        )
    return say(
        "rollback",
        "elsewhere",
        f"the level was {number(before)} before it was shipped and {number(after)} after it went out",
    )


def _moves(release: Release, candidate: Candidate) -> bool:
    return _holds(release, candidate, "shipped") or _holds(release, candidate, "removed")


def _holds(release: Release, candidate: Candidate, direction: str) -> bool:
    changes = release.removed if direction == "removed" else release.shipped
    sha = candidate.commit.sha if candidate.commit else ""
    return any(sha in change.commits for change in changes)
