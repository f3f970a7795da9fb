"""One series in, its change points out: the stages in order."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from bisect_ml.change_points.location import Located, locate_steps
from bisect_ml.change_points.observed import Observed, observe
from bisect_ml.change_points.precision import relative_precision, steady_weak_buckets
from bisect_ml.change_points.season import MIN_TURNS, Harmonics, Season
from bisect_ml.change_points.spread import spread_steps
from bisect_ml.change_points.steps import PHIS, Search, fit_seasonal_steps, fit_steps
from bisect_ml.change_points.stuck import stuck_runs
from bisect_ml.change_points.transform import rescale
from bisect_ml.change_points.weekend import Weekend
from bisect_ml.types import ChangePoint, FloatArray, ShiftKind

STEP_PRICE = 3.0  # in log n, a step
WANDERING_PRICE = 3.5
WANDERING_PHIS = (0.5, 0.7, 0.85, 0.95)
COVERED = 0.9
OFTEN, MOSTLY = 0.05, 0.8
RATIO = 2.0
PRIOR_GAIN = 4.0


def detect(
    values: ArrayLike,
    *,
    counts: ArrayLike | None = None,
    times: ArrayLike | None = None,
    period: float | None = None,
    timezone: str = "UTC",
) -> list[ChangePoint]:
    """Find where a series changed, oldest first.

    Args:
        values: One number per bucket; NaN or infinite is an empty bucket.
        counts: Rows behind each value; a bucket of none is empty.
        times: Bucket starts, `datetime64` or epoch seconds, strictly increasing; they give the real
            hour and weekday. Irregular times are points without a calendar.
        period: Buckets in a day, where there are no times.
        timezone: The zone whose days and weeks the series follows.

    Raises:
        InputError: The arrays do not fit together.
        ConfigError: The time zone is unknown.
    """
    observed = observe(values, counts=counts, times=times, period=period, timezone=timezone)
    return find_change_points(observed)


def find_change_points(
    observed: Observed, *, extra: float = 0.0, metric: str | None = None
) -> list[ChangePoint]:
    """Find the changes of a series that is one of many.

    Args:
        observed: The series.
        extra: What is added to the price of a step because many series are looked at.
        metric: What the series measures, where known: it names the kind of change.
    """
    if observed.is_still:
        return []
    n = len(observed.values)
    scaled = rescale(observed.values, observed.rows)
    min_size = 2 if n < 100 else 3
    precision = relative_precision(scaled.values, observed.rows)
    search = Search(
        step=observed.step,
        precision=precision,
        price=(STEP_PRICE if observed.is_regular else WANDERING_PRICE) * float(np.log(n)) + extra,
        min_size=min_size,
        floor=_least_variance(scaled.values),
        phis=PHIS if observed.is_regular else WANDERING_PHIS,
    )
    values = steady_weak_buckets(scaled.values, precision)
    seasonal = [fit_seasonal_steps(values, season, search) for season in _seasons(observed)]
    fits = [fit_steps(values, search), *(fit for fit in seasonal if fit is not None)]
    fit = min(fits, key=lambda fit: fit.criterion)
    located = locate_steps(fit, search.price, min_size)
    levels = [one.at for one in located]
    changes = [_change_point(observed, one, levels, metric, "level") for one in located]
    level, rss, _ = fit.whitened.levels(levels)
    left = fit.whitened.innovations_left(levels, level)
    sigma = float(np.sqrt(rss / n))
    if sigma > 0 and observed.is_regular:
        cycle = max((cycle.length for cycle in observed.cycles if cycle.name == "day"), default=12)
        wide = max(int(cycle), 12)
        spreads = spread_steps(left / sigma, observed.step, levels, wide, extra)
        at = sorted([*levels, *(one.at for one in spreads)])
        changes += [_change_point(observed, one, at, metric, "spread") for one in spreads]
    return sorted(_with_stuck(observed, changes), key=lambda change: change.index)


def _seasons(observed: Observed) -> list[Season]:
    """The day; days and weekends; any shape of the week: those that the series is long enough for."""
    step, cycles = observed.step, observed.cycles
    seasons: list[Season] = []
    if len(cycles) > 1 and cycles[0].name == "day":
        day = Harmonics(step, cycles[:1])
        seasons = [day, Weekend(day, cycles[1], step, is_known=observed.has_calendar)]
    if not seasons or cycles[-1].length * MIN_TURNS <= step[-1] - step[0] + 1:
        seasons.append(Harmonics(step, cycles))
    return [season for season in seasons if len(season)]


def _least_variance(values: FloatArray) -> float:
    """The least noise that a series can have, by the jumps that it shows.

    Where neighbours are often equal (medians of small numbers, counts), the usual size of a jump says
    more than the stretches without any. Where a series hardly ever moves, each move may be a step.
    """
    jumps = np.abs(np.diff(values))
    jumps = jumps[jumps > 0]
    if OFTEN * (len(values) - 1) <= len(jumps) <= MOSTLY * (len(values) - 1):
        return float(np.median(jumps) / 2) ** 2
    return max((float(jumps.min()) / 4) ** 2, 1e-12)


def _change_point(
    observed: Observed, located: Located, all_steps: list[int], metric: str | None, kind: ShiftKind
) -> ChangePoint:
    edges = [0, *all_steps, len(observed.values)]
    k = edges.index(located.at, 1)
    statistic = np.std if kind == "spread" else np.median
    before = float(statistic(observed.values[edges[k - 1] : located.at]))
    after = float(statistic(observed.values[located.at : edges[k + 1]]))
    posterior = _posterior(observed, located)
    index = int(observed.index[located.at])
    gain = located.gain - PRIOR_GAIN * float(np.log(len(observed.values))) / 2
    return ChangePoint(
        index=index,
        interval=_interval(posterior, index),
        posterior=posterior,
        before=before,
        after=after,
        kind=_kind(before, after, metric) if kind == "level" else kind,
        confidence=float(1 / (1 + np.exp(-min(gain / 2, 30.0)))),
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


def _with_stuck(observed: Observed, changes: list[ChangePoint]) -> list[ChangePoint]:
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
