"""Classes."""

from typing import Any

from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.compiling import evaluates, executes, expression
from bisect_ml.javascript.functions import Code, maker, proto_for
from bisect_ml.javascript.names import binder, property_key
from bisect_ml.javascript.objects import MISSING, UNDEFINED, JSFunction, JSObject, Slot
from bisect_ml.javascript.properties import call, construct, get
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.scopes import Env, Evaluate, Execute, Frame, Scope
from bisect_ml.javascript.statement_nodes import Expression
from bisect_ml.javascript.syntax import Call, Class, Function, Name, Node, Property, Spread, Super
from bisect_ml.javascript.values import type_error

_Member = tuple[Property, Evaluate, Evaluate | None]


@executes(Class)
def declaration(node: Class, scope: Scope) -> Execute:
    """A class under its name."""
    make, bind = class_(node, scope), binder(Name(node.name), scope, declares=True)

    def run(env: Env) -> None:
        bind(env, make(env))

    return run


@evaluates(Class)
def class_(node: Class, outer: Scope) -> Evaluate:
    """A class; its name is seen inside it."""
    scope = outer.inner(closes=True)
    scope.strict = True
    if node.name:
        scope.declare([node.name])
    parent = expression(node.parent, outer) if node.parent else None
    members = [
        (each, property_key(each.key, scope), _value(each, scope))
        for each in node.members
        if not (isinstance(each.value, Function) and each.value.kind == "constructor")
    ]
    own = next(
        (
            each.value
            for each in node.members
            if isinstance(each.value, Function) and each.value.kind == "constructor"
        ),
        None,
    )
    code = Code(own or _default(node), scope, sees_itself=False)

    def make(env: Env) -> JSFunction:
        above = parent(env) if parent else MISSING
        inner = [env, env[1], *scope.layout.blank()]
        made = _made(node.name, above, code, inner)
        if node.name:
            inner[scope.names[node.name]] = made
        _fill(made, members, inner)
        return made

    return make


def _value(member: Property, scope: Scope) -> Evaluate | None:
    if isinstance(member.value, Function):
        return maker(member.value, scope, sees_itself=False)
    return None


def _default(node: Class) -> Function:
    """Return the constructor of a class that says nothing of one: it passes on what it is given."""
    params: list[Node] = [Spread(Name("given"))] if node.parent else []
    body: list[Node] = [Expression(Call(Super(), [Spread(Name("given"))]))] if node.parent else []
    return Function(
        "", params, body, "constructor", node.at, node.line, strict=True, derived=bool(node.parent)
    )


def _made(name: str, above: Any, code: Code, env: Env) -> JSFunction:
    def refuse(_: Any, __: list[Any]) -> Any:
        raise type_error(f"Class constructor {name} cannot be invoked without 'new'")

    made = JSFunction(refuse, name, code.takes)
    base = NOW.object_proto if above is MISSING else None if above is None else get(above, "prototype")
    proto = JSObject(base)
    made.props["prototype"] = Slot(proto, writable=False, configurable=False)
    proto.props["constructor"] = Slot(made)
    made.home, made.code, made.env = proto, code, env
    if above is not MISSING and above is not None:
        made.proto = above
    derived = above is not MISSING and above is not None

    def build(args: list[Any], target: JSFunction) -> Any:
        frame = Frame(MISSING, args, made, target)
        if not derived:
            frame.this = JSObject(proto_for(target, NOW.object_proto))
            fill_fields(made, frame.this)
        result = code.enter(env, frame, args, made)
        if isinstance(result, JSObject):
            return result
        if frame.this is MISSING:
            raise type_error("Must call super constructor in derived class")
        return frame.this

    made.construct = build
    return made


def super_made(function: JSFunction, args: list[Any], target: Any) -> Any:
    """Return the object that the class above makes, with the fields of this one."""
    above = function.proto
    if type(above) is Unknown:
        this: Any = JSObject(proto_for(target, NOW.object_proto))
    else:
        this = construct(above, args, target)
    fill_fields(function, this)
    return this


def fill_fields(function: JSFunction, this: Any) -> None:
    """Give an object the fields of its class."""
    for key, initial in function.fields or ():
        value = initial.invoke(this, []) if initial else UNDEFINED
        if isinstance(this, JSObject):
            this.props[key] = Slot(value) if type(key) is str and key.startswith("#") else value


def _fill(made: JSFunction, members: list[_Member], env: Env) -> None:
    proto = made.props["prototype"].value
    fields: list[tuple[Any, JSFunction | None]] = []
    for member, key_of, make in members:
        holder = made if member.static else proto
        key = key_of(env)
        value = make(env) if make else None
        if value is not None:
            value.home = holder
        if member.kind == "field":
            _field(made, fields, key, value, static=member.static)
        elif member.kind == "block":
            call(value, made, [])
        else:
            define_method(holder, key, value, member.kind, listed=False)
    made.fields = fields


def _field(made: JSFunction, fields: list[Any], key: Any, value: Any, *, static: bool) -> None:
    if static:
        made.props[key] = value.invoke(made, []) if value else UNDEFINED
    else:
        fields.append((key, value))


def define_method(holder: JSObject, key: Any, value: Any, kind: str, *, listed: bool) -> None:
    """Add a method, or one half of an accessor, to an object."""
    if not value.name:
        value.name = key if type(key) is str else f"[{key.description}]"
    if kind == "method":
        holder.props[key] = value if listed else Slot(value)
        return
    held = holder.props.get(key)
    if type(held) is not Slot or not held.is_accessor:
        held = holder.props[key] = Slot(enumerable=listed)
    setattr(held, kind, value)
