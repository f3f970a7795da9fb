"""What the caller gave, checked, without the empty buckets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bisect_ml.change_points.cycles import Cycle, calendar_cycles, guessed_cycles, period_cycles
from bisect_ml.errors import InputError
from bisect_ml.types import FloatArray

IntArray: TypeAlias = NDArray[np.int64]

MIN_POINTS = 8
LARGEST = 1e150
WOBBLE = 0.12  # of a width: months are regular
MOST_OFF_GRID = 0.02


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Observed:
    """The points of a series that hold a value.

    `index` are their positions in the caller's array of `length` buckets. `step` is when they were
    taken, in buckets since the first bucket (positions, where the times are irregular). `rows` is
    the number of rows behind each, or None where that is not known. `cycles` are the daily and
    weekly clocks that a season can follow; `has_calendar` tells whether they show real local time.
    Series that are not `is_regular` have points whenever something happened: a commit, a release.
    """

    length: int
    index: IntArray
    step: FloatArray
    values: FloatArray
    rows: FloatArray | None
    cycles: tuple[Cycle, ...]
    has_calendar: bool
    is_regular: bool

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
    """Check a series and drop its empty buckets: not finite, or without rows.

    Raises:
        InputError: The arrays do not fit together, or are not one row of numbers.
    """
    y = _row_of_numbers("values", values)
    rows = None if counts is None else _row_of_numbers("counts", counts)
    seconds = None if times is None else _epoch_seconds(times)
    for name, other in (("counts", rows), ("times", seconds)):
        if other is not None and len(other) != len(y):
            raise InputError(
                f"{name} has {len(other)} entries, values has {len(y)}", "Give one entry per bucket."
            )
    if period is not None and not period > 0:
        raise InputError(f"period is {period!r}", "Give the number of buckets in a day, or leave it out.")
    kept = np.isfinite(y) & (np.abs(np.nan_to_num(y)) < LARGEST)
    if rows is not None:
        kept &= np.nan_to_num(rows) > 0
    index = np.flatnonzero(kept)
    step, cycles, is_regular = _clock(len(y), seconds, period, timezone)
    return Observed(
        length=len(y),
        index=index,
        step=step[index],
        values=y[index],
        rows=None if rows is None else rows[index],
        cycles=tuple(cycle.at(index) for cycle in cycles),
        has_calendar=seconds is not None,
        is_regular=is_regular,
    )


def _clock(
    length: int, seconds: FloatArray | None, period: float | None, timezone: str
) -> tuple[FloatArray, Sequence[Cycle], bool]:
    """Time in buckets, the cycles that it can follow, and whether the buckets are regular."""
    positions = np.arange(length, dtype=np.float64)
    if seconds is None:
        cycles = guessed_cycles(positions) if period is None else period_cycles(positions, period)
        return positions, cycles, True
    if length < 2:
        return positions, (), True
    width_s = float(np.median(np.diff(seconds)))
    gaps = np.diff(seconds) / width_s
    off_grid = np.abs(gaps - np.round(gaps)) > WOBBLE
    if off_grid.mean() > MOST_OFF_GRID:
        return positions, (), False
    step = np.concatenate([[0.0], np.cumsum(np.maximum(np.round(gaps), 1.0))])
    return step, calendar_cycles(seconds, width_s, timezone), True


def _row_of_numbers(name: str, given: ArrayLike) -> FloatArray:
    try:
        array = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name} must be numbers", "Give a list or a one-dimensional array.") from error
    if array.ndim != 1:
        raise InputError(
            f"{name} must have one dimension, not {array.ndim}", "Give one series at a time, as a flat array."
        )
    return array


def _epoch_seconds(times: ArrayLike) -> FloatArray:
    array = np.asarray(times)
    if np.issubdtype(array.dtype, np.datetime64):
        if np.isnat(array).any():
            raise InputError("times has a missing moment", "Give a time for each bucket, empty or not.")
        array = array.astype("datetime64[ns]").astype(np.int64) / 1e9
    seconds = _row_of_numbers("times", array)
    if not np.isfinite(seconds).all() or (np.diff(seconds) <= 0).any():
        raise InputError("times must increase strictly", "Sort the buckets and merge those of one moment.")
    return seconds
