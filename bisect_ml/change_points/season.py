"""The daily and weekly shape: Fourier columns that stand out of the spectrum beside them."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from bisect_ml.change_points.clock import Cycle
from bisect_ml.change_points.observed import IntArray
from bisect_ml.types import FloatArray

MIN_TURNS = 1.5  # turns of a cycle that a series must hold before its shape is looked for
FINE = 24  # harmonics of a long cycle beyond this count only near those of the day
SWEEPS = 3
NEIGHBOURS = 12  # spectrum bins on either side that say what noise alone would show
MEDIAN_POWER = 2 * np.log(2)  # median of the power of unit noise: chi-squared on two degrees


class Season(Protocol):
    """A family of shapes that repeat; its length is 0 where the series is too short for it."""

    longest: float

    def __len__(self) -> int: ...

    def shape(self, values: FloatArray) -> tuple[FloatArray, int]:
        """The part of `values` that repeats, and the number of its columns."""
        ...


class Harmonics:
    """The Fourier columns of some cycles at the points of a series.

    Points at the same hour of the same weekday have equal columns, so that a column is kept by its slots,
    and the sums over a series are taken slot by slot first: a tenth of the work in two months of hours.
    """

    def __init__(self, step: FloatArray, cycles: tuple[Cycle, ...]) -> None:
        self.span = float(step[-1] - step[0] + 1)
        self._grid = np.round(step - step[0]).astype(np.int64)
        usable = [cycle for cycle in cycles if self.span >= MIN_TURNS * cycle.length]
        self.longest = max((cycle.length for cycle in usable), default=0.0)
        first, self._slot = _slots(usable, len(step))
        self._rows = np.bincount(self._slot, minlength=len(first)).astype(np.float64)
        turns: dict[float, FloatArray] = {}
        for cycle in usable:
            for k in range(1, int(cycle.length // 2) + 1):
                if k <= FINE or k % 7 in (0, 1, 6):
                    turns.setdefault(round(k / cycle.length, 9), k * cycle.phase[first])
        self.frequency = np.array(sorted(turns))
        angle = 2 * np.pi * np.array([turns[f] for f in self.frequency]).reshape(len(turns), len(first))
        self._cosine, self._sine = np.cos(angle), np.sin(angle)
        self._beside = self._bins_beside()

    def __len__(self) -> int:
        return len(self.frequency)

    def shape(self, values: FloatArray) -> tuple[FloatArray, int]:
        """The part of `values` that repeats with the cycles, and the number of its columns."""
        picked: list[int] = []
        total = self._by_slot(values)
        left = values - values.mean()
        shape = np.zeros_like(values)
        for _ in range(SWEEPS if len(self) else 0):
            left_by_slot = self._by_slot(left)
            power = (self._cosine @ left_by_slot) ** 2 + (self._sine @ left_by_slot) ** 2
            bar = self._noise_power(left) * 2 * (np.log(len(self) + 10) + 1.5)
            new = [int(i) for i in np.flatnonzero(power > bar) if i not in picked]
            if not new or 2 * (len(picked) + len(new)) + 8 > len(values):
                break
            picked += new
            columns = np.vstack([self._cosine[picked], self._sine[picked], np.ones_like(total)])
            coefficients = np.linalg.lstsq((columns * self._rows) @ columns.T, columns @ total, rcond=None)[0]
            shape = (coefficients[:-1] @ columns[:-1])[self._slot]
            left = values - shape - coefficients[-1]
        return shape, 2 * len(picked)

    def _by_slot(self, values: FloatArray) -> FloatArray:
        return np.bincount(self._slot, values, len(self._rows)).astype(np.float64)

    def _noise_power(self, left: FloatArray) -> FloatArray:
        """Power per degree of freedom that the bins next to each frequency hold, harmonics left out."""
        if self._beside is None:
            return np.full(len(self), max(float(left @ left) / 2, 1e-12))
        grid = np.zeros(int(self._grid[-1]) + 1)
        grid[self._grid] = left
        power = np.abs(np.fft.rfft(grid)) ** 2
        usual: FloatArray = np.median(power[self._beside], axis=1)
        return np.asarray(np.maximum(usual / MEDIAN_POWER, 1e-12))

    def _bins_beside(self) -> IntArray | None:
        """The bins of the spectrum next to each frequency (row) that hold no harmonic; None without any."""
        length = int(self._grid[-1]) + 1
        bins = np.arange(length // 2 + 1) / length
        nearest = np.clip(np.searchsorted(self.frequency, bins), 1, max(len(self) - 1, 1))
        gap = np.full(len(bins), np.inf)
        for near in (nearest - 1, nearest) if len(self) else ():
            gap = np.minimum(gap, np.abs(bins - self.frequency[np.minimum(near, len(self) - 1)]))
        chosen = np.flatnonzero((gap > 0.6 / self.span) & (bins > 0) & (bins < 0.5))
        if len(chosen) < 2:
            return None
        reach = min(NEIGHBOURS, max(1, len(chosen) // 2))
        centre = np.clip(np.searchsorted(bins[chosen], self.frequency), reach, len(chosen) - reach)
        around = centre[:, None] + np.arange(-reach, reach)[None, :]
        return np.asarray(chosen[np.clip(around, 0, len(chosen) - 1)])


def _slots(cycles: Sequence[Cycle], points: int) -> tuple[IntArray, IntArray]:
    """One point of each slot, and the slot of every point: those at the same phase of all cycles."""
    every = np.arange(points)
    if not cycles:
        return every, every
    turns = [np.round(cycle.phase % 1.0, 9) % 1.0 for cycle in cycles]
    longest = turns[int(np.argmax([cycle.length for cycle in cycles]))]
    _, first, slot = np.unique(longest, return_index=True, return_inverse=True)
    if all(np.array_equal(turn, turn[first][slot]) for turn in turns):
        return first, slot
    return every, every
