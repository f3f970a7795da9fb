"""The daily and weekly shape: Fourier columns that stand out of the spectrum beside them."""

from typing import Protocol

import numpy as np

from bisect_ml.change_points.clock import Cycle
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
    """The Fourier columns of some cycles at the points of a series."""

    def __init__(self, step: FloatArray, cycles: tuple[Cycle, ...]) -> None:
        self.span = float(step[-1] - step[0] + 1)
        self._grid = np.round(step - step[0]).astype(np.int64)
        usable = [cycle for cycle in cycles if self.span >= MIN_TURNS * cycle.length]
        self.longest = max((cycle.length for cycle in usable), default=0.0)
        turns: dict[float, FloatArray] = {}
        for cycle in usable:
            for k in range(1, int(cycle.length // 2) + 1):
                if k <= FINE or k % 7 in (0, 1, 6):
                    turns.setdefault(round(k / cycle.length, 9), k * cycle.phase)
        self.frequency = np.array(sorted(turns))
        angle = 2 * np.pi * np.array([turns[f] for f in self.frequency]).reshape(len(turns), len(step))
        self.cosine, self.sine = np.cos(angle), np.sin(angle)

    def __len__(self) -> int:
        return len(self.frequency)

    def shape(self, values: FloatArray) -> tuple[FloatArray, int]:
        """The part of `values` that repeats with the cycles, and the number of its columns."""
        picked: list[int] = []
        left = values - values.mean()
        shape = np.zeros_like(values)
        for _ in range(SWEEPS if len(self) else 0):
            power = (self.cosine @ left) ** 2 + (self.sine @ left) ** 2
            bar = self._noise_power(left) * 2 * (np.log(len(self) + 10) + 1.5)
            new = [int(i) for i in np.flatnonzero(power > bar) if i not in picked]
            if not new or 2 * (len(picked) + len(new)) + 8 > len(values):
                break
            picked += new
            columns = np.vstack([self.cosine[picked], self.sine[picked], np.ones_like(values)]).T
            coefficients = np.linalg.lstsq(columns.T @ columns, columns.T @ values, rcond=None)[0]
            shape = columns[:, :-1] @ coefficients[:-1]
            left = values - columns @ coefficients
        return shape, 2 * len(picked)

    def _noise_power(self, left: FloatArray) -> FloatArray:
        """Power per degree of freedom that the bins next to each frequency hold, harmonics left out."""
        grid = np.zeros(int(self._grid[-1]) + 1)
        grid[self._grid] = left
        power = np.abs(np.fft.rfft(grid)) ** 2
        bins = np.arange(len(power)) / len(grid)
        gap = np.abs(bins[:, None] - self.frequency[None, :]).min(axis=1) if len(bins) else bins
        free = (gap > 0.6 / self.span) & (bins > 0) & (bins < 0.5)
        bins, power = bins[free], power[free]
        if len(bins) < 2:
            return np.full(len(self), max(float(left @ left) / 2, 1e-12))
        reach = min(NEIGHBOURS, max(1, len(bins) // 2))
        centre = np.clip(np.searchsorted(bins, self.frequency), reach, len(bins) - reach)
        around = centre[:, None] + np.arange(-reach, reach)[None, :]
        usual: FloatArray = np.median(power[np.clip(around, 0, len(bins) - 1)], axis=1)
        return np.asarray(np.maximum(usual / MEDIAN_POWER, 1e-12))
