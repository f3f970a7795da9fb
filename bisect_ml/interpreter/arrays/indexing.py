"""What stands between the brackets after an array."""

import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from bisect_ml.interpreter.arrays.computing import must_hold, quick
from bisect_ml.interpreter.arrays.operators import NOTHING, operand
from bisect_ml.interpreter.machine import Unsupported

_BITS = 62
_MOST_PARTS = 16
Convert = Callable[[Any, Any], Any]


def place_of(held: np.ndarray[Any, Any], key: Any, convert: Convert, machine: Any) -> tuple[Any, int]:
    """Return an index as numpy may be given it, and at most how many elements it stands for.

    Raises:
        Exhausted: Too many.
        Unsupported: It is no index that can be understood.
    """
    parts = list(tuple.__iter__(key)) if issubclass(type(key), tuple) else [key]
    if len(parts) > _MOST_PARTS:
        raise Unsupported
    places = [_part(each, convert, machine) for each in parts]
    size = _size(held, places)
    return (tuple(places) if issubclass(type(key), tuple) else places[0]), size


def _part(part: Any, convert: Convert, machine: Any) -> Any:
    if part is None or part is Ellipsis or type(part) is bool:
        return part
    if type(part) is slice:
        return slice(*[None if each is None else whole(each) for each in (part.start, part.stop, part.step)])
    found = operand(part)
    if found is NOTHING and hasattr(type(part), "__index__"):
        return whole(part)
    if found is NOTHING:
        found = convert(machine, part)
        return found if found.size else found.astype(np.intp)
    if type(found) is int:
        return whole(found)
    if isinstance(found, str | float | complex) and not isinstance(found, np.generic):
        raise IndexError("only integers, slices, ellipsis, newaxis and integer or boolean arrays are indices")
    return found


def whole(value: Any) -> int:
    """Return a whole number that is used as an index, or as a number of elements.

    Raises:
        TypeError: It is no whole number.
        IndexError: It is larger than any index.
    """
    if not hasattr(type(value), "__index__"):
        raise TypeError(f"{type(value).__name__!r} object cannot be interpreted as an integer")
    found = int(operator.index(value))
    if found.bit_length() > _BITS:
        raise IndexError("cannot fit 'int' into an index-sized integer")
    return found


def _size(held: np.ndarray[Any, Any], places: list[Any]) -> int:
    """Return at most how many elements an index stands for."""
    arrays = [each for each in places if isinstance(each, np.ndarray) and each.ndim]
    if not arrays:
        # A view: nothing is copied.
        return 1
    shapes = [(int(np.count_nonzero(each)),) if each.dtype.kind == "b" else each.shape for each in arrays]
    chosen = must_hold(*quick(np.broadcast_shapes, *shapes))
    taken = sum(each.ndim if each.dtype.kind == "b" else 1 for each in arrays)
    taken += sum(isinstance(each, int | np.integer) and not isinstance(each, bool) for each in places)
    lengths = sorted(held.shape, reverse=True)
    rest = math.prod(lengths[: max(0, held.ndim - taken)])
    return max(must_hold(chosen * rest), sum(each.size for each in arrays))
