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
    starts = np.linspace(0, len(values), stretches + 1).astype(int)[:-1]
    kept: list[int] = []
    for low, high in zip(starts, [*starts[1:], len(values)], strict=True):
        stretch = values[low:high]
        if np.all(np.isnan(stretch)):
            kept.append(int(low))
        else:
            kept += sorted({int(low + np.nanargmin(stretch)), int(low + np.nanargmax(stretch))})
    return np.array(kept, dtype=np.intp)


def _short(value: float) -> float | None:
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
