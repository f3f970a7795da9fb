"""An order for the elements of sets that is the same in every process."""

import ipaddress
import re
from collections.abc import Iterable, Sequence
from typing import Any
from zlib import crc32

from bisect_ml.interpreter.limits import ATOMS, LARGEST, SIZED, charge
from bisect_ml.interpreter.machine import Exhausted, Machine
from bisect_ml.interpreter.unknown import Unknown

_NUMBERS = (int, float, complex)
_SETS = (set, frozenset)
_NETWORKS = (ipaddress.IPv4Network, ipaddress.IPv6Network)
_A_STEP = 16
_DEEPEST = 6
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


def steadied(machine: Machine, values: Any) -> Any:
    """Return the elements of a set in an order that no seed decides; other values as they are.

    Numbers keep the order that they have everywhere.

    Raises:
        Exhausted: There are too many elements.
    """
    if type(values) in _SETS:
        machine.spend(len(values) // _A_STEP)
        return _in_order(values)
    if isinstance(values, _NETWORKS) and values.num_addresses > LARGEST:
        raise Exhausted
    return values


def spread(machine: Machine, values: Any) -> Any:
    """Return the elements of a value that all are copied at once."""
    if type(values) in SIZED:
        charge(machine, len(values))
    return steadied(machine, values)


def _in_order(values: Iterable[Any]) -> Sequence[Any]:
    listed = list(values)
    if all(isinstance(each, _NUMBERS) for each in listed):
        return listed
    try:
        return sorted(listed)
    except (TypeError, ValueError, ArithmeticError):
        return sorted(listed, key=_written)


def _written(value: Any) -> str:
    try:
        return f"{type(value).__name__} {anonymous(repr(value))}"
    except Exception:  # noqa: BLE001 - whatever interpreted code raises, some order is needed
        return type(value).__name__


def anonymous(text: str) -> str:
    """Return a text without the addresses of objects, which are others in each run."""
    return _ADDRESS.sub("", text) if " at 0x" in text else text


class _Told:
    """A container as a text, in which sets are in order."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text

    def __format__(self, specification: str) -> str:
        if specification:
            raise TypeError("unsupported format string")
        return self._text


def as_told(value: Any) -> Any:
    """Return a value, or what is written as it is but for the order of sets in it."""
    return _Told(_told(value)) if _holds_set(value) else value


def _holds_set(value: Any, depth: int = 0) -> bool:
    kind = type(value)
    if kind in _SETS:
        return len(value) > 1
    if depth > _DEEPEST or kind not in (list, tuple, dict):
        return False
    inner = value.values() if kind is dict else value
    return any(type(each) not in ATOMS and _holds_set(each, depth + 1) for each in inner)


def _told(value: Any) -> str:
    if not _holds_set(value):
        return repr(value)
    kind = type(value)
    if kind is dict:
        return "{" + ", ".join(f"{key!r}: {_told(each)}" for key, each in value.items()) + "}"
    listed = ", ".join(map(_told, _in_order(value) if kind in _SETS else value))
    if kind is frozenset:
        return f"frozenset({{{listed}}})"
    if kind is tuple:
        return f"({listed},)" if len(value) == 1 else f"({listed})"
    return f"{{{listed}}}" if kind is set else f"[{listed}]"


def hashed(value: Any) -> int:
    """Return a hash that is the same in every process, as far as texts and what holds them go."""
    if isinstance(value, str | bytes):
        return crc32(value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value)
    if value is None:
        return 1
    if isinstance(value, Unknown):
        return crc32((value.text or value.key).encode("utf-8", "surrogatepass"))
    if type(value) is tuple:
        return hash(tuple(map(hashed, value)))
    if type(value) is frozenset:
        return hash(frozenset(map(hashed, value)))
    return hash(value)


def popped(values: Any) -> Any:
    """Take an element out of a set: of several, not the one that the seed of hashes chooses."""
    if not values:
        return set.pop(values)
    first = _in_order(values)[0]
    values.discard(first)
    return first
