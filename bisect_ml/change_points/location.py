"""Where each step is, how surely, and whether it is one at all."""

from dataclasses import dataclass

import numpy as np

from bisect_ml.change_points.observed import IntArray
from bisect_ml.change_points.ramps import join_staircases, weigh_starts
from bisect_ml.change_points.steps import StepFit
from bisect_ml.change_points.wander import wander_gains
from bisect_ml.change_points.whitening import Whitened
from bisect_ml.types import FloatArray

PRIOR_POINTS = 6.0
LOCAL_SHARE = 2 / 3  # of the price of a step, which the gain by local noise must reach
WANDER_SHARE = 1.0  # the same for the gain by what the series shows on the scale of its segments
LARGEST_SQUARE = 25.0  # of an innovation, in units of the common variance


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Located:
    """A step that stood the test: where it may be (`places`, with `mass`), its size and its excess.

    `excess` is what the step gains beyond its price, in units of n log(variance): twice a log-likelihood.
    """

    at: int
    places: IntArray
    mass: FloatArray
    shift: float
    excess: float


def locate_steps(fit: StepFit, penalty: float, min_size: int) -> list[Located]:
    """Move each step to its likeliest place, drop what does not earn its penalty, weigh the places."""
    whitened = fit.whitened
    steps = _relocate(whitened, fit.steps, min_size)
    while steps:
        level, rss, savings = whitened.levels(steps)
        gains = _gains(fit, len(steps), rss, savings)
        local = _local_gains(whitened, steps, level, rss, savings)
        wander = wander_gains(whitened.residuals, steps, level)
        margin = np.min(
            [gains - penalty, local - LOCAL_SHARE * penalty, wander - WANDER_SHARE * penalty], axis=0
        )
        weakest = int(margin.argmin())
        if margin[weakest] >= 0:
            break
        steps = _relocate(whitened, steps[:weakest] + steps[weakest + 1 :], min_size)
    if not steps:
        return []
    variance = max(rss / max(len(whitened) - fit.parameters - 2 * len(steps), 1), fit.floor)
    joined = join_staircases(whitened, steps, level, variance, penalty)
    if len(joined) < len(steps):
        gains = gains[np.isin(steps, joined)]
        steps = joined
        level = whitened.levels(steps)[0]
    edges = [0, *steps, len(whitened)]
    found = []
    for k in range(len(steps)):
        low, high = _room(edges, k + 1, min_size)
        places, mass = weigh_starts(whitened, edges[k], edges[k + 2], low, high, variance)
        found.append(
            Located(
                at=int(places[mass.argmax()]),
                places=places,
                mass=mass,
                shift=float(level[k + 1] - level[k]),
                excess=float(gains[k] - penalty),
            )
        )
    return found


def _gains(fit: StepFit, steps: int, rss: float, savings: FloatArray) -> FloatArray:
    """Log ratio of the variances without and with each step, times n, freed of the bias of fitting."""
    n = len(fit.whitened)
    free = max(n - fit.parameters - 2 * steps, 1)
    with_step = max(rss / free, fit.floor)
    without = np.maximum((rss + savings) / (free + 2), fit.floor)
    return n * np.log(without / with_step)


def _local_gains(
    whitened: Whitened, steps: list[int], level: FloatArray, rss: float, savings: FloatArray
) -> FloatArray:
    """What each step gains by the noise of its own two segments, instead of the noise of the whole.

    Where noise is quieter in one part of a series, every wobble of the loud part would pass for a step.
    As in the test of Welch (1947) each side brings its own variance, here drawn towards the common one
    by `PRIOR_POINTS`, and the heavier tail of a variance that few points tell.
    """
    n = len(whitened)
    common = max(rss / n, 1e-300)
    squares = np.minimum(whitened.innovations_left(steps, level) ** 2, LARGEST_SQUARE * common)
    edges = np.array([0, *steps, n])
    length = np.diff(edges).astype(np.float64)
    variance = (np.add.reduceat(squares, edges[:-1]) + PRIOR_POINTS * common) / (length + PRIOR_POINTS)
    share = variance / length
    inflation = (share[1:] + share[:-1]) / (common * (1 / length[1:] + 1 / length[:-1]))
    freedom = length - 1 + PRIOR_POINTS
    freedom = (share[1:] + share[:-1]) ** 2 / (share[1:] ** 2 / freedom[1:] + share[:-1] ** 2 / freedom[:-1])
    return np.asarray(freedom * np.log1p(savings / (common * inflation) / freedom))


def _room(edges: list[int], k: int, min_size: int) -> tuple[int, int]:
    """Half-open range of the places where step `k` may go between its neighbours."""
    low, high = edges[k - 1] + min_size, edges[k + 1] - min_size + 1
    return min(low, edges[k]), max(min(high, edges[-1]), edges[k] + 1)


def _relocate(whitened: Whitened, steps: list[int], min_size: int) -> list[int]:
    """Each step to its least sum of squares between its neighbours, twice over."""
    edges = [0, *steps, len(whitened)]
    for _ in range(2):
        for k in range(1, len(edges) - 1):
            low, high = _room(edges, k, min_size)
            cost, _ = whitened.profile(edges[k - 1], edges[k + 1], low, high)
            edges[k] = low + int(cost.argmin())
    return sorted(set(edges[1:-1]))
