"""Loops."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from bisect_ml.interpreter.machine import Exhausted
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.compiling import executes, expression, statement
from bisect_ml.javascript.conversions import as_object, truth
from bisect_ml.javascript.names import binder
from bisect_ml.javascript.objects import UNDEFINED, JSObject
from bisect_ml.javascript.properties import all_listed_keys, each_of, has
from bisect_ml.javascript.reading_modules import bound_names
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.scopes import BREAK, CONTINUE, Env, Execute, Scope, Signal
from bisect_ml.javascript.statement_nodes import Declaration, DoWhile, For, ForEach
from bisect_ml.javascript.statements import Left

_Ends = tuple[bool, Signal | None]
_MOST_TURNS_IN_HURRY = 40


def _turn() -> None:
    machine = NOW.machine
    machine.left -= 1
    machine.taken += 1
    if machine.left < 0:
        raise Exhausted


def turns(path: str) -> int | None:
    """Return how many turns the loops of a file may take; None where only the budget ends them."""
    return _MOST_TURNS_IN_HURRY if path in NOW.hurried else None


def _ended(signal: Signal, labels: tuple[str, ...]) -> _Ends:
    """Return whether a loop ends with what its body says, and what it says itself then."""
    if signal is CONTINUE:
        return False, None
    if signal is BREAK:
        return True, None
    if type(signal) is Left and signal.label in labels and not signal.ends:
        return False, None
    return True, signal


@executes(For, ForEach, DoWhile)
def unlabelled(node: For | ForEach | DoWhile, scope: Scope) -> Execute:
    """A loop without a label."""
    return loop(node, scope, ())


def loop(node: For | ForEach | DoWhile, scope: Scope, labels: tuple[str, ...]) -> Execute:
    """Return what executes a loop that has labels."""
    if isinstance(node, For):
        return _for(node, scope, labels)
    return _each(node, scope, labels) if isinstance(node, ForEach) else _do(node, scope, labels)


def _for(node: For, outer: Scope, labels: tuple[str, ...]) -> Execute:
    scope = outer
    if isinstance(node.start, Declaration) and node.start.kind != "var":
        scope = outer.inner(closes=node.closes)
        scope.declare(name for target, _ in node.start.pairs for name in bound_names(target))
        if node.start.kind == "const":
            scope.constant.update(scope.names)
    start = _start(node, scope)
    test = expression(node.test, scope) if node.test else None
    step = expression(node.step, scope) if node.step else None
    body = statement(node.body, scope)
    own = scope is not outer and scope.owns

    def run(env: Env) -> Signal | None:
        if own:
            env = [env, env[1], *scope.layout.blank()]
        if start is not None:
            start(env)
        left = turns(scope.path)
        while left != 0 and (test is None or truth(test(env))):
            left = left and left - 1
            _turn()
            signal = body(env)
            if signal is not None:
                ends, signal = _ended(signal, labels)
                if ends:
                    return signal
            if own:
                env = list(env)
            if step is not None:
                step(env)
        return None

    return run


def _start(node: For, scope: Scope) -> Callable[[Env], Any] | None:
    if node.start is None:
        return None
    if isinstance(node.start, Declaration):
        return statement(node.start, scope)
    return expression(node.start, scope)


def _each(node: ForEach, outer: Scope, labels: tuple[str, ...]) -> Execute:
    values = expression(node.values, outer)
    scope = outer
    if node.kind in {"let", "const"}:
        scope = outer.inner(closes=node.closes)
        scope.declare(bound_names(node.target))
    bind = binder(node.target, scope, declares=bool(node.kind))
    body = statement(node.body, scope)
    own = scope is not outer and scope.owns
    listed = each_of if node.of else _keys

    def run(env: Env) -> Signal | None:
        inner = env
        for each in islice(listed(values(env)), turns(scope.path)):
            _turn()
            if own:
                inner = [env, env[1], *scope.layout.blank()]
            bind(inner, each)
            signal = body(inner)
            if signal is not None:
                ends, signal = _ended(signal, labels)
                if ends:
                    return signal
        return None

    return run


def _keys(owner: Any) -> Iterable[Any]:
    """Go through the keys that `for … in` sees; those that are gone by then are left out."""
    if owner is None or owner is UNDEFINED:
        return
    if type(owner) is Unknown:
        yield from owner
        return
    held = as_object(owner)
    for key in all_listed_keys(held):
        if not isinstance(held, JSObject) or has(held, key):
            yield key


def _do(node: DoWhile, scope: Scope, labels: tuple[str, ...]) -> Execute:
    body, test = statement(node.body, scope), expression(node.test, scope)

    def run(env: Env) -> Signal | None:
        while True:
            _turn()
            signal = body(env)
            if signal is not None:
                ends, signal = _ended(signal, labels)
                if ends:
                    return signal
            if not truth(test(env)):
                return None

    return run
