"""`Math`."""

import math
from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.conversions import number, signed, unsigned
from bisect_ml.javascript.library.defining import Definer
from bisect_ml.javascript.objects import TAG
from bisect_ml.javascript.operations import power
from bisect_ml.javascript.values import at, made_object

_RANDOM = 0.4375


def _one(function: Callable[[float], float]) -> Any:
    """Return a function of one number; where it is not defined, it is not a number."""

    def invoke(_: Any, args: list[Any]) -> Any:
        if type(at(args, 0)) is Unknown and args[0].text is None:
            return Unknown(f"Math.{function.__name__}({args[0].key})")
        value = number(at(args, 0))
        try:
            return float(function(value))
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    return invoke


def _whole(function: Callable[[float], int]) -> Callable[[float], float]:
    def rounded(value: float) -> float:
        if not math.isfinite(value) or not value:
            return value
        return math.copysign(float(function(value)), value) if abs(value) < 2**52 else value

    rounded.__name__ = function.__name__
    return rounded


def _round(value: float) -> int:
    low = math.floor(value)
    return low + (value - low >= 0.5)


def _log(value: float) -> float:
    return math.log(value) if value else -math.inf


def _log10(value: float) -> float:
    return math.log10(value) if value else -math.inf


def _log2(value: float) -> float:
    return math.log2(value) if value else -math.inf


def _log1p(value: float) -> float:
    return -math.inf if value == -1 else math.log1p(value)


def _sign(value: float) -> float:
    return value if value != value or not value else math.copysign(1.0, value)


def _cbrt(value: float) -> float:
    found = math.cbrt(value)
    whole = round(found) if math.isfinite(found) else 0
    return float(whole) if whole and float(whole) ** 3 == value else found


def _sinh(value: float) -> float:
    return math.copysign(math.inf, value) if abs(value) > 711 else math.sinh(value)


def _extreme(choose: Callable[..., float], empty: float) -> Any:
    def invoke(_: Any, args: list[Any]) -> float:
        values = [number(each) for each in args]
        if any(each != each for each in values):
            return math.nan
        return choose(values, default=empty)

    return invoke


def _fround(value: float) -> float:
    import struct

    return float(struct.unpack("f", struct.pack("f", value))[0]) if math.isfinite(value) else value


def _imul(_: Any, args: list[Any]) -> float:
    return float(signed(float(signed(at(args, 0)) * signed(at(args, 1)) % 2**32)))


_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "abs": math.fabs,
    "floor": _whole(math.floor),
    "ceil": _whole(math.ceil),
    "trunc": _whole(math.trunc),
    "round": _whole(_round),
    "sign": _sign,
    "sqrt": math.sqrt,
    "cbrt": _cbrt,
    "exp": math.exp,
    "expm1": math.expm1,
    "log": _log,
    "log10": _log10,
    "log2": _log2,
    "log1p": _log1p,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "sinh": _sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "asinh": math.asinh,
    "acosh": math.acosh,
    "atanh": math.atanh,
    "fround": _fround,
}


def install(define: Definer) -> None:
    """Add `Math` to a run."""
    holder = made_object()
    define.values(define.holder, {"Math": holder})
    define.values(
        holder,
        {
            "PI": math.pi,
            "E": math.e,
            "LN2": math.log(2),
            "LN10": math.log(10),
            "LOG2E": 1 / math.log(2),
            "LOG10E": math.log10(math.e),
            "SQRT2": math.sqrt(2),
            "SQRT1_2": math.sqrt(0.5),
            TAG: "Math",
        },
    )
    define.methods(holder, {name: _one(function) for name, function in _FUNCTIONS.items()})
    define.methods(
        holder,
        {
            "max": _extreme(max, -math.inf),
            "min": _extreme(min, math.inf),
            "pow": lambda _, args: power(number(at(args, 0)), number(at(args, 1))),
            "atan2": lambda _, args: math.atan2(number(at(args, 0)), number(at(args, 1))),
            "hypot": lambda _, args: math.hypot(*map(number, args)),
            "random": lambda *_: _RANDOM,
            "imul": _imul,
            "clz32": lambda _, args: float(32 - unsigned(at(args, 0)).bit_length()),
        },
    )
