"""`match`: patterns compiled to what tells whether a value fits, and binds its names if it does."""

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bisect_ml.interpreter.built_in import BUILTINS
from bisect_ml.interpreter.compiling import block, executes, expression
from bisect_ml.interpreter.machine import Execute, Frame, Signal
from bisect_ml.interpreter.names import assign
from bisect_ml.interpreter.scopes import Scope
from bisect_ml.interpreter.unknown import Unknown

Fits = Callable[[Frame, Any, dict[str, Any]], bool]

_THEMSELVES = (bool, bytearray, bytes, dict, float, frozenset, int, list, set, str, tuple)
_MISSING = object()


@executes(ast.Match)
def match_(node: ast.Match, scope: Scope) -> Execute:
    """`match`."""
    subject = expression(node.subject, scope)
    cases = [(case_of(each, scope), block(each.body, scope)) for each in node.cases]

    def run(frame: Frame) -> Signal | None:
        value = subject(frame)
        for fits, body in cases:
            if fits(frame, value):
                return body(frame)
        return None

    return run


def case_of(case: ast.match_case, scope: Scope) -> Callable[[Frame, Any], bool]:
    """Return what tells whether a value fits a case."""
    fits = _pattern(case.pattern, scope)
    guard = expression(case.guard, scope) if case.guard else None
    bind = {
        name: assign(ast.Name(id=name, ctx=ast.Store()), scope)
        for each in ast.walk(case.pattern)
        for name in [getattr(each, "rest", None) or getattr(each, "name", None)]
        if isinstance(name, str)
    }

    def run(frame: Frame, value: Any) -> bool:
        found: dict[str, Any] = {}
        if not fits(frame, value, found):
            return False
        for name, each in found.items():
            bind[name](frame, each)
        return guard is None or bool(guard(frame))

    return run


def _pattern(node: ast.pattern, scope: Scope) -> Fits:
    match node:
        case ast.MatchValue(value=value):
            wanted = expression(value, scope)
            return lambda frame, given, _: bool(given == wanted(frame))
        case ast.MatchSingleton(value=constant):
            return lambda _, given, __: given is constant
        case ast.MatchOr(patterns=patterns):
            ways = [_pattern(each, scope) for each in patterns]
            return lambda frame, given, found: any(each(frame, given, found) for each in ways)
        case ast.MatchAs(pattern=pattern, name=name):
            return _named(_pattern(pattern, scope) if pattern else None, name)
        case ast.MatchSequence(patterns=patterns):
            return _sequence(patterns, scope)
        case ast.MatchMapping():
            return _mapping(node, scope)
        case ast.MatchClass():
            return _class(node, scope)
    raise TypeError(f"no pattern: {node}")


def _named(inner: Fits | None, name: str | None) -> Fits:
    def fits(frame: Frame, given: Any, found: dict[str, Any]) -> bool:
        if inner and not inner(frame, given, found):
            return False
        if name:
            found[name] = given
        return True

    return fits


def _sequence(patterns: list[ast.pattern], scope: Scope) -> Fits:
    starred = next((place for place, each in enumerate(patterns) if isinstance(each, ast.MatchStar)), None)
    rest = patterns[starred].name if starred is not None else None  # type: ignore[attr-defined]
    parts = [_pattern(each, scope) for each in patterns if not isinstance(each, ast.MatchStar)]

    def fits(frame: Frame, given: Any, found: dict[str, Any]) -> bool:
        if not isinstance(given, Sequence) or isinstance(given, str | bytes | bytearray):
            return False
        values = list(given)
        if len(values) < len(parts) or (starred is None and len(values) > len(parts)):
            return False
        if starred is not None:
            end = len(values) - (len(parts) - starred)
            if rest:
                found[rest] = values[starred:end]
            values = values[:starred] + values[end:]
        return all(each(frame, value, found) for each, value in zip(parts, values, strict=True))

    return fits


def _mapping(node: ast.MatchMapping, scope: Scope) -> Fits:
    pairs = [
        (expression(key, scope), _pattern(each, scope))
        for key, each in zip(node.keys, node.patterns, strict=True)
    ]
    rest = node.rest

    def fits(frame: Frame, given: Any, found: dict[str, Any]) -> bool:
        if not isinstance(given, Mapping):
            return False
        taken = []
        for key, each in pairs:
            taken.append(key(frame))
            value = given.get(taken[-1], _MISSING)
            if value is _MISSING or not each(frame, value, found):
                return False
        if rest:
            found[rest] = {key: value for key, value in given.items() if key not in taken}
        return True

    return fits


def _class(node: ast.MatchClass, scope: Scope) -> Fits:
    wanted = expression(node.cls, scope)
    placed = [_pattern(each, scope) for each in node.patterns]
    named = [
        (name, _pattern(each, scope)) for name, each in zip(node.kwd_attrs, node.kwd_patterns, strict=True)
    ]

    def fits(frame: Frame, given: Any, found: dict[str, Any]) -> bool:
        kind = wanted(frame)
        if not BUILTINS["isinstance"](given, kind) or isinstance(kind, Unknown):
            return False
        if len(placed) == 1 and kind in _THEMSELVES:
            return placed[0](frame, given, found)
        names = getattr(kind, "__match_args__", ())
        if len(placed) > len(names):
            raise TypeError(f"{kind.__name__}() accepts {len(names)} positional sub-patterns")
        for name, each in [*zip(names, placed, strict=False), *named]:
            value = BUILTINS["getattr"](given, name, _MISSING)
            if value is _MISSING or not each(frame, value, found):
                return False
        return True

    return fits
