"""Arrays in their shells, and how lists become arrays."""

import collections
from collections.abc import Iterator
from typing import Any

import numpy as np

from bisect_ml.interpreter.arrays.computing import LARGEST, asked, must_be_plain, pay, quick, weight
from bisect_ml.interpreter.arrays.indexing import place_of
from bisect_ml.interpreter.arrays.kinds import kind_shell, shell
from bisect_ml.interpreter.arrays.operators import NOTHING, Operand, in_place, know, operand
from bisect_ml.interpreter.machine import Exhausted, Machine, Unsupported
from bisect_ml.interpreter.texts import must_be_narrow
from bisect_ml.interpreter.unknown import Unknown

_DEEPEST = 8
_A_STEP = 8
_BITS = 63
_ONE_BY_ONE = (list, tuple)


class AskedUnknown(Exception):  # noqa: N818 - no error: what is asked of an unknown is unknown
    """Something in a list is unknown, so that no array can be made of it."""


class Array(Operand):
    """`numpy.ndarray`, and the run that pays for what is done with it."""

    __slots__ = ("held", "machine")
    __hash__ = None  # type: ignore[assignment]
    held: np.ndarray[Any, Any]
    machine: Machine

    def __new__(cls, *_: Any, **__: Any) -> Any:
        """Refuse to make an array of memory that nobody has filled."""
        raise Unsupported

    def __len__(self) -> int:
        if not self.held.ndim:
            raise TypeError("len() of unsized object")
        return len(self.held)

    def __iter__(self) -> Iterator[Any]:
        if not self.held.ndim:
            raise TypeError("iteration over a 0-d array")
        self.machine.spend(1 + len(self.held) // _A_STEP)
        return map(self.__getitem__, range(len(self.held)))

    def __getitem__(self, key: Any) -> Any:
        if type(key) is Unknown:
            return Unknown("numpy.ndarray")(self)[key]
        place, size = place_of(self.held, key, array_of, self.machine)
        pay(self.machine, size)
        return wrapped(self.machine, quick(self.held.__getitem__, place))

    def __setitem__(self, key: Any, value: Any) -> None:
        place, size = place_of(self.held, key, array_of, self.machine)
        given = _element(value) if type(value) is Unknown else operand(value)
        given = array_of(self.machine, value) if given is NOTHING else given
        pay(self.machine, max(size, weight(given)))
        asked(self.held.__setitem__, place, given)

    def __contains__(self, value: Any) -> bool:
        return bool((self == value).held.any())

    def __bool__(self) -> bool:
        return bool(asked(bool, self.held))

    def __int__(self) -> int:
        return int(asked(int, self.held))

    def __float__(self) -> float:
        return float(asked(float, self.held))

    def __complex__(self) -> complex:
        return complex(asked(complex, self.held))

    def __index__(self) -> int:
        return int(asked(self.held.__index__))

    def __repr__(self) -> str:
        self.machine.spend(1 + self.held.size)
        return repr(self.held)

    def __str__(self) -> str:
        self.machine.spend(1 + self.held.size)
        return str(self.held)

    def __format__(self, specification: str) -> str:
        must_be_narrow(specification)
        self.machine.spend(1 + self.held.size)
        return str(asked(format, self.held, str(specification)))

    def plain(self) -> Any:
        """Return the elements in lists."""
        return self.held.tolist()

    def size_told(self) -> int:
        """Return how many values are inside."""
        return int(self.held.size)

    def again(self, machine: Machine | None = None) -> "Array":
        """Return a copy, which another run may pay for."""
        return array_shell(machine or self.machine, self.held.copy())

    def attribute(self, name: str) -> Any:
        """Return an attribute, as far as code may read it."""
        return _ATTRIBUTES[0](self, name)


Array.__name__, Array.__qualname__, Array.__module__ = "ndarray", "ndarray", "numpy"
_ATTRIBUTES: list[Any] = []
in_place(Array)


def read_by(function: Any) -> None:
    """Take what reads the attributes of arrays: it needs to know of functions."""
    _ATTRIBUTES.append(function)


def array_shell(machine: Machine | None, value: np.ndarray[Any, Any]) -> Array:
    """Return an array in its shell.

    Raises:
        Unsupported: It is none that code may have, or nobody would pay for it.
        Exhausted: It is too large.
    """
    must_be_plain(value)
    if machine is None:
        raise Unsupported
    if value.dtype.kind == "U":
        # Texts take many bytes each.
        pay(machine, weight(value))
    made: Array = object.__new__(Array)
    made.held, made.machine = value, machine
    return made


def wrapped(machine: Machine | None, value: Any) -> Any:
    """Return what numpy gave, in shells as far as it needs them."""
    if isinstance(value, np.ndarray):
        return array_shell(machine, value)
    if isinstance(value, tuple):
        return tuple(wrapped(machine, each) for each in value)
    if type(value) is list:
        return [wrapped(machine, each) for each in value]
    return kind_shell(value) if isinstance(value, np.dtype) else shell(value)


def array_of(machine: Machine | None, value: Any, kind: Any = None) -> np.ndarray[Any, Any]:
    """Return an array of a list of numbers or of lists; one that is there stays the same.

    Raises:
        AskedUnknown: Something in it is unknown.
        Unsupported: Something in it is neither a number nor a short text.
        Exhausted: It holds too much.
        ValueError: Its lists are of different lengths.
    """
    walk = _Walk()
    nested = walk.nested(value, 0)
    if machine is not None:
        machine.spend(1 + walk.count // _A_STEP)
    made: np.ndarray[Any, Any] = asked(np.asarray, nested, dtype=kind)
    must_be_plain(made)
    return made


class _Walk:
    """Goes through nested lists, and counts what is in them."""

    def __init__(self) -> None:
        self.count = 0

    def nested(self, value: Any, depth: int) -> Any:
        """Return the same with nothing in it but lists and what numpy may be given."""
        self._add(1)
        found = operand(value)
        if found is not NOTHING:
            if type(found) is int and not -(1 << _BITS) <= found < 1 << (_BITS + 1):
                raise Unsupported
            self._add(weight(found) if depth else 0)
            return found
        if type(value) is Unknown:
            raise AskedUnknown
        if depth > _DEEPEST:
            raise Unsupported
        return [self.nested(each, depth + 1) for each in _elements(value)]

    def _add(self, more: int) -> None:
        self.count += more
        if self.count > 2 * LARGEST:
            raise Exhausted


def _elements(value: Any) -> Any:
    kind = type(value)
    for each in _ONE_BY_ONE:
        # As numpy does, what a class of the code says of its elements is passed over.
        if issubclass(kind, each):
            return each.__iter__(value)
    if kind is range and len(value) > LARGEST:
        raise Exhausted
    if kind in (range, collections.deque):
        return iter(value)
    raise Unsupported


def _element(value: Unknown) -> Any:
    """Return the number that stands for an unknown wherever one is needed."""
    return float(value)


know(Array, wrapped, array_of)
