"""`Array`: what needs no functions from outside."""

from collections.abc import Iterator
from typing import Any

from bisect_ml.interpreter.machine import Exhausted
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.conversions import as_object, clamped, integer, same, text
from bisect_ml.javascript.library.defining import Definer
from bisect_ml.javascript.library.functions import listed
from bisect_ml.javascript.objects import ITERATOR, LONGEST_ARRAY, UNDEFINED, JSArray, JSObject, charge
from bisect_ml.javascript.properties import call, gathered, get, iterator_of, put
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.values import at, bounded, error_of


def items_of(this: Any) -> list[Any]:
    """Return the items of what a method of arrays is called on."""
    return (
        this.items
        if type(this) is JSArray
        else listed(as_object(this) if not isinstance(this, str) else this)
    )


def keep_items(this: Any, items: list[Any]) -> None:
    """Set the items of what is like an array."""
    if len(items) > LONGEST_ARRAY:
        raise Exhausted
    charge(len(items))
    if type(this) is JSArray:
        if not this.sealed:
            this.items[:], this.holes = items, None
    elif isinstance(this, JSObject):
        for place in range(len(items), len(listed(this))):
            this.drop(str(place))
        for place, each in enumerate(items):
            put(this, str(place), each)
        put(this, "length", float(len(items)))


def place_in(value: Any, count: int, default: int = 0) -> int:
    """Return a place that may be counted from the end."""
    found = integer(value, default)
    return int(max(0, count + found)) if found < 0 else int(min(found, count))


def _push(this: Any, args: list[Any]) -> float:
    if type(this) is JSArray and not this.sealed:
        this.items.extend(args)  # holes are before the end
        if len(this.items) > LONGEST_ARRAY:
            raise Exhausted
        return float(len(this.items))
    keep_items(this, [*items_of(this), *args])
    return float(len(items_of(this)))


def _pop(this: Any, _: list[Any]) -> Any:
    items = items_of(this)
    if not items:
        return UNDEFINED
    last = items[-1]
    keep_items(this, items[:-1])
    return last


def _shift(this: Any, _: list[Any]) -> Any:
    items = items_of(this)
    if not items:
        return UNDEFINED
    first = items[0]
    keep_items(this, items[1:])
    return first


def _unshift(this: Any, args: list[Any]) -> float:
    items = [*args, *items_of(this)]
    keep_items(this, items)
    return float(len(items))


def _slice(this: Any, args: list[Any]) -> JSArray:
    items = items_of(this)
    start, end = place_in(at(args, 0), len(items)), place_in(at(args, 1), len(items), len(items))
    charge(end - start)
    return JSArray(items[start:end])


def _spliced(this: Any, args: list[Any]) -> tuple[list[Any], list[Any]]:
    """Return what is left and what was taken out."""
    items = list(items_of(this))
    start = place_in(at(args, 0), len(items))
    count = 0 if not args else len(items) - start
    if len(args) > 1:
        count = clamped(args[1], 0, len(items) - start)
    taken = items[start : start + count]
    items[start : start + count] = args[2:]
    return items, taken


def _splice(this: Any, args: list[Any]) -> JSArray:
    items, taken = _spliced(this, args)
    keep_items(this, items)
    return JSArray(taken)


def _concat(this: Any, args: list[Any]) -> JSArray:
    found: list[Any] = []
    for each in [this, *args]:
        if type(each) is JSArray and each.kind == "Array":
            found.extend(each.items)
        else:
            found.append(each)
        if len(found) > LONGEST_ARRAY:
            raise Exhausted
    charge(len(found))
    return JSArray(found)


def _join(this: Any, args: list[Any]) -> str:
    between = "," if at(args, 0) is UNDEFINED else text(args[0])
    return joined(items_of(this), between)


def joined(items: list[Any], between: str) -> str:
    """Return items as one text."""
    NOW.machine.spend()
    if NOW.machine.depth > 100:
        raise Exhausted
    NOW.machine.depth += 1
    try:
        return bounded(
            between.join(["" if each is None or each is UNDEFINED else text(each) for each in items])
        )
    finally:
        NOW.machine.depth -= 1


def _reverse(this: Any, _: list[Any]) -> Any:
    keep_items(this, items_of(this)[::-1])
    return this


def _index_of(this: Any, args: list[Any]) -> float:
    items = items_of(this)
    for place in range(place_in(at(args, 1), len(items)), len(items)):
        if same(items[place], at(args, 0)):
            return float(place)
    return -1.0


