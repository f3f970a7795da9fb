"""Axes for charts: value and time scales with round ticks, and series cut down to what a picture can show."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from bisect_ml.report import figures
from bisect_ml.saved_report import Chart

# From this ratio of highest to lowest on, a linear axis would press the smaller level flat.
_LOG_FROM_RATIO = 30.0
# A step of this part of the axis can be seen.
_VISIBLE_STEP = 0.2
_STEPS_S = (
    *(1, 5, 15, 30, 60, 300, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600),
    *(86400, 2 * 86400, 4 * 86400, 7 * 86400, 14 * 86400, 30 * 86400, 91 * 86400, 182 * 86400, 365 * 86400),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A labelled place on an axis, from 0 (low or early) to 1."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueScale:
    """A linear or logarithmic value axis from `low` to `high`."""

    low: float
    high: float
    log: bool

    def at(self, value: float) -> float:
        """Return where a value stands, 0 at `low` and 1 at `high`, clipped to the axis."""
        if self.log:
            if value <= 0:
                return 0.0
            place = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            place = (value - self.low) / (self.high - self.low)
        return min(1.0, max(0.0, place))

    def at_each(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where values stand."""
        if self.log:
            above = np.maximum(values, self.low)
            places = np.log(above / self.low) / math.log(self.high / self.low)
        else:
            places = (values - self.low) / (self.high - self.low)
        return np.asarray(np.clip(places, 0.0, 1.0))

    def ticks(self, most: int, metric: str) -> tuple[Tick, ...]:
        """Return about `most` round ticks, low to high, labelled in the metric's unit."""
        values = (
            _log_ticks(self.low, self.high, most) if self.log else _round_ticks(self.low, self.high, most)
        )
        labels: list[str] = []
        for digits in range(3, 13):
            labels = [figures.measure(value, metric, digits) for value in values]
            if len(set(labels)) == len(values):
                break
        return tuple(
            Tick(at=self.at(value), label=label) for value, label in zip(values, labels, strict=True)
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Thinned:
    """A series cut down to columns of a picture: in each, the lowest, mean and highest value.

    `times` are epoch seconds of the columns' middles; columns without a value are left out, and
    `gap` is True where at least one was left out before a column.
    """

    times: NDArray[np.float64]
    low: NDArray[np.float64]
    mean: NDArray[np.float64]
    high: NDArray[np.float64]
    gap: NDArray[np.bool_]


def value_scale(values: Iterable[float | None]) -> ValueScale:
    """Choose the axis for values: logarithmic where they span orders of magnitude above zero."""
    finite = [_tame(value) for value in values if value is not None and math.isfinite(value)]
    if not finite:
        return ValueScale(low=0.0, high=1.0, log=False)
    low, high = min(finite), max(finite)
    if low > 0 and high / low >= _LOG_FROM_RATIO:
        pad = (high / low) ** 0.06
        return ValueScale(low=low / pad, high=high * pad, log=True)
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        margin = abs(high) * 0.1 or 1.0
        return ValueScale(low=low - margin, high=high + margin, log=False)
    margin = (high - low) * 0.08
    # A small distance to zero is bridged: shares and counts then stand on their natural floor.
    bottom = 0.0 if 0 <= low < (high - low) * 0.5 else low - margin
    return ValueScale(low=bottom, high=high + margin, log=False)


def _tame(value: float) -> float:
    """Keep a value where ratios and margins neither overflow nor vanish; no chart shows the difference."""
    return 0.0 if abs(value) < 1e-150 else min(1e150, max(-1e150, value))


def time_ticks(start: float, end: float, most: int) -> tuple[Tick, ...]:
    """Return at most `most` ticks at round UTC moments between two epoch seconds."""
    length = end - start
    if length <= 0 or most < 1:
        return ()
    step = next(
        (step for step in _STEPS_S if length / step <= most), _STEPS_S[-1] * math.ceil(length / _STEPS_S[-1])
    )
    first = math.ceil(start / step) * step
    moments = np.arange(first, end, step)[:most]
    ticks = []
    previous = ""
    for at in moments:
        then = datetime.fromtimestamp(float(at), UTC)
        day = f"{then:%Y-%m-%d}" if not previous or previous[:4] != f"{then:%Y}" else f"{then:%m-%d}"
        label = day
        if step < 86400:
            clock = f"{then:%H:%M:%S}" if step < 60 else f"{then:%H:%M}"
            label = clock if previous == f"{then:%Y-%m-%d}" else f"{day} {clock}"
        previous = f"{then:%Y-%m-%d}"
        ticks.append(Tick(at=(float(at) - start) / length, label=label))
    return tuple(ticks)


def thin(chart: Chart, start: float, end: float, columns: int) -> Thinned:
    """Cut a chart's points between two epoch seconds down to at most `columns` columns."""
    return thin_between(*arrays(chart), start, end, columns)


def thin_between(
    middle: NDArray[np.float64], values: NDArray[np.float64], start: float, end: float, columns: int
) -> Thinned:
    """Do what `thin` does, with the `arrays` of a chart."""
    inside = (middle >= start) & (middle <= end)
    middle, values = middle[inside], values[inside]
    known = np.isfinite(values)
    if len(middle) <= columns:
        gap = np.zeros(len(middle), dtype=np.bool_)
        gap[1:] = ~known[:-1]
        kept = values[known]
        return Thinned(times=middle[known], low=kept, mean=kept, high=kept, gap=gap[known])
    column = np.minimum(((middle - start) / (end - start) * columns).astype(np.int64), columns - 1)
    column, values = column[known], values[known]
    if not len(values):
        empty = np.empty(0)
        return Thinned(times=empty, low=empty, mean=empty, high=empty, gap=np.empty(0, dtype=np.bool_))
    used, first = np.unique(column, return_index=True)
    sizes = np.diff([*first, len(values)])
    return Thinned(
        times=start + (used + 0.5) * (end - start) / columns,
        low=np.minimum.reduceat(values, first),
        mean=np.add.reduceat(values, first) / sizes,
        high=np.maximum.reduceat(values, first),
        gap=np.diff(used, prepend=used[0] - 1) > 1,
    )


def time_range(chart: Chart) -> tuple[float, float]:
    """Return the first and the last moment that a chart covers, in epoch seconds."""
    if not chart.times:
        return 0.0, 1.0
    start, end = chart.times[0], chart.times[-1] + (chart.width_s or 0.0)
    return (start, end) if end > start else (start - 0.5, end + 0.5)


def focus(
    chart: Chart, onset: float, reach: float, levels: tuple[float | None, float | None]
) -> tuple[float, float]:
    """Return the part of a chart, in epoch seconds, in which the step at an onset can be seen.

    That is the whole chart, unless something larger elsewhere presses the step flat: then the range
    around the onset is halved, down to `reach` seconds on either side.
    """
    whole = time_range(chart)
    before, after = levels
    if before is None or after is None:
        return whole
    ranges = [whole]
    radius = (whole[1] - whole[0]) / 4
    while radius > reach and len(ranges) < 12:
        ranges.append((max(whole[0], onset - radius), min(whole[1], onset + radius)))
        radius /= 2
    heights = []
    times, values = arrays(chart)
    for start, end in ranges:
        scale = scale_between(times, values, start, end, (before, after))
        heights.append(abs(scale.at(after) - scale.at(before)))
    enough = min(_VISIBLE_STEP, 0.8 * max(heights))
    return next(found for found, height in zip(ranges, heights, strict=True) if height >= enough)


def scale_within(chart: Chart, start: float, end: float, levels: Sequence[float] = ()) -> ValueScale:
    """Choose the axis for what a chart shows between two epoch seconds, and for `levels`."""
    return scale_between(*arrays(chart), start, end, levels)


def scale_between(
    times: NDArray[np.float64],
    values: NDArray[np.float64],
    start: float,
    end: float,
    levels: Sequence[float],
) -> ValueScale:
    """Do what `scale_within` does, with the `arrays` of a chart."""
    inside = values[(times >= start) & (times <= end) & np.isfinite(values)]
    extremes = [float(inside.min()), float(inside.max())] if len(inside) else []
    return value_scale([*extremes, *levels])


def arrays(chart: Chart) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the middles of a chart's buckets in epoch seconds and their values, NaN where empty."""
    times = np.asarray(chart.times, dtype=np.float64) + (chart.width_s or 0.0) / 2
    return times, np.array(chart.values, dtype=np.float64)


def _round_ticks(low: float, high: float, most: int) -> list[float]:
    wanted = max(2, most)
    for count in range(wanted, 2 * wanted + 2):
        raw = (high - low) / (count - 1)
        power = 10.0 ** math.floor(math.log10(raw))
        step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.999)
        first, last = math.ceil(low / step), math.floor(high / step)
        if last > first:
            break
    return [round(index * step, 12 - math.floor(math.log10(step))) for index in range(first, last + 1)]


def _log_ticks(low: float, high: float, most: int) -> list[float]:
    first, last = math.ceil(math.log10(low)), math.floor(math.log10(high))
    stride = max(1, math.ceil((last - first + 1) / most))
    values = [10.0**exponent for exponent in range(first, last + 1, stride)]
    if len(values) >= 2:
        return values
    return [
        factor * 10.0**e
        for e in range(first - 1, last + 1)
        for factor in (1, 2, 5)
        if low <= factor * 10.0**e <= high
    ]
