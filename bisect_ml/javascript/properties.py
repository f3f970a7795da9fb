"""Properties: reading, writing, calling and listing them, for objects, primitive values and unknowns."""

from collections.abc import Iterator
from typing import Any

from bisect_ml.interpreter.machine import Exhausted
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.objects import (
    ITERATOR,
    LONGEST_ARRAY,
    MISSING,
    UNDEFINED,
    JSArray,
    JSFunction,
    JSObject,
    Key,
    Slot,
    Symbol,
    charge,
    is_index,
)
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.strangers import asked, called
from bisect_ml.javascript.values import type_error


def get(owner: Any, key: Key) -> Any:
    """Return a property of any value."""
    kind = type(owner)
    if kind is str:
        if key == "length":
            return float(len(owner))
        if type(key) is str and is_index(key):
            place = int(key)
            return owner[place] if place < len(owner) else UNDEFINED
        return found_in(NOW.string_proto, key, owner)
    if kind is Unknown:
        return asked(owner, key)
    if isinstance(owner, JSObject):
        return found_in(owner, key, owner)
    if owner is None or owner is UNDEFINED:
        shown = key if type(key) is str else "symbol"
        raise type_error(
            f"Cannot read properties of {'null' if owner is None else 'undefined'} (reading '{shown}')"
        )
    return found_in(_proto_of(kind), key, owner)


def _proto_of(kind: type) -> JSObject:
    if kind is float:
        return NOW.number_proto  # type: ignore[no-any-return]
    if kind is bool:
        return NOW.boolean_proto  # type: ignore[no-any-return]
    return NOW.symbol_proto if kind is Symbol else NOW.bigint_proto  # type: ignore[no-any-return]


def found_in(holder: JSObject | None, key: Key, this: Any) -> Any:
    """Return a property of an object or of its prototypes, as `this` sees it."""
    at: Any = holder
    while at is not None:
        found = at.own(key)
        if found is not MISSING:
            if type(found) is Slot:
                if found.get is not None:
                    return call(found.get, this, [])
                return found.value
            return found
        if type(at.proto) is Unknown:
            return asked(at.proto, key)
        at = at.proto
    return UNDEFINED


def has(owner: JSObject, key: Key) -> bool:
    """Return what `key in owner` says."""
    at: Any = owner
    while isinstance(at, JSObject):
        if at.own(key) is not MISSING:
            return True
        at = at.proto
    return False


def put(owner: Any, key: Key, value: Any) -> None:
    """Set a property of any value."""
    if not isinstance(owner, JSObject):
        if owner is None or owner is UNDEFINED:
            shown = key if type(key) is str else "symbol"
            told = "null" if owner is None else "undefined"
            raise type_error(f"Cannot set properties of {told} (setting '{shown}')")
        return
    held: Any = owner.props.get(key, MISSING)
    if held is MISSING:
        at: Any = owner
        while isinstance(at, JSObject):
            held = at.props.get(key, MISSING)
            if held is not MISSING:
                break
            at = at.proto
    if type(held) is Slot:
        if held.is_accessor:
            if held.set is not None:
                call(held.set, owner, [value])
            return
        if not held.writable:
            return
        own = owner.props.get(key)
        if own is held and type(own) is Slot:
            if owner.sealed < 3:
                own.value = value
            return
    owner.keep(key, value)


def call(function: Any, this: Any, args: list[Any]) -> Any:
    """Call any value.

    Raises:
        Thrown: It is no function.
    """
    if type(function) is JSFunction:
        return function.invoke(this, args)
    if type(function) is Unknown:
        return called(function, args)
    raise type_error("not a function")


def construct(function: Any, args: list[Any], target: Any = None) -> Any:
    """Return what `new` makes.

    Raises:
        Thrown: It is no constructor.
    """
    if type(function) is Unknown:
        return called(function, args)
    if type(function) is JSFunction and function.construct is not None:
        return function.construct(args, target or function)
    raise type_error("not a constructor")


def listed_keys(owner: JSObject) -> list[str]:
    """Return the own texts among the keys that are listed."""
    return [key for key in owner.own_keys() if type(key) is str and is_listed(owner, key)]


def is_listed(owner: JSObject, key: Key) -> bool:
    """Return whether an own property is one that loops and copies see."""
    held = owner.own(key)
    return held is not MISSING and (type(held) is not Slot or held.enumerable)


def all_listed_keys(owner: Any) -> list[str]:
    """Return the keys that `for … in` goes through."""
    found: dict[str, None] = {}
    hidden: set[str] = set()
    at = owner
    while isinstance(at, JSObject):
        for key in at.own_keys():
            if type(key) is str and key not in found and key not in hidden:
                if is_listed(at, key):
                    found[key] = None
                else:
                    hidden.add(key)
        at = at.proto
    return list(found)


def each_of(values: Any) -> Iterator[Any]:
    """Go through what is iterable.

    Raises:
        Thrown: It is not.
    """
    kind = type(values)
    if kind is JSArray and NOW.array_proto.props.get(ITERATOR) is NOW.array_values:
        place = 0
        while place < len(values.items):
            yield values.items[place]
            place += 1
    elif kind is str:
        yield from characters(values)
    elif kind is Unknown:
        yield from values
    else:
        yield from _asked_one_by_one(values)


def _asked_one_by_one(values: Any) -> Iterator[Any]:
    make = get(values, ITERATOR)
    if make is UNDEFINED or make is None:
        raise type_error("object is not iterable")
    iterator = call(make, values, [])
    if isinstance(iterator, JSObject) and iterator.kind == "Python Iterator" and "next" not in iterator.props:
        for each in iterator.inner:
            NOW.machine.spend()
            yield each
        return
    step = get(iterator, "next")
    while True:
        NOW.machine.spend()
        result = call(step, iterator, [])
        if type(result) is Unknown:
            return
        done = get(result, "done")
        if done is not False and done is not UNDEFINED and done:
            return
        yield get(result, "value")


def characters(text: str) -> Iterator[str]:
    """Go through the characters of a text; two halves are one."""
    place = 0
    while place < len(text):
        wide = "\ud800" <= text[place] <= "\udbff" and "\udc00" <= text[place + 1 : place + 2] <= "\udfff"
        yield text[place : place + 1 + wide]
        place += 1 + wide


def gathered(values: Any) -> list[Any]:
    """Return what is iterable as a list."""
    if type(values) is JSArray and NOW.array_proto.props.get(ITERATOR) is NOW.array_values:
        charge(len(values.items))
        return list(values.items)
    found: list[Any] = []
    for each in each_of(values):
        found.append(each)
        if len(found) > LONGEST_ARRAY:
            raise Exhausted
    return found


def iterator_of(values: Iterator[Any]) -> JSObject:
    """Return an iterator of JavaScript over one of Python."""
    return JSObject(NOW.iterator_proto, "Python Iterator", values)
