"""Functions that give their values one by one: their statements are generators of Python themselves.

Only statements that hold a `yield` are compiled by the rules here. A generator that nobody asks further
ends without its `finally`.
"""

import ast
from collections.abc import Callable, Generator, Sequence
from typing import Any, cast

from bisect_ml.interpreter.compiling import evaluates, expression, statement
from bisect_ml.interpreter.handling import entered, except_, left
from bisect_ml.interpreter.imports import mark_optional
from bisect_ml.interpreter.machine import BREAK, CONTINUE, Evaluate, Frame, Signal, Unsupported
from bisect_ml.interpreter.matching import case_of
from bisect_ml.interpreter.names import assign
from bisect_ml.interpreter.order import steadied
from bisect_ml.interpreter.scopes import Scope, is_generator

Steps = Generator[Any, Any, Signal | None]
Flow = Callable[[Frame], Steps]

_CLOSED = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)


class Sent(ast.expr):
    """What a `yield` of the same statement has evaluated to."""

    _fields = ("slot",)


@evaluates(Sent)
def sent(node: Any, _: Scope) -> Evaluate:
    """What the caller has sent, kept under a name that no code has."""
    slot = node.slot
    return lambda frame: frame.names.pop(slot)


class _Lifted(ast.NodeTransformer):
    """Takes each `yield` out of an expression, so that it comes before it."""

    def __init__(self) -> None:
        self.lifted: list[tuple[str, ast.Yield | ast.YieldFrom]] = []

    def visit(self, node: ast.AST) -> Any:
        """Return what is left of a node."""
        if isinstance(node, _CLOSED):
            return node
        if _is_conditional(node) and is_generator([node]):
            raise Unsupported
        node = self.generic_visit(node)
        if not isinstance(node, ast.Yield | ast.YieldFrom):
            return node
        slot = f".{len(self.lifted)}"
        self.lifted.append((slot, node))
        return ast.copy_location(Sent(slot=slot), node)  # type: ignore[call-arg]


def _is_conditional(node: ast.AST) -> bool:
    """Return whether parts of a node may not be evaluated."""
    return isinstance(node, ast.BoolOp | ast.IfExp) or (isinstance(node, ast.Compare) and len(node.ops) > 1)


def _lifted(node: Any, scope: Scope) -> tuple[Flow, Any]:
    """Return what gives the values of each `yield` in a node, and the node without them."""
    lifter = _Lifted()
    again = _again(node)
    rest = [lifter.visit(each) for each in again] if isinstance(again, list) else lifter.visit(again)
    parts = [
        (slot, isinstance(each, ast.YieldFrom), expression(each.value, scope) if each.value else None)
        for slot, each in lifter.lifted
    ]

    def run(frame: Frame) -> Steps:
        for slot, several, value in parts:
            given: Any = value(frame) if value else None
            frame.machine.spend()
            frame.names[slot] = (yield from given) if several else (yield given)
        return None

    return run, rest


def _again(node: Any) -> Any:
    """Return a copy of a node, down to what no `yield` is in: trees are shared by all that run them."""
    if isinstance(node, list):
        return [_again(each) for each in node]
    if not isinstance(node, ast.AST):
        return node
    made = type(node)(**{name: _again(value) for name, value in ast.iter_fields(node)})
    return ast.copy_location(made, node)


def flow(body: Sequence[ast.stmt], scope: Scope) -> Flow:
    """Return what gives the values of statements in their order."""
    steps = [(is_generator([each]), each) for each in body]
    ready: list[tuple[bool, Any]] = [
        (gives, _flow(each, scope) if gives else statement(each, scope)) for gives, each in steps
    ]

    def run(frame: Frame) -> Steps:
        for gives, step in ready:
            frame.machine.spend()
            signal: Any = (yield from step(frame)) if gives else step(frame)
            if signal is not None:
                return cast("Signal", signal)
        return None

    return run


def _flow(node: ast.stmt, scope: Scope) -> Any:
    rule = _RULES.get(type(node), _simple)
    try:
        return rule(node, scope)
    except Unsupported:
        return _refused


