"""How much of the code runs through what the commit changed, where the entry point is unknown."""

import math
from collections.abc import Mapping
from functools import lru_cache

from bisect_ml.evidence.base import say
from bisect_ml.evidence.call_graph import Node
from bisect_ml.evidence.changes import changed_nodes
from bisect_ml.evidence.entry_points import guesses
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.program import left_out
from bisect_ml.evidence.reach import reach_of
from bisect_ml.evidence.users import users_of_changed
from bisect_ml.types import Candidate, Case, Evidence

_LEVELS = (("all", 0.8), ("core", 0.4), ("shared", 0.1))


def centrality(case: Case, candidate: Candidate) -> Evidence | None:
    """Say how probably predictions run through what the commit changed, where their start is unknown.

    Looks at: the public functions from which some chain of calls leads to a changed definition, each
    weighed by how probably predictions start there: by its name, by what calls it, tests above all, and by
    how much code hangs from it. It speaks only where no entry point is given and none stands out.

    Why it tells: wherever predictions start, they run through shared code more often than through a
    corner of it.

    When it misleads: in a repository of many services, where shared code belongs to all but the one
    that predicts; give `--entry` there.
    """
    if candidate.commit is None or reach_of(case) is not None:
        return None
    found = [changed_nodes(change) for change in live_files(candidate.commit)]
    changed = [node for nodes in found for node in nodes or ()]
    if not changed or not case.tree:
        return None
    shares = _shares(case)
    best = max((shares.get(node, 0.0), node[1]) for node in changed)
    if best[0] == 0 and (None in found or left_out(case)):
        return None
    share, name = best
    level = next((each for each, least in _LEVELS if share >= least), "corner" if share > 0 else "none")
    if level == "none":
        return say("centrality", level, "no public function calls what it changes")
    return say(
        "centrality", level, f"changes {name}, which {share:.0%} of the likely entry points use", share=share
    )


@lru_cache(maxsize=4)
def _shares(case: Case) -> Mapping[Node, float]:
    """Return for each changed definition the probability that it is reached from where predictions start."""
    starts = guesses(case)
    return {
        node: math.fsum(starts.get(each, 0.0) for each in users)
        for node, users in users_of_changed(case).items()
    }
