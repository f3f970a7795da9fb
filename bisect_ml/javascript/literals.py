"""Literals: of arrays and objects too, and templates."""

from typing import Any

from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.classes import define_method
from bisect_ml.javascript.compiling import evaluates, expression
from bisect_ml.javascript.conversions import text
from bisect_ml.javascript.functions import this_of
from bisect_ml.javascript.names import property_key
from bisect_ml.javascript.objects import MISSING, UNDEFINED, JSArray, JSObject, Slot
from bisect_ml.javascript.operations import add
from bisect_ml.javascript.properties import gathered, get
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.scopes import Env, Evaluate, Scope
from bisect_ml.javascript.syntax import (
    ArrayLiteral,
    Literal,
    NewTarget,
    ObjectLiteral,
    Property,
    Regex,
    Spread,
    Template,
    This,
)
from bisect_ml.javascript.tokens import unescaped
from bisect_ml.javascript.values import bounded, made_object


@evaluates(Literal)
def literal(node: Literal, _: Scope) -> Evaluate:
    """A literal."""
    value = node.value
    return lambda _: value


@evaluates(Regex)
def regex(node: Regex, _: Scope) -> Evaluate:
    """A regular expression, made anew each time."""
    return lambda _: NOW.make_regexp(node.source, node.flags)


@evaluates(This)
def this(_: This, __: Scope) -> Evaluate:
    """`this`."""
    return this_of


@evaluates(NewTarget)
def new_target(node: NewTarget, scope: Scope) -> Evaluate:
    """`new.target`, or what nobody knows of a module."""
    if node.name == "import.meta":
        return lambda _: _about_module(scope.path)
    if node.name != "new.target":
        return lambda _: Unknown(node.name)
    return lambda env: env[1].target


def _about_module(path: str) -> JSObject:
    """Return `import.meta`: the place of the module in the tree."""
    folder = path.rpartition("/")[0]
    return made_object({"url": f"file:///{path}", "filename": f"/{path}", "dirname": f"/{folder}"})


def template(node: Template, scope: Scope) -> Evaluate:
    """Return what evaluates a template without a tag."""
    cooked = [unescaped(each) for each in node.raw]
    parts = [expression(each, scope) for each in node.parts]

    def evaluate(env: Env) -> Any:
        found: Any = cooked[0]
        for part, behind in zip(parts, cooked[1:], strict=True):
            value = part(env)
            if type(value) is Unknown:
                found = add(add(found, value), behind)
            elif type(found) is str:
                found = bounded(found + text(value) + behind)
            else:
                found = add(found, text(value) + behind)
        return found

    return evaluate


@evaluates(ArrayLiteral)
def array(node: ArrayLiteral, scope: Scope) -> Evaluate:
    """An array."""
    parts = [
        (isinstance(each, Spread), expression(each.value if isinstance(each, Spread) else each, scope))
        if each is not None
        else (False, lambda _: UNDEFINED)
        for each in node.items
    ]
    if not any(spread for spread, _ in parts):
        plain = tuple(part for _, part in parts)
        if None in node.items:
            holes = {place for place, each in enumerate(node.items) if each is None}
            return lambda env: _with_holes([part(env) for part in plain], holes)
        return lambda env: JSArray([part(env) for part in plain])

    def evaluate(env: Env) -> JSArray:
        items: list[Any] = []
        for spread, part in parts:
            if spread:
                items.extend(gathered(part(env)))
            else:
                items.append(part(env))
        return JSArray(items)

    return evaluate


def _with_holes(items: list[Any], holes: set[int]) -> JSArray:
    made = JSArray(items)
    made.holes = set(holes)
    return made


@evaluates(ObjectLiteral)
def object_(node: ObjectLiteral, scope: Scope) -> Evaluate:
    """An object."""
    members = [_member(each, scope) for each in node.members]

    def evaluate(env: Env) -> JSObject:
        made = JSObject(NOW.object_proto)
        for kind, key, value in members:
            given = value(env)
            if kind == "":
                spread_into(made, given)
            elif kind == "init":
                if key(env) == "__proto__":
                    made.proto = given
                else:
                    made.props[key(env)] = given
            else:
                given.home = made
                define_method(made, key(env), given, kind, listed=True)
        return made

    return evaluate


def _member(member: Property | Spread, scope: Scope) -> tuple[str, Evaluate, Evaluate]:
    if isinstance(member, Spread):
        value = expression(member.value, scope)
        return "", value, value
    assert member.value is not None  # noqa: S101 - fields stand in classes only
    return member.kind, property_key(member.key, scope), expression(member.value, scope)


def spread_into(made: JSObject, given: Any) -> None:
    """Copy what is listed of a value into an object."""
    if isinstance(given, str):
        made.props.update({str(place): each for place, each in enumerate(given)})
    elif isinstance(given, JSObject):
        for key in given.own_keys():
            held = given.own(key)
            if held is not MISSING and (type(held) is not Slot or held.enumerable):
                made.props[key] = get(given, key)
    elif type(given) is Unknown:
        made.props[f"…{given.key}"] = given
