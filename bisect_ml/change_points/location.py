"""Where each step is, how surely, and whether it is one at all."""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from bisect_ml.change_points.beside import profile_beside
from bisect_ml.change_points.observed import IntArray
from bisect_ml.change_points.ramps import join_staircases, weigh_starts
from bisect_ml.change_points.steps import StepFit
from bisect_ml.change_points.wander import wander_gains
from bisect_ml.change_points.whitening import Columns, Whitened
from bisect_ml.types import FloatArray

NEARBY = 2  # buckets: a change that is placed so near is placed well
BESIDE = 60  # points on either side of a step that tell the noise beside it
PRIOR_POINTS = 6.0
LEAST_LOUDNESS = 0.2  # of the noise beside a step, in units of the common variance
LOCAL_SHARE = 2 / 3  # of the price of a step, which the gain by local noise must reach
WANDER_SHARE = 1.0  # the same for the gain by what the series shows on the scale of its segments
OWN = 1e-3  # decides among places around which as much mass lies
MOST_TOGETHER = 25  # levels, up to which the drift is fitted anew for every place of a step
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


def settle_steps(fit: StepFit, penalty: float, min_size: int) -> StepFit:
    """Move each step to its likeliest place and drop what does not earn its penalty.

    The drift is fitted anew beside the steps that are left: what it can explain as well is no step.
    """
    whitened, drift = fit.whitened, fit.drift
    steps = _relocate(whitened, fit.steps, fit.smooth, min_size)
    while steps:
        level, rss, savings, more = whitened.levels_beside(steps, fit.smooth)
        if len(more):
            bend = fit.smooth.columns @ more
            drift, whitened = drift + bend, whitened.less(bend)
        local = _local_gains(whitened, fit.floor, steps, level, rss, savings)
        wander = wander_gains(whitened.residuals, steps, level)
        margins = [
            _gains(fit, len(steps), rss, savings) - penalty,
            local - LOCAL_SHARE * penalty,
            wander - WANDER_SHARE * penalty,
        ]
        margin = np.min(margins, axis=0)
        weakest = int(margin.argmin())
        if margin[weakest] >= 0:
            break
        steps = _relocate(whitened, steps[:weakest] + steps[weakest + 1 :], fit.smooth, min_size)
    return replace(fit, steps=steps, whitened=whitened, drift=drift)


def likeliest(mass: FloatArray, reach: int) -> int:
    """The place around which most of the mass lies, `reach` places on either side counted."""
    around = np.convolve(mass, np.ones(2 * reach + 1), "full")[reach : reach + len(mass)]
    return int((around + OWN * mass).argmax())


def locate_steps(fit: StepFit, penalty: float, min_size: int, reach: int) -> list[Located]:
    """Weigh the places of settled steps; those that make up a ramp are one."""
    whitened = fit.whitened
    if not fit.steps:
        return []
    level, rss, savings = whitened.levels(fit.steps)
    variance = max(rss / max(len(whitened) - fit.parameters - 2 * len(fit.steps), 1), fit.floor)
    gains = _gains(fit, len(fit.steps), rss, savings)
    steps = join_staircases(whitened, fit.steps, level, variance, penalty)
    gains = gains[np.isin(fit.steps, steps)]
    level = whitened.levels(steps)[0]
    edges = [0, *steps, len(whitened)]
    found = []
    for k in range(len(steps)):
        low, high = _room(edges, k + 1, min_size)
        profile = _profile(whitened, edges, k + 1, fit.smooth, low, high)
        places, mass = weigh_starts(whitened, edges[k], edges[k + 2], low, high, variance, profile)
        found.append(
            Located(
                at=int(places[likeliest(mass, reach)]),
                places=places,
                mass=mass,
                shift=float(level[k + 1] - level[k]),
                excess=float(gains[k] - penalty),
            )
        )
    return in_order(found, steps)


def in_order(found: list[Located], otherwise: list[int]) -> list[Located]:
    """The same steps, at the places `otherwise` if their likeliest places have passed one another."""
    if all(a.at < b.at for a, b in pairwise(found)):
        return found
    return [replace(one, at=at) for one, at in zip(found, otherwise, strict=True)]


def _gains(fit: StepFit, steps: int, rss: float, savings: FloatArray) -> FloatArray:
    """Log ratio of the variances without and with each step, times n, freed of the bias of fitting."""
    n = len(fit.whitened)
    free = max(n - fit.parameters - 2 * steps, 1)
    with_step = max(rss / free, fit.floor)
    without = np.maximum((rss + savings) / (free + 2), fit.floor)
    return n * np.log(without / with_step)


def _local_gains(
    whitened: Whitened, floor: float, steps: list[int], level: FloatArray, rss: float, savings: FloatArray
) -> FloatArray:
    """What each step gains by the noise beside it, instead of the noise of the whole.

    Where noise is quieter in one part of a series, every wobble of the loud part would pass for a step.
    As in the test of Welch (1947) each side brings its own variance, here drawn towards that of both by
    `PRIOR_POINTS`, and the heavier tail of a variance that few points tell.
    """
    n = len(whitened)
    common = max(rss / n, floor)
    squares = np.minimum(whitened.innovations_left(steps, level) ** 2, LARGEST_SQUARE * common)
    total = np.concatenate([[0.0], np.cumsum(squares)])
    at, edges = np.array(steps), np.array([0, *steps, n])
    length = np.diff(edges).astype(np.float64)
    low, high = np.maximum(edges[:-2], at - BESIDE), np.minimum(edges[2:], at + BESIDE)
    both = np.maximum((total[high] - total[low]) / (high - low), LEAST_LOUDNESS * common)
    before = (total[at] - total[low] + PRIOR_POINTS * both) / (at - low + PRIOR_POINTS) / length[:-1]
    after = (total[high] - total[at] + PRIOR_POINTS * both) / (high - at + PRIOR_POINTS) / length[1:]
    freedom = (before + after) ** 2 / (
        before**2 / (at - low - 1 + PRIOR_POINTS) + after**2 / (high - at - 1 + PRIOR_POINTS)
    )
    inflation = (before + after) / (common * (1 / length[:-1] + 1 / length[1:]))
    return np.asarray(freedom * np.log1p(savings / (common * inflation) / freedom))


def _room(edges: list[int], k: int, min_size: int) -> tuple[int, int]:
    """Half-open range of the places where step `k` may go between its neighbours."""
    low, high = edges[k - 1] + min_size, edges[k + 1] - min_size + 1
    return min(low, edges[k]), max(min(high, edges[-1]), edges[k] + 1)


def _relocate(whitened: Whitened, steps: list[int], smooth: Columns, min_size: int) -> list[int]:
    """Each step to its least sum of squares between its neighbours, twice over."""
    edges = [0, *steps, len(whitened)]
    for _ in range(2):
        for k in range(1, len(edges) - 1):
            low, high = _room(edges, k, min_size)
            cost, _ = _profile(whitened, edges, k, smooth, low, high)
            edges[k] = low + int(cost.argmin())
    return sorted(set(edges[1:-1]))


def _profile(
    whitened: Whitened, edges: list[int], k: int, smooth: Columns, low: int, high: int
) -> tuple[FloatArray, FloatArray]:
    """Sum of squares and determinant of step `k` at the places [low, high), the drift fitted to each anew.

    Given up to what all places share.
    """
    if not smooth.columns.shape[1] or len(edges) > MOST_TOGETHER:
        return whitened.profile(edges[k - 1], edges[k + 1], low, high)
    cost, determinant = profile_beside(whitened, edges[1:k] + edges[k + 1 : -1], smooth)
    return cost[low:high], determinant[low:high]
