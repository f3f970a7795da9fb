"""How large values may become, and what the work of Python itself costs, which is not counted in steps."""

import ast
import collections
import decimal
import fractions
import operator
import pathlib
from collections.abc import Iterator
from typing import Any

from bisect_ml.interpreter.held import is_held
from bisect_ml.interpreter.machine import Exhausted, Machine

LARGEST = 200_000
"""Characters, or elements, that one value may have."""
MOST_BITS = 20_000
"""Bits that a whole number may have."""
_LARGEST_PRODUCT = 10_000_000
_LONGEST_PATH = 1_000
_LARGEST_EXPONENT = 4_000
_DEEPEST = 60
# So many elements are gone through by Python itself in the time of a step.
_A_STEP = 64
_A_STEP_OF_OURS = 8
_FASTER = 8
_FEW = 500
# Whole numbers below this are their own hashes.
_OWN_HASH = 2**60

ATOMS = frozenset({str, int, float, bool, bytes, type(None), complex})
"""Types whose values are compared, hashed and written without looking into others."""
SIZED = frozenset({str, bytes, bytearray, list, tuple, dict, set, frozenset, range, collections.deque})
_GROWING: tuple[Any, ...] = (list, dict, set, bytearray, collections.deque)
_CONTAINERS = (list, tuple, dict, set, frozenset)


def fitting(value: Any) -> Any:
    """Return a value that is not too large.

    Raises:
        Exhausted: It is.
    """
    kind: Any = type(value)
    if kind is int:
        if value.bit_length() > MOST_BITS:
            raise Exhausted
    elif kind in SIZED:
        if len(value) > LARGEST and kind is not range:
            raise Exhausted
    elif kind is decimal.Decimal:
        if value.is_finite() and abs(value.adjusted()) > _LARGEST_EXPONENT:
            raise Exhausted
    elif isinstance(value, pathlib.PurePath):
        if len(str(value)) > _LONGEST_PATH:
            raise Exhausted
    elif isinstance(value, _GROWING):
        if next(each for each in _GROWING if isinstance(value, each)).__len__(value) > LARGEST:
            raise Exhausted
    elif (
        kind is fractions.Fraction
        and value.numerator.bit_length() + value.denominator.bit_length() > MOST_BITS
    ):
        raise Exhausted
    return value


def whole(value: Any) -> Any:
    """Return the whole number that Python takes a value of another class for; other values as they are.

    Python asks once more where it needs it, and may be told something else then.
    """
    kind = type(value)
    if kind in ATOMS or issubclass(kind, int) or not hasattr(kind, "__index__"):
        return value
    try:
        return operator.index(value)
    except TypeError:
        # Arrays with more than one element say so when they are asked.
        if is_held(value):
            return value
        raise


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


def weigh(machine: Machine, value: Any) -> int:
    """Charge for all that is in a value, counted each time that it is met; return how much it is.

    A few tuples that hold one another make a tree of any size, which takes for ever to compare.

    Raises:
        Exhausted: The value is deeper or larger than is left.
    """
    if type(value) in ATOMS:
        return 0
    inner = _inside(value)
    if not inner:
        return 0
    most, count, stack = max(machine.left, 1) * _A_STEP_OF_OURS, 0, [(inner, 0)]
    while stack:
        at, depth = stack.pop()
        kinds = set(map(type, at))
        if kinds <= ATOMS:
            count += 1 + _flat(at, kinds) // _FASTER
            continue
        if depth > _DEEPEST:
            raise Exhausted
        count += len(at)
        if count > most:
            raise Exhausted
        stack.extend((_inside(each), depth + 1) for each in at if type(each) not in ATOMS)
    if count > _A_STEP_OF_OURS:
        machine.spend(count // _A_STEP_OF_OURS)
    return count


def _flat(values: Any, kinds: set[type]) -> int:
    """Return what numbers and texts are worth; many large numbers may have the same hash."""
    size = len(values)
    if (
        int in kinds
        and size > _FEW
        and kinds == {int}
        and (max(values) > _OWN_HASH or -min(values) > _OWN_HASH)
    ):
        return size * size
    return size


def pay_for_key(machine: Machine, key: Any, held: int) -> None:
    """Charge for hashing a key, and for looking at the others that are held and may have the same hash."""
    if type(key) is int:
        if (key > _OWN_HASH or -key > _OWN_HASH) and held > _A_STEP:
            machine.spend(held // _A_STEP)
    elif type(key) not in ATOMS:
        weigh(machine, key)


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return [*dict.keys(value), *dict.values(value)]
    if isinstance(value, _CONTAINERS):
        return value
    if hasattr(type(value), "__dataclass_fields__") or isinstance(value, ast.AST):
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
