"""Where predictions probably start in the code, when nobody said it.

Every public function gets a score by what it is called, what calls it, how often tests do, whether the README
names it, how much code hangs from it and which names and columns the log shares with it; the scores become
probabilities. One that stands out is taken as the entry point; otherwise scorers average over all of them.
"""

import ast
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import PurePosixPath

from bisect_ml.evidence.call_graph import Node
from bisect_ml.evidence.outlines import DEFAULT
from bisect_ml.evidence.paths import file_kind, words
from bisect_ml.evidence.program import Program, graph_of
from bisect_ml.evidence.role import path_role
from bisect_ml.types import Case

_USUAL = frozenset(
    words(
        "predict score infer inference classify recommend forecast estimate invocations serve handler handle"
        " prediction predictions scoring rank"
    )
)
_COMMON = frozenset(
    words(
        "prediction predictions predict score scores scorer value output result service prod production api"
        " app model the csv parquet log logs data test sample main default mean y yhat"
    )
)
_WORD, _CALLED = re.compile(r"\w+"), re.compile(r"(\w+)\s*\(")
_FEATURE = re.compile(r"feature\[(.*)\]")
_ROUTES = frozenset({"post", "get", "put", "route", "api", "endpoint", "websocket", "task", "on_message"})
_MAX_SCORED, _LARGE = 400, 150
_ROOT, _USUAL_NAME, _ROUTE, _SAME_NAME, _SHARED_NAME, _NEARBY_NAME = 0.7, 3.0, 2.0, 4.0, 2.5, 1.5
_OF_THE_PACKAGE, _COLUMN, _MOST_COLUMNS = 2.5, 1.0, 3
_TESTS = frozenset({"test", "tests"})
_BY_ROLE = {"model": 0.7, "serving": 0.7, "feature": 0.0, "other": 0.0, "aside": -2.5}
_BY_SIZE = 0.3
# Fitted to 263 cases of 18 histories, with what else speaks for a function left as it is.
_BY_TESTS, _BY_README = 1.2, 1.0
_STANDS_OUT = 0.6
_MOST_STARTS, _MOST_OUTER = 4, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """What the log calls things: the words of its own names that few logs share, and its columns."""

    words: frozenset[str]
    columns: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Use:
    """How a project uses its own functions: the calls of each name in its tests, the words of its README."""

    calls: Mapping[str, int]
    told: frozenset[str]

    def of(self, node: Node) -> float:
        """Return what speaks for a function in this: what is tested and told is what others are to call."""
        name = node[1].rpartition(".")[2]
        called = PurePosixPath(node[0]).stem if name == DEFAULT else name
        return _BY_TESTS * math.log1p(self.calls.get(called, 0)) + _BY_README * (called in self.told)


@lru_cache(maxsize=4)
def _use(case: Case) -> _Use:
    texts = {**case.resources, **case.tree}
    calls = Counter(
        name for path, text in texts.items() if file_kind(path) == "tests" for name in _CALLED.findall(text)
    )
    told = {
        word
        for path, text in texts.items()
        if PurePosixPath(path).stem.lower() == "readme"
        for word in _WORD.findall(text)
    }
    return _Use(calls=calls, told=frozenset(told))


@lru_cache(maxsize=4)
def guesses(case: Case) -> Mapping[Node, float]:
    """Return the probability of each public function to be where predictions start, best first."""
    graph = graph_of(case)
    roots = set(graph.roots())
    names = _names(case)
    public = [node for node in graph.public() if node[1].partition(".")[0] not in _TESTS]
    used = _use(case)
    scored = {node: _score(graph, node, names, is_root=node in roots) + used.of(node) for node in public}
    best = sorted(scored, key=lambda node: (-scored[node], node))[:_MAX_SCORED]
    total = {node: scored[node] + _BY_SIZE * math.log1p(len(graph.reached({node}, _LARGE))) for node in best}
    top = max(total.values(), default=0.0)
    weights = {node: math.exp(score - top) for node, score in total.items()}
    whole = math.fsum(weights.values())
    ordered = sorted(weights, key=lambda node: (-weights[node], node))
    return {node: weights[node] / whole for node in ordered}


