"""What an incident did to the rows: how many it touched, how they spread, and who they were."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bisect_ml.row_window import RowWindow
from bisect_ml.saved_report import Distribution, MixPart
from bisect_ml.types import FloatArray, Incident, Series, Slice

DAY_S = 86_400.0
WEEK_S = 7 * DAY_S
BINS = 14
# From this ratio of high to low predictions on, bins of equal width would hold all the low ones in one.
LOG_FROM_RATIO = 30.0
# Beyond it the distance of two values may be no number.
LARGEST = 1e150
LOG_STEPS = ((1, 1.5, 2, 3, 5, 7), (1, 2, 5), (1, 3), (1,))
TAIL = 0.005
MIN_ROWS = 20
# Of predictions with so few values the mean, or the share of each class, says all.
FEW_VALUES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Two stretches around an onset, in epoch seconds: from `start` to `low`, and from `high` to `end`."""

    start: float
    low: float
    high: float
    end: float

    def within(self, seconds: float) -> "Sides":
        """Return sides that are no longer than so many seconds each."""
        start, end = max(self.start, self.low - seconds), min(self.end, self.high + seconds)
        return Sides(start=start, low=self.low, high=self.high, end=end)


def sides_of(incident: Incident, incidents: Sequence[Incident], log_start: float, log_end: float) -> Sides:
    """Return the stretches around an onset in which no other incident began and this one had not ended."""
    low, high = (moment.timestamp() for moment in incident.onset.interval)
    others = [one.onset for one in incidents if one is not incident]
    earlier = [one.interval[1].timestamp() for one in others if one.at <= incident.onset.at]
    later = [one.interval[0].timestamp() for one in others if one.at > incident.onset.at]
    if incident.recovered_at is not None:
        later.append(incident.recovered_at.timestamp())
    return Sides(
        start=max(log_start, *(at for at in earlier if at < low), log_start),
        low=low,
        high=high,
        end=min(log_end, *(at for at in later if at > high), log_end),
    )


def rows_affected(incident: Incident, series: Sequence[Series], log_end: float) -> int | None:
    """Count the rows of the moved slice from the onset to the recovery or the end of the log.

    None for an incident that ended another: its rows are well again.
    """
    if incident.recovers is not None:
        return None
    lead = incident.lead.series
    counted = _rows_of(series, lead.slice) or lead
    start = incident.onset.at.timestamp()
    end = incident.recovered_at.timestamp() if incident.recovered_at else log_end
    width = counted.width_s
    if width is None:
        return int(np.nansum(counted.counts[(counted.times >= start) & (counted.times <= end)]))
    # RowWindow are taken to lie evenly in the buckets in which the incident begins and ends.
    inside = np.minimum(counted.times + width, end) - np.maximum(counted.times, start)
    return round(float(np.nansum(counted.counts * np.clip(inside / width, 0.0, 1.0))))


def distribution(incident: Incident, rows: RowWindow, sides: Sides) -> Distribution | None:
    """Compare how the predictions of the moved slice spread on the two sides of the onset.

    None for labels, for predictions of two values, and where a side has too few rows.
    """
    of = incident.lead.series.slice
    kept = np.ones(len(rows.times), dtype=np.bool_) if of is None else rows.in_slice(of.column, of.value)
    before = rows.values[kept & (rows.times >= sides.start) & (rows.times < sides.low)]
    after = rows.values[kept & (rows.times >= sides.high) & (rows.times < sides.end)]
    if rows.classes or min(len(before), len(after)) < MIN_ROWS:
        return None
    known = [side[np.isfinite(side)] for side in (before, after)]
    if not all(map(len, known)) or len(np.unique(np.concatenate(known))) <= FEW_VALUES:
        return None
    if np.abs(np.concatenate(known)).max() > LARGEST:
        return None
    edges = _edges(known)
    first, second = (
        _shares(found, edges, len(side)) for found, side in zip(known, (before, after), strict=True)
    )
    return Distribution(edges=tuple(edges.tolist()), before=first, after=second)


def _shares(values: FloatArray, edges: FloatArray, rows: int) -> tuple[float, ...]:
    """Return the share of the rows in each bin, rounded down so that the sum stays below 1."""
    counts = np.histogram(values, bins=edges)[0]
    return tuple(math.floor(count / rows * 1e6) / 1e6 for count in counts.tolist())


