"""Arrays of numbers of one kind. What lies under them, and other views of it, is unknown."""

import struct
from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.conversions import clamped, number, unsigned
from bisect_ml.javascript.library.arrays import place_in
from bisect_ml.javascript.library.defining import Definer
from bisect_ml.javascript.library.functions import listed
from bisect_ml.javascript.objects import ITERATOR, TAG, UNDEFINED, Invoke, JSArray, JSObject
from bisect_ml.javascript.properties import gathered, get
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.values import at, type_error


class TypedArray(JSArray):
    """An array whose items are numbers of one kind, and whose length stays."""

    __slots__ = ("fit",)

    def __init__(self, items: list[Any], proto: JSObject, kind: str, fit: Callable[[Any], float]) -> None:
        super().__init__([fit(each) for each in items], proto)
        self.kind, self.fit = kind, fit

    def put(self, place: int, value: Any) -> None:
        """Set an item, as a number of the kind."""
        if place < len(self.items):
            self.items[place] = self.fit(value)

    def resize(self, length: Any) -> None:
        """Leave the length as it is."""


def _whole(bits: int, *, signed: bool) -> Callable[[Any], float]:
    def fit(value: Any) -> float:
        found = unsigned(value) % (1 << bits)
        return float(found - (1 << bits) if signed and found >> (bits - 1) else found)

    return fit


def _single(value: Any) -> float:
    try:
        return float(struct.unpack("f", struct.pack("f", number(value)))[0])
    except OverflowError:
        return float("inf") if number(value) > 0 else float("-inf")


def _clamped(value: Any) -> float:
    found = number(value)
    return float(clamped(float(round(found)) if abs(found) < 1e9 else found, 0, 255))


_KINDS: dict[str, tuple[int, Callable[[Any], float]]] = {
    "Int8Array": (1, _whole(8, signed=True)),
    "Uint8Array": (1, _whole(8, signed=False)),
    "Uint8ClampedArray": (1, _clamped),
    "Int16Array": (2, _whole(16, signed=True)),
    "Uint16Array": (2, _whole(16, signed=False)),
    "Int32Array": (4, _whole(32, signed=True)),
    "Uint32Array": (4, _whole(32, signed=False)),
    "Float32Array": (4, _single),
    "Float64Array": (8, number),
}


def _maker(name: str, fit: Callable[[Any], float]) -> Any:
    def make(args: list[Any], proto: JSObject) -> Any:
        given = at(args, 0)
        if type(given) is Unknown:
            return Unknown(f"{name}({given.key})")
        if isinstance(given, JSObject):
            iterable = get(given, ITERATOR) is not UNDEFINED
            return TypedArray(gathered(given) if iterable else listed(given), proto, name, fit)
        zeros = JSArray([])
        zeros.resize(clamped(given, 0, 10**9))
        return TypedArray([0.0] * len(zeros.items), proto, name, fit)

    return make


def _typed(this: Any) -> TypedArray:
    if type(this) is not TypedArray:
        raise type_error("this is not a typed array.")
    return this


def _set(this: Any, args: list[Any]) -> Any:
    typed = _typed(this)
    start = clamped(at(args, 1), 0, 10**9)
    for place, each in enumerate(listed(at(args, 0)), start):
        typed.put(place, each)
    return UNDEFINED


def _part(this: Any, args: list[Any]) -> Any:
    typed = _typed(this)
    items = typed.items
    start, end = place_in(at(args, 0), len(items)), place_in(at(args, 1), len(items), len(items))
    return TypedArray(items[start:end], typed.proto, typed.kind, typed.fit)


def _statics(make: Any, proto: JSObject) -> dict[Any, Invoke]:
    return {
        "from": lambda _, args: make(args, proto),
        "of": lambda _, args: make([JSArray(list(args))], proto),
    }


def install(define: Definer) -> None:
    """Add typed arrays to a run."""
    for name, (size, fit) in _KINDS.items():
        proto = JSObject(NOW.array_proto)
        make = _maker(name, fit)
        kind = define.constructor(name, proto, 3, None, make)
        define.values(kind, {"BYTES_PER_ELEMENT": float(size)})
        define.values(proto, {"BYTES_PER_ELEMENT": float(size), TAG: name})
        # What is copied here is shared there; few write into both.
        define.methods(proto, {"set": _set, "subarray": _part, "slice": _part})
        define.methods(kind, _statics(make, proto))
    define.values(define.holder, {name: Unknown(name) for name in ("ArrayBuffer", "DataView")})
