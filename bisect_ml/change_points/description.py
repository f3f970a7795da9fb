"""Located steps in the caller's own buckets and units: what people and the later stages read."""

from dataclasses import replace

import numpy as np

from bisect_ml.change_points.location import Located
from bisect_ml.change_points.observed import Observed
from bisect_ml.change_points.stuck import stuck_runs
from bisect_ml.types import ChangePoint, FloatArray, ShiftKind

COVERED = 0.9
RATIO = 2.0
CONFIDENCE_SCALE = 8.0  # fitted to synthetic series: a step at its bare price is true half the time


def describe(
    observed: Observed, located: Located, all_steps: list[int], metric: str | None, kind: ShiftKind
) -> ChangePoint:
    """Say in the caller's terms what a located step is; `all_steps` bound the stretches beside it."""
    edges = [0, *all_steps, len(observed.values)]
    k = edges.index(located.at, 1)
    statistic = np.std if kind == "spread" else np.median
    before = float(statistic(observed.values[edges[k - 1] : located.at]))
    after = float(statistic(observed.values[located.at : edges[k + 1]]))
    posterior = _posterior(observed, located)
    index = int(observed.index[located.at])
    return ChangePoint(
        index=index,
        interval=_interval(posterior, index),
        posterior=posterior,
        before=before,
        after=after,
        kind=_kind(before, after, metric) if kind == "level" else kind,
        confidence=float(1 / (1 + np.exp(-located.excess / CONFIDENCE_SCALE))),
    )


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
    """First and last bucket of the smallest set that holds 90 %, the index always among them."""
    order = np.argsort(-posterior, kind="stable")
    enough = int(np.searchsorted(np.cumsum(posterior[order]), COVERED)) + 1
    kept = order[:enough]
    return min(int(kept.min()), index), max(int(kept.max()), index)


def _kind(before: float, after: float, metric: str | None) -> ShiftKind:
    if metric == "null_rate":
        return "null rate"
    if metric is not None and metric.startswith("share["):
        return "share"
    low, high = sorted((abs(before), abs(after)))
    return "ratio" if low > 0 and high >= RATIO * low else "level"


def add_stuck(observed: Observed, changes: list[ChangePoint]) -> list[ChangePoint]:
    """Name the changes that begin a run of one value, and add those that nothing else showed."""
    for start, _stop in stuck_runs(observed.values):
        if start == 0:
            continue
        at = int(observed.index[start])
        near = [change for change in changes if change.interval[0] - 2 <= at <= change.interval[1] + 2]
        posterior = np.zeros(observed.length)
        posterior[at] = 1.0
        found = ChangePoint(
            index=at,
            interval=(at, at),
            posterior=posterior,
            before=float(np.median(observed.values[:start])),
            after=float(observed.values[start]),
            kind="stuck",
            confidence=0.99,
        )
        if near:
            found = replace(near[0], kind="stuck", after=found.after)
            changes = [change for change in changes if change is not near[0]]
        changes = [*changes, found]
    return changes
