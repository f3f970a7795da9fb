"""The code that served, as one graph of definitions, and how many steps an entry point needs to each."""

import ast
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from bisect_ml.evidence.call_graph import CallGraph, Node
from bisect_ml.evidence.dispatch import Dispatch
from bisect_ml.evidence.paths import NEVER_SERVED, file_kind
from bisect_ml.evidence.token_graph import TokenGraph
from bisect_ml.types import Case

PYTHON = (".py", ".ipynb")
# More text than this takes seconds to read, and is mostly what others wrote.
MAX_CHARS = 12_000_000
_FOREIGN = frozenset({"node_modules", "vendor", "third_party", "bower_components", "site-packages", ".venv"})


class Program:
    """The definitions of a source tree in all languages, and who uses whom.

    Python is parsed, other languages are read by their tokens; a language that is not known has no
    definitions here.
    """

    def __init__(self, sources: Iterable[tuple[str, str]]) -> None:
        listed = list(sources)
        self._python = CallGraph(each for each in listed if each[0].endswith(PYTHON))
        self._others = TokenGraph(each for each in listed if not each[0].endswith(PYTHON))

    def entries(self, entry: str) -> set[Node]:
        """Return the definitions that an entry point names: `module:function`, or a bare function name.

        Where none is called so, capitals do not matter outside Python.
        """
        graphs = (self._python, self._others)
        found = {node for graph in graphs for node in graph.entries(entry, anywhere=False)}
        found = found or {node for graph in graphs for node in graph.entries(entry)}
        return found or self._others.entries_but_for_capitals(entry)

    def reached(self, starts: Iterable[Node], most: int | None = None) -> dict[Node, int]:
        """Return every definition that the starts use, directly or not, with the number of steps.

        With `most` the nearest of so many, or a few more, are returned.
        """
        distance = dict.fromkeys(starts, 0)
        queue = deque(sorted(distance))
        dispatch = Dispatch()
        while queue and (most is None or len(distance) < most):
            node = queue.popleft()
            for used in (*self.uses(node), *dispatch.follow(node, self.open_calls(node), self.members(node))):
                if used not in distance:
                    distance[used] = distance[node] + 1
                    queue.append(used)
        return distance

    def uses(self, node: Node) -> tuple[Node, ...]:
        """Return the definitions that one definition refers to."""
        graph = self._graph(node)
        return graph.uses(node) if graph else ()

    def open_calls(self, node: Node) -> frozenset[str]:
        """Return the names of methods that a definition calls and that too many classes have."""
        graph = self._graph(node)
        return graph.open_calls(node) if graph else frozenset()

    def members(self, node: Node) -> Mapping[str, frozenset[Node]]:
        """Return the methods of a class by their own names, nothing of what is no class."""
        graph = self._graph(node)
        return graph.members(node) if graph else {}

    def _graph(self, node: Node) -> CallGraph | TokenGraph | None:
        """Return the graph that knows a definition."""
        return next((each for each in (self._python, self._others) if each.holds(node)), None)

    def handed_out(self, nodes: Iterable[Node]) -> frozenset[Node]:
        """Return the classes, and their bases, of what Python functions return."""
        held = (self._python.handed_out(node) for node in nodes if self._python.holds(node))
        return frozenset().union(*held)

    def is_dynamic(self, nodes: Iterable[Node]) -> bool:
        """Return whether some of the definitions call what is named at run time only."""
        graphs = ((self._graph(node), node) for node in nodes)
        return any(graph.is_dynamic(node) for graph, node in graphs if graph)

    def holds(self, node: Node) -> bool:
        """Return whether the definition is known."""
        return self._python.holds(node) or self._others.holds(node)

    def strings(self, nodes: Iterable[Node]) -> frozenset[str]:
        """Return the strings of the given definitions, and the names that may be keys of settings."""
        listed = list(nodes)
        return self._python.strings(node for node in listed if self._python.holds(node)) | (
            self._others.strings(node for node in listed if self._others.holds(node))
        )

    def statements(self, node: Node) -> Iterator[ast.stmt]:
        """Yield the statements of a definition in every version of it; none outside Python."""
        if self._python.holds(node):
            yield from self._python.statements(node)

    def public(self) -> list[Node]:
        """Return the public functions and methods, outside tests."""
        return [*self._python.public(), *self._others.public()]

    def roots(self) -> list[Node]:
        """Return the public functions and methods that nothing else uses: where predictions could start."""
        public = self.public()
        used = {other for node in public for other in self.uses(node)}
        return [node for node in public if node not in used] or public


@lru_cache(maxsize=4)
def graph_of(case: Case) -> Program:
    """Return the program that served, joined with what the candidates' commits changed in it."""
    return Program(_sources(case)[0])


@lru_cache(maxsize=4)
def left_out(case: Case) -> frozenset[str]:
    """Return the paths of the project's own sources that are not in the program: unreadable, or too much."""
    return _sources(case)[1] | {path for path in case.unread if is_own(path)}


@lru_cache(maxsize=4)
def _sources(case: Case) -> tuple[tuple[tuple[str, str], ...], frozenset[str]]:
    """Return paths and texts without repetition, and the paths that are beyond the limit."""
    found: dict[tuple[str, str], None] = {}
    beyond = set()
    left = MAX_CHARS
    for path, text in _texts(case):
        if (path, text) in found or not is_own(path):
            continue
        if len(text) > left:
            beyond.add(path)
            continue
        found[path, text] = None
        left -= len(text)
    return tuple(found), frozenset(beyond)


def _texts(case: Case) -> Iterator[tuple[str, str]]:
    """Yield the changed files first, so that none of them is left out of a tree that is too large."""
    for candidate in case.candidates:
        for change in candidate.commit.files if candidate.commit else ():
            for path, side in ((change.old_path or change.path, change.before), (change.path, change.after)):
                if side is not None:
                    yield path, side
    yield from case.tree.items()


def is_own(path: str) -> bool:
    """Tell the code of a project that runs from its tests, and from what others wrote."""
    return file_kind(path) not in NEVER_SERVED and not _FOREIGN.intersection(path.split("/"))
