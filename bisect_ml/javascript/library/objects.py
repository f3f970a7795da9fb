"""`Object` and `Reflect`."""

from typing import Any

from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.conversions import as_object, key_of, same_value, text, truth
from bisect_ml.javascript.library.defining import Definer
from bisect_ml.javascript.objects import MISSING, TAG, UNDEFINED, JSArray, JSFunction, JSObject, Slot
from bisect_ml.javascript.operations import is_below
from bisect_ml.javascript.properties import (
    call,
    construct,
    each_of,
    gathered,
    get,
    has,
    is_listed,
    listed_keys,
    put,
)
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.values import at, made_object, type_error

_KINDS = frozenset(
    {"Array", "Function", "Error", "Boolean", "Number", "String", "Date", "RegExp", "Arguments"}
)


def _to_string(this: Any, _: list[Any]) -> str:
    if this is UNDEFINED:
        return "[object Undefined]"
    if this is None:
        return "[object Null]"
    held = as_object(this)
    tag = get(held, TAG)
    if isinstance(tag, str):
        return f"[object {tag}]"
    kind = getattr(held, "kind", "Object")
    return f"[object {kind if kind in _KINDS else 'Object'}]"


def has_own(owner: Any, key: Any) -> bool:
    """Return whether a value has a property of its own."""
    if type(owner) is Unknown:
        return bool(owner.draw(f"has {key}", 2))
    return as_object(owner).own(key_of(key)) is not MISSING


def slot_from(description: Any, before: Any = MISSING) -> Any:
    """Return the property that a descriptor tells of, with what it leaves out as it was."""
    if not isinstance(description, JSObject):
        raise type_error("Property description must be an object")
    if type(before) is Slot:
        made = Slot(before.value, get=before.get, set=before.set)
        made.enumerable, made.writable, made.configurable = (
            before.enumerable,
            before.writable,
            before.configurable,
        )
    elif before is not MISSING:
        made = Slot(before, enumerable=True)
    else:
        made = Slot(writable=False, configurable=False)
    for name in ("enumerable", "writable", "configurable"):
        if has(description, name):
            setattr(made, name, truth(get(description, name)))
    if has(description, "value"):
        made.value, made.get, made.set = get(description, "value"), None, None
    for name in ("get", "set"):
        if has(description, name):
            function = get(description, name)
            setattr(made, name, None if function is UNDEFINED else function)
    plain = made.enumerable and made.writable and made.configurable and not made.is_accessor
    return made.value if plain else made


def define_property(owner: Any, key: Any, description: Any) -> Any:
    """Add or change a property as a descriptor says."""
    if not isinstance(owner, JSObject):
        if type(owner) is Unknown:
            return owner
        raise type_error("Object.defineProperty called on non-object")
    name = key_of(key)
    before = owner.own(name)
    if owner.sealed and before is MISSING:
        raise type_error(f"Cannot define property {text(name)}, object is not extensible")
    if type(before) is Slot and not before.configurable and not before.writable and not before.is_accessor:
        raise type_error(f"Cannot redefine property: {text(name)}")
    made = slot_from(description, before)
    if isinstance(owner, JSArray) and type(name) is str and (name == "length" or name.isdigit()):
        owner.keep(name, made.value if type(made) is Slot else made)
    else:
        owner.props[name] = made
    return owner


def described(owner: Any, key: Any) -> Any:
    """Return the descriptor of a property, or undefined."""
    held = as_object(owner).own(key_of(key))
    if held is MISSING:
        return UNDEFINED
    if type(held) is not Slot:
        held = Slot(held, enumerable=True)
    marks = {"enumerable": held.enumerable, "configurable": held.configurable}
    if held.is_accessor:
        return made_object({"get": held.get or UNDEFINED, "set": held.set or UNDEFINED, **marks})
    return made_object({"value": held.value, "writable": held.writable, **marks})


def _keys(value: Any) -> list[str]:
    held = as_object(value)
    return [f"unknown{each}" for each in range(3)] if type(held) is Unknown else listed_keys(held)


def _assign(_: Any, args: list[Any]) -> Any:
    target = as_object(at(args, 0))
    for source in args[1:]:
        if isinstance(source, str):
            for place, each in enumerate(source):
                put(target, str(place), each)
        elif isinstance(source, JSObject):
            for key in source.own_keys():
                if is_listed(source, key):
                    put(target, key, get(source, key))
        elif type(source) is Unknown:
            put(target, f"…{source.key}", source)
    return target


def _create(_: Any, args: list[Any]) -> JSObject:
    proto = at(args, 0)
    if proto is not None and not isinstance(proto, JSObject | Unknown):
        raise type_error("Object prototype may only be an Object or null")
    made = JSObject(proto)
    if at(args, 1) is not UNDEFINED:
        _define_all(made, args[1])
    return made


def _define_all(owner: Any, descriptions: Any) -> Any:
    for key in listed_keys(as_object(descriptions)):
        define_property(owner, key, get(descriptions, key))
    return owner


def _sealing(level: int) -> Any:
    def seal(_: Any, args: list[Any]) -> Any:
        if isinstance(at(args, 0), JSObject):
            args[0].sealed = max(args[0].sealed, level)
        return at(args, 0)

    return seal


def _is_sealed(level: int) -> Any:
    return lambda _, args: not isinstance(at(args, 0), JSObject) or args[0].sealed >= level


def proto_of(value: Any) -> Any:
    """Return the prototype of a value."""
    return getattr(as_object(value), "proto", UNDEFINED)


