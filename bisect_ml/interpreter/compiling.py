"""Syntax trees turned into closures, once: what a piece of code does when it is given a frame."""

import ast
from collections.abc import Callable, Sequence
from typing import Any

from bisect_ml.interpreter.machine import Evaluate, Execute, Frame, Signal, Unsupported
from bisect_ml.interpreter.scopes import Scope

ExpressionRule = Callable[[Any, Scope], Evaluate]
StatementRule = Callable[[Any, Scope], Execute]

_EXPRESSIONS: dict[type[ast.AST], ExpressionRule] = {}
_STATEMENTS: dict[type[ast.AST], StatementRule] = {}


def evaluates(*kinds: type[ast.AST]) -> Callable[[ExpressionRule], ExpressionRule]:
    """Say which expressions a rule compiles."""

    def register(rule: ExpressionRule) -> ExpressionRule:
        _EXPRESSIONS.update(dict.fromkeys(kinds, rule))
        return rule

    return register


def executes(*kinds: type[ast.AST]) -> Callable[[StatementRule], StatementRule]:
    """Say which statements a rule compiles."""

    def register(rule: StatementRule) -> StatementRule:
        _STATEMENTS.update(dict.fromkeys(kinds, rule))
        return rule

    return register


def expression(node: ast.expr, scope: Scope) -> Evaluate:
    """Return what evaluates an expression; what is not supported stops the run when it is reached."""
    rule = _EXPRESSIONS.get(type(node))
    return rule(node, scope) if rule else _unsupported


def block(body: Sequence[ast.stmt], scope: Scope) -> Execute:
    """Return what executes statements in their order, up to the first that leaves the block."""
    steps = tuple(statement(each, scope) for each in body)

    def run(frame: Frame) -> Signal | None:
        machine = frame.machine
        for step in steps:
            machine.spend()
            signal = step(frame)
            if signal is not None:
                return signal
        return None

    return run


def statement(node: ast.stmt, scope: Scope) -> Execute:
    """Return what executes one statement."""
    rule = _STATEMENTS.get(type(node))
    return rule(node, scope) if rule else _unsupported


def _unsupported(_: Frame) -> Any:
    raise Unsupported
