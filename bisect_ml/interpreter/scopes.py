"""Which names a piece of code binds, and where those that it only reads come from."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Inner = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A module, a class body or a function, as its source tells it.

    Attributes:
        kind: `module`, `class` or `function`; comprehensions are functions.
        path: The file that holds it.
        bound: The names that it binds itself.
        elsewhere: The names that it declares `global`.
        outer: The scope around it.
        qualified: Its name with those of what is around it.
    """

    kind: str
    path: str
    bound: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    outer: "Scope | None" = None
    qualified: str = ""

    def function(self) -> "Scope | None":
        """Return the nearest function from here outwards."""
        scope: Scope | None = self
        while scope is not None and scope.kind != "function":
            scope = scope.outer
        return scope

    def within(self, name: str) -> str:
        """Return the qualified name of a function or a class that stands here."""
        if self.kind == "module":
            return name
        return f"{self.qualified}.<locals>.{name}" if self.kind == "function" else f"{self.qualified}.{name}"

    def hops(self, name: str) -> int | None:
        """Return how many functions outwards from the nearest one a name is bound; None for globals."""
        scope, count = self.function(), 0
        if name in self.elsewhere:
            return None
        while scope is not None:
            if name in scope.elsewhere:
                return None
            if name in scope.bound:
                return count
            scope = scope.outer.function() if scope.outer else None
            count += 1
        return None


def bound_in(body: Iterable[ast.AST]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names that statements bind in their own scope, and those that they declare global."""
    bound: set[str] = set()
    elsewhere: set[str] = set()
    outer: set[str] = set()
    for node in _own(body):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                bound.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                bound.add(name)
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                bound.update((each.asname or each.name).split(".")[0] for each in names)
            case (
                ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
            ):
                bound.add(name)
            case ast.MatchMapping(rest=str(name)):
                bound.add(name)
            case ast.Global(names=declared):
                elsewhere.update(declared)
            case ast.Nonlocal(names=declared):
                outer.update(declared)
    return frozenset(bound - elsewhere - outer), frozenset(elsewhere)


def _own(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield the nodes of one scope, without those of the functions and classes in it.

    Of comprehensions only the targets of `:=` are yielded: they are bound outside.
    """
    stack = list(body)
    while stack:
        node = stack.pop()
        if isinstance(node, _COMPREHENSIONS):
            stack.extend(each.target for each in ast.walk(node) if isinstance(each, ast.NamedExpr))
            continue
        yield node
        if not isinstance(node, Inner):
            stack.extend(ast.iter_child_nodes(node))


def is_generator(body: Iterable[ast.AST]) -> bool:
    """Return whether a function with this body gives its values one by one."""
    return any(isinstance(node, ast.Yield | ast.YieldFrom) for node in _own(body))
