"""Located steps in the caller's own buckets and units: what people and the later stages read."""

import numpy as np

from bisect_ml.change_points.location import Located
from bisect_ml.change_points.observed import Observed
from bisect_ml.types import SHARES, ChangePoint, FloatArray, ShiftKind

COVERED = 0.9
ROUNDING = 1e-12
RATIO = 2.0
SURE = 0.99
CONFIDENCE_SCALE = 8.0  # fitted to synthetic series: a step at its bare price is true half the time


def describe(
    observed: Observed,
    located: Located,
    all_steps: list[int],
    metric: str | None,
    kind: ShiftKind,
    weights: FloatArray | None = None,
) -> ChangePoint:
    """Say in the caller's terms what a located step is; `all_steps` bound the stretches beside it.

    Levels are medians, or means by `weights` where those are given, deviations for a change of spread.
    """
    edges = [0, *all_steps, len(observed.values)]
    k = edges.index(located.at, 1)

    def size(stretch: slice) -> float:
        if weights is not None:
            return float(np.average(observed.values[stretch], weights=weights[stretch]))
        return float((np.std if kind == "spread" else np.median)(observed.values[stretch]))

    before, after = size(slice(edges[k - 1], located.at)), size(slice(located.at, edges[k + 1]))
    posterior = _posterior(observed, located)
    index = _bucket(observed, located.at)
    return ChangePoint(
        index=index,
        interval=_interval(posterior, index),
        posterior=posterior,
        before=before,
        after=after,
        kind=_kind(before, after, metric) if kind == "level" else kind,
        confidence=float(1 / (1 + np.exp(-located.excess / CONFIDENCE_SCALE))),
    )


def _bucket(observed: Observed, at: int) -> int:
    """The bucket of a step before point `at`: the middle of the empty ones that it may have fallen among.

    Where points are commits, a missing one is no stretch of time, and the step is the first that shows.
    """
    shown = int(observed.index[at])
    if not observed.clock.is_regular:
        return shown
    return shown - (shown - int(observed.index[at - 1]) - 1) // 2


def _posterior(observed: Observed, located: Located) -> FloatArray:
    """Probability per bucket of the caller's array; empty buckets before a place share its mass."""
    posterior = np.zeros(observed.length)
    for place, mass in zip(located.places, located.mass, strict=True):
        if mass > 1e-12:
            first = int(observed.index[place - 1]) + 1
            last = int(observed.index[place])
            posterior[first : last + 1] += mass / (last - first + 1)
    posterior /= posterior.sum()
    return posterior


def _interval(posterior: FloatArray, index: int) -> tuple[int, int]:
    """First and last bucket of the shortest stretch that holds 90 % and the index, and what is as likely."""
    total = np.concatenate([[0.0], np.cumsum(posterior)])
    lows = np.arange(index + 1)
    enough = total[lows] + COVERED
    highs = np.maximum(np.searchsorted(total, enough - ROUNDING), index + 1)
    lows, highs = lows[enough - ROUNDING <= total[-1]], highs[enough - ROUNDING <= total[-1]]
    held = total[highs] - total[lows]
    best = np.lexsort((-held, highs - lows))[0]
    low, high = int(lows[best]), int(highs[best]) - 1
    while low > 1 and posterior[low - 1] >= posterior[low] * (1 - ROUNDING) > 0:
        low -= 1
    while high < len(posterior) - 1 and posterior[high + 1] >= posterior[high] * (1 - ROUNDING) > 0:
        high += 1
    return low, high


def _kind(before: float, after: float, metric: str | None) -> ShiftKind:
    if metric == "null_rate":
        return "null rate"
    if metric is not None and metric.startswith(SHARES):
        return "share"
    low, high = sorted((abs(before), abs(after)))
    return "ratio" if low > 0 and high >= RATIO * low else "level"


def describe_stuck(observed: Observed, runs: list[tuple[int, int]]) -> list[ChangePoint]:
    """The start of each stuck run, and its end where the series moves again."""
    values, n = observed.values, len(observed.values)
    found = []
    for start, stop in runs:
        if start > 0:
            found.append(_certain(observed, start, float(np.median(values[:start])), float(values[start])))
        if stop < n:
            found.append(_certain(observed, stop, float(values[start]), float(np.median(values[stop:]))))
    return found


def _certain(observed: Observed, at: int, before: float, after: float) -> ChangePoint:
    """A change that lies at point `at`, or in any of the empty buckets before it."""
    first, last = int(observed.index[at - 1]) + 1, int(observed.index[at])
    posterior = np.zeros(observed.length)
    posterior[first : last + 1] = 1 / (last - first + 1)
    return ChangePoint(
        index=_bucket(observed, at),
        interval=(first, last),
        posterior=posterior,
        before=before,
        after=after,
        kind="stuck",
        confidence=SURE,
    )
