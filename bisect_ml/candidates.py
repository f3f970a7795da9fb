"""Which commits can have caused an incident: those that a deploy near its onset put live or took out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from bisect_ml.types import Candidate, Change, Commit, Deploy, Direction, Incident, Onset, Release

# A deploy acts when it starts, over its rollout, and for a while through caches and batch jobs; a day
# covers all of these. The clocks of the deploy log and of the service may differ by some minutes.
BEFORE_ONSET = timedelta(hours=24)
CLOCK_SKEW = timedelta(minutes=5)
# A twentieth of the belief lies after the 90 % interval; a deploy there is weighed, not left out unheard.
_HEARD_UNTIL = 0.999


def near(incident: Incident, releases: Sequence[Release]) -> tuple[Release, ...]:
    """Choose the releases that can have caused an incident, oldest first.

    Where none went live within a day before the onset interval, the last one before it is kept, so that
    the report can say how far away it is.
    """
    low, high = incident.onset.interval[0], _latest(incident.onset)
    inside = [r for r in releases if low - BEFORE_ONSET <= r.deploy.started_at <= high + CLOCK_SKEW]
    if inside:
        return tuple(inside)
    earlier = [r for r in releases if r.deploy.started_at < low]
    return tuple(earlier[-1:])


def _latest(onset: Onset) -> datetime:
    """Return the moment by which an onset has all but certainly begun."""
    cumulative = np.concatenate([[0.0], np.cumsum(onset.mass)])
    last = float(np.interp(_HEARD_UNTIL, cumulative, onset.edges))
    return max(onset.interval[1], datetime.fromtimestamp(last, UTC))


def aside(incident: Incident, deploys: Sequence[Deploy]) -> tuple[Deploy, ...]:
    """Choose, of the deploys that cannot have acted, those that went live near the onset, oldest first."""
    low, high = incident.onset.interval[0], _latest(incident.onset)
    close = [each for each in deploys if low - BEFORE_ONSET <= each.started_at <= high + CLOCK_SKEW]
    return tuple(sorted(close, key=lambda deploy: deploy.started_at))


def shas(releases: Sequence[Release]) -> tuple[str, ...]:
    """List the commits of the releases, without repetition, in their order."""
    return tuple(
        dict.fromkeys(
            sha
            for release in releases
            for change in (*release.shipped, *release.removed)
            for sha in change.commits
        )
    )


def candidates(releases: Sequence[Release], commits: Mapping[str, Commit]) -> tuple[Candidate, ...]:
    """Make one candidate of every commit of every release, and one of a release without commits.

    A merge is a candidate beside the commits that it brought: two branches may each be harmless and
    their sum not.

    A commit that git could not read (`commits` lacks it) is left out; a release that keeps none is a
    candidate by itself, since configuration may have changed with it.
    """
    found: list[Candidate] = []
    for release in releases:
        own = [
            Candidate(release=release, commit=commits[sha], change=change, direction=direction)
            for direction, change in _moves(release)
            for sha in change.commits
            if sha in commits
        ]
        found += own or [Candidate(release=release, commit=None)]
    return tuple(found)


def _moves(release: Release) -> Iterator[tuple[Direction, Change]]:
    yield from (("shipped", change) for change in release.shipped)
    yield from (("removed", change) for change in release.removed)
