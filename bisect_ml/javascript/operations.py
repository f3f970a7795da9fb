"""Operators between two values, and before one."""

import math
from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.machine import Exhausted
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.conversions import (
    alike,
    key_of,
    number,
    numeric,
    primitive,
    same,
    signed,
    text,
    truth,
    type_of,
    unsigned,
)
from bisect_ml.javascript.objects import HAS_INSTANCE, LONGEST_TEXT, UNDEFINED, JSFunction, JSObject, charge
from bisect_ml.javascript.properties import call, get, has
from bisect_ml.javascript.strangers import told
from bisect_ml.javascript.values import error_of, type_error

Apply = Callable[[Any, Any], Any]
_LARGEST_BITS = 12_000


def add(left: Any, right: Any) -> Any:
    """`+`."""
    kind, other = type(left), type(right)
    if kind is float and other is float:
        return left + right
    if kind is str and other is str:
        if len(left) + len(right) > LONGEST_TEXT:
            raise Exhausted
        charge(len(left) + len(right))
        return left + right
    left, right = primitive(left), primitive(right)
    if type(left) is Unknown or type(right) is Unknown:
        if type(left) is str or type(right) is str:
            first, second = _as_text(left), _as_text(right)
            return Unknown(
                f"({told(left)} add {told(right)})",
                None if first is None or second is None else first + second,
            )
        return Unknown(f"({told(left)} add {told(right)})")
    if type(left) is str or type(right) is str:
        return add(text(left), text(right))
    return _numbers("+", left, right)


def _as_text(value: Any) -> str | None:
    return value.text if type(value) is Unknown else text(value)


def _numbers(sign: str, left: Any, right: Any) -> Any:
    left, right = numeric(left), numeric(right)
    if type(left) is not type(right):
        raise type_error("Cannot mix BigInt and other types, use explicit conversions")
    return (_FLOATS if type(left) is float else _BIG)[sign](left, right)


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    if left != left or right != right or not left:
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1, right)


def _remainder(left: float, right: float) -> float:
    if not right or right != right or math.isinf(left):
        return math.nan
    return math.fmod(left, right)


def power(left: float, right: float) -> float:
    """`**`."""
    if right != right or (abs(left) == 1 and math.isinf(right)):
        return math.nan
    try:
        return math.pow(left, right)
    except OverflowError:
        return -math.inf if left < 0 and right % 2 else math.inf
    except ValueError:
        if left == 0:
            odd = right % 2 == 1 and math.copysign(1, left) < 0
            return -math.inf if odd else math.inf
        return math.nan


def _big_divide(left: int, right: int) -> int:
    if not right:
        raise error_of("RangeError", "Division by zero")
    found = abs(left) // abs(right)
    return -found if (left < 0) != (right < 0) else found


def _big_remainder(left: int, right: int) -> int:
    return left - right * _big_divide(left, right)


def _big_power(left: int, right: int) -> int:
    if right < 0:
        raise error_of("RangeError", "Exponent must be non-negative")
    if right * max(left.bit_length(), 1) > _LARGEST_BITS:
        raise Exhausted
    return int(left**right)


def _big_times(left: int, right: int) -> int:
    if left.bit_length() + right.bit_length() > _LARGEST_BITS:
        raise Exhausted
    return left * right


def _big_shift(left: int, right: int) -> int:
    if right < 0:
        return left >> -right
    if left.bit_length() + right > _LARGEST_BITS:
        raise Exhausted
    return left << right


_FLOATS: dict[str, Apply] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": _divide,
    "%": _remainder,
    "**": power,
}
_BIG: dict[str, Apply] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": _big_times,
    "/": _big_divide,
    "%": _big_remainder,
    "**": _big_power,
    "&": lambda left, right: left & right,
    "|": lambda left, right: left | right,
    "^": lambda left, right: left ^ right,
    "<<": _big_shift,
    ">>": lambda left, right: _big_shift(left, -right),
}


def _unknown(sign: str, left: Any, right: Any) -> Unknown:
    return Unknown(f"({told(left)} {sign} {told(right)})")


def _arithmetic(sign: str) -> Apply:
    quick = _FLOATS[sign]

    def apply(left: Any, right: Any) -> Any:
        if type(left) is float and type(right) is float:
            return quick(left, right)
        if type(left) is Unknown or type(right) is Unknown:
            return _unknown(sign, left, right)
        return _numbers(sign, left, right)

    return apply


