"""A series as the report saves it for drawing."""

import math

import numpy as np
from numpy.typing import NDArray

from bisect_ml.saved_report import Chart
from bisect_ml.types import FloatArray, Series

CHART_POINTS = 5_000
# More than a screen can show, and a third of the bytes of a double.
DIGITS = 6


def chart(series: Series, points: int = CHART_POINTS) -> Chart:
    """Thin a series for drawing: where it is too long, every stretch keeps its lowest and highest value."""
    times, values = series.times, series.values
    if len(times) > points:
        kept = _extremes(values, points // 2)
        times, values = times[kept], values[kept]
    return Chart(
        times=tuple(times.tolist()),
        values=tuple(_short(value) for value in values.tolist()),
        width_s=series.width_s,
    )


def _extremes(values: FloatArray, stretches: int) -> NDArray[np.intp]:
    """Places of the lowest and highest value of each stretch; its first place where all are empty."""
    length = -(-len(values) // stretches)
    padded = np.full(length * stretches, np.nan)
    padded[: len(values)] = values
    rows = padded.reshape(stretches, length)
    empty = np.isnan(rows)
    lowest = np.where(empty, np.inf, rows).argmin(axis=1)
    highest = np.where(empty, -np.inf, rows).argmax(axis=1)
    kept = np.unique(np.stack([lowest, highest]) + length * np.arange(stretches))
    return kept[kept < len(values)]


def _short(value: float) -> float | None:
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
