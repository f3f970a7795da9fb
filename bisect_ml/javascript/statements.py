"""Statements, but for loops."""

from collections.abc import Callable
from typing import Any

from bisect_ml.javascript.compiling import (
    assigner,
    block,
    declared_in,
    executes,
    expression,
    sequence,
    statement,
)
from bisect_ml.javascript.conversions import same, truth
from bisect_ml.javascript.names import binder
from bisect_ml.javascript.objects import UNDEFINED
from bisect_ml.javascript.reading_modules import bound_names
from bisect_ml.javascript.scopes import BREAK, CONTINUE, Env, Execute, Scope, Signal
from bisect_ml.javascript.statement_nodes import (
    Declaration,
    DoWhile,
    Expression,
    For,
    ForEach,
    If,
    Labelled,
    Leave,
    Return,
    Switch,
    Throw,
    Try,
)
from bisect_ml.javascript.syntax import Function
from bisect_ml.javascript.values import Thrown


@executes(Expression)
def evaluated(node: Expression, scope: Scope) -> Execute:
    """A value as a statement."""
    value = expression(node.value, scope)

    def run(env: Env) -> None:
        value(env)

    return run


@executes(Function)
def function(node: Function, scope: Scope) -> Execute:
    """A function that is declared where no block is."""
    make, bind = expression(node, scope), assigner(node.name, scope)

    def run(env: Env) -> None:
        bind(env, make(env))

    return run


@executes(Declaration)
def declaration(node: Declaration, scope: Scope) -> Execute:
    """`var`, `let` and `const`."""
    steps = []
    for target, initial in node.pairs:
        if initial is None and node.kind == "var":
            continue
        value = expression(initial, scope) if initial else (lambda _: UNDEFINED)
        steps.append((binder(target, scope, declares=True), value))
    if len(steps) == 1:
        (bind, value), *_ = steps

        def run_one(env: Env) -> None:
            bind(env, value(env))

        return run_one

    def run(env: Env) -> None:
        for each, given in steps:
            each(env, given(env))

    return run


@executes(If)
def if_(node: If, scope: Scope) -> Execute:
    """`if`."""
    test, then = expression(node.test, scope), statement(node.then, scope)
    other = statement(node.other, scope) if node.other else None
    if other is None:
        return lambda env: then(env) if truth(test(env)) else None
    return lambda env: then(env) if truth(test(env)) else other(env)


@executes(Return)
def return_(node: Return, scope: Scope) -> Execute:
    """`return`."""
    if node.value is None:
        nothing = Signal()
        return lambda _: nothing
    value = expression(node.value, scope)
    return lambda env: Signal(value(env))


@executes(Throw)
def throw(node: Throw, scope: Scope) -> Execute:
    """`throw`."""
    value = expression(node.value, scope)

    def run(env: Env) -> None:
        raise Thrown(value(env))

    return run


class Left(Signal):
    """A loop or a block with a label is left, or gone on with."""

    __slots__ = ("ends",)

    def __init__(self, label: str, *, ends: bool) -> None:
        super().__init__(label=label)
        self.ends = ends


@executes(Leave)
def leave(node: Leave, _: Scope) -> Execute:
    """`break` and `continue`."""
    signal = BREAK if node.sign == "break" else CONTINUE
    if node.label:
        signal = Left(node.label, ends=node.sign == "break")
    return lambda _: signal


@executes(Labelled)
def labelled(node: Labelled, scope: Scope) -> Execute:
    """A statement with a label."""
    if isinstance(node.body, For | ForEach | DoWhile):
        from bisect_ml.javascript.loops import loop

        body = loop(node.body, scope, (node.label,))
    else:
        body = statement(node.body, scope)

    def run(env: Env) -> Signal | None:
        signal = body(env)
        if type(signal) is Left and signal.label == node.label and signal.ends:
            return None
        return signal

    return run


@executes(Try)
def try_(node: Try, scope: Scope) -> Execute:
    """`try`: what stops the interpretation is not caught."""
    body: Execute = block(node.body, scope)
    handler = _handler(node, scope)
    last: Execute | None = block(node.last, scope) if node.last else None

    def guarded(env: Env) -> Signal | None:
        if handler is None:
            return body(env)
        try:
            return body(env)
        except Thrown as error:
            return handler(env, error.value)

    if last is None:
        return guarded

    def run(env: Env) -> Signal | None:
        try:
            signal = guarded(env)
        except Thrown:
            ending = last(env)
            if ending is not None:
                return ending
            raise
        ending = last(env)
        return signal if ending is None else ending

    return run


def _handler(node: Try, scope: Scope) -> Callable[[Env, Any], Signal | None] | None:
    if node.handler is None:
        return None
    if node.name is None:
        run: Execute = block(node.handler, scope)
        return lambda env, _: run(env)
    inner = scope.inner(closes=node.handler.closes)
    inner.declare(bound_names(node.name))
    bind = binder(node.name, inner, declares=True)
    caught: Execute = block(node.handler, inner)
    layout = inner.layout

    def handle(env: Env, value: Any) -> Signal | None:
        if inner.owns:
            env = [env, env[1], *layout.blank()]
        bind(env, value)
        return caught(env)

    return handle


@executes(Switch)
def switch(node: Switch, scope: Scope) -> Execute:
    """`switch`."""
    value = expression(node.value, scope)
    inner = scope.inner(closes=node.closes)
    body = [each for _, statements in node.cases for each in statements]
    declared_in(body, inner)
    tests = [expression(test, inner) if test else None for test, _ in node.cases]
    bodies = [sequence(statements, inner) for _, statements in node.cases]
    default = tests.index(None) if None in tests else len(bodies)

    def run(env: Env) -> Signal | None:
        given = value(env)
        if inner.owns:
            env = [env, env[1], *inner.layout.blank()]
        start = next((n for n, test in enumerate(tests) if test and same(given, test(env))), default)
        for each in bodies[start:]:
            signal = each(env)
            if signal is not None:
                return None if signal is BREAK else signal
        return None

    return run
