"""What the caller gave, checked, without the empty buckets."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bisect_ml.change_points.clock import Clock, calendar_clock, plain_clock
from bisect_ml.errors import InputError
from bisect_ml.types import FloatArray

IntArray: TypeAlias = NDArray[np.int64]

MIN_POINTS = 8
LARGEST = 1e150


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Observed:
    """The points of a series that hold a value.

    `index` are their positions in the caller's array of `length` buckets. `rows` is the number of rows
    behind each, or None where that is not known. `clock` tells when they were taken.
    """

    length: int
    index: IntArray
    values: FloatArray
    rows: FloatArray | None
    clock: Clock

    @property
    def is_still(self) -> bool:
        """Whether there is too little, or nothing that moves, to look at."""
        if len(self.values) < MIN_POINTS:
            return True
        spread = float(np.ptp(self.values))
        return spread <= 1e-12 * float(np.abs(self.values).max())


def observe(
    values: ArrayLike,
    *,
    counts: ArrayLike | None = None,
    times: ArrayLike | None = None,
    period: float | None = None,
    timezone: str = "UTC",
) -> Observed:
    """Check what a caller gave; the arguments are those of `detect`.

    Raises:
        InputError: The arrays do not fit together, or are not one row of numbers.
        ConfigError: The time zone is unknown.
    """
    y = _row_of_numbers("values", values)
    rows = None if counts is None else _row_of_numbers("counts", counts)
    seconds = None if times is None else _epoch_seconds(times)
    for name, other in (("counts", rows), ("times", seconds)):
        if other is not None and len(other) != len(y):
            raise InputError(
                f"{name} has {len(other)} entries, values has {len(y)}", "give one entry per bucket"
            )
    if period is not None and not 0 < period < np.inf:
        raise InputError(f"period is {period!r}", "give the number of buckets in a day, or leave it out")
    clock = plain_clock(len(y), period) if seconds is None else calendar_clock(seconds, timezone)
    return observe_checked(y, rows, clock)


def observe_checked(values: FloatArray, rows: FloatArray | None, clock: Clock) -> Observed:
    """Drop the empty buckets: those not finite, or without rows."""
    kept = np.isfinite(values) & (np.abs(np.nan_to_num(values)) < LARGEST)
    if rows is not None:
        kept &= np.nan_to_num(rows) > 0
    index = np.flatnonzero(kept)
    return Observed(
        length=len(values),
        index=index,
        values=values[index],
        rows=None if rows is None else rows[index],
        clock=clock if len(index) == len(values) else clock.at(index),
    )


def without(observed: Observed, runs: list[tuple[int, int]]) -> Observed:
    """The same series as if the half-open ranges `runs` of its points were empty."""
    kept = np.ones(len(observed.values), dtype=bool)
    for start, stop in runs:
        kept[start:stop] = False
    chosen = np.flatnonzero(kept)
    return replace(
        observed,
        index=observed.index[chosen],
        values=observed.values[chosen],
        rows=None if observed.rows is None else observed.rows[chosen],
        clock=observed.clock.at(chosen),
    )


def _row_of_numbers(name: str, given: ArrayLike) -> FloatArray:
    try:
        array = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name} must be numbers", "give a list or a one-dimensional array") from error
    if array.ndim != 1:
        raise InputError(
            f"{name} must have one dimension, not {array.ndim}", "give one series at a time, as a flat array"
        )
    return array


def _epoch_seconds(times: ArrayLike) -> FloatArray:
    array = np.asarray(times)
    if array.dtype == object:  # such as those of a DatetimeIndex with a zone
        array = np.array([_second_of(each) if isinstance(each, datetime) else each for each in array])
    if np.issubdtype(array.dtype, np.datetime64):
        if np.isnat(array).any():
            raise InputError("times has a missing moment", "give a time for each bucket, empty or not")
        array = array.astype("datetime64[ns]").astype(np.int64) / 1e9
    seconds = _row_of_numbers("times", array)
    if not np.isfinite(seconds).all() or (np.diff(seconds) <= 0).any():
        raise InputError("times must increase strictly", "sort the buckets and merge those of one moment")
    return seconds


def _second_of(moment: datetime) -> float:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
