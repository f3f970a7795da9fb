"""One series in, its change points out: the stages in order."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bisect_ml.change_points.amplitude import amplitude_steps
from bisect_ml.change_points.blocks import block_clock, block_means, block_size, place_steps
from bisect_ml.change_points.clock import Clock
from bisect_ml.change_points.description import describe, describe_stuck
from bisect_ml.change_points.drafts import PHIS, Search
from bisect_ml.change_points.flapping import without_flapping
from bisect_ml.change_points.location import NEARBY, Located, locate_steps, settle_steps
from bisect_ml.change_points.noises import Memories
from bisect_ml.change_points.observed import Observed, observe, without
from bisect_ml.change_points.precision import relative_precision, steady_weak_buckets
from bisect_ml.change_points.rare import is_rare, rare_steps
from bisect_ml.change_points.screen import may_change
from bisect_ml.change_points.season import MIN_TURNS, Harmonics, Season
from bisect_ml.change_points.spread import spread_steps
from bisect_ml.change_points.steps import StepFit, fit_steps
from bisect_ml.change_points.stuck import stuck_runs
from bisect_ml.change_points.transform import rescale
from bisect_ml.change_points.weekend import Weekend
from bisect_ml.types import ChangePoint, FloatArray

STEP_PRICE = 2.45  # in log n, a step
MOST_HIDDEN = 2  # steps that a drift may have drawn in; none where noise wanders as a drift does
RARE_PRICE = 3.0  # the same for a share with next to no hits
FEW = 100  # points; of fewer, two in a row can be a segment
SPREAD_PRICE = 4.0  # in log n, a step of spread
NOISELESS = 2.0  # times the least noise: below that there is no spread to change
SPREAD_STRETCH = 12  # fewest buckets of one spread

# Points that are commits are measured on machines that are slow for a while: their noise is never
# independent, and a step has to stand out of a wander.
WANDERING_PRICE = 3.5
WANDERING_PHIS = (0.5, 0.7, 0.85, 0.95)

# Series in which some neighbours are equal and some are not: medians of small numbers, counts.
OFTEN, MOSTLY = 0.05, 0.8
CONSTANT = 24  # equal neighbours in a row that are no tie of noise


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
    observed: Observed, *, extra: float = 0.0, metric: str | None = None, screened: bool = False
) -> list[ChangePoint]:
    """Find the changes of a series that is one of many.

    Args:
        observed: The series.
        extra: What is added to the price of a step because many series are looked at.
        metric: What the series measures, where known: it names the kind of change.
        screened: Whether to fit the whole model only where a quick look finds a reason to.
    """
    if observed.is_still:
        return []
    if observed.rows is not None and observed.clock.is_regular and is_rare(observed.values, observed.rows):
        return _rare_changes(observed, observed.rows, extra, metric)
    runs = stuck_runs(observed.values)
    if runs:
        moving = find_change_points(without(observed, runs), extra=extra, metric=metric, screened=screened)
        return sorted([*moving, *describe_stuck(observed, runs)], key=lambda change: change.index)
    clock = observed.clock
    scaled = rescale(observed.values, observed.rows)
    log_n = float(np.log(len(scaled.values)))
    price = (STEP_PRICE if clock.is_regular else WANDERING_PRICE) * log_n + extra
    spread_price = SPREAD_PRICE * log_n + extra
    if screened and not may_change(scaled.values, clock, price=price, spread_price=spread_price):
        return []
    precision = relative_precision(scaled.values, observed.rows)
    steadied = steady_weak_buckets(scaled.values, precision)
    size = block_size(len(steadied))
    coarse_clock = clock if size == 1 else block_clock(clock, size)
    coarse, precision = (steadied, precision) if size == 1 else block_means(steadied, precision, size)
    search = Search(
        memories=Memories(coarse_clock.step, precision / np.median(precision)),
        price=price,
        min_size=2 if len(scaled.values) < FEW else 3,
        floor=_least_variance(coarse),
        phis=PHIS if clock.is_regular else WANDERING_PHIS,
        most_hidden=MOST_HIDDEN if clock.is_regular else 0,
    )
    seasons, min_size = _seasons(coarse_clock), search.min_size
    fit = settle_steps(fit_steps(coarse, seasons, search), price, min_size)
    day = coarse_clock.cycles[0].length if coarse_clock.cycles else 0.0
    swings, swinging = amplitude_steps(fit, day, spread_price)
    if swings:
        coarse = coarse - swinging + fit.season
        fit = settle_steps(fit_steps(coarse, seasons, search), price, min_size)
    if size == 1:  # what is short among blocks is long among buckets
        lasting = without_flapping(fit.steps, fit.whitened.levels(fit.steps)[0], len(coarse))
        fit = replace(fit, steps=lasting)
    located = locate_steps(fit, price, search.min_size, NEARBY if clock.is_regular else 0)
    spreads = _spread_steps(fit, coarse_clock, spread_price)
    spreads = sorted(
        [*swings, *(one for one in spreads if all(abs(one.at - swing.at) > 2 * day for swing in swings))],
        key=lambda one: one.at,
    )
    if size > 1:
        located = place_steps(steadied, clock, fit, located, size)
        spreads = [replace(one, at=one.at * size, places=one.places * size) for one in spreads]
    levels = [one.at for one in located]
    changes = [describe(observed, one, levels, metric, "level") for one in located]
    at = sorted({*levels, *(one.at for one in spreads)})
    changes += [describe(observed, one, at, metric, "spread") for one in spreads]
    return sorted(changes, key=lambda change: change.index)


def _rare_changes(
    observed: Observed, rows: FloatArray, extra: float, metric: str | None
) -> list[ChangePoint]:
    """The changes of a share with next to no hits in a bucket."""
    price = RARE_PRICE * float(np.log(len(observed.values))) + extra
    located = rare_steps(observed.values, rows, observed.clock, price)
    at = [one.at for one in located]
    return [describe(observed, one, at, metric, "level", weights=rows) for one in located]


@lru_cache(maxsize=4)  # most series of a report share their clock
def _seasons(clock: Clock) -> list[Season]:
    """The day; days and weekends; any shape of the week: those that the series is long enough for."""
    step, cycles = clock.step, clock.cycles
    seasons: list[Season] = []
    if len(cycles) > 1 and cycles[0].name == "day":
        day = Harmonics(step, cycles[:1])
        seasons = [day, Weekend(day, cycles[1], step, is_known=clock.has_calendar)]
    if not seasons or cycles[-1].length * MIN_TURNS <= clock.span:
        seasons.append(Harmonics(step, cycles))
    return [season for season in seasons if len(season)]


def _spread_steps(fit: StepFit, clock: Clock, price: float) -> list[Located]:
    """Changes of spread; none where each point is a commit, whose spread is that of the machine."""
    level, rss, _ = fit.whitened.levels(fit.steps)
    if rss <= NOISELESS * fit.floor * len(fit.whitened) or not clock.is_regular:
        return []
    left = fit.whitened.innovations_left(fit.steps, level) / np.sqrt(rss / len(fit.whitened))
    day = max((int(cycle.length) for cycle in clock.cycles if cycle.name == "day"), default=0)
    return spread_steps(left, clock.step, fit.steps, max(day, SPREAD_STRETCH), price)


def _least_variance(values: FloatArray) -> float:
    """The least noise that a series can have, by the jumps that it shows.

    Where neighbours are often equal (medians of small numbers, counts), the usual size of a jump says
    more than the stretches without any. Where a series hardly ever moves, each move may be a step; and a
    stretch that is constant for long (no prediction was missing, until some were) has no such noise.
    """
    jumps = np.abs(np.diff(values))
    noisy = len(jumps) - _constant(jumps == 0, at_least=max(CONSTANT, len(jumps) // 10))
    moves = jumps[jumps > 0]
    if OFTEN * len(jumps) <= len(moves) <= MOSTLY * noisy:
        return max(float(np.median(moves) / 2) ** 2 * noisy / len(jumps), 1e-12)
    return max((float(moves.min()) / 50) ** 2, 1e-12)


def _constant(ties: NDArray[np.bool_], *, at_least: int) -> int:
    """How many ties stand in runs of so many or more."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], ties, [False]]).astype(np.int8)))
    lengths = edges[1::2] - edges[::2]
    return int(lengths[lengths >= at_least].sum())
