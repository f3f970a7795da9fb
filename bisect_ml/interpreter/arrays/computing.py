"""How numpy is asked: quietly, within bounds, and so that its errors hold nothing of its own."""

import math
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from bisect_ml.interpreter.machine import Exhausted, Machine, Unsupported

LARGEST = 100_000
"""Elements that an array may have."""
LONGEST_TEXT = 64
"""Characters that a text in an array may have."""
_MOST_WORK = 10_000_000
_A_STEP = 64
_BYTES = 16
_KINDS = frozenset("biufcU")
_BUILT_IN: tuple[type[Exception], ...] = (
    IndexError,
    OverflowError,
    ZeroDivisionError,
    FloatingPointError,
    ArithmeticError,
    TypeError,
    AttributeError,
    ValueError,
)


class LinAlgError(ValueError):
    """`numpy.linalg.LinAlgError`, without what leads to numpy."""


class AxisError(ValueError, IndexError):
    """`numpy.exceptions.AxisError`, likewise."""


def pay(machine: Machine | None, work: int) -> None:
    """Take the steps that work on so many elements is worth.

    Raises:
        Exhausted: So many are not left, or it is too much at once.
    """
    if work > _MOST_WORK:
        raise Exhausted
    if machine is not None:
        machine.spend(1 + work // _A_STEP)


def must_hold(*lengths: int) -> int:
    """Return how many elements an array of some lengths has.

    Raises:
        Exhausted: Too many.
    """
    size = math.prod(max(each, 0) for each in lengths)
    # An empty array may be as long as it likes in one of its dimensions, which numpy refuses late.
    if size > LARGEST or any(each > LARGEST for each in lengths):
        raise Exhausted
    return size


def must_be_plain(value: np.ndarray[Any, Any]) -> None:
    """Refuse arrays of objects, records, dates and whatever else is no number, truth value or short text.

    Raises:
        Unsupported: It is one.
        Exhausted: It is too large.
    """
    if type(value) is not np.ndarray or value.dtype.kind not in _KINDS or value.dtype.itemsize < 1:
        raise Unsupported
    if value.size > LARGEST or value.dtype.char in "gG":
        raise Exhausted
    if value.dtype.kind == "U" and value.dtype.itemsize > LONGEST_TEXT * 4:
        raise Exhausted


def weight(value: Any) -> int:
    """Return how many elements an operand has; long texts count as several."""
    return max(value.size, value.nbytes // _BYTES) if isinstance(value, np.ndarray) else 1


def asked(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Return what numpy gives to plain values.

    Raises:
        Exception: Numpy raised one: it is of a class of Python's own, and nothing else hangs on it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return quick(function, *args, **kwargs)


def quick(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Return what numpy gives where only its arithmetic may warn."""
    try:
        with np.errstate(all="ignore"):
            return function(*args, **kwargs)
    except (MemoryError, RecursionError):
        failed: BaseException = Exhausted()
    except Exception as error:  # noqa: BLE001 - whatever it raises, code sees its like
        failed = _told_again(error)
    # Outside, or the error of numpy, which holds functions of numpy, would be its context.
    raise failed


def _told_again(error: Exception) -> Exception:
    if isinstance(error, np.linalg.LinAlgError):
        return LinAlgError(str(error))
    if isinstance(error, np.exceptions.AxisError):
        return AxisError(str(error))
    kind = next((each for each in _BUILT_IN if isinstance(error, each)), ValueError)
    return kind(str(error))
