"""Expressions, but for literals, names, calls, functions and classes."""

from typing import Any

from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.compiling import evaluates, expression
from bisect_ml.javascript.conversions import key_of, truth
from bisect_ml.javascript.functions import super_member
from bisect_ml.javascript.names import property_key
from bisect_ml.javascript.objects import MISSING, UNDEFINED, JSArray, JSObject, Slot
from bisect_ml.javascript.operations import BINARY, UNARY
from bisect_ml.javascript.properties import get, has
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.scopes import Env, Evaluate, Scope
from bisect_ml.javascript.syntax import (
    Binary,
    Chain,
    Conditional,
    Literal,
    Logical,
    Member,
    Name,
    Node,
    Sequence,
    Super,
    Unary,
)


class Short(Exception):  # noqa: N818 - nothing is wrong
    """A chain ends at `?.`."""


@evaluates(Member)
def member(node: Member, scope: Scope) -> Evaluate:
    """A property."""
    if isinstance(node.owner, Super):
        key = property_key(node.key, scope)
        return lambda env: super_member(env, key(env))
    owner = expression(node.owner, scope)
    if node.optional:
        owner = _optional(owner)
    if isinstance(node.key, str):
        return _named_member(owner, node.key)
    item = expression(node.key, scope)

    def evaluate(env: Env) -> Any:
        held = owner(env)
        return get_item(held, item(env))

    return evaluate


def _optional(owner: Evaluate) -> Evaluate:
    def evaluate(env: Env) -> Any:
        held = owner(env)
        if held is None or held is UNDEFINED:
            raise Short
        return held

    return evaluate


def _named_member(owner: Evaluate, key: str) -> Evaluate:
    if key == "length":

        def length(env: Env) -> Any:
            held = owner(env)
            kind = type(held)
            if kind is JSArray:
                return float(len(held.items))
            return float(len(held)) if kind is str else get(held, key)

        return length

    def evaluate(env: Env) -> Any:
        held = owner(env)
        if type(held) is JSObject:
            found = held.props.get(key, MISSING)
            if found is not MISSING and type(found) is not Slot:
                return found
        return get(held, key)

    return evaluate


def get_item(held: Any, key: Any) -> Any:
    """Return a property under a computed key."""
    if type(key) is float:
        kind = type(held)
        if (kind is JSArray or kind is str) and 0 <= key < 1e9:
            place = int(key)
            if place == key:
                items = held.items if kind is JSArray else held
                return items[place] if place < len(items) else UNDEFINED
    if type(key) is Unknown:
        return Unknown(f"item {key.key}") if not isinstance(held, Unknown) else held[key]
    if held is None or held is UNDEFINED:
        return get(held, "a key")
    return get(held, key_of(key))


@evaluates(Chain)
def chain(node: Chain, scope: Scope) -> Evaluate:
    """A chain with `?.`."""
    value = expression(node.value, scope)

    def evaluate(env: Env) -> Any:
        try:
            return value(env)
        except Short:
            return UNDEFINED

    return evaluate


@evaluates(Binary)
def binary(node: Binary, scope: Scope) -> Evaluate:
    """An operator between two values."""
    right, apply = expression(node.right, scope), BINARY[node.sign]
    if node.sign == "in" and isinstance(node.left, Name) and node.left.name.startswith("#"):
        name = node.left.name
        return lambda env: has(right(env), name)
    left = expression(node.left, scope)
    if node.sign in {"===", "!=="} and isinstance(node.right, Literal) and type(node.right.value) is str:
        return _compared_text(left, node.right.value, wanted=node.sign == "===")
    return lambda env: apply(left(env), right(env))


def _compared_text(left: Evaluate, other: str, *, wanted: bool) -> Evaluate:
    def evaluate(env: Env) -> bool:
        value = left(env)
        if type(value) is Unknown:
            return bool(value == other) is wanted
        return (type(value) is str and value == other) is wanted

    return evaluate


@evaluates(Logical)
def logical(node: Logical, scope: Scope) -> Evaluate:
    """`&&`, `||` and `??`."""
    left, right = expression(node.left, scope), expression(node.right, scope)

    def both(env: Env) -> Any:
        value = left(env)
        return right(env) if truth(value) else value

    def either(env: Env) -> Any:
        value = left(env)
        return value if truth(value) else right(env)

    def present(env: Env) -> Any:
        value = left(env)
        return right(env) if value is None or value is UNDEFINED else value

    return {"&&": both, "||": either, "??": present}[node.sign]


@evaluates(Conditional)
def conditional(node: Conditional, scope: Scope) -> Evaluate:
    """`a ? b : c`."""
    test, then, other = (expression(each, scope) for each in (node.test, node.then, node.other))
    return lambda env: then(env) if truth(test(env)) else other(env)


@evaluates(Sequence)
def sequence(node: Sequence, scope: Scope) -> Evaluate:
    """Values with commas between them."""
    *before, last = [expression(each, scope) for each in node.parts]

    def evaluate(env: Env) -> Any:
        for each in before:
            each(env)
        return last(env)

    return evaluate


@evaluates(Unary)
def unary(node: Unary, scope: Scope) -> Evaluate:
    """An operator before a value."""
    if node.sign == "delete":
        return _delete(node.value, scope)
    if node.sign == "typeof" and isinstance(node.value, Name) and scope.find(node.value.name) is None:
        called = node.value.name
        if called not in {"undefined", "arguments"}:
            return lambda _: UNARY["typeof"](get(NOW.globals, called))
    if node.sign == "-" and isinstance(node.value, Literal) and type(node.value.value) is float:
        constant = -node.value.value
        return lambda _: constant
    value, apply = expression(node.value, scope), UNARY[node.sign]
    return lambda env: apply(value(env))


def _delete(target: Node, scope: Scope) -> Evaluate:
    target = target.value if isinstance(target, Chain) else target
    if not isinstance(target, Member):
        return lambda _: True
    owner, key = expression(target.owner, scope), property_key(target.key, scope)

    def evaluate(env: Env) -> bool:
        held, name = owner(env), key(env)
        return held.drop(name) if isinstance(held, JSObject) else True

    return evaluate
