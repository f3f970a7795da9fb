"""Seasonal traffic over a pool of inputs, and the series that a log of it gives."""

import numpy as np
from numpy.typing import NDArray

from benchmarks.incidents.histories import Input
from bisect_ml.types import ChangePoint, FloatArray, Series, Slice, Symptom

_DEVICES = {"web": 0.6, "ios": 0.25, "android": 0.15}
_HOUR_S = 3600.0

Rows = NDArray[np.int64]
"""Rows of the log: hour × device × input."""


def draw_rows(weights: FloatArray, hours: int, rate: float, rng: np.random.Generator) -> Rows:
    """Return how many rows each hour has of each input: `weights` is hour × input, or input alone.

    The rate of rows an hour rises and falls by day and week.
    """
    at = np.arange(hours)
    season = 1 + 0.5 * np.sin(2 * np.pi * at / 24) + 0.2 * np.sin(2 * np.pi * at / 168)
    mix = np.broadcast_to(weights / weights.sum(axis=-1, keepdims=True), (hours, weights.shape[-1]))
    found = [rng.poisson(rate * share * season[:, None] * mix) for share in _DEVICES.values()]
    return np.stack(found, axis=1).astype(np.int64)


def series_of(rows: Rows, values: FloatArray, pool: list[Input], start: float) -> tuple[Series, ...]:
    """Return the metrics of all rows and of each slice; `values` is hour × input, NaN for null."""
    times = start + _HOUR_S * np.arange(len(rows), dtype=np.float64)
    found = [*_metrics(rows.sum(axis=1), values, times, None)]
    for number, device in enumerate(_DEVICES):
        found += _metrics(rows[:, number], values, times, Slice(column="device", value=device))
    everything = rows.sum(axis=1)
    for column in pool[0].slices:
        for value in dict.fromkeys(each.slices[column] for each in pool):
            inside = np.array([each.slices[column] == value for each in pool])
            found += _metrics(everything * inside, values, times, Slice(column=column, value=value))
    return tuple(found)


def _metrics(rows: Rows, values: FloatArray, times: FloatArray, where: Slice | None) -> list[Series]:
    known = np.isfinite(values)
    total = rows.sum(axis=1).astype(np.float64)
    scored = (rows * known).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (rows * np.where(known, values, 0.0)).sum(axis=1) / scored
        null_rate = 1 - scored / total
    metrics = {"mean": mean, "null_rate": null_rate, "count": total}
    return [
        Series(metric=name, slice=where, times=times, width_s=_HOUR_S, values=column, counts=total)
        for name, column in metrics.items()
    ]


def symptoms(series: tuple[Series, ...], onset: float, least_z: float = 6.0) -> list[Symptom]:
    """Return the series that stepped at a known moment, clearest first, as a detector would report them."""
    found = []
    for each in series:
        if each.metric == "count":
            continue
        known = np.isfinite(each.values)
        before = each.values[known & (each.times + _HOUR_S <= onset)]
        after = each.values[known & (each.times >= onset)]
        if min(len(before), len(after)) < 12:
            continue
        error = np.sqrt(before.var() / len(before) + after.var() / len(after))
        step = float(after.mean() - before.mean())
        z = abs(step) / max(float(error), 1e-9)
        if z >= least_z and abs(step) > 1e-9:
            index = int(np.searchsorted(each.times, onset))
            posterior = np.zeros(len(each.times))
            posterior[min(index, len(posterior) - 1)] = 1.0
            point = ChangePoint(
                index=index,
                interval=(index, index),
                posterior=posterior,
                before=float(before.mean()),
                after=float(after.mean()),
                kind="null rate" if each.metric == "null_rate" else "level",
                confidence=0.99,
            )
            found.append((z, Symptom(series=each, change_point=point)))
    return [symptom for _, symptom in sorted(found, key=lambda pair: -pair[0])]
