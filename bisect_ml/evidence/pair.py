"""Whether the commit that went out is the one that broke it."""

from bisect_ml.evidence.base import say
from bisect_ml.types import Candidate, Case, Evidence

_SUSPECTED, _CLEARED = 0.4, 0.1


def pair(case: Case, candidate: Candidate) -> Evidence | None:
    """Carry what was found about a break over to its end.

    Looks at: where the incident is the end of an earlier one and the commit was taken out, how likely
    that commit caused the earlier one.

    Why it tells: a level comes back when what moved it goes out, and the diff shows more plainly what it
    did than what its absence does.

    When it misleads: when the earlier incident was blamed on the wrong commit; both are wrong then.
    """
    if candidate.direction != "removed" or candidate.commit is None or not case.ended:
        return None
    probability = case.ended.get(candidate.commit.sha, 0.0)
    if probability >= _SUSPECTED:
        return say(
            "pair",
            "suspected",
            "it is the likely cause of the break that ended here",
            probability=probability,
        )
    if probability < _CLEARED:
        return say("pair", "cleared", "it is hardly the cause of the break that ended here")
    return None
