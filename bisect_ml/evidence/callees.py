"""Where an entry point stands in a Python file, and how it is called."""

import ast
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bisect_ml.evidence.call_graph import Node
from bisect_ml.interpreter import Place, Successor, copied

Function = ast.FunctionDef | ast.AsyncFunctionDef
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_OF_THE_CLASS = frozenset({"classmethod", "staticmethod"})
_READ_AS_ATTRIBUTES = frozenset({"property", "cached_property"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a function is given: values by their places and by their names."""

    placed: tuple[Any, ...] = ()
    named: tuple[tuple[str, Any], ...] = ()

    def of(self, function: Callable[..., Any], successor: Successor = lambda it: it) -> Any:
        """Return what a function gives; the values of the call stay as they are."""
        placed = [copied(each, successor) for each in self.placed]
        return function(*placed, **{name: copied(value, successor) for name, value in self.named})


@dataclass(frozen=True, slots=True, kw_only=True)
class Callee:
    """A function, a method or a class that examples are given to.

    Attributes:
        node: Its path and dotted name.
        kind: `function`, `method`, `class`, `static` (of a class, without an object) or `property`.
        function: Where its own code stands; for a class, that of its constructor. Line 0 for what a
            name was given, a function that was made elsewhere or an object that can be called.
        constructor: Where the constructor of its class stands, if it has one of its own.
        required: How many arguments it must be given, or one that it may be given; 0 if unknown.
        to_make: How many the constructor before it must be given.
        then: The methods that are asked of what it gives, with no arguments.
    """

    node: Node
    kind: str
    function: Place
    constructor: Place | None
    required: int
    to_make: int
    then: tuple[str, ...] = ()

    @property
    def is_of_objects(self) -> bool:
        """Whether an object must be made first."""
        return self.kind in {"method", "property"}

    def owner(self, names: Mapping[str, Any]) -> Any:
        """Return the class that it is of, in a module of the given names."""
        return names[self.node[1].rpartition(".")[0]]

    def answer(
        self, names: Mapping[str, Any], call: Call, on: Any = None, successor: Successor = lambda it: it
    ) -> Any:
        """Return what it gives in a module of the given names, `on` an object if it is of objects."""
        name = self.node[1].rpartition(".")[2]
        if self.kind in {"function", "class"}:
            return call.of(names[name], successor)
        found = getattr(on if self.is_of_objects else self.owner(names), name)
        return found if self.kind == "property" else call.of(found, successor)


def callee(text: str, node: Node) -> Callee | None:
    """Return how what a node names is called; None where the file has it not, or deeper inside."""
    owner, _, name = node[1].rpartition(".")
    body = _body(text)
    if owner:
        body = _members(body, owner)
    found = next((each for each in reversed(body) if getattr(each, "name", None) == name), None)
    if isinstance(found, ast.ClassDef) and not owner:
        constructor = _constructor(found.body)
        if constructor is None:
            return None
        place = (node[0], constructor.lineno)
        required = _required(constructor, bound=True)
        return Callee(node=node, kind="class", function=place, constructor=None, required=required, to_make=0)
    if found is None and not owner and any(name in _targets(each) for each in body):
        # What it takes is not written where it stands.
        return Callee(
            node=node, kind="function", function=(node[0], 0), constructor=None, required=0, to_make=0
        )
    if not isinstance(found, _FUNCTIONS):
        return None
    kind = _kind(found) if owner else "function"
    constructor = _constructor(body) if kind in {"method", "property"} else None
    bound = kind in {"method", "property"} or (kind == "static" and "classmethod" in _decorators(found))
    required = _required(found, bound=bound)
    return Callee(
        node=node,
        kind=kind,
        function=(node[0], found.lineno),
        constructor=(node[0], constructor.lineno) if constructor else None,
        required=required,
        # What takes nothing itself differs by its object alone.
        to_make=(_needed if required else _required)(constructor, bound=True) if constructor else 0,
    )


def _members(body: Sequence[ast.stmt], owner: str) -> list[ast.stmt]:
    """Return what stands in a class and before that in its bases in the same file; its own comes last."""
    found: list[ast.stmt] = []
    waiting, seen = [owner], set()
    while waiting:
        name = waiting.pop(0)
        kind = next((each for each in body if isinstance(each, ast.ClassDef) and each.name == name), None)
        if kind is None or name in seen:
            continue
        seen.add(name)
        found = [*kind.body, *found]
        waiting = [*(each.id for each in kind.bases if isinstance(each, ast.Name)), *waiting]
    return found


def _targets(statement: ast.stmt) -> set[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return {each.id for each in targets if isinstance(each, ast.Name)}


@lru_cache(maxsize=16)
def _body(text: str) -> Sequence[ast.stmt]:
    with suppress(SyntaxError, ValueError, RecursionError):
        return ast.parse(text).body
    return ()


def _constructor(body: Sequence[ast.stmt]) -> ast.FunctionDef | None:
    made = [each for each in reversed(body) if isinstance(each, ast.FunctionDef)]
    return next((each for name in ("__init__", "__new__") for each in made if each.name == name), None)


def _kind(function: Function) -> str:
    names = _decorators(function)
    if names & _OF_THE_CLASS:
        return "static"
    return "property" if names & _READ_AS_ATTRIBUTES else "method"


def _decorators(function: Function) -> set[str]:
    return {ast.unparse(each).rpartition(".")[2] for each in function.decorator_list}


def _required(function: Function, *, bound: bool) -> int:
    """Return how many arguments a function must be given; one where it can do with none but takes some."""
    takes = len(function.args.posonlyargs) + len(function.args.args) > bound
    return max(int(takes), _needed(function, bound=bound))


def _needed(function: Function, *, bound: bool) -> int:
    given = len(function.args.posonlyargs) + len(function.args.args) - bound
    return max(0, given - len(function.args.defaults))
