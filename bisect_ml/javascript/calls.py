"""Calls, `new`, tags, and what changes a name or a property by what it holds."""

from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.classes import super_made
from bisect_ml.javascript.compiling import evaluates, expression
from bisect_ml.javascript.conversions import key_of, numeric, truth
from bisect_ml.javascript.expressions import Short, get_item
from bisect_ml.javascript.functions import super_member, this_of
from bisect_ml.javascript.literals import template
from bisect_ml.javascript.names import Bind, binder, property_key, put_item
from bisect_ml.javascript.objects import UNDEFINED, JSArray, JSFunction, Slot
from bisect_ml.javascript.operations import BINARY
from bisect_ml.javascript.properties import construct, gathered, get
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.scopes import Env, Evaluate, Scope
from bisect_ml.javascript.strangers import called
from bisect_ml.javascript.syntax import Assign, Call, Member, Name, New, Node, Spread, Super, Template, Update
from bisect_ml.javascript.tokens import unescaped
from bisect_ml.javascript.values import type_error

Arguments = Callable[[Env], list[Any]]


def arguments(nodes: list[Node], scope: Scope) -> Arguments:
    """Return what gives the arguments of a call."""
    parts = [
        (isinstance(each, Spread), expression(each.value if isinstance(each, Spread) else each, scope))
        for each in nodes
    ]
    if not any(spread for spread, _ in parts):
        plain = tuple(part for _, part in parts)
        if not plain:
            return lambda _: []
        if len(plain) == 1:
            only = plain[0]
            return lambda env: [only(env)]
        return lambda env: [part(env) for part in plain]

    def evaluate(env: Env) -> list[Any]:
        found: list[Any] = []
        for spread, part in parts:
            if spread:
                found.extend(gathered(part(env)))
            else:
                found.append(part(env))
        return found

    return evaluate


def _invoke(function: Any, this: Any, args: list[Any], node: Node) -> Any:
    if type(function) is JSFunction:
        return function.invoke(this, args)
    if type(function) is Unknown:
        return called(function, args)
    raise type_error(f"{_shown(node)} is not a function")


def _shown(node: Node) -> str:
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Member) and isinstance(node.key, str):
        return f"{_shown(node.owner)}.{node.key}"
    return "(intermediate value)"


@evaluates(Call)
def call(node: Call, scope: Scope) -> Evaluate:
    """A call."""
    args = arguments(node.args, scope)
    target = node.function
    if isinstance(target, Super):
        return _super_call(args)
    if isinstance(target, Member):
        return _method_call(node, target, args, scope)
    function = expression(target, scope)
    if node.optional:

        def optional(env: Env) -> Any:
            found = function(env)
            if found is None or found is UNDEFINED:
                raise Short
            return _invoke(found, UNDEFINED, args(env), target)

        return optional

    def evaluate(env: Env) -> Any:
        found = function(env)
        return _invoke(found, UNDEFINED, args(env), target)

    return evaluate


def _super_call(args: Arguments) -> Evaluate:
    def evaluate(env: Env) -> Any:
        frame = env[1]
        frame.this = super_made(frame.function, args(env), frame.target)
        watched, code = NOW.machine.watched, frame.function.code
        if watched and code is not None and code.mark in watched:
            watched[code.mark]((frame.this, *frame.args), {})
        return frame.this

    return evaluate


def _method_call(node: Call, target: Member, args: Arguments, scope: Scope) -> Evaluate:
    key = property_key(target.key, scope)
    if isinstance(target.owner, Super):
        return lambda env: _invoke(super_member(env, key(env)), this_of(env), args(env), target)
    owner = expression(target.owner, scope)
    named = target.key if isinstance(target.key, str) else None
    item = expression(target.key, scope) if isinstance(target.key, Node) else None
    skips_owner, skips_function = target.optional, node.optional

    def evaluate(env: Env) -> Any:
        held = owner(env)
        if skips_owner and (held is None or held is UNDEFINED):
            raise Short
        function = get(held, named) if item is None else get_item(held, item(env))
        if type(function) is JSFunction:
            return function.invoke(held, args(env))
        if skips_function and (function is None or function is UNDEFINED):
            raise Short
        return _invoke(function, held, args(env), target)

    return evaluate


@evaluates(New)
def new(node: New, scope: Scope) -> Evaluate:
    """`new`."""
    function, args = expression(node.function, scope), arguments(node.args, scope)

    def evaluate(env: Env) -> Any:
        found = function(env)
        return construct(found, args(env))

    return evaluate


