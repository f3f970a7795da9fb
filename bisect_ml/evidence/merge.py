"""Whether a merge as a whole is to blame, rather than one of the commits that it brought."""

from bisect_ml.evidence.base import say
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.reach import distance_to, is_reached, reach_of
from bisect_ml.evidence.wording import counted
from bisect_ml.types import Candidate, Case, Commit, Evidence

_FEW, _MANY = 4, 7


def merge(case: Case, candidate: Candidate) -> Evidence | None:
    """Count the commits of a merge that can have moved the predictions.

    Looks at: the other commits of the same change: how many are not inert and, where an entry point is
    known, change what it reaches.

    Why it tells: a merge adds nothing of its own; but where many of its commits rework the same path, and
    some do not even run, it is their sum that acts, and no one of them.

    When it misleads: a conflict resolved wrongly is the merge's own doing; where git shows it, the merge is
    weighed as any other commit.
    """
    commit, change = candidate.commit, candidate.change
    if commit is None or len(commit.parents) < 2 or live_files(commit):
        return None
    brought = set(change.commits) - {commit.sha} if change else set()
    inner = {
        one.commit.sha: one.commit for one in case.candidates if one.commit and one.commit.sha in brought
    }
    acting = sum(_can_act(case, each) for each in inner.values())
    level = "none" if acting == 0 else "one" if acting == 1 else "few" if acting <= _FEW else "many"
    level = "overhaul" if acting > _MANY else level
    return say("merge", level, _told(len(brought), acting), acting=acting)


def _told(brought: int, acting: int) -> str:
    joins = f"joins {counted(brought, 'commit')}"
    if brought == 0:
        return "joins nothing that was not live"
    if acting == brought:
        return f"{joins}, which can have acted"
    return (
        f"{joins}, none of which can have acted"
        if acting == 0
        else f"{joins}, of which {acting} can have acted"
    )


def _can_act(case: Case, commit: Commit) -> bool:
    files = live_files(commit)
    found = reach_of(case)
    if found is None or found.guessed:
        return bool(files)
    distances = [distance_to(found, change) for change in files]
    return any(each is None or is_reached(each) for each in distances)