def _bitwise(sign: str, quick: Callable[[int, int], int]) -> Apply:
    def apply(left: Any, right: Any) -> Any:
        if type(left) is Unknown or type(right) is Unknown:
            return _unknown(sign, left, right)
        if type(left) is int or type(right) is int:
            left, right = numeric(left), numeric(right)
            if type(left) is not type(right):
                raise type_error("Cannot mix BigInt and other types, use explicit conversions")
            return _BIG[sign](left, right)
        return float(quick(signed(left), signed(right)))

    return apply


def _wrapped(value: int) -> int:
    value &= 0xFFFFFFFF
    return value - 0x100000000 if value & 0x80000000 else value


def _unsigned_shift(left: Any, right: Any) -> Any:
    if type(left) is Unknown or type(right) is Unknown:
        return _unknown(">>>", left, right)
    return float(unsigned(left) >> (unsigned(right) & 31))


def _ordered(sign: str, quick: Apply) -> Apply:
    def apply(left: Any, right: Any) -> bool:
        if type(left) is float and type(right) is float:
            return bool(quick(left, right))
        left, right = primitive(left, "number"), primitive(right, "number")
        if type(left) is Unknown or type(right) is Unknown:
            return bool(_unknown(sign, left, right))
        if type(left) is str and type(right) is str:
            return bool(quick(left, right))
        return bool(quick(_comparable(left), _comparable(right)))

    return apply


def _comparable(value: Any) -> Any:
    return value if type(value) is int else number(value)


def instance_of(value: Any, kind: Any) -> bool:
    """`instanceof`."""
    if type(kind) is Unknown:
        return type(value) is Unknown and bool(value.draw(f"is {kind.key}", 2))
    if not isinstance(kind, JSObject):
        raise type_error("Right-hand side of 'instanceof' is not callable")
    custom = get(kind, HAS_INSTANCE)
    if custom is not UNDEFINED:
        return truth(call(custom, kind, [value]))
    if type(kind) is not JSFunction:
        raise type_error("Right-hand side of 'instanceof' is not callable")
    return is_below(value, get(kind.inner if kind.kind == "Bound" else kind, "prototype"))


def is_below(value: Any, proto: Any) -> bool:
    """Return whether an object has a prototype among its own."""
    at = value.proto if isinstance(value, JSObject) else None
    while isinstance(at, JSObject):
        if at is proto:
            return True
        at = at.proto
    return False


def _in(key: Any, owner: Any) -> bool:
    if type(owner) is Unknown:
        return bool(owner.draw(f"in {told(key)}", 2))
    if not isinstance(owner, JSObject):
        raise type_error("Cannot use 'in' operator to search for a key in what is no object")
    return has(owner, key_of(key))


BINARY: dict[str, Apply] = {
    "+": add,
    **{sign: _arithmetic(sign) for sign in ("-", "*", "/", "%", "**")},
    "&": _bitwise("&", lambda left, right: left & right),
    "|": _bitwise("|", lambda left, right: left | right),
    "^": _bitwise("^", lambda left, right: left ^ right),
    "<<": _bitwise("<<", lambda left, right: _wrapped(left << (right & 31))),
    ">>": _bitwise(">>", lambda left, right: left >> (right & 31)),
    ">>>": _unsigned_shift,
    "<": _ordered("<", lambda left, right: left < right),
    ">": _ordered(">", lambda left, right: left > right),
    "<=": _ordered("<=", lambda left, right: left <= right),
    ">=": _ordered(">=", lambda left, right: left >= right),
    "==": alike,
    "!=": lambda left, right: not alike(left, right),
    "===": same,
    "!==": lambda left, right: not same(left, right),
    "in": _in,
    "instanceof": instance_of,
}


def negated(value: Any) -> Any:
    """`-`."""
    if type(value) is Unknown:
        return Unknown(f"(neg {value.key})")
    return -numeric(value)


def inverted(value: Any) -> Any:
    """`~`."""
    if type(value) is Unknown:
        return Unknown(f"(invert {value.key})")
    value = numeric(value)
    return ~value if type(value) is int else float(~signed(value))


def positive(value: Any) -> Any:
    """`+`."""
    return value if type(value) is Unknown and value.text is None else number(value)


UNARY: dict[str, Callable[[Any], Any]] = {
    "!": lambda value: not truth(value),
    "-": negated,
    "~": inverted,
    "+": positive,
    "typeof": type_of,
    "void": lambda _: UNDEFINED,
}