def _refused(_: Frame) -> Steps:
    raise Unsupported
    yield  # what makes it a generator


def _simple(node: ast.stmt, scope: Scope) -> Flow:
    before, rest = _lifted(node, scope)
    run_rest = statement(rest, scope)

    def run(frame: Frame) -> Steps:
        yield from before(frame)
        return run_rest(frame)

    return run


def _if(node: ast.If, scope: Scope) -> Flow:
    before, test_node = _lifted(node.test, scope)
    test, then, other = expression(test_node, scope), flow(node.body, scope), flow(node.orelse, scope)

    def run(frame: Frame) -> Steps:
        yield from before(frame)
        return (yield from (then if test(frame) else other)(frame))

    return run


def _for(node: ast.For, scope: Scope) -> Flow:
    before, values_node = _lifted(node.iter, scope)
    values, bind = expression(values_node, scope), assign(node.target, scope)
    body, other = flow(node.body, scope), flow(node.orelse, scope)

    def run(frame: Frame) -> Steps:
        yield from before(frame)
        for value in steadied(frame.machine, values(frame)):
            frame.machine.spend()
            bind(frame, value)
            signal = yield from body(frame)
            if signal is BREAK:
                return None
            if signal is not None and signal is not CONTINUE:
                return signal
        return (yield from other(frame))

    return run


def _while(node: ast.While, scope: Scope) -> Flow:
    before, test_node = _lifted(node.test, scope)
    test, body, other = expression(test_node, scope), flow(node.body, scope), flow(node.orelse, scope)

    def run(frame: Frame) -> Steps:
        while True:
            yield from before(frame)
            if not test(frame):
                return (yield from other(frame))
            frame.machine.spend()
            signal = yield from body(frame)
            if signal is BREAK:
                return None
            if signal is not None and signal is not CONTINUE:
                return signal

    return run


def _try(node: ast.Try, scope: Scope) -> Flow:
    mark_optional(node)
    body, other, final = (flow(each, scope) for each in (node.body, node.orelse, node.finalbody))
    choose = except_(node.handlers, scope, flow)

    def handled(frame: Frame) -> Steps:
        try:
            signal = yield from body(frame)
        except Exception as error:
            caught = choose(frame, error)
            if caught is None:
                raise
            before, frame.handled = frame.handled, error
            try:
                leaving: Signal | None = yield from caught.body(frame)
            finally:
                frame.handled = before
                caught.forget(frame)
            return leaving
        return (yield from other(frame)) if signal is None else signal

    def run(frame: Frame) -> Steps:
        try:
            signal = yield from handled(frame)
        except Exception:
            leaving = yield from final(frame)
            if leaving is not None:
                return leaving
            raise
        leaving = yield from final(frame)
        return signal if leaving is None else leaving

    return run if node.finalbody else handled


def _with(node: ast.With, scope: Scope) -> Flow:
    before, items_node = _lifted([each.context_expr for each in node.items], scope)
    managers = [expression(each, scope) for each in items_node]
    binds = [assign(each.optional_vars, scope) if each.optional_vars else None for each in node.items]
    body = flow(node.body, scope)

    def run(frame: Frame, place: int = 0) -> Steps:
        if place == len(managers):
            return (yield from body(frame))
        if place == 0:
            yield from before(frame)
        manager = entered(frame, managers[place](frame), binds[place])
        try:
            signal = yield from run(frame, place + 1)
        except Exception as error:
            if left(manager, error):
                return None
            raise
        left(manager, None)
        return signal

    return run


def _match(node: ast.Match, scope: Scope) -> Flow:
    before, subject_node = _lifted(node.subject, scope)
    subject = expression(subject_node, scope)
    cases = [(case_of(each, scope), flow(each.body, scope)) for each in node.cases]

    def run(frame: Frame) -> Steps:
        yield from before(frame)
        value = subject(frame)
        for fits, body in cases:
            if fits(frame, value):
                return (yield from body(frame))
        return None

    return run


_RULES: dict[type[ast.stmt], Callable[[Any, Scope], Flow]] = {
    ast.If: _if,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.Try: _try,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Match: _match,
}
