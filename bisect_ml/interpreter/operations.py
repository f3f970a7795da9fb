"""Operators on values, kept from making values that are too large."""

import ast
import operator
from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.machine import Exhausted
from bisect_ml.interpreter.texts import LARGEST, percent
from bisect_ml.interpreter.unknown import Unknown

_MOST_BITS = 20_000


def _multiply(left: Any, right: Any) -> Any:
    _must_fit(left, right)
    return left * right


def _imultiply(left: Any, right: Any) -> Any:
    _must_fit(left, right)
    return operator.imul(left, right)


def _must_fit(left: Any, right: Any) -> None:
    for sized, times in ((left, right), (right, left)):
        if isinstance(times, int):
            if isinstance(sized, str | bytes | list | tuple | bytearray) and len(sized) * times > LARGEST:
                raise Exhausted
            if isinstance(sized, int) and sized.bit_length() + times.bit_length() > _MOST_BITS:
                raise Exhausted


def power(left: Any, right: Any, *modulus: Any) -> Any:
    """Return a power, unless it has too many digits."""
    if (
        not modulus
        and isinstance(left, int)
        and isinstance(right, int)
        and left.bit_length() * right > _MOST_BITS
    ):
        raise Exhausted
    return pow(left, right, *modulus)


def _shift(left: Any, right: Any) -> Any:
    if isinstance(right, int) and right > _MOST_BITS:
        raise Exhausted
    return left << right


def _modulo(left: Any, right: Any) -> Any:
    if isinstance(left, Unknown) and left.text is not None and "%" in left.text:
        return percent(left.text, right)
    return percent(left, right) if isinstance(left, str | bytes) else left % right


BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: _multiply,
    ast.Div: operator.truediv,
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
INPLACE: dict[type[ast.operator], Callable[[Any, Any], Any]] = BINARY | {
    ast.Add: operator.iadd,
    ast.Sub: operator.isub,
    ast.Mult: _imultiply,
    ast.BitAnd: operator.iand,
    ast.BitOr: operator.ior,
    ast.BitXor: operator.ixor,
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