def mix(incident: Incident, series: Sequence[Series], sides: Sides) -> tuple[MixPart, ...]:
    """Compare the traffic and the level of the slices in the week before and the week after an onset.

    The slices are those of one column: the one whose slice moved, otherwise the one between whose
    values most traffic turned. Those whose share changed most come first.
    """
    sides = sides.within(WEEK_S)
    whole = _rows_of(series, None)
    if whole is None:
        return ()
    total = [_sum(whole, start, end) for start, end in ((sides.start, sides.low), (sides.high, sides.end))]
    if min(total) <= 0:
        return ()
    columns: dict[str, list[MixPart]] = {}
    for of in dict.fromkeys(one.slice for one in series if one.slice is not None):
        part = _part(of, series, sides, (total[0], total[1]))
        columns.setdefault(of.column, []).extend([part] if part else [])
    found = {column: parts for column, parts in columns.items() if len(parts) > 1}
    if not found:
        return ()
    moved = incident.lead.series.slice
    of_lead = found.get(moved.column) if moved is not None else None
    parts = of_lead or max(found.values(), key=_turned)
    return tuple(sorted(parts, key=lambda part: -round(abs(part.share_after - part.share_before), 6)))


def _part(of: Slice, series: Sequence[Series], sides: Sides, total: tuple[float, float]) -> MixPart | None:
    counted = _rows_of(series, of)
    if counted is None:
        return None
    level = next((one for one in series if one.slice == of and one.metric == "mean"), None)
    stretches = ((sides.start, sides.low), (sides.high, sides.end))
    before, after = (_sum(counted, start, end) for start, end in stretches)
    means = [_mean(level, start, end) if level else None for start, end in stretches]
    return MixPart(
        slice=str(of),
        share_before=round(before / total[0], 6),
        share_after=round(after / total[1], 6),
        mean_before=means[0],
        mean_after=means[1],
    )


def _turned(parts: Iterable[MixPart]) -> float:
    return sum(abs(part.share_after - part.share_before) for part in parts) / 2


def _rows_of(series: Sequence[Series], of: Slice | None) -> Series | None:
    return next((one for one in series if one.slice == of and one.metric == "count"), None)


def _inside(series: Series, start: float, end: float) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (series.times >= start) & (series.times + (series.width_s or 0.0) <= end)
    return found


def _sum(series: Series, start: float, end: float) -> float:
    return float(np.nansum(series.values[_inside(series, start, end)]))


def _mean(series: Series, start: float, end: float) -> float | None:
    kept = _inside(series, start, end) & np.isfinite(series.values) & (series.counts > 0)
    if not kept.any():
        return None
    return float(f"{np.average(series.values[kept], weights=series.counts[kept]):.6g}")


def _edges(sides: Sequence[FloatArray]) -> FloatArray:
    """Choose round, increasing bin edges that hold nearly all values of both sides."""
    low = min(float(np.quantile(side, TAIL)) for side in sides)
    high = max(float(np.quantile(side, 1 - TAIL)) for side in sides)
    if math.isclose(low, high):
        margin = abs(low) / 2 or 1.0
        low, high = low - margin, high + margin
    round_values = _log_values if low > 0 and high / low >= LOG_FROM_RATIO else _even_values
    values = np.unique([float(f"{value:.12g}") for value in round_values(low, high)])
    # One edge at or below the lowest value and one above the highest are enough.
    start = max(0, int(np.searchsorted(values, low, side="right")) - 1)
    stop = int(np.searchsorted(values, high, side="right")) + 1
    kept: FloatArray = values[start:stop]
    return kept[:: math.ceil(len(kept) / (2 * BINS))]


def _log_values(low: float, high: float) -> list[float]:
    span = math.log10(high / low)
    steps = next((steps for steps in LOG_STEPS if span * len(steps) <= BINS), LOG_STEPS[-1])
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    return [float(f"{step}e{decade}") for decade in decades for step in steps]


def _even_values(low: float, high: float) -> list[float]:
    raw = (high - low) / BINS
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.999)
    return [index * step for index in range(math.floor(low / step), math.ceil(high / step) + 2)]
