"""Weekends: two days of the week at their own level, with the day's shape larger or smaller.

Fourier columns need many weeks before they can draw a weekend, and a weekend that is not drawn is a
step down on Saturday and a step up on Monday. A weekend costs few parameters, so that it can be told from
steps within two weeks. Where only the length of a day is known, the two days are looked for.
"""

import numpy as np

from bisect_ml.change_points.clock import WEEK_DAYS, Cycle
from bisect_ml.change_points.season import Harmonics
from bisect_ml.types import FloatArray

START = 5 / WEEK_DAYS  # Saturday, where weeks start on Monday
LENGTH = 2 / WEEK_DAYS
LEAST_SHARE = 0.5  # of a weekend's buckets that a series must hold


class Weekend:
    """The day's harmonics, and the same again for the weekend.

    Args:
        day: The Fourier columns of the day.
        week: The clock of the week; phase 0 is Monday morning if it `is_known`.
        step: When each point was taken, in buckets.
        is_known: Whether the weekday is known, or the weekend has to be looked for.
    """

    def __init__(self, day: Harmonics, week: Cycle, step: FloatArray, *, is_known: bool) -> None:
        self._day = day
        self._phase = week.phase % 1.0
        self._bucket = np.floor(self._phase * week.length + 1e-6).astype(np.int64)
        self._buckets = max(int(np.ceil(week.length)), 1)
        self._is_known = is_known
        holds_one = step[-1] - step[0] + 1 >= week.length
        self.longest = week.length
        self._usable = bool(holds_one and len(day))

    def __len__(self) -> int:
        return len(self._day) + 1 if self._usable else 0

    def shape(self, values: FloatArray) -> tuple[FloatArray, int]:
        """The part of `values` that repeats with days and weekends, and the number of its columns."""
        plain, columns = self._day.shape(values)
        if not self._usable or not columns:
            return plain, columns
        start = START if self._is_known else self._likeliest_start(values - plain)
        weekend = (((self._phase - start) % 1.0) < LENGTH - 1e-9).astype(np.float64)
        if not 0 < weekend.sum() < len(values):
            return plain, columns
        size = np.std(plain) or 1.0
        design = np.column_stack([plain / size, weekend, weekend * plain / size, np.ones_like(values)])
        coefficients = np.linalg.lstsq(design, values, rcond=None)[0]
        searched = 0 if self._is_known else 1
        return design[:, :-1] @ coefficients[:-1], columns + 2 + searched

    def _likeliest_start(self, left: FloatArray) -> float:
        """Where two days in a row differ most from the other five, as a phase of the week."""
        rows = np.bincount(self._bucket, minlength=self._buckets).astype(np.float64)
        total = np.bincount(self._bucket, left - left.mean(), self._buckets).astype(np.float64)
        width = max(round(LENGTH * self._buckets), 1)
        rows_in = _circular_sums(rows, width)
        total_in = _circular_sums(total, width)
        rows_out = rows.sum() - rows_in
        explained = np.where(
            (rows_in >= LEAST_SHARE * width) & (rows_out > 0),
            total_in**2 / np.maximum(rows_in, 1) + total_in**2 / np.maximum(rows_out, 1),
            0.0,
        )
        return float(explained.argmax()) / self._buckets


def _circular_sums(values: FloatArray, width: int) -> FloatArray:
    """Sums of `width` values from each place on, around the end."""
    running = np.concatenate([[0.0], np.cumsum(np.concatenate([values, values[: width - 1]]))])
    return np.asarray(running[width:] - running[:-width])
