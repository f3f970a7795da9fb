"""Changes of the seasonal amplitude alone: the day keeps its shape, and swings wider or less.

The season is one column, whose coefficient may step. Segments of one coefficient cost their sum of squares,
and a step must also stand out of how much the coefficient differs from day to day, as days are never alike.
"""

from dataclasses import dataclass

import numpy as np

from bisect_ml.change_points.drafts import PHIS
from bisect_ml.change_points.location import NEARBY, Located, likeliest
from bisect_ml.change_points.observed import IntArray
from bisect_ml.change_points.partition import cheapest_steps, criterion_of
from bisect_ml.change_points.steps import StepFit
from bisect_ml.change_points.whitening import Whitened
from bisect_ml.types import FloatArray

LEAST_FACTOR = 1.4
LEAST_DAYS = 2.5  # of one amplitude
PLACES_A_DAY = 2
MOST_PLACES = 200
DAILY_SHARE = 2 / 3  # of the price, which the gain by the differences between days must reach
PRIOR_DAYS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Swing:
    """Running sums over a series whose season has a coefficient of its own in every segment."""

    xx: FloatArray
    xv: FloatArray
    vv: FloatArray

    def amplitude(self, start: IntArray, stop: IntArray) -> FloatArray:
        """The coefficient of the season in segments [start, stop)."""
        return np.asarray((self.xv[stop] - self.xv[start]) / self._size(start, stop))

    def cost(self, start: IntArray, stop: IntArray) -> FloatArray:
        """What the season leaves of the sum of squares in segments [start, stop)."""
        cross = self.xv[stop] - self.xv[start]
        return np.asarray(self.vv[stop] - self.vv[start] - cross * cross / self._size(start, stop))

    def _size(self, start: IntArray, stop: IntArray) -> FloatArray:
        return np.asarray(np.maximum(self.xx[stop] - self.xx[start], 1e-12))


def amplitude_steps(fit: StepFit, day: float, penalty: float) -> tuple[list[Located], FloatArray]:
    """Steps of the amplitude of the season of a fit, and the season as it swings between them.

    Args:
        fit: The settled fit of a series.
        day: Points in a turn of the shortest cycle of the season.
        penalty: Price of a step, in units of n log(variance).
    """
    n, min_size = len(fit.season), int(LEAST_DAYS * day)
    if not fit.columns or n < 2 * min_size or day < 2 or not np.ptp(fit.season):
        return [], fit.season
    swing, steps, lost = _likeliest_swing(fit, day, min_size, penalty)
    days = np.arange(0, n + 1, round(day))
    while steps:
        edges = np.array([0, *steps, n])
        spent = float(swing.cost(edges[:-1], edges[1:]).sum())
        margin = _margins(swing, edges, days, spent, fit, penalty, lost / len(steps))
        weakest = int(margin.argmin())
        if margin[weakest] >= 0:
            break
        steps = [*steps[:weakest], *steps[weakest + 1 :]]
    if not steps:
        return [], fit.season
    variance = max(spent / n, fit.floor)
    found = [_located(swing, edges, k, min_size, variance, float(margin[k])) for k in range(len(steps))]
    edges = np.array([0, *(one.at for one in found), n])
    return found, np.repeat(swing.amplitude(edges[:-1], edges[1:]), np.diff(edges)) * fit.season


