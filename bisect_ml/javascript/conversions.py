"""How values become texts, numbers, truth values and objects, and how they are compared."""

import math
from typing import Any

from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.numbers import number_text, text_number
from bisect_ml.javascript.objects import TO_PRIMITIVE, UNDEFINED, BoundText, JSFunction, JSObject, Symbol
from bisect_ml.javascript.properties import call, get
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.values import error_of, type_error

_32, _31 = 2**32, 2**31


def truth(value: Any) -> bool:
    """Return whether a value counts as true."""
    kind = type(value)
    if kind is bool:
        return value  # type: ignore[no-any-return]
    if kind is float:
        return bool(value == value and value != 0)
    if kind is str or kind is int or kind is Unknown:
        return bool(value)
    return bool(value is not None and value is not UNDEFINED)


def primitive(value: Any, wanted: str = "default") -> Any:
    """Return an object as a text or a number."""
    if not isinstance(value, JSObject):
        return value
    convert = get(value, TO_PRIMITIVE)
    if convert is not UNDEFINED and convert is not None:
        return call(convert, value, [wanted])
    order = ("toString", "valueOf") if wanted == "string" else ("valueOf", "toString")
    if wanted == "default" and value.kind == "Date":
        order = ("toString", "valueOf")
    for name in order:
        function = get(value, name)
        if isinstance(function, JSFunction):
            found = function.invoke(value, [])
            if not isinstance(found, JSObject):
                return found
        elif type(function) is Unknown:
            return call(function, value, [])
    raise type_error("Cannot convert object to primitive value")


def text(value: Any) -> str:
    """Return a value as a text."""
    kind = type(value)
    if kind is str:
        return value  # type: ignore[no-any-return]
    if kind is float:
        return number_text(value)
    if kind is bool:
        return "true" if value else "false"
    if value is None:
        return "null"
    if value is UNDEFINED:
        return "undefined"
    if kind is int or kind is Unknown:
        return str(value)
    if kind is Symbol:
        raise type_error("Cannot convert a Symbol value to a string")
    return text(primitive(value, "string"))


def number(value: Any) -> float:
    """Return a value as a number."""
    kind = type(value)
    if kind is float:
        return value  # type: ignore[no-any-return]
    if kind is str:
        return text_number(value)
    if kind is bool:
        return 1.0 if value else 0.0
    if value is None:
        return 0.0
    if value is UNDEFINED:
        return math.nan
    if kind is Unknown:
        return float(value) if value.text is None else text_number(value.text)
    if kind is int:
        raise type_error("Cannot convert a BigInt value to a number")
    if kind is Symbol:
        raise type_error("Cannot convert a Symbol value to a number")
    return number(primitive(value, "number"))


def numeric(value: Any) -> Any:
    """Return a value as a number, big or not."""
    if type(value) is float or type(value) is int:
        return value
    found = primitive(value, "number")
    return found if type(found) is int else number(found)


def integer(value: Any, default: float = 0.0) -> float:
    """Return a value as a number without decimals, which may be infinite."""
    if value is UNDEFINED:
        return default
    found = number(value)
    if found != found:
        return 0.0
    return found if math.isinf(found) else float(math.trunc(found))


def clamped(value: Any, least: int, most: int, default: int = 0) -> int:
    """Return a value as an integer within bounds."""
    found = integer(value, default)
    return least if found < least else most if found > most else int(found)


def signed(value: Any) -> int:
    """Return a value as a signed integer of 32 bits."""
    found = number(value)
    if not math.isfinite(found):
        return 0
    whole = int(found) % _32
    return whole - _32 if whole >= _31 else whole


def unsigned(value: Any) -> int:
    """Return a value as an integer of 32 bits."""
    found = number(value)
    return int(found) % _32 if math.isfinite(found) else 0


def key_of(value: Any) -> Any:
    """Return a value as the key of a property."""
    kind = type(value)
    if kind is str or kind is Symbol:
        return value
    if kind is float:
        return number_text(value)
    found = primitive(value, "string")
    return found if type(found) is Symbol else text(found)


def as_object(value: Any) -> Any:
    """Return a value as an object; unknowns stay what they are."""
    if isinstance(value, JSObject | Unknown):
        return value
    if value is None or value is UNDEFINED:
        raise type_error("Cannot convert undefined or null to object")
    kind = type(value)
    if kind is str:
        return BoundText(NOW.string_proto, "String", value)
    if kind is bool:
        return JSObject(NOW.boolean_proto, "Boolean", value)
    if kind is float:
        return JSObject(NOW.number_proto, "Number", value)
    if kind is int:
        return JSObject(NOW.bigint_proto, "BigInt", value)
    return JSObject(NOW.symbol_proto, "Symbol", value)


def type_of(value: Any) -> str:
    """Return what `typeof` says."""
    kind = type(value)
    if kind is str:
        return "string"
    if kind is float:
        return "number"
    if kind is bool:
        return "boolean"
    if value is UNDEFINED:
        return "undefined"
    if kind is JSFunction:
        return "function"
    if kind is int:
        return "bigint"
    if kind is Symbol:
        return "symbol"
    if kind is Unknown:
        if value.text is not None:
            return "string"
        return ("object", "function")[value.draw("typeof", 2)]
    return "object"


def same(left: Any, right: Any) -> bool:
    """Return what `===` says."""
    kind, other = type(left), type(right)
    if kind is Unknown or other is Unknown:
        return bool(left == right) if kind is Unknown else bool(right == left)
    if kind is not other:
        return False
    if kind is str or kind is float or kind is int or kind is bool:
        return bool(left == right)
    return left is right


def same_value(left: Any, right: Any) -> bool:
    """Return whether `Object.is` says that two values are one."""
    if type(left) is float and type(right) is float:
        if left != left:
            return right != right
        return left == right and math.copysign(1, left) == math.copysign(1, right)
    return same(left, right)


def alike(left: Any, right: Any) -> bool:
    """Return what `==` says."""
    kind, other = type(left), type(right)
    if kind is other and kind is not Unknown:
        return same(left, right)
    left_none = left is None or left is UNDEFINED
    right_none = right is None or right is UNDEFINED
    if left_none or right_none:
        return left_none and right_none
    if kind is Unknown or other is Unknown:
        return same(left, right)
    left_object, right_object = isinstance(left, JSObject), isinstance(right, JSObject)
    if left_object and right_object:
        return left is right
    if left_object:
        return alike(primitive(left), right)
    if right_object:
        return alike(left, primitive(right))
    if kind is Symbol or other is Symbol:
        return False
    return bool(_plain(left) == _plain(right))


def _plain(value: Any) -> Any:
    return value if type(value) is int else number(value)


def checked_radix(value: Any) -> int:
    """Return a base of numbers.

    Raises:
        Thrown: It is none.
    """
    base = integer(value, 10.0)
    if not 2 <= base <= 36:
        raise error_of("RangeError", "toString() radix must be between 2 and 36")
    return int(base)
