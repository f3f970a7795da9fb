"""What to run, read or roll back now."""

import math
from collections.abc import Sequence

from bisect_ml.types import Commit, Incident, Ranked, Release

# A whole deploy is rolled back on less certainty than it takes to blame one commit.
ROLL_BACK_FROM = 0.6
READ_ONE_FROM = 0.5
RIVAL_RATIO = 4.0


def next_step(incident: Incident, ranking: Sequence[Ranked]) -> str:
    """Say what to do about an incident, with commands and shas in backticks.

    Args:
        incident: The incident.
        ranking: All candidates, best first, `NO_DEPLOY` among them.
    """
    best = ranking[0]
    release, commit = best.candidate.release, best.candidate.commit
    if release is None:
        return (
            "No rollback is indicated: check what came in (traffic, upstream data, outages) "
            f"around {incident.onset.at:%Y-%m-%d %H:%M} UTC."
        )
    steps = [*_undo(incident, ranking, release), _look(ranking, release, commit)]
    return " ".join(steps)


def _undo(incident: Incident, ranking: Sequence[Ranked], release: Release) -> list[str]:
    if incident.recovers is not None:
        return [f"Nothing to undo: incident {incident.recovers} ended here."]
    same_deploy = math.fsum(one.probability for one in ranking if one.candidate.release is release)
    if incident.recovered_at is not None or same_deploy < ROLL_BACK_FROM or release.previous is None:
        return []
    service = f"{release.deploy.service} " if release.deploy.service else ""
    return [f"Roll {service}back to `{release.previous.ref[:12]}`, which served before."]


def _look(ranking: Sequence[Ranked], release: Release, commit: Commit | None) -> str:
    best = ranking[0].probability
    if commit is None:
        return f"Compare configuration and artefacts before and after deploy {release.deploy.id}."
    if best >= READ_ONE_FROM:
        return f"Read the change: `git show {commit.sha[:12]}`"
    rivals = [one for one in ranking if one.probability >= best / RIVAL_RATIO]
    if len(rivals) == 1:
        return f"Read the change first: `git show {commit.sha[:12]}`"
    return (
        f"The evidence cannot separate the first {len(rivals)} suspects; only running the code will: "
        f"score the same inputs at `{commit.sha[:12]}` and at `{commit.sha[:12]}^`, its parent."
    )
