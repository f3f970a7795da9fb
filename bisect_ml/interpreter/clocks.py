"""Dates without a clock: it is always the same moment, and every machine stands in the zone UTC."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

from bisect_ml.interpreter.tables import words

CLOCK_METHODS = words("now today utcnow fromtimestamp timestamp astimezone")
_FIXED = datetime.datetime(2020, 1, 1)  # noqa: DTZ001 - what `now()` without a zone would give


def clock_method(owner: Any, name: str) -> Any:
    """Return a method of a date, or of a class of dates, that would ask the machine for time or zone."""
    if not isinstance(owner, type):
        return partial(_CLOCKS[name], owner) if name in _CLOCKS else getattr(owner, name)
    if name == "fromtimestamp":
        return lambda stamp, tz=None: _from_stamp(owner, stamp, tz)
    if name in {"timestamp", "astimezone"}:
        return _CLOCKS[name]
    if issubclass(owner, datetime.datetime):
        return lambda tz=None: _FIXED.replace(tzinfo=tz)
    return _FIXED.date


def _from_stamp(owner: Any, stamp: Any, zone: Any) -> Any:
    """Return a date as in a zone where it is always UTC, wherever the machine stands."""
    if issubclass(owner, datetime.datetime):
        at = owner.fromtimestamp(stamp, zone or datetime.UTC)
        return at if zone else at.replace(tzinfo=None)
    return datetime.datetime.fromtimestamp(stamp, datetime.UTC).date()


def _stamp(at: Any) -> Any:
    return (at if at.tzinfo else at.replace(tzinfo=datetime.UTC)).timestamp()


def _to_zone(at: Any, zone: Any = datetime.UTC) -> Any:
    return (at if at.tzinfo else at.replace(tzinfo=datetime.UTC)).astimezone(zone)


_CLOCKS: dict[str, Callable[..., Any]] = {"timestamp": _stamp, "astimezone": _to_zone}