def _set_proto(_: Any, args: list[Any]) -> Any:
    if isinstance(at(args, 0), JSObject) and (at(args, 1) is None or isinstance(args[1], JSObject | Unknown)):
        args[0].proto = args[1]
    return at(args, 0)


def _from_entries(_: Any, args: list[Any]) -> JSObject:
    made = made_object()
    for pair in each_of(at(args, 0)):
        made.props[key_of(get(pair, "0"))] = get(pair, "1")
    return made


def _group_by(_: Any, args: list[Any]) -> JSObject:
    made = JSObject(None)
    for place, each in enumerate(gathered(at(args, 0))):
        key = key_of(call(at(args, 1), UNDEFINED, [each, float(place)]))
        made.props.setdefault(key, JSArray([])).items.append(each)
    return made


def _called(_: Any, args: list[Any]) -> Any:
    value = at(args, 0)
    return made_object() if value is None or value is UNDEFINED else as_object(value)


def _pairs(value: Any) -> JSArray:
    return JSArray([JSArray([key, get(value, key)]) for key in _keys(value)])


def _names(value: Any) -> JSArray:
    return JSArray([key for key in as_object(value).own_keys() if type(key) is str])


def install(define: Definer) -> None:
    """Add `Object` and `Reflect` to a run."""
    proto = NOW.object_proto
    kind = define.constructor("Object", proto, 1, _called, _made)
    define.methods(
        proto,
        {
            "toString": _to_string,
            "toLocaleString": lambda this, _: text(this),
            "valueOf": lambda this, _: as_object(this),
            "hasOwnProperty": lambda this, args: has_own(this, at(args, 0)),
            "isPrototypeOf": lambda this, args: is_below(at(args, 0), this),
            "propertyIsEnumerable": lambda this, args: is_listed(as_object(this), key_of(at(args, 0))),
            "__defineGetter__": lambda this, args: _accessor(this, args, "get"),
            "__defineSetter__": lambda this, args: _accessor(this, args, "set"),
        },
    )
    proto.props["__proto__"] = Slot(
        get=JSFunction(lambda this, _: proto_of(this)),
        set=JSFunction(lambda this, args: _set_proto(None, [this, *args])),
    )
    define.methods(
        kind,
        {
            "keys": lambda _, args: JSArray(list(_keys(at(args, 0)))),
            "values": lambda _, args: JSArray([get(args[0], key) for key in _keys(at(args, 0))]),
            "entries": lambda _, args: _pairs(at(args, 0)),
            "assign": _assign,
            "create": _create,
            "defineProperty": lambda _, args: define_property(at(args, 0), at(args, 1), at(args, 2)),
            "defineProperties": lambda _, args: _define_all(at(args, 0), at(args, 1)),
            "getOwnPropertyDescriptor": lambda _, args: described(at(args, 0), at(args, 1)),
            "getOwnPropertyDescriptors": lambda _, args: made_object(
                {key: described(args[0], key) for key in as_object(at(args, 0)).own_keys()}
            ),
            "getOwnPropertyNames": lambda _, args: _names(at(args, 0)),
            "getOwnPropertySymbols": lambda _, args: JSArray(
                [key for key in as_object(at(args, 0)).own_keys() if type(key) is not str]
            ),
            "getPrototypeOf": lambda _, args: proto_of(at(args, 0)),
            "setPrototypeOf": _set_proto,
            "freeze": _sealing(3),
            "seal": _sealing(2),
            "preventExtensions": _sealing(1),
            "isFrozen": _is_sealed(3),
            "isSealed": _is_sealed(2),
            "isExtensible": lambda _, args: isinstance(at(args, 0), JSObject) and not args[0].sealed,
            "is": lambda _, args: same_value(at(args, 0), at(args, 1)),
            "fromEntries": _from_entries,
            "groupBy": _group_by,
            "hasOwn": lambda _, args: has_own(at(args, 0), at(args, 1)),
        },
    )
    _reflect(define)


def _accessor(this: Any, args: list[Any], half: str) -> Any:
    return define_property(
        this, at(args, 0), made_object({half: at(args, 1), "enumerable": True, "configurable": True})
    )


def _made(args: list[Any], proto: JSObject) -> Any:
    return JSObject(proto) if proto is not NOW.object_proto else _called(None, args)


def _put(_: Any, args: list[Any]) -> bool:
    put(at(args, 0), key_of(at(args, 1)), at(args, 2))
    return True


def _reflect(define: Definer) -> None:
    holder = made_object()
    define.values(define.holder, {"Reflect": holder})
    define.methods(
        holder,
        {
            "ownKeys": lambda _, args: JSArray(list(as_object(at(args, 0)).own_keys())),
            "has": lambda _, args: has(as_object(at(args, 0)), key_of(at(args, 1))),
            "get": lambda _, args: get(at(args, 0), key_of(at(args, 1))),
            "set": _put,
            "apply": lambda _, args: call(at(args, 0), at(args, 1), gathered(at(args, 2))),
            "construct": lambda _, args: construct(
                at(args, 0), gathered(at(args, 1)), args[2] if len(args) > 2 else None
            ),
            "defineProperty": lambda _, args: isinstance(
                define_property(at(args, 0), at(args, 1), at(args, 2)), JSObject
            ),
            "deleteProperty": lambda _, args: as_object(at(args, 0)).drop(key_of(at(args, 1))),
            "getPrototypeOf": lambda _, args: proto_of(at(args, 0)),
            "setPrototypeOf": _set_proto,
            "getOwnPropertyDescriptor": lambda _, args: described(at(args, 0), at(args, 1)),
        },
    )