def _last_index_of(this: Any, args: list[Any]) -> float:
    items = items_of(this)
    start = len(items) - 1 if len(args) < 2 else int(clamped(args[1], -len(items) - 1, len(items) - 1))
    for place in range(start if start >= 0 else len(items) + start, -1, -1):
        if same(items[place], at(args, 0)):
            return float(place)
    return -1.0


def _includes(this: Any, args: list[Any]) -> bool:
    wanted = at(args, 0)
    if type(wanted) is float and wanted != wanted:
        return any(type(each) is float and each != each for each in items_of(this))
    return any(same(each, wanted) for each in items_of(this)[place_in(at(args, 1), 10**9) :])


def _fill(this: Any, args: list[Any]) -> Any:
    items = list(items_of(this))
    start, end = place_in(at(args, 1), len(items)), place_in(at(args, 2), len(items), len(items))
    items[start:end] = [at(args, 0)] * max(0, end - start)
    keep_items(this, items)
    return this


def flattened(items: list[Any], depth: float) -> list[Any]:
    """Return items with the arrays among them opened."""
    found: list[Any] = []
    for each in items:
        if type(each) is JSArray and depth >= 1:
            NOW.machine.spend()
            found.extend(flattened(each.items, depth - 1))
        else:
            found.append(each)
    return found


def _at(this: Any, args: list[Any]) -> Any:
    items, place = items_of(this), int(clamped(at(args, 0), -(10**9), 10**9))
    return items[place] if -len(items) <= place < len(items) else UNDEFINED


def _values(this: Any, _: list[Any]) -> JSObject:
    return iterator_of(_each(this))


def _each(this: Any) -> Iterator[Any]:
    place = 0
    while place < len(items := items_of(this)):
        yield items[place]
        place += 1


def _made(args: list[Any], proto: JSObject) -> JSArray:
    made = JSArray([], proto)
    if len(args) == 1 and type(args[0]) is float:
        if args[0] < 0 or args[0] != int(args[0]):
            raise error_of("RangeError", "Invalid array length")
        made.resize(args[0])
    else:
        made.items.extend(args)
    return made


def _from(_: Any, args: list[Any]) -> JSArray:
    source, change = at(args, 0), at(args, 1)
    iterable = isinstance(source, str | Unknown) or (
        isinstance(source, JSObject) and get(source, ITERATOR) not in (UNDEFINED, None)
    )
    items = gathered(source) if iterable else sized(source)
    if change is not UNDEFINED:
        items = [call(change, at(args, 2), [each, float(place)]) for place, each in enumerate(items)]
    return JSArray(items)


def sized(source: Any) -> list[Any]:
    """Return the items of an object that has a length."""
    return listed(source)


def _with(this: Any, args: list[Any]) -> JSArray:
    items = list(items_of(this))
    place = integer(at(args, 0))
    if not -len(items) <= place < len(items):
        raise error_of("RangeError", "Invalid index")
    items[int(place)] = at(args, 1)
    return JSArray(items)


def install(define: Definer) -> None:
    """Add `Array` to a run."""
    proto = NOW.array_proto
    kind = define.constructor("Array", proto, 1, lambda _, args: _made(args, proto), _made)
    define.methods(
        kind,
        {
            "isArray": lambda _, args: isinstance(at(args, 0), JSArray) and args[0].kind == "Array",
            "of": lambda _, args: JSArray(list(args)),
            "from": _from,
        },
    )
    define.methods(
        proto,
        {
            "push": _push,
            "pop": _pop,
            "shift": _shift,
            "unshift": _unshift,
            "slice": _slice,
            "splice": _splice,
            "concat": _concat,
            "join": _join,
            "toString": lambda this, _: _join(this, []),
            "toLocaleString": lambda this, _: _join(this, []),
            "reverse": _reverse,
            "indexOf": _index_of,
            "lastIndexOf": _last_index_of,
            "includes": _includes,
            "fill": _fill,
            "flat": lambda this, args: JSArray(flattened(items_of(this), integer(at(args, 0), 1))),
            "at": _at,
            "keys": lambda this, _: iterator_of(iter([float(place) for place in range(len(items_of(this)))])),
            "entries": lambda this, _: iterator_of(
                JSArray([float(place), each]) for place, each in enumerate(_each(this))
            ),
            "values": _values,
            "toReversed": lambda this, _: JSArray(items_of(this)[::-1]),
            "toSpliced": lambda this, args: JSArray(_spliced(this, args)[0]),
            "with": _with,
        },
    )
    NOW.array_values = proto.props["values"]
    proto.props[ITERATOR] = NOW.array_values
    NOW.arguments_props = {
        ITERATOR: NOW.array_values,
    }
