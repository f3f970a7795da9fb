"""What a function of numpy is given: arrays where it takes these, small settings everywhere else."""

from collections.abc import Callable
from typing import Any

import numpy as np

from bisect_ml.interpreter.arrays.indexing import whole
from bisect_ml.interpreter.arrays.kinds import Generic, kind_of
from bisect_ml.interpreter.arrays.operators import NOTHING, AskedUnknown, operand
from bisect_ml.interpreter.arrays.values import Array, array_of
from bisect_ml.interpreter.machine import Machine, Unsupported
from bisect_ml.interpreter.tables import words
from bisect_ml.interpreter.unknown import Unknown

Named = dict[str, Any]
Work = Callable[[Named], int]
"""Takes what a function is given, by names."""

_SETTINGS = words(
    "axis axes axis1 axis2 axisa axisb axisc shape newshape reps keepdims initial ddof decimals n k N M "
    "offset shift source destination method side mode kind order indexing num endpoint retstep base range "
    "density return_index return_inverse return_counts equal_nan assume_unique invert rowvar bias "
    "increasing deg ord rtol atol copy nan posinf neginf minlength full_matrices compute_uv rcond "
    "hermitian UPLO pad_width interpolation overwrite_input returned dx sparse ndmin tol full stable cov "
    "indices_or_sections"
)
_KINDS = frozenset({"dtype"})
# What can be left out of these, and what code must leave as it is.
_ABSENT = frozenset({"out", "like", "subok"})
_MAY_BE_NONE = words("a_min a_max min max weights prepend append left right period x w y to_end to_begin")
_PARTS = words("arrays tup keys condlist choicelist")
_LONGEST_SETTING, _MOST_SETTINGS = 20, 64
_DEEPEST = 2


class Parameters:
    """The parameters of a function, by their names; what is not named here cannot be given.

    Args:
        names: In their order, with blanks between. One that begins with `*` takes all that are left, what
            stands behind it is given by name; one that ends with `!` is a setting, whatever it is elsewhere.
    """

    def __init__(self, names: str) -> None:
        listed = names.split()
        self._settings = _SETTINGS | {each[:-1] for each in listed if each[-1] == "!"}
        listed = [each.rstrip("!") for each in listed]
        self._rest = next((each[1:] for each in listed if each[0] == "*"), "")
        self._named = {each for each in listed if each[0] != "*"}
        self._placed = listed[: listed.index(f"*{self._rest}")] if self._rest else listed

    def given(self, machine: Machine | None, args: Any, kwargs: Named) -> tuple[list[Any], Named, Named]:
        """Return what numpy is given by place and by name, and all of it by names.

        Raises:
            TypeError: Too much is given.
            Unsupported: Something is given that cannot be understood.
            AskedUnknown: Something is unknown.
        """
        left = len(args) - len(self._placed)
        if left > 0 and not self._rest:
            raise TypeError(f"takes {len(self._placed)} positional arguments but {len(args)} were given")
        if not kwargs.keys() <= self._named:
            raise Unsupported
        by_place = [*self._placed[: len(args)], *[self._rest] * left]
        placed = [self._converted(machine, name, each) for name, each in zip(by_place, args, strict=True)]
        named = {name: self._converted(machine, name, each) for name, each in kwargs.items()}
        if not named.keys().isdisjoint(by_place):
            raise TypeError("argument given by name and position")
        every = {**dict(zip(by_place, placed, strict=True)), **named}
        if self._rest:
            every[self._rest] = placed[len(self._placed) :]
        return placed, named, every

    def _converted(self, machine: Machine | None, name: str, value: Any) -> Any:
        if type(value) is Unknown:
            raise AskedUnknown
        if name in _ABSENT:
            if value is not None:
                raise Unsupported
            return None
        if name in _KINDS:
            return kind_of(value)
        if name in self._settings:
            return setting(value)
        if value is None and name in _MAY_BE_NONE:
            return None
        return parts(machine, value) if name in _PARTS else array_like(machine, value)


def array_like(machine: Machine | None, value: Any) -> Any:
    """Return a number or an array, of a list one that holds the same.

    Raises:
        Unsupported: It is nothing of the kind.
    """
    found = operand(value)
    if found is NOTHING:
        return array_of(machine, value)
    if type(found) is int and found.bit_length() > np.iinfo(np.int64).bits - 1:
        raise Unsupported
    return found


def parts(machine: Machine | None, value: Any) -> list[Any]:
    """Return a list of arrays, of each that is in a list or an array."""
    if type(value) is Array:
        return list(value.held)
    if not issubclass(type(value), list | tuple):
        raise Unsupported
    return [np.asarray(array_like(machine, each)) for each in listed(value)]


def listed(value: Any) -> list[Any]:
    """Return what is in a list or a tuple, whatever a class of the code says of that."""
    return list(list.__iter__(value) if issubclass(type(value), list) else tuple.__iter__(value))


def setting(value: Any, depth: int = 0) -> Any:
    """Return a number, a truth value, a word or a few of them.

    Raises:
        Unsupported: It is something else.
    """
    if value is None or type(value) is bool or type(value) is float:
        return value
    if type(value) is Unknown:
        raise AskedUnknown
    if type(value) is str and len(value) <= _LONGEST_SETTING:
        return value
    if type(value) is Array and value.held.size <= _MOST_SETTINGS:
        return setting(value.held.tolist(), depth)
    if issubclass(type(value), list | tuple) and depth < _DEEPEST and len(listed(value)) <= _MOST_SETTINGS:
        return tuple(setting(each, depth + 1) for each in listed(value))
    if issubclass(type(value), Generic) and not hasattr(type(value), "__index__"):
        return value.held.item()
    if hasattr(type(value), "__index__"):
        return whole(value)
    raise Unsupported
