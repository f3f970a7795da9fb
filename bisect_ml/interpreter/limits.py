"""How large values may become, and what the work of Python itself costs, which is not counted in steps."""

import decimal
import fractions
from collections.abc import Iterable, Iterator
from typing import Any

from bisect_ml.interpreter.machine import Exhausted, Machine

LARGEST = 200_000
"""Characters, or elements, that one value may have."""
MOST_BITS = 20_000
"""Bits that a whole number may have."""
_LARGEST_PRODUCT = 10_000_000
_LARGEST_EXPONENT = 4_000
_DEEPEST = 60
# So many elements are gone through by Python itself in the time of a step.
_A_STEP = 64

ATOMS = frozenset({str, int, float, bool, bytes, type(None), complex})
"""Types whose values are compared, hashed and written without looking into others."""
SIZED = frozenset({str, bytes, bytearray, list, tuple, dict, set, frozenset, range})
_CONTAINERS = (list, tuple, dict, set, frozenset)


def fitting(value: Any) -> Any:
    """Return a value that is not too large.

    Raises:
        Exhausted: It is.
    """
    kind = type(value)
    if kind is int:
        if value.bit_length() > MOST_BITS:
            raise Exhausted
    elif kind in SIZED:
        if len(value) > LARGEST and kind is not range:
            raise Exhausted
    elif kind is decimal.Decimal:
        if value.is_finite() and abs(value.adjusted()) > _LARGEST_EXPONENT:
            raise Exhausted
    elif (
        kind is fractions.Fraction
        and value.numerator.bit_length() + value.denominator.bit_length() > MOST_BITS
    ):
        raise Exhausted
    return value


def must_multiply(*sizes: int) -> None:
    """Refuse to make a text or a list of so many times so many elements.

    Raises:
        Exhausted: The product is too large.
    """
    product = 1
    for size in sizes:
        product *= max(size, 1)
    if product > _LARGEST_PRODUCT:
        raise Exhausted


def charge(machine: Machine, elements: int) -> None:
    """Take the steps that going through so many elements is worth.

    Raises:
        Exhausted: So many are not left.
    """
    if elements > _A_STEP:
        machine.spend(elements // _A_STEP)


def weigh(machine: Machine, value: Any) -> None:
    """Charge for all that is in a value, counted each time that it is met.

    A few tuples that hold one another make a tree of any size, which takes for ever to compare.

    Raises:
        Exhausted: The value is deeper or larger than is left.
    """
    if type(value) in ATOMS:
        return
    most, count, stack = max(machine.left, 1) * _A_STEP, 0, [(value, 0)]
    while stack:
        at, depth = stack.pop()
        if depth > _DEEPEST:
            raise Exhausted
        for each in _inside(at):
            count += 1
            if type(each) not in ATOMS:
                stack.append((each, depth + 1))
        if count > most:
            raise Exhausted
    charge(machine, count)


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return [*dict.keys(value), *dict.values(value)]
    if isinstance(value, _CONTAINERS):
        return value
    if hasattr(type(value), "__dataclass_fields__"):
        return list(getattr(value, "__dict__", {}).values())
    return ()


class Counted:
    """An iterator of Python itself, each of whose elements costs a step."""

    __slots__ = ("_machine", "_values")

    def __init__(self, machine: Machine, values: Iterator[Any]) -> None:
        self._machine = machine
        self._values = values

    def __iter__(self) -> "Counted":
        return self

    def __next__(self) -> Any:
        self._machine.spend()
        value = next(self._values)
        if type(value) in SIZED:
            charge(self._machine, len(fitting(value)))
        return value
