"""`Number`, `BigInt`, `Boolean`, and what reads numbers."""

import math
from typing import Any

from bisect_ml.interpreter.machine import Exhausted
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.conversions import checked_radix, integer, number, numeric, text, truth
from bisect_ml.javascript.library.defining import Definer
from bisect_ml.javascript.numbers import (
    exponential,
    fixed,
    in_base,
    leading_integer,
    leading_number,
    precise,
    whole_in_base,
)
from bisect_ml.javascript.objects import UNDEFINED, JSObject
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.values import at, error_of, type_error

_LARGEST = 2.0**53 - 1


def _this(this: Any) -> float:
    found = this.inner if isinstance(this, JSObject) else this
    if type(found) is not float:
        raise type_error("Number.prototype method requires that 'this' be a Number")
    return found


def _places(args: list[Any], least: int, most: int, name: str) -> int:
    count = integer(at(args, 0))
    if not least <= count <= most:
        raise error_of("RangeError", f"{name}() argument must be between {least} and {most}")
    return int(count)


def _to_fixed(this: Any, args: list[Any]) -> str:
    count = integer(at(args, 0))
    if not 0 <= count <= 100:
        raise error_of("RangeError", "toFixed() digits argument must be between 0 and 100")
    return fixed(_this(this), int(count))


def _to_precision(this: Any, args: list[Any]) -> str:
    value = _this(this)
    if at(args, 0) is UNDEFINED:
        return text(value)
    if not math.isfinite(value):
        return text(value)
    return precise(value, _places(args, 1, 100, "toPrecision"))


def _to_exponential(this: Any, args: list[Any]) -> str:
    value = _this(this)
    if at(args, 0) is UNDEFINED or not math.isfinite(value):
        return exponential(value, None)
    return exponential(value, _places(args, 0, 100, "toExponential"))


def _is_integer(value: Any) -> bool:
    return type(value) is float and math.isfinite(value) and value == int(value)


def _called(_: Any, args: list[Any]) -> Any:
    if not args:
        return 0.0
    if type(args[0]) is Unknown and args[0].text is None:
        return args[0]
    found = numeric(args[0])
    return float(found) if type(found) is int else found


_MOST_DIGITS = 4_000


def _big(_: Any, args: list[Any]) -> Any:
    value = at(args, 0)
    if type(value) is float:
        if not _is_integer(value):
            raise error_of(
                "RangeError", "The number cannot be converted to a BigInt because it is not an integer"
            )
        return int(value)
    if type(value) is str:
        if len(value) > _MOST_DIGITS:
            raise Exhausted
        try:
            return int(value.strip() or "0", 0 if value[:1] == "0" and len(value) > 1 else 10)
        except ValueError:
            raise error_of("SyntaxError", f"Cannot convert {value} to a BigInt") from None
    if type(value) is bool or type(value) is int:
        return int(value)
    raise type_error(f"Cannot convert {text(value)} to a BigInt")


def _big_text(this: Any, args: list[Any]) -> str:
    value, base = _unboxed(this), checked_radix(at(args, 0))
    if type(value) is not int:
        raise type_error("BigInt.prototype.toString requires that 'this' be a BigInt")
    return ("-" if value < 0 else "") + whole_in_base(abs(value), base)


def _parse_int(_: Any, args: list[Any]) -> Any:
    given = at(args, 0)
    if type(given) is Unknown and given.text is None:
        return Unknown(f"parseInt({given.key})")
    base = int(integer(at(args, 1))) if abs(integer(at(args, 1))) < 100 else 1
    return leading_integer(text(given), base)


def _parse_float(_: Any, args: list[Any]) -> Any:
    given = at(args, 0)
    if type(given) is Unknown and given.text is None:
        return Unknown(f"parseFloat({given.key})")
    return leading_number(text(given))


def _unboxed(this: Any) -> Any:
    return this.inner if isinstance(this, JSObject) else this


def install(define: Definer) -> None:
    """Add these to a run."""
    proto = NOW.number_proto
    proto.kind, proto.inner = "Number", 0.0
    kind = define.constructor(
        "Number", proto, 1, _called, lambda args, proto: JSObject(proto, "Number", _called(None, args))
    )
    define.values(
        kind,
        {
            "MAX_SAFE_INTEGER": _LARGEST,
            "MIN_SAFE_INTEGER": -_LARGEST,
            "MAX_VALUE": 1.7976931348623157e308,
            "MIN_VALUE": 5e-324,
            "EPSILON": 2.0**-52,
            "POSITIVE_INFINITY": math.inf,
            "NEGATIVE_INFINITY": -math.inf,
            "NaN": math.nan,
        },
    )
    readers = {"parseInt": _parse_int, "parseFloat": _parse_float}
    define.methods(
        kind,
        {
            **readers,
            "isInteger": lambda _, args: _is_integer(at(args, 0)),
            "isSafeInteger": lambda _, args: _is_integer(at(args, 0)) and abs(args[0]) <= _LARGEST,
            "isFinite": lambda _, args: type(at(args, 0)) is float and math.isfinite(args[0]),
            "isNaN": lambda _, args: type(at(args, 0)) is float and args[0] != args[0],
        },
    )
    define.methods(
        define.holder,
        {
            **readers,
            "isNaN": lambda _, args: math.isnan(number(at(args, 0))),
            "isFinite": lambda _, args: math.isfinite(number(at(args, 0))),
        },
    )
    define.methods(
        proto,
        {
            "toFixed": _to_fixed,
            "toPrecision": _to_precision,
            "toExponential": _to_exponential,
            "toString": lambda this, args: in_base(_this(this), checked_radix(at(args, 0))),
            "valueOf": lambda this, _: _this(this),
        },
    )
    _others(define)


def _others(define: Definer) -> None:
    logic = NOW.boolean_proto
    define.constructor(
        "Boolean",
        logic,
        1,
        lambda _, args: truth(at(args, 0)),
        lambda args, proto: JSObject(proto, "Boolean", truth(at(args, 0))),
    )
    define.methods(
        logic,
        {
            "toString": lambda this, _: "true" if _unboxed(this) is True else "false",
            "valueOf": lambda this, _: _unboxed(this),
        },
    )
    big = NOW.bigint_proto
    define.constructor("BigInt", big, 1, _big, lambda args, _: _big(None, args))
    define.methods(big, {"toString": _big_text, "valueOf": lambda this, _: _unboxed(this)})
