"""`Map`, `Set` and their weak relatives."""

from collections.abc import Callable, Iterator
from typing import Any

from bisect_ml.interpreter.machine import Exhausted
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.library.defining import Definer
from bisect_ml.javascript.objects import ITERATOR, LONGEST_ARRAY, TAG, UNDEFINED, JSArray, JSObject
from bisect_ml.javascript.properties import call, each_of, get, iterator_of
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.values import at, type_error

Pairs = dict[Any, tuple[Any, Any]]
"""Keys and values by what tells keys apart."""


def _mark(key: Any) -> Any:
    """Return what is equal for what a map takes for the same."""
    kind = type(key)
    if kind is float:
        return ("number", "NaN") if key != key else ("number", key)
    if kind is str or kind is int or kind is bool:
        return kind.__name__, key
    return ("unknown", key.key) if kind is Unknown else ("object", id(key))


def _pairs(this: Any, kind: str) -> Pairs:
    if not isinstance(this, JSObject) or this.kind != kind:
        raise type_error(f"Method {kind}.prototype called on incompatible receiver")
    return this.inner  # type: ignore[no-any-return]


def _each(pairs: Pairs) -> Iterator[tuple[Any, Any]]:
    """Go through pairs, with those that are added meanwhile."""
    seen = 0
    while True:
        # What was removed meanwhile makes places move; none is given twice where nothing is.
        listed = list(pairs.items())
        if seen >= len(listed):
            return
        for mark, pair in listed[seen:]:
            seen += 1
            if mark in pairs:
                yield pair
        if len(pairs) < len(listed):
            return


def _put(pairs: Pairs, key: Any, value: Any) -> None:
    if type(key) is float and key == 0:
        key = 0.0
    if len(pairs) >= LONGEST_ARRAY:
        raise Exhausted
    mark = _mark(key)
    held = pairs.get(mark)
    pairs[mark] = (held[0] if held else key), value


def _maker(kind: str, add: str) -> Any:
    def make(args: list[Any], proto: JSObject) -> JSObject:
        made = JSObject(proto, kind, {})
        given = at(args, 0)
        if given is UNDEFINED or given is None:
            return made
        adder = get(made, add)
        for each in each_of(given):
            pair = [get(each, "0"), get(each, "1")] if add == "set" else [each]
            call(adder, made, pair)
        return made

    return make


def _reader(kind: str, read: Callable[[Pairs, list[Any]], Any]) -> Any:
    return lambda this, args: read(_pairs(this, kind), args)


def _setter(kind: str) -> Any:
    def put(this: Any, args: list[Any]) -> Any:
        value = at(args, 1) if kind.endswith("Map") else at(args, 0)
        _put(_pairs(this, kind), at(args, 0), value)
        return this

    return put


def _for_each(kind: str) -> Any:
    def method(this: Any, args: list[Any]) -> Any:
        for key, value in _each(_pairs(this, kind)):
            NOW.machine.spend()
            call(at(args, 0), at(args, 1), [value, key, this])
        return UNDEFINED

    return method


def _clear(pairs: Pairs, _: list[Any]) -> Any:
    pairs.clear()
    return UNDEFINED


def _shared(kind: str) -> dict[Any, Any]:
    add = "set" if kind.endswith("Map") else "add"
    return {
        add: _setter(kind),
        "get": _reader(kind, lambda pairs, args: pairs.get(_mark(at(args, 0)), (None, UNDEFINED))[1]),
        "has": _reader(kind, lambda pairs, args: _mark(at(args, 0)) in pairs),
        "delete": _reader(kind, lambda pairs, args: pairs.pop(_mark(at(args, 0)), None) is not None),
    }


def _iterating(kind: str) -> dict[Any, Any]:
    keys = _reader(kind, lambda pairs, _: iterator_of(key for key, _ in _each(pairs)))
    values = _reader(kind, lambda pairs, _: iterator_of(value for _, value in _each(pairs)))
    entries = _reader(
        kind, lambda pairs, _: iterator_of(JSArray([key, value]) for key, value in _each(pairs))
    )
    return {
        "keys": keys,
        "values": values,
        "entries": entries,
        "forEach": _for_each(kind),
        "clear": _reader(kind, _clear),
        ITERATOR: entries if kind == "Map" else values,
    }


def install(define: Definer) -> None:
    """Add these to a run."""
    for kind in ("Map", "Set", "WeakMap", "WeakSet"):
        held = {"Map": NOW.map_proto, "Set": NOW.set_proto}.get(kind) or JSObject(NOW.object_proto)
        define.constructor(kind, held, 0, None, _maker(kind, "set" if kind.endswith("Map") else "add"))
        table = _shared(kind)
        if kind.endswith("Set"):
            table.pop("get")
        define.methods(held, table)
        if not kind.startswith("Weak"):
            define.methods(held, _iterating(kind))
            define.getters(held, {"size": _size(kind)})
        define.values(held, {TAG: kind})


def _size(kind: str) -> Any:
    return lambda this: float(len(_pairs(this, kind)))