@evaluates(Template)
def tagged(node: Template, scope: Scope) -> Evaluate:
    """A template, with a tag or without."""
    if node.tag is None:
        return template(node, scope)
    parts: list[Node] = list(node.parts)

    def pieces(_: Env) -> Any:
        if pieces not in NOW.templates:
            made = NOW.templates[pieces] = JSArray([unescaped(each) for each in node.raw])
            made.props["raw"] = Slot(JSArray(list(node.raw)))
        return NOW.templates[pieces]

    given = arguments(parts, scope)
    if isinstance(node.tag, Member):
        owner, key = expression(node.tag.owner, scope), property_key(node.tag.key, scope)

        def evaluate_method(env: Env) -> Any:
            held = owner(env)
            return _invoke(get(held, key(env)), held, [pieces(env), *given(env)], parts[0] if parts else node)

        return evaluate_method
    function = expression(node.tag, scope)
    return lambda env: _invoke(function(env), UNDEFINED, [pieces(env), *given(env)], node)


@evaluates(Assign)
def assign(node: Assign, scope: Scope) -> Evaluate:
    """An assignment."""
    value = expression(node.value, scope)
    if node.sign != "=":
        return _changed(node, value, scope)
    bind = binder(node.target, scope)
    if isinstance(node.target, Member) and not isinstance(node.target.key, str):
        return _item_assigned(node.target, value, scope)

    def evaluate(env: Env) -> Any:
        given = value(env)
        bind(env, given)
        return given

    return evaluate


def _item_assigned(target: Member, value: Evaluate, scope: Scope) -> Evaluate:
    """Return what sets a property under a key that is computed before the value, as code relies on."""
    assert isinstance(target.key, Node)  # noqa: S101 - asked before
    owner, key = expression(target.owner, scope), expression(target.key, scope)

    def evaluate(env: Env) -> Any:
        held, place = owner(env), key(env)
        given = value(env)
        put_item(held, place, given)
        return given

    return evaluate


def _changed(node: Assign, value: Evaluate, scope: Scope) -> Evaluate:
    sign = node.sign[:-1]
    read, bind = _place(node.target, scope)
    if sign in {"&&", "||", "??"}:

        def logical(env: Env) -> Any:
            place = read(env)
            held = place[-1]
            keeps = (
                (held is not None and held is not UNDEFINED)
                if sign == "??"
                else truth(held) is (sign == "||")
            )
            if keeps:
                return held
            given = value(env)
            bind(env, place, given)
            return given

        return logical
    apply = BINARY[sign]

    def evaluate(env: Env) -> Any:
        place = read(env)
        given = apply(place[-1], value(env))
        bind(env, place, given)
        return given

    return evaluate


_Read = Callable[[Env], tuple[Any, ...]]
_Put = Callable[[Env, tuple[Any, ...], Any], None]


def _place(target: Node, scope: Scope) -> tuple[_Read, _Put]:
    """Return what finds a place with what it holds last, and what puts something else there."""
    if not isinstance(target, Member) or isinstance(target.owner, Super):
        read, bind = expression(target, scope), binder(target, scope)
        return lambda env: (read(env),), _ignoring_place(bind)
    owner = expression(target.owner, scope)
    key = expression(target.key, scope) if isinstance(target.key, Node) else None
    named = target.key

    def found(env: Env) -> tuple[Any, ...]:
        held = owner(env)
        if key is None:
            return held, named, get(held, named)
        place = key(env)
        if type(place) is not float:
            place = key_of(place)
        return held, place, get_item(held, place)

    return found, lambda _, place, value: put_item(place[0], place[1], value)


def _ignoring_place(bind: Bind) -> _Put:
    return lambda env, _, value: bind(env, value)


@evaluates(Update)
def update(node: Update, scope: Scope) -> Evaluate:
    """`++` and `--`."""
    read, bind = _place(node.target, scope)
    step, before = (1 if node.sign == "++" else -1), node.before
    amount = float(step)

    def evaluate(env: Env) -> Any:
        place = read(env)
        held = place[-1]
        if type(held) is float:
            given: Any = held + amount
        elif type(held) is Unknown:
            given = BINARY["+"](BINARY["-"](held, 0.0), amount)
        else:
            held = numeric(held)
            given = held + step
        bind(env, place, given)
        return given if before else held

    return evaluate
