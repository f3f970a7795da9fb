"""What uses the definitions that the suspects change, directly or not."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from bisect_ml.evidence.call_graph import Node
from bisect_ml.evidence.changes import changed_nodes
from bisect_ml.evidence.dispatch import runs_unnamed
from bisect_ml.evidence.entry_points import guesses
from bisect_ml.evidence.families import language
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.module_index import OPEN
from bisect_ml.evidence.paths import file_kind
from bisect_ml.evidence.program import graph_of
from bisect_ml.types import Case

_USED_BY_WHATEVER = frozenset({"settings", "data"})


@lru_cache(maxsize=4)
def users_of_changed(case: Case) -> Mapping[Node, frozenset[Node]]:
    """Return for each changed definition itself and all that use it, of what public functions reach.

    The walk goes backwards from each, which is shorter than from every possible start.
    """
    users = _users(case)
    commits = (candidate.commit for candidate in case.candidates if candidate.commit)
    files = (change for commit in commits for change in live_files(commit))
    changed = {node for change in files for node in changed_nodes(change) or ()}
    return {node: frozenset(_ancestors(node, users)) for node in changed}


@lru_cache(maxsize=4)
def are_known(case: Case) -> bool:
    """Return whether it is known what uses all that the suspects change: not of settings and data."""
    commits = (candidate.commit for candidate in case.candidates if candidate.commit)
    kinds = {file_kind(change.path) for commit in commits for change in live_files(commit)}
    return kinds.isdisjoint(_USED_BY_WHATEVER)


def _users(case: Case) -> Mapping[Node, Sequence[Node]]:
    graph, users = graph_of(case), dict[Node, list[Node]]()
    for node in graph.reached(guesses(case)):
        for used in graph.uses(node):
            users.setdefault(used, []).append(node)
        for name in graph.open_calls(node):
            users.setdefault((OPEN, name), []).append(node)
        for name, methods in graph.members(node).items():
            by = [(OPEN, name), *([node] if runs_unnamed(language(node[0]), name) else [])]
            for method in methods:
                users.setdefault(method, []).extend(by)
    return users


def _ancestors(node: Node, users: Mapping[Node, Sequence[Node]]) -> set[Node]:
    found, waiting = {node}, [node]
    while waiting:
        for user in users.get(waiting.pop(), ()):
            if user not in found:
                found.add(user)
                waiting.append(user)
    return found
