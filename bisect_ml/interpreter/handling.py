"""Statements that raise errors, deal with them, and clean up; what ends the run passes through them."""

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bisect_ml.interpreter.compiling import block, executes, expression
from bisect_ml.interpreter.coroutines import awaited
from bisect_ml.interpreter.imports import mark_optional
from bisect_ml.interpreter.machine import Execute, Exhausted, Frame, Signal, Unsupported
from bisect_ml.interpreter.names import Assign, assign, delete
from bisect_ml.interpreter.scopes import Scope


@executes(ast.Raise)
def raise_(node: ast.Raise, scope: Scope) -> Execute:
    """`raise`."""
    error = expression(node.exc, scope) if node.exc else _handled
    cause = expression(node.cause, scope) if node.cause else None

    def run(frame: Frame) -> None:
        raised = _made(error(frame))
        if cause:
            given = cause(frame)
            raised.__cause__ = None if given is None else _made(given)
        raise raised

    return run


def _handled(frame: Frame) -> BaseException:
    at: Frame | None = frame
    while at is not None and at.handled is None:
        at = at.outer
    if at is None or at.handled is None:
        raise RuntimeError("No active exception to reraise")
    return at.handled


def _made(error: Any) -> Exception:
    """Return an error; what would end the program is not interpreted."""
    if isinstance(error, type) and issubclass(error, BaseException):
        error = error()
    if isinstance(error, Exception):
        return error
    if isinstance(error, BaseException):
        raise Unsupported
    raise TypeError("exceptions must derive from BaseException")


def matches(error: Exception, kinds: Any) -> bool:
    """Return whether an error is of one of the kinds that a handler names; of unknown kinds none is."""
    if isinstance(kinds, tuple):
        return any(matches(error, each) for each in kinds)
    return isinstance(kinds, type) and isinstance(error, kinds)


@dataclass(slots=True)
class Caught:
    """A handler that an error has come to."""

    body: Any
    name: str | None
    where: Assign | None
    forget_name: Execute | None

    def forget(self, frame: Frame) -> None:
        """Unbind the name of the error."""
        if self.forget_name:
            self.forget_name(frame)


def except_(
    handlers: Sequence[ast.ExceptHandler], scope: Scope, compiled: Callable[[Sequence[ast.stmt], Scope], Any]
) -> Callable[[Frame, Exception], Caught | None]:
    """Return what chooses the handler of an error, and gives it its name."""
    ready = []
    for each in handlers:
        bind = forget = None
        if each.name:
            bind = assign(ast.Name(id=each.name, ctx=ast.Store()), scope)
            forget = _forgetting(each.name, scope)
        kinds = expression(each.type, scope) if each.type else None
        ready.append((kinds, Caught(compiled(each.body, scope), each.name, bind, forget)))

    def choose(frame: Frame, error: Exception) -> Caught | None:
        if isinstance(error, RecursionError | MemoryError):
            # How much there is of either depends on who calls the interpreter.
            raise Exhausted
        for kinds, caught in ready:
            if kinds is None or matches(error, kinds(frame)):
                if caught.where:
                    caught.where(frame, error)
                return caught
        return None

    return choose


def _forgetting(name: str, scope: Scope) -> Execute:
    bind = assign(ast.Name(id=name, ctx=ast.Store()), scope)
    drop = delete(ast.Name(id=name, ctx=ast.Del()), scope)

    def forget(frame: Frame) -> None:
        bind(frame, None)
        drop(frame)

    return forget


@executes(ast.Try)
def try_(node: ast.Try, scope: Scope) -> Execute:
    """`try`."""
    mark_optional(node)
    body, other, final = (block(each, scope) for each in (node.body, node.orelse, node.finalbody))
    choose = except_(node.handlers, scope, block)

    def handled(frame: Frame) -> Signal | None:
        try:
            signal = body(frame)
        except Exception as error:
            caught = choose(frame, error)
            if caught is None:
                raise
            before, frame.handled = frame.handled, error
            try:
                return caught.body(frame)  # type: ignore[no-any-return]
            finally:
                frame.handled = before
                caught.forget(frame)
        return other(frame) if signal is None else signal

    def run(frame: Frame) -> Signal | None:
        try:
            signal = handled(frame)
        except Exception:
            leaving = final(frame)
            if leaving is not None:
                return leaving
            raise
        leaving = final(frame)
        return signal if leaving is None else leaving

    return run if node.finalbody else handled


def entered(frame: Frame, manager: Any, bind: Assign | None) -> Any:
    """Enter a context, and return its manager."""
    kind = type(manager)
    if hasattr(kind, "__aenter__") and hasattr(kind, "__aexit__"):
        given = awaited(kind.__aenter__(manager))
        if bind:
            bind(frame, given)
        return manager
    if not hasattr(kind, "__enter__") or not hasattr(kind, "__exit__"):
        raise TypeError(f"{kind.__name__!r} object does not support the context manager protocol")
    given = kind.__enter__(manager)
    if bind:
        bind(frame, given)
    return manager


def left(manager: Any, error: Exception | None) -> bool:
    """Leave a context; return whether its manager takes care of the error."""
    if isinstance(error, RecursionError | MemoryError):
        raise Exhausted
    kind = None if error is None else type(error)
    if hasattr(type(manager), "__aexit__"):
        return bool(awaited(type(manager).__aexit__(manager, kind, error, None)))
    return bool(type(manager).__exit__(manager, kind, error, None))


@executes(ast.With, ast.AsyncWith)
def with_(node: ast.With | ast.AsyncWith, scope: Scope) -> Execute:
    """`with`."""
    body = block(node.body, scope)
    items = [
        (
            expression(each.context_expr, scope),
            assign(each.optional_vars, scope) if each.optional_vars else None,
        )
        for each in node.items
    ]

    def run(frame: Frame, place: int = 0) -> Signal | None:
        if place == len(items):
            return body(frame)
        managed, bind = items[place]
        manager = entered(frame, managed(frame), bind)
        try:
            signal = run(frame, place + 1)
        except Exception as error:
            if left(manager, error):
                return None
            raise
        left(manager, None)
        return signal

    return run
