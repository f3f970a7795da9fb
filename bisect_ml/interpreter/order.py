"""An order for the elements of sets that is the same in every process."""

import ipaddress
from collections.abc import Iterable, Sequence
from typing import Any
from zlib import crc32

from bisect_ml.interpreter.limits import LARGEST, SIZED, charge
from bisect_ml.interpreter.machine import Exhausted, Machine
from bisect_ml.interpreter.texts import anonymous
from bisect_ml.interpreter.unknown import Unknown

_NUMBERS = (int, float, complex)
_SETS = (set, frozenset)
_NETWORKS = (ipaddress.IPv4Network, ipaddress.IPv6Network)
_A_STEP = 16


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
