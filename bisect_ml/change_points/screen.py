"""A quick look that tells series in which nothing may have changed: most of them, at a twentieth of the cost.

Moving sums compare the mean of a window with that of a longer window before (or after) it. They are
studentised by their own median deviation over the series, so that neither autocorrelation nor drift raises
them, and a step does: the idea of MOSUM tests (Eichinger and Kirch 2018) with a noise level for each width.
"""

import numpy as np

from bisect_ml.change_points.clip import MAD_TO_SIGMA, clip_outliers, median
from bisect_ml.change_points.clock import Clock
from bisect_ml.types import FloatArray

FIRST_WIDTH = 3
FIRST_SPREAD_WIDTH = 12
FIRST_SWING_WIDTH = 2  # days
SWING_SHARE = 0.8  # the same for swings: a step of few days widens the deviation that it is held against
FEWEST_DAYS = 8
LEAST_SWING = 0.25  # of the deviation of a series, in which the day swings at all
GROWTH = 1.5
LONGER = 4  # how many times longer the window is that a window is held against
FEWEST_WINDOWS = 12  # from how many a deviation can be told; longer windows borrow from shorter ones
STRIDES = 8  # places a window, at which it is held against its neighbours
SHARE = 0.95  # of the root of the price: the windows do not fit a step as well as the model does


def may_change(values: FloatArray, clock: Clock, *, price: float, spread_price: float) -> bool:
    """Whether standardised `values` may hold a step of level, or of spread, that is worth its price."""
    profile = _profile(values, clock)
    flat = clip_outliers(values - profile)
    if _stands_out(flat, SHARE * np.sqrt(price), FIRST_WIDTH):
        return True
    jumps = np.abs(np.diff(flat))
    sizes = np.log(jumps + jumps.mean() / 5 + 1e-12)
    if _stands_out(sizes, SHARE * np.sqrt(spread_price), FIRST_SPREAD_WIDTH):
        return True
    swings = _daily_swings(flat + profile, profile, clock)
    if not len(swings):
        return False
    fewest = min(FEWEST_WINDOWS, len(swings) // FIRST_SWING_WIDTH)
    return _stands_out(swings, SWING_SHARE * np.sqrt(spread_price), FIRST_SWING_WIDTH, fewest)


def _daily_swings(values: FloatArray, profile: FloatArray, clock: Clock) -> FloatArray:
    """How widely each day swings, in units of the usual day; empty where days are few or flat."""
    is_short = clock.span < FEWEST_DAYS * max((one.length for one in clock.cycles[:1]), default=np.inf)
    if is_short or np.std(profile) < LEAST_SWING:
        return np.zeros(0)
    day = np.floor(clock.cycles[0].phase - clock.cycles[0].phase[0]).astype(np.int64)
    shape = profile - profile.mean()
    size = np.bincount(day, shape * shape)
    whole = size > size.max() / 2
    return np.asarray(np.bincount(day, shape * values)[whole] / size[whole])


def _stands_out(values: FloatArray, bar: float, first_width: int, fewest: int = FEWEST_WINDOWS) -> bool:
    """Whether a window differs from what is next to it by more than `bar` deviations, at any width."""
    n = len(values)
    total = np.concatenate([[0.0], np.cumsum(values - values.mean())])
    usual, width = np.zeros(1), float(first_width)
    usual_width = first_width
    while width <= n / 2:
        h = int(width)
        contrast = _contrasts(total, h)
        if n >= fewest * h:
            contrast -= median(contrast)
            np.abs(contrast, out=contrast)
            usual, usual_width = contrast, h
        else:
            np.abs(contrast, out=contrast)
        # The deviation of a width goes with the root of it.
        least = float(contrast.max()) * (h / usual_width) ** 0.5 / (bar * MAD_TO_SIGMA)
        if _median_is_below(usual, least):
            return True
        width *= GROWTH
    return False


def _contrasts(total: FloatArray, h: int) -> FloatArray:
    """Means of windows of `h` less those of the longer windows before or after, from running sums."""
    n = len(total) - 1
    at = np.arange(h, n - h + 1, max(1, h // STRIDES))
    far_before, far_after = np.maximum(at - LONGER * h, 0), np.minimum(at + LONGER * h, n)
    here = total[at]
    contrast = np.empty((2, len(at)))
    contrast[0] = (total[at + h] - here) / h - (here - total[far_before]) / (at - far_before)
    contrast[1] = (here - total[at - h]) / h - (total[far_after] - here) / (far_after - at)
    return contrast


def _median_is_below(sizes: FloatArray, bar: float) -> bool:
    """Whether the median is below a bar: counting tells it quicker than sorting, but for a near miss."""
    below = int(np.count_nonzero(sizes < bar))
    if 2 * below == sizes.size:
        return median(sizes) < bar
    return 2 * below > sizes.size


def _profile(values: FloatArray, clock: Clock) -> FloatArray:
    """The mean of each hour of the day, weekends apart where they are known."""
    day = next((cycle for cycle in clock.cycles if cycle.name == "day"), None)
    if day is None or clock.span < 3 * day.length:
        return np.zeros_like(values)
    hours = int(np.ceil(day.length))
    slot = np.minimum((day.phase % 1.0 * hours + 1e-6).astype(np.int64), hours - 1)
    week = next((cycle for cycle in clock.cycles if cycle.name == "week"), None)
    if week is not None and clock.has_calendar and clock.span >= 2 * week.length:
        slot = slot + hours * (week.phase % 1.0 * 7 + 1e-6 >= 5)
    rows = np.maximum(np.bincount(slot), 1)
    means: FloatArray = np.bincount(slot, clip_outliers(values)) / rows
    return np.asarray(means[slot])
