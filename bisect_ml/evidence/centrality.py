"""How much of the code runs through what the commit changed, where the entry point is unknown."""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from bisect_ml.evidence.base import say
from bisect_ml.evidence.call_graph import Node, graph_of
from bisect_ml.evidence.definitions import live_definitions
from bisect_ml.evidence.reach import nodes_of, reach_of
from bisect_ml.types import Candidate, Case, Evidence

_MAX_ROOTS = 300
_CORE, _SHARED = 0.4, 0.1


def centrality(case: Case, candidate: Candidate) -> Evidence | None:
    """Count the public functions that run through what the commit changed.

    Looks at: the share of the public functions that nothing else calls from which some chain of
    calls leads to a changed definition. It speaks only where no entry point is known.

    Why it tells: wherever predictions start, they run through shared code more often than through a
    corner of it.

    When it misleads: in a repository of many services, where shared code belongs to all but the one
    that predicts; give `--entry` there.
    """
    if candidate.commit is None or reach_of(case) is not None:
        return None
    changed = live_definitions(candidate.commit)
    if not changed or not case.tree:
        return None
    shares = _shares(case)
    best = max(
        ((shares.get(node, 0.0), node[1]) for each in changed for node in nodes_of(each)), default=None
    )
    if best is None:
        return None
    share, name = best
    level = "core" if share >= _CORE else "shared" if share >= _SHARED else "corner" if share > 0 else "none"
    if level == "none":
        return say("centrality", level, "no public function calls what it changes")
    return say(
        "centrality", level, f"changes {name}, which {share:.0%} of the public functions use", share=share
    )


@lru_cache(maxsize=4)
def _shares(case: Case) -> Mapping[Node, float]:
    """Return for each definition the share of the roots of the call graph that reach it."""
    graph = graph_of(case)
    roots = graph.roots()
    step = max(1, len(roots) // _MAX_ROOTS)
    chosen = roots[::step]
    counts = Counter(node for root in chosen for node in graph.reached({root}))
    return {node: count / len(chosen) for node, count in counts.items()}
