"""Operators on values, kept from making values that are too large."""

import ast
import operator
from collections.abc import Callable
from fractions import Fraction
from numbers import Rational
from typing import Any

from bisect_ml.interpreter.held import is_held
from bisect_ml.interpreter.limits import ATOMS, LARGEST, MOST_BITS, SIZED, fitting, whole
from bisect_ml.interpreter.machine import Exhausted, Unsupported
from bisect_ml.interpreter.texts import percent
from bisect_ml.interpreter.unknown import Unknown

_NUMBERS = frozenset({int, float, bool})
_MOST_WORK = 10_000_000


def add(left: Any, right: Any) -> Any:
    """Return a sum, unless it is too large."""
    if type(left) in _NUMBERS and type(right) in _NUMBERS:
        return left + right
    return fitting(left + right)


def _iadd(left: Any, right: Any) -> Any:
    left += right
    return fitting(left)


def multiply(left: Any, right: Any) -> Any:
    """Return a product, unless it is too large."""
    left, right = _times(left, right), _times(right, left)
    must_fit(left, right)
    return fitting(left * right)


def _times(value: Any, other: Any) -> Any:
    """Return how often a sequence is repeated, as a number that cannot become another."""
    return whole(value) if type(other) in SIZED and not hasattr(type(value), "__rmul__") else value


def _imultiply(left: Any, right: Any) -> Any:
    right = _times(right, left)
    must_fit(left, right)
    left *= right
    return fitting(left)


def must_fit(left: Any, right: Any) -> None:
    """Refuse to multiply where the product is too large.

    Raises:
        Exhausted: It is.
    """
    if type(left) is float or type(right) is float or is_held(left) or is_held(right):
        return
    for sized, times in ((left, right), (right, left)):
        if isinstance(times, int):
            if hasattr(sized, "__len__") and len(sized) * times > LARGEST:
                raise Exhausted
            if isinstance(sized, int) and sized.bit_length() + times.bit_length() > MOST_BITS:
                raise Exhausted


def power(base: Any, exp: Any, mod: Any = None) -> Any:
    """Return a power, unless it has too many digits."""
    if mod is not None:
        if isinstance(exp, int) and isinstance(mod, int):
            words = 1 + mod.bit_length() // 64
            if exp.bit_length() * words * words > _MOST_WORK:
                raise Exhausted
        return pow(base, exp, mod)
    times = exp if isinstance(exp, int) else _times_of_ratio(base, exp)
    bits = base.bit_length() if isinstance(base, int) else _bits_of_ratio(base)
    if bits * abs(times) > MOST_BITS:
        raise Exhausted
    return fitting(base**exp)


def _times_of_ratio(base: Any, exp: Any) -> int:
    """Return how often a number is multiplied where a fraction says it, or what fractions take for one.

    Raises:
        Unsupported: The exponent may be another number each time that it is asked for.
    """
    if type(exp) is Fraction:
        return exp.numerator if exp.denominator == 1 else 0
    if isinstance(base, Fraction) and type(exp) not in ATOMS and isinstance(exp, Rational):
        if is_held(exp):
            return int(whole(exp))
        raise Unsupported
    return 0


def _bits_of_ratio(value: Any) -> int:
    """Return the bits of a fraction; none of what is always as large, such as a float."""
    numerator, denominator = getattr(value, "numerator", 0), getattr(value, "denominator", 0)
    both = isinstance(numerator, int) and isinstance(denominator, int)
    return int(max(numerator.bit_length(), denominator.bit_length())) if both else 0


def _shift(left: Any, right: Any) -> Any:
    if isinstance(right, int) and right > MOST_BITS:
        raise Exhausted
    return fitting(left << right)


def _divide(left: Any, right: Any) -> Any:
    return fitting(left / right)


def _modulo(left: Any, right: Any) -> Any:
    if isinstance(left, Unknown) and left.text is not None and "%" in left.text:
        return percent(left.text, right)
    return percent(left, right) if isinstance(left, str | bytes | bytearray) else left % right


BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: add,
    ast.Sub: operator.sub,
    ast.Mult: multiply,
    ast.Div: _divide,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: _modulo,
    ast.Pow: power,
    ast.LShift: _shift,
    ast.RShift: operator.rshift,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
    ast.MatMult: operator.matmul,
}


def _ipower(left: Any, right: Any) -> Any:
    if hasattr(type(left), "__ipow__"):
        left **= right
        return left
    return power(left, right)


def _idivide(left: Any, right: Any) -> Any:
    left /= right
    return fitting(left)


def _imodulo(left: Any, right: Any) -> Any:
    if hasattr(type(left), "__imod__"):
        left %= right
        return left
    return _modulo(left, right)


def _ishift(left: Any, right: Any) -> Any:
    if hasattr(type(left), "__ilshift__"):
        left <<= right
        return left
    return _shift(left, right)


INPLACE: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: _iadd,
    ast.Sub: operator.isub,
    ast.Mult: _imultiply,
    ast.Div: _idivide,
    ast.FloorDiv: operator.ifloordiv,
    ast.Mod: _imodulo,
    ast.Pow: _ipower,
    ast.LShift: _ishift,
    ast.RShift: operator.irshift,
    ast.BitAnd: operator.iand,
    ast.BitOr: operator.ior,
    ast.BitXor: operator.ixor,
    ast.MatMult: operator.imatmul,
}
UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
    ast.Not: operator.not_,
    ast.Invert: operator.invert,
}


def _within(item: Any, holder: Any) -> bool:
    if isinstance(holder, str) and isinstance(item, Unknown):
        return bool(item.draw(f"in {holder[:80]}", 2))
    return item in holder


COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: _within,
    ast.NotIn: lambda item, holder: not _within(item, holder),
}
