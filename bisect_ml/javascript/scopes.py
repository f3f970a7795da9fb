"""Where names are kept: a list a function, and one for each turn of a block with functions that see it.

The first place of such a list holds the list around it, the second the call it belongs to; values follow.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bisect_ml.javascript.objects import UNDEFINED
from bisect_ml.javascript.reading_modules import bound_names
from bisect_ml.javascript.statement_nodes import (
    Block,
    Declaration,
    DoWhile,
    Enum,
    Export,
    For,
    ForEach,
    If,
    Import,
    Labelled,
    Namespace,
    Switch,
    Try,
)
from bisect_ml.javascript.syntax import Class, Function, Node

Env = list[Any]
Evaluate = Callable[[Env], Any]
Execute = Callable[[Env], "Signal | None"]
FIRST = 2


class Signal:
    """Why a block ended before its last statement."""

    __slots__ = ("label", "value")

    def __init__(self, value: Any = UNDEFINED, label: str = "") -> None:
        self.value, self.label = value, label


BREAK, CONTINUE = Signal(), Signal()


class Frame:
    """A call.

    Attributes:
        this: `this`; None before `super` has made it, so that null is kept apart.
        args: What it was given.
        function: What was called.
        target: What `new` was asked for.
        yields: What a generator has given so far.
    """

    __slots__ = ("args", "arguments", "function", "target", "this", "yields")

    def __init__(self, this: Any, args: list[Any], function: Any, target: Any = UNDEFINED) -> None:
        self.this, self.args, self.function, self.target = this, args, function, target
        self.arguments: Any = None
        self.yields: list[Any] | None = None


@dataclass(slots=True, eq=False)
class Layout:
    """How many places a list of names needs."""

    size: int = FIRST

    def add(self) -> int:
        """Return a new place."""
        self.size += 1
        return self.size - 1

    def blank(self) -> list[Any]:
        """Return the places with nothing in them."""
        return [UNDEFINED] * (self.size - FIRST)


@dataclass(slots=True, eq=False)
class Scope:
    """The names that a piece of code sees.

    Attributes:
        path: The file.
        outer: The scope around it.
        layout: The list in which its names stand.
        owns: Whether it has a list of its own.
        kind: `module`, `function`, `arrow` or `block`.
        strict: Whether `this` may be undefined.
        names: Its names and their places.
        constant: Which of them are not assigned to.
        live: Which of them are imported: what they stand for is asked for anew each time.
    """

    path: str
    outer: "Scope | None"
    layout: Layout
    owns: bool
    kind: str = "block"
    strict: bool = False
    names: dict[str, int] = field(default_factory=dict)
    constant: set[str] = field(default_factory=set)
    live: set[str] = field(default_factory=set)

    def declare(self, names: Iterable[str]) -> None:
        """Give places to names."""
        for name in names:
            if name not in self.names:
                self.names[name] = self.layout.add()

    def find(self, name: str) -> tuple[int, int, bool] | None:
        """Return how many lists away a name is kept, in which place, and whether it is constant."""
        hops, at = 0, self
        while True:
            if name in at.names:
                return hops, at.names[name], name in at.constant
            if at.outer is None:
                return None
            hops += at.owns
            at = at.outer

    def is_live(self, name: str) -> bool:
        """Return whether a name is imported."""
        at: Scope | None = self
        while at is not None and name not in at.names:
            at = at.outer
        return at is not None and name in at.live

    def inner(self, *, closes: bool) -> "Scope":
        """Return the scope of a block; with a list of its own where functions in it may see its names."""
        layout = Layout() if closes else self.layout
        return Scope(self.path, self, layout, owns=closes, strict=self.strict)

    def in_function(self) -> bool:
        """Return whether it is in a function that has its own `arguments`."""
        at: Scope | None = self
        while at is not None:
            if at.kind == "function":
                return True
            at = at.outer
        return False


def lexical_names(body: Iterable[Node]) -> list[tuple[str, bool]]:
    """Return what a block binds for itself, and whether it is constant."""
    found: list[tuple[str, bool]] = []
    for node in body:
        each = node.declaration if isinstance(node, Export) else node
        if isinstance(each, Declaration) and each.kind != "var":
            found += [
                (name, each.kind == "const") for target, _ in each.pairs for name in bound_names(target)
            ]
        elif isinstance(each, Function | Class | Enum | Namespace) and each.name:
            found.append((each.name, False))
        elif isinstance(each, Import):
            found += [(name, False) for _, name in each.pairs]
    return found


def var_names(body: Iterable[Node | None]) -> list[str]:
    """Return what `var` binds in a function, functions in it aside."""
    found: list[str] = []
    for node in body:
        if isinstance(node, Declaration):
            if node.kind == "var":
                found += [name for target, _ in node.pairs for name in bound_names(target)]
        elif isinstance(node, ForEach) and node.kind == "var":
            found += bound_names(node.target) + var_names([node.body])
        elif node is not None:
            found += var_names(_inside(node))
    return found


def _inside(node: Node) -> list[Node | None]:
    """Return the statements in a statement."""
    if isinstance(node, Block):
        return list(node.body)
    if isinstance(node, If):
        return [node.then, node.other]
    if isinstance(node, For):
        return [node.start, node.body]
    if isinstance(node, ForEach | DoWhile | Labelled):
        return [node.body]
    if isinstance(node, Try):
        return [node.body, node.handler, node.last]
    if isinstance(node, Switch):
        return [each for _, body in node.cases for each in body]
    if isinstance(node, Export):
        return [node.declaration]
    return []


def hoisted_in_blocks(body: Iterable[Node]) -> list[str]:
    """Return the names of functions that are declared in blocks, which old code sees outside them too."""
    found: list[str] = []
    for node in body:
        for each in _inside(node):
            if isinstance(each, Function) and each.kind == "function":
                found.append(each.name)
            elif each is not None:
                found += hoisted_in_blocks([each])
    return found