@lru_cache(maxsize=4)
def standing_out(case: Case) -> tuple[Node, ...]:
    """Return the few functions that are the entry point with a probability of .6, best first, or none.

    Likely ones that call these come with them: what is reached is then too much rather than too little.

    Each of them has a reason in its name, its decorators or the names of the log; size alone is none.
    """
    graph, names = graph_of(case), _names(case)
    chosen: list[Node] = []
    mass = 0.0
    for node, probability in guesses(case).items():
        if not _by_name(graph, node, names):
            break
        chosen.append(node)
        mass += probability
        if mass >= _STANDS_OUT:
            return (*chosen, *_outer(graph, chosen, case, names))
        if len(chosen) == _MOST_STARTS:
            break
    return ()


def _outer(graph: Program, chosen: Sequence[Node], case: Case, names: _Names) -> list[Node]:
    """Return those among the likeliest that have a reason of their own and that call one that was chosen.

    What stands out by its name may be a part of what answers: `predict` that calls the route `score`.
    """
    likeliest = [node for node in islice(guesses(case), _MOST_OUTER) if node not in chosen]
    named = [node for node in likeliest if _by_name(graph, node, names) >= _USUAL_NAME]
    return [node for node in named if set(chosen) & set(graph.reached({node}, _LARGE))]


@lru_cache(maxsize=4)
def _names(case: Case) -> _Names:
    given = (*case.hints, case.entry or "")
    own = frozenset(word for name in given for word in words(name) if len(word) > 2 and word not in _COMMON)
    sliced = {series.slice.column for series in case.series if series.slice is not None}
    features = {found[1] for series in case.series if (found := _FEATURE.fullmatch(series.metric))}
    return _Names(words=own, columns=frozenset(name.lower() for name in sliced | features))


def _score(graph: Program, node: Node, names: _Names, *, is_root: bool) -> float:
    by_role = _BY_ROLE.get(path_role(node[0]), 0.0)
    return by_role + _by_name(graph, node, names) + (_ROOT if is_root else 0.0)


def _by_name(graph: Program, node: Node, names: _Names) -> float:
    """Return what speaks for a function in its name, its parameters, its decorators and the log's names."""
    path, name = node
    own = set(words(name.rpartition(".")[2]))
    score = _USUAL_NAME if own & _USUAL else 0.0
    if names.words & own:
        score += _SAME_NAME if own - _COMMON <= names.words else _SHARED_NAME
    elif names.words & set(words(f"{path} {name}")):
        score += _NEARBY_NAME
    if _is_of_the_package(node):
        score += _OF_THE_PACKAGE
    taken = _parameters(graph, node) & names.columns
    score += _COLUMN * min(len(taken), _MOST_COLUMNS)
    return score + (_ROUTE if _is_route(graph, node) else 0.0)


def _is_of_the_package(node: Node) -> bool:
    """Tell a function named like the package whose face holds it: `slugify` of `slugify/__init__.py`."""
    path, name = PurePosixPath(node[0]), node[1].lower()
    faces = {"__init__", "index", "main", path.parent.name.lower()}
    return path.parent.name.lower() == name and path.stem.lower() in faces


def _parameters(graph: Program, node: Node) -> frozenset[str]:
    """Return the names of a Python function's parameters; none in other languages."""
    functions = (
        each for each in graph.statements(node) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return frozenset(
        one.arg.lower()
        for each in functions
        for one in (*each.args.posonlyargs, *each.args.args, *each.args.kwonlyargs)
    )


def _is_route(graph: Program, node: Node) -> bool:
    """Tell a function that a web framework or a worker calls, by its decorators: `@app.post("/…")`."""
    if node[1].rpartition(".")[2].startswith("/"):
        return True
    decorators = [
        each for statement in graph.statements(node) for each in getattr(statement, "decorator_list", [])
    ]
    calls = [each.func if isinstance(each, ast.Call) else each for each in decorators]
    return any(isinstance(each, ast.Attribute) and each.attr in _ROUTES for each in calls)
