"""The measured shift, as scorers compare it with a diff."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np

from bisect_ml.types import Case, Series, Slice, Symptom

_LEVELS = ("mean", "p50", "p95", "p05")
_WINDOW_S = 7 * 86400.0
_FEWEST_BUCKETS = 3
_MOVED_Z, _MOVED_ALONG_Z = 5.0, 1.5
_MOVED_SHARE_OF_LARGEST = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What moved, in numbers.

    `ratio` is after over before of the level that shows it best, None where there is none or the
    level was near zero. `nulls` is the change of the null rate, in shares of the rows.
    """

    metric: str
    before: float
    after: float
    ratio: float | None
    nulls: float
    slice: Slice | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A series around a moment: its level before and after, and the step in standard errors."""

    before: float
    after: float
    spread: float
    z: float

    @property
    def step(self) -> float:
        """After minus before."""
        return self.after - self.before


@lru_cache(maxsize=8)
def shift_of(case: Case) -> Shift:
    """Return the shift of the incident: of all rows where they show it, of the leading slice otherwise.

    Where the shift is confined to the leading slice, that slice shows it whole; all rows hold others too, and
    their ratio is nobody's factor.
    """
    symptoms = case.incident.all_symptoms
    lead = case.incident.lead
    own = lead.series.metric in _LEVELS and lead.series.slice in confined_slices(case)
    level = lead if own else _first(symptoms, _LEVELS) or symptoms[0]
    before, after = level.change_point.before, level.change_point.after
    finite = math.isfinite(before) and math.isfinite(after)
    ratio = after / before if finite and abs(before) > 1e-12 and level.series.metric in _LEVELS else None
    nulls = _first(symptoms, ("null_rate",))
    return Shift(
        metric=level.series.metric,
        before=before,
        after=after,
        ratio=ratio,
        nulls=0.0 if nulls is None else nulls.change_point.after - nulls.change_point.before,
        slice=case.incident.lead.series.slice,
    )


def _first(symptoms: tuple[Symptom, ...], metrics: tuple[str, ...]) -> Symptom | None:
    """Return the first symptom of these metrics, of all rows before that of a slice."""
    found = [each for each in symptoms if each.series.metric in metrics]
    return next((each for each in found if each.series.slice is None), found[0] if found else None)


def level_between(series: Series, start: float, end: float) -> tuple[float, float, float]:
    """Return the mean, the spread and the number of the buckets that lie between two epoch seconds.

    Buckets weigh by their rows. The mean is NaN where no bucket has a value.
    """
    width = series.width_s or 0.0
    inside = (series.times >= start) & (series.times + width <= end) & np.isfinite(series.values)
    values, weights = series.values[inside], np.maximum(series.counts[inside], 1e-9)
    if not len(values):
        return math.nan, math.nan, 0
    mean = float(np.average(values, weights=weights))
    spread = math.sqrt(float(np.average((values - mean) ** 2, weights=weights)))
    return mean, spread, len(values)


def move_of(series: Series, case: Case) -> Move | None:
    """Return how a series moved between the week before the onset interval and the week after it.

    The weeks end where another incident begins or ends, whose levels are no part of this step, unless too
    little would be left. None where a side has fewer than three buckets with rows.
    """
    low, high = (_epoch(moment) for moment in case.incident.onset.interval)
    end = high + _WINDOW_S if case.incident.recovered_at is None else _epoch(case.incident.recovered_at)
    end = max(end, high + 3600.0)
    start = low - _WINDOW_S
    before, spread_before, n_before = level_between(series, max(start, case.clear_start), low)
    after, spread_after, n_after = level_between(series, high, min(end, case.clear_end))
    if n_before < _FEWEST_BUCKETS:
        before, spread_before, n_before = level_between(series, start, low)
    if n_after < _FEWEST_BUCKETS:
        after, spread_after, n_after = level_between(series, high, end)
    if min(n_before, n_after) < _FEWEST_BUCKETS:
        return None
    error = math.sqrt(spread_before**2 / n_before + spread_after**2 / n_after)
    spread = math.sqrt((spread_before**2 + spread_after**2) / 2)
    step = after - before
    z = 0.0 if step == 0 else abs(step) / max(error, 1e-9 * max(abs(before), abs(after)))
    return Move(before=before, after=after, spread=spread, z=z)


def _epoch(moment: datetime) -> float:
    return moment.timestamp()


@lru_cache(maxsize=8)
def slice_moves(case: Case) -> Mapping[str, Mapping[str, float]]:
    """Return for each slice column how far each of its values moved, in shares of the largest move.

    A value counts with its mean, its null rate or the share of a class, whichever moved furthest; 0 where
    none did by five standard errors. A value with too few rows for that counts where it moved half as far as
    the largest, the same way. Columns of which fewer than two values are known are left out.
    """
    steps: dict[str, dict[str, dict[str, float]]] = {}
    certain: dict[tuple[str, str, str], float] = {}
    for series in case.series:
        if series.slice is None or not _is_compared(series.metric):
            continue
        move = move_of(series, case)
        if move is not None:
            by_value = steps.setdefault(series.slice.column, {}).setdefault(series.metric, {})
            by_value[series.slice.value] = move.step
            certain[series.slice.column, series.metric, series.slice.value] = move.z
    for symptom in case.incident.all_symptoms:
        found, point = symptom.series.slice, symptom.change_point
        if found is not None and _is_compared(symptom.series.metric):
            by_value = steps.setdefault(found.column, {}).setdefault(symptom.series.metric, {})
            by_value.setdefault(found.value, point.after - point.before)
            certain[found.column, symptom.series.metric, found.value] = math.inf
    return {
        column: _largest(
            [
                _shares(by_value, {value: certain[column, metric, value] for value in by_value})
                for metric, by_value in metrics.items()
            ]
        )
        for column, metrics in steps.items()
        if len({value for by_value in metrics.values() for value in by_value}) >= 2
    }


def _is_compared(metric: str) -> bool:
    """Tell the metrics that slices are compared by."""
    return metric in {"mean", "null_rate"} or metric.startswith("share[")


def _shares(steps: Mapping[str, float], certain: Mapping[str, float]) -> Mapping[str, float]:
    """Return each step in shares of the largest certain one, 0 where it is noise."""
    sure = [step for value, step in steps.items() if certain[value] >= _MOVED_Z]
    top = max(sure, key=abs, default=0.0)
    if top == 0:
        return dict.fromkeys(steps, 0.0)
    return {
        value: abs(step / top)
        if certain[value] >= _MOVED_Z or (certain[value] >= _MOVED_ALONG_Z and step / top >= 0.5)
        else 0.0
        for value, step in steps.items()
    }


def _largest(by_metric: list[Mapping[str, float]]) -> Mapping[str, float]:
    return {value: max(each.get(value, 0.0) for each in by_metric) for one in by_metric for value in one}


def moved_values(by_value: Mapping[str, float]) -> list[str]:
    """Return the values of a slice column that moved, given how far each did in shares of the largest."""
    return [value for value, share in by_value.items() if share >= _MOVED_SHARE_OF_LARGEST]


@lru_cache(maxsize=8)
def confined_slices(case: Case) -> frozenset[Slice]:
    """Return the slices that moved in columns where at most half of the values did.

    Where most values of a column moved, its slices say nothing of the cause.
    """
    found = set()
    for column, by_value in slice_moves(case).items():
        moved = moved_values(by_value)
        if moved and 2 * len(moved) <= len(by_value):
            found |= {Slice(column=column, value=value) for value in moved}
    return frozenset(found)