def _likeliest_swing(
    fit: StepFit, day: float, min_size: int, penalty: float
) -> tuple[Swing, list[int], float]:
    """The sums and steps for the likeliest noise coefficient, and what that one costs without steps.

    Days of another amplitude leave a part of the season behind, which a fit takes for long memory.
    """
    n, whitened = len(fit.season), fit.whitened
    grid = np.linspace(0, n, 1 + min(round(PLACES_A_DAY * n / day), MOST_PLACES)).astype(np.int64)
    is_long = grid[:, None] - grid[:-1] >= min_size
    tried, parameters = [], fit.parameters + 2 * len(fit.steps)
    for phi in {whitened.phi, *(phi for phi in PHIS if phi < whitened.phi)}:
        noise = whitened if phi == whitened.phi else whitened.with_memory(phi)
        swing = _swing(fit, noise)
        cost = np.where(is_long, swing.cost(grid[:-1], grid[:, None]), np.inf)
        (steps,) = cheapest_steps(
            cost[None], grid, n, penalty=penalty, parameters=np.array([parameters]), floor=fit.floor
        )
        edges = np.array([0, *steps, n])
        spent = float(swing.cost(edges[:-1], edges[1:]).sum())
        rss, sizes = np.array([cost[-1, 0], spent]), np.array([0, len(steps)])
        criterion = criterion_of(n, rss, sizes, np.array([parameters]), fit.floor) + noise.log_determinant
        plain, stepped = (criterion + penalty * sizes).tolist()
        tried.append((stepped, phi, plain, swing, steps))
    _, _, plain, swing, steps = min(tried, key=lambda one: one[:2])
    return swing, steps, plain - min(one[2] for one in tried)


def _swing(fit: StepFit, whitened: Whitened) -> Swing:
    """The sums of a fit under some noise, its levels taken off and its season left in."""
    level = whitened.levels(fit.steps)[0]
    left = whitened.residuals - np.repeat(level, np.diff([0, *fit.steps, len(whitened)]))
    season = fit.season - fit.season.mean()
    both = np.column_stack([season, left + season])
    both[1:] -= whitened.carry[1:, None] * both[:-1]
    x, v = both.T
    sums = [np.concatenate([[0.0], np.cumsum(whitened.weight * one)]) for one in (x * x, x * v, v * v)]
    return Swing(xx=sums[0], xv=sums[1], vv=sums[2])


def _margins(
    swing: Swing,
    edges: IntArray,
    days: IntArray,
    spent: float,
    fit: StepFit,
    penalty: float,
    lost: float,
) -> FloatArray:
    """What each step gains beyond its price, by the likelihood and by the differences of days.

    `lost` is what its noise model costs beside the likeliest one without steps. Small steps gain nothing.
    """
    n = len(fit.season)
    joined = swing.cost(edges[:-2], edges[2:]) - swing.cost(edges[:-2], edges[1:-1])
    joined -= swing.cost(edges[1:-1], edges[2:])
    gain = n * np.log1p(joined / max(spent, n * fit.floor))
    amplitude = swing.amplitude(edges[:-1], edges[1:])
    daily, middle = swing.amplitude(days[:-1], days[1:]), (days[:-1] + days[1:]) / 2
    segment = np.searchsorted(edges, middle, side="right") - 1
    count = np.maximum(np.bincount(segment, minlength=len(amplitude)), 1).astype(np.float64)
    squares = np.bincount(segment, (daily - amplitude[segment]) ** 2, len(amplitude))
    common = float(squares.sum()) / max(len(daily) - len(amplitude), 1)
    variance = (squares + PRIOR_DAYS * common) / (count - 1 + PRIOR_DAYS) / count
    freedom = count[1:] + count[:-1] - 2 + PRIOR_DAYS
    noise = np.maximum(variance[1:] + variance[:-1], 1e-300)
    by_days = freedom * np.log1p(np.diff(amplitude) ** 2 / noise / freedom)
    low, high = np.sort(np.abs([amplitude[1:], amplitude[:-1]]), axis=0)
    is_large = high >= LEAST_FACTOR * low
    return np.where(is_large, np.minimum(gain - lost - penalty, by_days - DAILY_SHARE * penalty), -np.inf)


def _located(swing: Swing, edges: IntArray, k: int, min_size: int, variance: float, excess: float) -> Located:
    """Where step `k` may be between its neighbours, to the point."""
    start, stop = edges[k], edges[k + 2]
    places = np.arange(start + min_size, stop - min_size + 1)
    cost = swing.cost(start, places) + swing.cost(places, stop)
    mass = np.exp(-(cost - cost.min()) / (2 * variance))
    before, after = np.abs(swing.amplitude(edges[k : k + 2], edges[k + 1 : k + 3]))
    return Located(
        at=int(places[likeliest(mass, NEARBY)]),
        places=places,
        mass=mass / mass.sum(),
        shift=float(np.log(max(after, 1e-12) / max(before, 1e-12))),
        excess=excess,
    )
