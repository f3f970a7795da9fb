"""Whether the service that the deploy went to is the one that moved."""

from bisect_ml.evidence.base import say
from bisect_ml.evidence.elsewhere import services
from bisect_ml.types import Candidate, Case, Evidence

_MOVED = 0.15


def target(case: Case, candidate: Candidate) -> Evidence | None:
    """Compare the service of the deploy with the services that moved.

    Looks at: the service that the deploy log names, and the moves of each value of the column of the
    log that names services or models.

    Why it tells: a service runs what was deployed to it.

    When it misleads: when the service that was deployed feeds the one that moved.
    """
    release = candidate.release
    moves = {name.lower(): share for name, share in services(case).items()}
    if release is None or release.deploy.service is None or len(moves) < 2:
        return None
    own = moves.get(release.deploy.service.lower())
    moved = sorted(name for name, share in moves.items() if share >= _MOVED)
    if own is None or not moved:
        return None
    name = release.deploy.service
    if own < _MOVED:
        return say("target", "other", f"went to {name}, which did not move; {', '.join(moved[:3])} did")
    if len(moved) == 1:
        return say("target", "own", f"went to {name}, which alone of {len(moves)} services moved")
    return None
