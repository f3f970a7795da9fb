"""Coroutines, run to their end where they are called: nothing else happens in the meantime."""

import ast
from typing import Any

from bisect_ml.interpreter.compiling import evaluates, expression
from bisect_ml.interpreter.machine import Evaluate, Frame, Unsupported
from bisect_ml.interpreter.scopes import Scope
from bisect_ml.interpreter.unknown import Unknown

_MOST_TURNS = 1_000


class Coroutine:
    """What a call of a coroutine gives: it has run already."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


def awaited(value: Any) -> Any:
    """Return what `await` gives.

    Raises:
        TypeError: It is nothing to wait for.
        Unsupported: It goes on waiting.
    """
    if isinstance(value, Coroutine):
        return value.value
    if isinstance(value, Unknown):
        return value
    if not hasattr(type(value), "__await__"):
        raise TypeError(f"object {type(value).__name__} can't be used in 'await' expression")
    waiting = type(value).__await__(value)
    for _ in range(_MOST_TURNS):
        try:
            next(waiting)
        except StopIteration as stopped:
            return stopped.value
    raise Unsupported


def finished(value: Any) -> Any:
    """Return what a coroutine gave, and other values as they are."""
    return value.value if isinstance(value, Coroutine) else value


@evaluates(ast.Await)
def await_(node: ast.Await, scope: Scope) -> Evaluate:
    """`await`."""
    value = expression(node.value, scope)

    def evaluate(frame: Frame) -> Any:
        return awaited(value(frame))

    return evaluate


def _gathered(*waiting: Any, **_: Any) -> Coroutine:
    return Coroutine([awaited(each) for each in waiting])


def _same(waiting: Any, *_: Any, **__: Any) -> Any:
    return waiting


ASYNCIO: dict[str, Any] = {
    "run": lambda waiting, **_: awaited(waiting),
    "gather": _gathered,
    "sleep": lambda _, result=None: Coroutine(result),
    **dict.fromkeys(("create_task", "ensure_future", "wait_for", "shield"), _same),
}
"""The module `asyncio`, as far as nothing happens at the same time."""
