"""Comprehensions: small functions of their own, whose first iterable is evaluated outside."""

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bisect_ml.interpreter.compiling import evaluates, expression
from bisect_ml.interpreter.limits import Counted, pay_for_key, weigh
from bisect_ml.interpreter.machine import Evaluate, Frame
from bisect_ml.interpreter.names import assign
from bisect_ml.interpreter.order import steadied
from bisect_ml.interpreter.scopes import Scope, bound_in


def inner_frame(frame: Frame, scope: Scope) -> Frame:
    """Return the frame of a function that stands in a frame of the given scope."""
    around = frame if scope.kind == "function" else frame.outer
    return Frame(frame.machine, {}, frame.module, outer=around)


def _turns(
    generators: Sequence[ast.comprehension], scope: Scope, outer: Scope
) -> Callable[[Frame, Frame], Iterator[None]]:
    """Return what goes through the turns that pass the conditions, with their names in the inner frame."""
    parts = [
        (
            assign(each.target, scope),
            expression(each.iter, scope if place else outer),
            [expression(test, scope) for test in each.ifs],
        )
        for place, each in enumerate(generators)
    ]

    def start(inner: Frame, around: Frame) -> Iterator[None]:
        # What counts also keeps a chain of generators from being taken down in one go, which Python cannot.
        return run(inner, Counted(inner.machine, iter(steadied(inner.machine, parts[0][1](around)))))

    def run(inner: Frame, given: Any, place: int = 0) -> Iterator[None]:
        bind, _, tests = parts[place]
        spend = inner.machine.spend
        for value in given:
            spend()
            bind(inner, value)
            if not all(test(inner) for test in tests):
                continue
            if place + 1 == len(parts):
                yield
            else:
                yield from run(inner, steadied(inner.machine, parts[place + 1][1](inner)), place + 1)

    return start


def _scope(node: Any, outer: Scope) -> Scope:
    bound, _ = bound_in([each.target for each in node.generators])
    return Scope(
        kind="function", path=outer.path, bound=bound, outer=outer, qualified=outer.within("<comprehension>")
    )


_MADE: dict[type[ast.expr], Callable[[Any], Any]] = {
    ast.ListComp: list,
    ast.SetComp: set,
    ast.GeneratorExp: iter,
}


@evaluates(ast.ListComp, ast.SetComp, ast.GeneratorExp)
def elements(node: ast.ListComp | ast.SetComp | ast.GeneratorExp, outer: Scope) -> Evaluate:
    """A list, a set or a generator."""
    scope = _scope(node, outer)
    turns, element = _turns(node.generators, scope, outer), expression(node.elt, scope)
    made = _MADE[type(node)]

    def evaluate(frame: Frame) -> Any:
        inner = inner_frame(frame, outer)
        if made is iter:
            # Of a generator the first iterable is evaluated at once, the others when they are needed.
            return _one_by_one(element, inner, turns(inner, frame))
        values = [element(inner) for _ in turns(inner, frame)]
        if made is list:
            return values
        weigh(frame.machine, values)
        return made(values)

    return evaluate


def _one_by_one(element: Evaluate, inner: Frame, turns: Iterator[None]) -> Iterator[Any]:
    for _ in turns:
        yield element(inner)


@evaluates(ast.DictComp)
def pairs(node: ast.DictComp, outer: Scope) -> Evaluate:
    """A dictionary."""
    scope = _scope(node, outer)
    turns = _turns(node.generators, scope, outer)
    key, value = expression(node.key, scope), expression(node.value, scope)

    def evaluate(frame: Frame) -> dict[Any, Any]:
        inner = inner_frame(frame, outer)
        found: dict[Any, Any] = {}
        for _ in turns(inner, frame):
            at = key(inner)
            pay_for_key(frame.machine, at, len(found))
            found[at] = value(inner)
        return found

    return evaluate
