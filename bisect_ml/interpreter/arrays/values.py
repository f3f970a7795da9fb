"""Arrays in their shells, and how lists become arrays."""

import collections
from collections.abc import Iterator
from typing import Any

import numpy as np

from bisect_ml.interpreter.arrays.computing import LARGEST, asked, must_be_plain, pay, quick, weight
from bisect_ml.interpreter.arrays.indexing import place_of
from bisect_ml.interpreter.arrays.kinds import kind_shell, shell
from bisect_ml.interpreter.arrays.operators import NOTHING, AskedUnknown, Operand, in_place, know, operand
from bisect_ml.interpreter.held import class_of, is_held
from bisect_ml.interpreter.machine import Exhausted, Machine, Unsupported
from bisect_ml.interpreter.texts import must_be_narrow
from bisect_ml.interpreter.unknown import Unknown

_DEEPEST = 8
_A_STEP = 8
_MOST_TOLD, _MOST_WRITTEN = 20, 1_000
_BITS = 63
_ONE_BY_ONE = (list, tuple)


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
        must_be_array(self)
        self.machine.spend(1 + len(self.held) // _A_STEP)
        return map(self.__getitem__, range(len(self.held)))

    def __getitem__(self, key: Any) -> Any:
        must_be_array(self)
        if type(key) is Unknown:
            return Unknown("numpy.ndarray")(self)[key]
        try:
            place, size = place_of(self.held, key, array_of, self.machine)
        except AskedUnknown:
            return Unknown("numpy.ndarray")(self)[key]
        pay(self.machine, size)
        return wrapped(self.machine, quick(self.held.__getitem__, place))

    def __setitem__(self, key: Any, value: Any) -> None:
        must_be_array(self)
        try:
            place, size = place_of(self.held, key, array_of, self.machine)
        except AskedUnknown:
            # Nobody knows where it goes.
            return
        given = operand(value)
        given = array_of(self.machine, value, draws=True) if given is NOTHING else given
        # Of a part that is no copy the size is not told before.
        size = np.size(quick(self.held.__getitem__, place)) if size == 1 else size
        pay(self.machine, max(size, weight(given)))
        asked(self.held.__setitem__, place, given)

    def __contains__(self, value: Any) -> bool:
        must_be_array(self)
        found: Any = self == value
        return bool(found.held.any()) if is_held(found) else bool(found)

    def __bool__(self) -> bool:
        return bool(asked(bool, self.held))

    def __int__(self) -> int:
        return int(asked(int, self.alone()))

    def __float__(self) -> float:
        return float(asked(float, self.alone()))

    def __complex__(self) -> complex:
        return complex(asked(complex, self.alone()))

    def __index__(self) -> int:
        return int(asked(self.held.__index__))

    def __repr__(self) -> str:
        self.machine.spend(1 + min(self.held.size, _MOST_WRITTEN))
        return repr(self.held)

    def __str__(self) -> str:
        self.machine.spend(1 + min(self.held.size, _MOST_WRITTEN))
        return str(self.held)

    def __format__(self, specification: str) -> str:
        must_be_narrow(specification)
        self.machine.spend(1 + min(self.held.size, _MOST_WRITTEN))
        return str(asked(format, self.held, str(specification)))

    def alone(self) -> Any:
        """Return the only element; numpy took it for a number before version 2.4 wherever it stood."""
        return self.held.reshape(())[()] if self.held.size == 1 else self.held

    def plain(self) -> Any:
        """Return the elements in lists."""
        return self.held.tolist()

    def start(self) -> Any:
        """Return the first elements, with the shape before those of tables."""
        first = self.held.flat[:_MOST_TOLD].tolist()
        return first if self.held.ndim == 1 else [list(self.held.shape), *first]

    def size_told(self) -> int:
        """Return how many values are inside."""
        return int(self.held.size)

    def again(self, machine: Machine | None = None) -> "Array":
        """Return a copy, which another run may pay for."""
        payer = machine or self.machine
        pay(payer, weight(self.held))
        return array_shell(payer, self.held.copy())

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


def must_be_array(value: Any) -> None:
    """Refuse to take anything else for one: what it says is inside would meet numpy.

    Raises:
        Unsupported: It is none.
    """
    if type(value) is not Array:
        raise Unsupported


def array_of(
    machine: Machine | None, value: Any, kind: Any = None, *, draws: bool = False
) -> np.ndarray[Any, Any]:
    """Return an array of a list of numbers or of lists; one that is there stays the same.

    What is unknown in it stands for some number where it `draws`.

    Raises:
        AskedUnknown: Something in it is unknown.
        Unsupported: Something in it is neither a number nor a short text.
        Exhausted: It holds too much.
        ValueError: Its lists are of different lengths.
    """
    walk = _Walk(draws=draws)
    nested = walk.nested(value, 0)
    if machine is not None:
        machine.spend(1 + walk.count // _A_STEP)
    made: np.ndarray[Any, Any] = asked(np.asarray, nested, dtype=kind)
    must_be_plain(made)
    return made


class _Walk:
    """Goes through nested lists, and counts what is in them."""

    def __init__(self, *, draws: bool) -> None:
        self.count, self._draws = 0, draws

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
            if self._draws:
                return float(value)
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
    kind = class_of(value)
    if kind is range and len(value) > LARGEST:
        raise Exhausted
    if kind is range or kind is collections.deque:
        return iter(value)
    raise Unsupported


know(Array, wrapped, array_of)
