"""Comprehensions: small functions of their own, whose first iterable is evaluated outside."""

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bisect_ml.interpreter.compiling import evaluates, expression
from bisect_ml.interpreter.machine import Evaluate, Frame
from bisect_ml.interpreter.names import assign
from bisect_ml.interpreter.scopes import Scope, bound_in


def inner_frame(frame: Frame, scope: Scope) -> Frame:
    """Return the frame of a function that stands in a frame of the given scope."""
    around = frame if scope.kind == "function" else frame.outer
    return Frame(frame.machine, {}, frame.module, outer=around)


def _turns(
    generators: Sequence[ast.comprehension], scope: Scope, outer: Scope
) -> Callable[[Frame, Frame], Iterator[None]]:
    """Return what goes through the turns that pass the conditions, whose names are then in the inner frame."""
    parts = [
        (
            assign(each.target, scope),
            expression(each.iter, scope if place else outer),
            [expression(test, scope) for test in each.ifs],
        )
        for place, each in enumerate(generators)
    ]

    def run(inner: Frame, around: Frame, place: int = 0) -> Iterator[None]:
        if place == len(parts):
            yield
            return
        bind, values, tests = parts[place]
        for value in values(inner if place else around):
            inner.machine.spend()
            bind(inner, value)
            if all(test(inner) for test in tests):
                yield from run(inner, around, place + 1)

    return run


def _scope(node: Any, outer: Scope) -> Scope:
    bound, _ = bound_in([each.target for each in node.generators])
    return Scope(kind="function", path=outer.path, bound=bound, outer=outer)


@evaluates(ast.ListComp, ast.SetComp, ast.GeneratorExp)
def elements(node: ast.ListComp | ast.SetComp | ast.GeneratorExp, outer: Scope) -> Evaluate:
    """A list, a set or a generator."""
    scope = _scope(node, outer)
    turns, element = _turns(node.generators, scope, outer), expression(node.elt, scope)
    made: Callable[[Iterator[Any]], Any] = {ast.ListComp: list, ast.SetComp: set, ast.GeneratorExp: iter}[
        type(node)
    ]

    def evaluate(frame: Frame) -> Any:
        inner = inner_frame(frame, outer)
        return made(element(inner) for _ in turns(inner, frame))

    return evaluate


@evaluates(ast.DictComp)
def pairs(node: ast.DictComp, outer: Scope) -> Evaluate:
    """A dictionary."""
    scope = _scope(node, outer)
    turns = _turns(node.generators, scope, outer)
    key, value = expression(node.key, scope), expression(node.value, scope)

    def evaluate(frame: Frame) -> dict[Any, Any]:
        inner = inner_frame(frame, outer)
        return {key(inner): value(inner) for _ in turns(inner, frame)}

    return evaluate
