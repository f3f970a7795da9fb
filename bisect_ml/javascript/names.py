"""Names and patterns: how they are read, and how values are bound to them."""

from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.compiling import evaluates, expression
from bisect_ml.javascript.conversions import key_of, text
from bisect_ml.javascript.objects import MISSING, UNDEFINED, JSArray, JSObject, Slot
from bisect_ml.javascript.properties import each_of, get, has, listed_keys, put
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.scopes import Env, Evaluate, Scope
from bisect_ml.javascript.syntax import (
    ArrayLiteral,
    Assign,
    Member,
    Name,
    Node,
    ObjectLiteral,
    Property,
    Spread,
)
from bisect_ml.javascript.values import error_of, made_object, type_error

Bind = Callable[[Env, Any], None]


@evaluates(Name)
def name(node: Name, scope: Scope) -> Evaluate:
    """A name."""
    found = scope.find(node.name)
    if found is not None:
        read = reader(found[0], found[1])
        return _asked_anew(read) if scope.is_live(node.name) else read
    called = node.name
    if called == "undefined":
        return lambda _: UNDEFINED
    if called == "arguments" and scope.in_function():
        return _arguments
    return lambda _: global_named(called)


def _asked_anew(read: Evaluate) -> Evaluate:
    return lambda env: read(env)()


def reader(hops: int, place: int) -> Evaluate:
    """Return what reads a place."""
    if hops == 0:
        return lambda env: env[place]
    if hops == 1:
        return lambda env: env[0][place]
    if hops == 2:
        return lambda env: env[0][0][place]

    def read(env: Env) -> Any:
        for _ in range(hops):
            env = env[0]
        return env[place]

    return read


def global_named(called: str) -> Any:
    """Return what a name stands for that no scope binds.

    Raises:
        Thrown: Nothing.
    """
    held = NOW.globals.own(called)
    if held is MISSING and not is_known(called):
        raise error_of("ReferenceError", f"{called} is not defined")
    return held.value if type(held) is Slot and not held.is_accessor else get(NOW.globals, called)


def _arguments(env: Env) -> Any:
    frame = env[1]
    if frame.arguments is None:
        made = JSArray(list(frame.args), NOW.object_proto)
        made.kind = "Arguments"
        made.props["callee"] = Slot(frame.function)
        frame.arguments = made
        made.props.update(NOW.arguments_props)
    return frame.arguments


def binder(target: Node, scope: Scope, *, declares: bool = False) -> Bind:
    """Return what binds a value to a name, a property or a pattern."""
    if isinstance(target, Name):
        return _to_name(target.name, scope, declares=declares)
    if isinstance(target, Member):
        return _to_member(target, scope)
    if isinstance(target, Assign):
        return _with_default(target, scope, declares=declares)
    if isinstance(target, ArrayLiteral):
        return _to_items(target, scope, declares=declares)
    if isinstance(target, ObjectLiteral):
        return _to_members(target, scope, declares=declares)
    raise TypeError(type(target).__name__)


def _to_name(called: str, scope: Scope, *, declares: bool) -> Bind:
    found = scope.find(called)
    if found is None:
        return lambda _, value: put(NOW.globals, called, value)
    hops, place, constant = found
    if constant and not declares:
        return _refuse
    if hops == 0:

        def bind(env: Env, value: Any) -> None:
            env[place] = value

        return bind

    def bind_outside(env: Env, value: Any) -> None:
        for _ in range(hops):
            env = env[0]
        env[place] = value

    return bind_outside


def _refuse(_: Env, __: Any) -> None:
    raise type_error("Assignment to constant variable.")


def _to_member(target: Member, scope: Scope) -> Bind:
    owner = expression(target.owner, scope)
    if isinstance(target.key, str):
        key = target.key
        return lambda env, value: put(owner(env), key, value)
    computed = expression(target.key, scope)

    def bind(env: Env, value: Any) -> None:
        held = owner(env)
        put_item(held, computed(env), value)

    return bind


def put_item(held: Any, key: Any, value: Any) -> None:
    """Set a property under a computed key."""
    if type(key) is float and type(held) is JSArray and not held.sealed:
        place = int(key) if key == key and abs(key) < 1e9 else -1
        if place >= 0 and place == key:
            held.put(place, value)
            return
    put(held, key_of(key), value)


def _with_default(target: Assign, scope: Scope, *, declares: bool) -> Bind:
    bind, default = binder(target.target, scope, declares=declares), expression(target.value, scope)
    return lambda env, value: bind(env, default(env) if value is UNDEFINED else value)


def _to_items(target: ArrayLiteral, scope: Scope, *, declares: bool) -> Bind:
    rest: Bind | None = None
    binds: list[Bind | None] = []
    for each in target.items:
        if isinstance(each, Spread):
            rest = binder(each.value, scope, declares=declares)
        else:
            binds.append(binder(each, scope, declares=declares) if each is not None else None)

    def bind(env: Env, value: Any) -> None:
        given = each_of(value)
        for each in binds:
            item = next(given, UNDEFINED)
            if each is not None:
                each(env, item)
        if rest is not None:
            rest(env, JSArray(list(given)))

    return bind


def _to_members(target: ObjectLiteral, scope: Scope, *, declares: bool) -> Bind:
    rest: Bind | None = None
    binds: list[tuple[Evaluate, Bind]] = []
    for each in target.members:
        if isinstance(each, Property):
            assert each.value is not None  # noqa: S101 - patterns hold targets
            binds.append((property_key(each.key, scope), binder(each.value, scope, declares=declares)))
        else:
            rest = binder(each.value, scope, declares=declares)

    def bind(env: Env, value: Any) -> None:
        if value is None or value is UNDEFINED:
            raise type_error(f"Cannot destructure '{text(value)}' as it is {text(value)}.")
        taken = set()
        for key, each in binds:
            asked = key(env)
            taken.add(asked)
            each(env, get(value, asked))
        if rest is not None:
            rest(env, _others(value, taken))

    return bind


def property_key(key: "str | Node", scope: Scope) -> Evaluate:
    """Return what gives the key of a property."""
    if isinstance(key, str):
        return lambda _: key
    computed = expression(key, scope)
    return lambda env: key_of(computed(env))


def _others(value: Any, taken: set[Any]) -> Any:
    if not isinstance(value, JSObject):
        return value if type(value) is Unknown else made_object()
    return made_object({key: get(value, key) for key in listed_keys(value) if key not in taken})


def is_known(called: str) -> bool:
    """Return whether a global name stands for anything."""
    return has(NOW.globals, called)
