"""Syntax trees turned into closures, once: what a piece of code does when it is given its names."""

from collections.abc import Callable, Sequence
from typing import Any

from bisect_ml.interpreter.machine import Exhausted, Unsupported
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.scopes import Env, Evaluate, Execute, Scope, Signal, lexical_names
from bisect_ml.javascript.statement_nodes import Block, Export
from bisect_ml.javascript.syntax import Function, Node

Rule = Callable[[Any, Scope], Any]
_EXPRESSIONS: dict[type[Node], Rule] = {}
_STATEMENTS: dict[type[Node], Rule] = {}


def evaluates(*kinds: type[Node]) -> Callable[[Rule], Rule]:
    """Say which expressions a rule compiles."""
    return _registering(_EXPRESSIONS, kinds)


def executes(*kinds: type[Node]) -> Callable[[Rule], Rule]:
    """Say which statements a rule compiles."""
    return _registering(_STATEMENTS, kinds)


def _registering(rules: dict[type[Node], Rule], kinds: Sequence[type[Node]]) -> Callable[[Rule], Rule]:
    def register(rule: Rule) -> Rule:
        rules.update(dict.fromkeys(kinds, rule))
        return rule

    return register


def expression(node: Node, scope: Scope) -> Evaluate:
    """Return what evaluates an expression; what is not supported stops the run when it is reached."""
    rule = _EXPRESSIONS.get(type(node))
    return rule(node, scope) if rule else _unsupported


def statement(node: Node, scope: Scope) -> Execute:
    """Return what executes one statement."""
    rule = _STATEMENTS.get(type(node))
    return rule(node, scope) if rule else _unsupported


def _unsupported(_: Env) -> Any:
    raise Unsupported


def declared_in(body: Sequence[Node], scope: Scope) -> None:
    """Give places to what a block binds for itself."""
    listed = lexical_names(body)
    scope.declare(name for name, _ in listed)
    scope.constant.update(name for name, constant in listed if constant)


def sequence(body: Sequence[Node], scope: Scope) -> Execute:
    """Return what executes statements whose names have places: functions first, then the others in order."""
    functions = []
    for each in body:
        node = each.declaration if isinstance(each, Export) else each
        if isinstance(node, Function):
            functions.append((expression(node, scope), assigner(node.name, scope)))
    steps = tuple(statement(each, scope) for each in body if not isinstance(each, Function))
    hoists = tuple(functions)
    if not hoists and len(steps) == 1:
        return _single(steps[0])

    def run(env: Env) -> Signal | None:
        for make, bind in hoists:
            bind(env, make(env))
        machine = NOW.machine
        for step in steps:
            machine.left -= 1
            machine.taken += 1
            if machine.left < 0:
                raise Exhausted
            signal = step(env)
            if signal is not None:
                return signal
        return None

    return run


def _single(step: Execute) -> Execute:
    def run(env: Env) -> Signal | None:
        machine = NOW.machine
        machine.left -= 1
        machine.taken += 1
        if machine.left < 0:
            raise Exhausted
        return step(env)

    return run


def assigner(name: str, scope: Scope) -> Callable[[Env, Any], None]:
    """Return what keeps a value under a name that has a place; in old code, in the function around it too."""
    found = scope.find(name)
    if found is None:
        raise Unsupported
    hops, place, _ = found
    outside = _outside(name, scope) if hops == 0 else None
    if outside is None:
        return _keeper(hops, place)
    here, there = _keeper(hops, place), _keeper(*outside)

    def keep(env: Env, value: Any) -> None:
        here(env, value)
        there(env, value)

    return keep


def _outside(name: str, scope: Scope) -> tuple[int, int] | None:
    """Return where a function keeps the same name that one of its blocks binds; old code calls it there."""
    if scope.kind != "block" or name not in scope.names or scope.strict:
        return None
    hops, at = int(scope.owns), scope.outer
    while at is not None:
        if name in at.names:
            return (hops, at.names[name]) if at.kind != "block" else None
        if at.kind != "block":
            return None
        hops += at.owns
        at = at.outer
    return None


def _keeper(hops: int, place: int) -> Callable[[Env, Any], None]:
    def keep(env: Env, value: Any) -> None:
        for _ in range(hops):
            env = env[0]
        env[place] = value

    return keep


@executes(Block)
def block(node: Block, scope: Scope) -> Execute:
    """Statements in braces."""
    if not lexical_names(node.body):
        return sequence(node.body, scope)
    inner = scope.inner(closes=node.closes)
    declared_in(node.body, inner)
    run = sequence(node.body, inner)
    if not node.closes:
        return run
    layout = inner.layout
    return lambda env: run([env, env[1], *layout.blank()])
