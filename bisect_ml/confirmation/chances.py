"""The chance that rows before a place and those after it differ so much, over many spans of blocks."""

import numpy as np
from scipy.special import stdtr

from bisect_ml.confirmation.hours import HOUR_BLOCK_S
from bisect_ml.types import FloatArray

SHORTEST_BLOCK_S = 15 * 60.0
BLOCKS_A_SIDE = 6
HORIZONS_S = tuple(hours * 3600.0 for hours in (3, 6, 12, 24, 72, 168))
FARTHEST_S = HORIZONS_S[-1]
# How far to look back and ahead. What lasted hours is told best from a longer stretch on its other side.
SPANS_S = tuple(
    span
    for horizon in HORIZONS_S
    for span in ((horizon, horizon), (4 * horizon, horizon), (horizon, 4 * horizon))
    if max(span) <= FARTHEST_S
)
MIN_BLOCKS = 3
MIN_ROWS = 15


def smallest_p(
    times: FloatArray,
    ranked: FloatArray,
    low: float,
    high: float,
    stretch: float,
    *,
    prior: float = MIN_ROWS,
) -> float:
    """Return the smallest chance over channels and spans, after Bonferroni's correction."""
    if not ((times < low).any() and (times >= high).any()):
        return 1.0
    reach = min(low - float(times[0]), float(times[-1]) - high)
    totals = [_totals(channel) for channel in ranked.T]
    usual = [_variance(total[:, -1]) for total in totals]
    chances = []
    for back, ahead in ((stretch * back, stretch * ahead) for back, ahead in SPANS_S):
        # A break that lasted hours has no room for blocks of three hours.
        length = float(np.clip(min(back, ahead, reach) / BLOCKS_A_SIDE, SHORTEST_BLOCK_S, HOUR_BLOCK_S))
        before = -np.minimum(length * np.arange(int(np.ceil(back / length)), -1, -1), back)
        after = np.minimum(length * np.arange(int(np.ceil(ahead / length)) + 1), ahead)
        edges = [np.searchsorted(times, low + before), np.searchsorted(times, high + after)]
        for total, variance in zip(totals, usual, strict=True):
            first, second = (np.diff(total[:, edge]) for edge in edges)
            chances.append(_chance(first, second, variance, prior))
    return min(1.0, min(chances) * len(chances))


def _totals(values: FloatArray) -> FloatArray:
    """How many numbers come before each place of the rows, and one place more; their sum and their squares'.

    The sums of any block are differences of these: a span of blocks costs no pass over the rows.
    """
    known = np.isfinite(values)
    numbers = np.where(known, values, 0.0)
    total = np.zeros((3, len(values) + 1))
    np.cumsum(np.stack([known, numbers, numbers**2]), axis=1, out=total[:, 1:])
    return total


def _variance(total: FloatArray) -> float:
    """The variance of rows by their number, their sum and the sum of their squares."""
    rows, sums, squares = (float(each) for each in total)
    return squares / rows - (sums / rows) ** 2 if rows else 0.0


def _chance(before: FloatArray, after: FloatArray, usual: float, prior: float) -> float:
    """Two-sided chance of the difference between the blocks before and those after.

    Each side has the number of rows, their sum and the sum of their squares, a column for every block;
    `usual` is the variance of all rows that are known, those outside the blocks too, and is believed like
    that of `prior` rows. Rows of the same hours share their weather, so they vary more between blocks than
    independent rows would. By how much is estimated from all blocks together, as the dispersion of a
    quasi-likelihood (Wedderburn 1974), and never let under one.
    """
    used = [int(np.count_nonzero(side[0])) for side in (before, after)]
    if min(used) < MIN_BLOCKS or min(side[0].sum() for side in (before, after)) < MIN_ROWS:
        return 1.0
    spread, error, means = 0.0, 0.0, []
    variance_of_all = max(usual, _variance(before.sum(axis=1) + after.sum(axis=1)))
    for rows, sums, squares in (before, after):
        count = rows.sum()
        mean = sums.sum() / count
        variance = squares.sum() / count - mean**2
        # A few rows that happen to agree are not known to agree always: nulls, tails and classes that are
        # rare at some hours and common at others are centred hour by hour, and constant while none comes.
        variance = variance_of_all + (variance - variance_of_all) * count / (count + prior)
        between = np.sum((sums - mean * rows) ** 2 / np.maximum(rows, 1))
        spread += between / variance if variance > 0 else 0.0
        error += max(variance, 0.0) / count
        means.append(mean)
    freedom = sum(used) - 2
    difference = float(means[1] - means[0])
    if abs(difference) < np.finfo(float).eps or error == 0:
        return 1.0 if abs(difference) < np.finfo(float).eps else 0.0
    t = abs(difference) / float(np.sqrt(error * max(1.0, spread / freedom)))
    return float(2 * stdtr(freedom, -t))
