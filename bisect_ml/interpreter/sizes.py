"""Functions of Python itself whose work or results grow with a number or a width that they are given."""

import re
import struct
from collections.abc import Callable, Iterable
from typing import Any

from bisect_ml.interpreter.limits import LARGEST, SIZED, must_multiply, whole
from bisect_ml.interpreter.machine import Exhausted, Machine
from bisect_ml.interpreter.tables import words

CODING = words("encode decode bytes bytearray str __new__")
"""What takes the name of a codec."""
_SEARCHING = frozenset({"idna", "punycode"})
_NO_LETTER = re.compile(r"[^A-Za-z]+")
_LONGEST_HOST, _SEARCHED_IN_A_STEP = 1_000, 16
_MOST_INDENTED, _MOST_PARTS, _LONGEST, _MOST_DIGITS = 100, 10_000, 5_000, 400
# Work or results that grow with a number that is given.
_GROWING = words(
    "methodcaller bytes bytearray repeat to_bytes product combinations combinations_with_replacement "
    "permutations tee seek truncate batched deque"
)


# What is told how often, how far or how wide, and takes for that whatever can stand for a whole number.
_COUNTING = _GROWING | words(
    "factorial combinations arrangements rounded round __round__ ljust rjust center zfill expandtabs widen "
    "__mul__ __rmul__ __imul__"
)
# These are given a value first.
_OF_VALUES = frozenset({"repeat", "round", "rounded"})


def in_numbers(name: str, args: list[Any], kwargs: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """Return arguments in which whole numbers are those of Python where they say how much is to be done."""
    if name not in _COUNTING:
        return args, kwargs
    first = 1 if name in _OF_VALUES else 0
    counted = [each if place < first else whole(each) for place, each in enumerate(args)]
    return counted, {key: whole(each) for key, each in kwargs.items()}


def must_be_small(name: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Refuse to call what takes as long as a number says, or gives as much, with a large one.

    Raises:
        Exhausted: It is too large.
    """
    if name in _CHECKS:
        _CHECKS[name](*args, **kwargs)
        return
    if name not in _GROWING:
        return
    if any(isinstance(each, int) and each > LARGEST for each in (*args, *kwargs.values())):
        raise Exhausted
    if name == "product":
        sizes = sum(len(each) for each in args if type(each) in SIZED)
        must_multiply(sizes, kwargs.get("repeat", 1))


def _exponent(value: Any = 0, *_: Any, **__: Any) -> None:
    if isinstance(value, str) and len(value.lower().partition("e")[2].lstrip("+-0_ ")) > len("9999"):
        raise Exhausted


def _packed(pattern: Any = "", *_: Any) -> None:
    if isinstance(pattern, str | bytes) and struct.calcsize(pattern) > LARGEST:
        raise Exhausted


def _indented(*_: Any, indent: Any = None, **__: Any) -> None:
    if isinstance(indent, int) and indent > _MOST_INDENTED:
        raise Exhausted
    if isinstance(indent, str) and len(indent) > _MOST_INDENTED:
        raise Exhausted


def _parts(*_: Any, n: Any = 4, **__: Any) -> None:
    if isinstance(n, int) and n > _MOST_PARTS:
        raise Exhausted


def _short(*texts: Any, **_: Any) -> None:
    if any(isinstance(each, str) and len(each) > _LONGEST for each in texts):
        raise Exhausted


def _rounded(*given: Any, **_: Any) -> None:
    if given and isinstance(given[-1], int) and abs(given[-1]) > _MOST_DIGITS:
        raise Exhausted


def pay_for_searching(machine: Machine, function: Any, given: Iterable[Any]) -> None:
    """Charge for codecs of names of hosts, which go through a text again for each of its characters.

    Raises:
        Exhausted: The text is too long for that.
    """
    listed = [*given, getattr(function, "__self__", None)]
    # Python takes `IDNA` and ` idna-` for the same.
    named = (_NO_LETTER.sub("", each).lower() for each in listed[:-1] if isinstance(each, str))
    if any(each in _SEARCHING for each in named):
        size = max(len(each) for each in listed if isinstance(each, str | bytes | bytearray))
        if size > _LONGEST_HOST:
            raise Exhausted
        machine.spend(size * size // _SEARCHED_IN_A_STEP)


_CHECKS: dict[str, Callable[..., None]] = {
    "Fraction": _exponent,
    "pack": _packed,
    "unpack": _packed,
    "calcsize": _packed,
    "dumps": _indented,
    "JSONEncoder": _indented,
    "quantiles": _parts,
    "__round__": _rounded,
    "feed": _short,
    "normalize": _short,
}
