"""Changes of spread: steps in the logarithm of the size of what the level fit left over."""

import numpy as np

from bisect_ml.change_points.candidates import candidate_steps
from bisect_ml.change_points.clip import clip_outliers
from bisect_ml.change_points.location import NEARBY, Located, in_order, likeliest, locate_steps, settle_steps
from bisect_ml.change_points.noises import Noises, WhitenedByEach
from bisect_ml.change_points.partition import criterion_of
from bisect_ml.change_points.steps import StepFit
from bisect_ml.change_points.whitening import Whitened, noise_at
from bisect_ml.types import FloatArray

MIN_POINTS = 100
LEAST = 0.35  # least step of the log scale: a factor of 1.4
SOFTENING = 0.2  # keeps the logarithm of a residual near nought within bounds
PHIS = (0.0, 0.3, 0.6)
LARGEST_SQUARE = 25.0
FLOOR = 1e-4


def spread_steps(
    left: FloatArray, step: FloatArray, levels: list[int], min_size: int, penalty: float
) -> list[Located]:
    """Steps of spread in the innovations `left` (unit variance), none of them next to a level step.

    Args:
        left: Innovations that the level fit left, in order.
        step: When each was taken, in buckets.
        levels: Level steps already found.
        min_size: Fewest points of a stretch of one spread.
        penalty: Price of a step, in units of n log(variance).
    """
    n = len(left)
    if n < max(MIN_POINTS, 4 * min_size):
        return []
    size = clip_outliers(np.log(np.abs(left) + SOFTENING), reach=4.0)
    if np.ptp(size) == 0:
        return []
    size = (size - np.median(size)) / np.std(size)
    unit = float(np.std(np.log(np.abs(left) + SOFTENING)))
    fit = settle_steps(_fit(size, step, penalty, min_size), penalty, min_size)
    rough = locate_steps(fit, penalty, min_size, NEARBY)
    edges = [0, *(one.at for one in rough), n]
    sharp = [_by_squares(left, one, edges[k], edges[k + 2], min_size) for k, one in enumerate(rough)]
    return [
        one
        for one in in_order(sharp, edges[1:-1])
        if abs(one.shift) * unit >= LEAST
        and all(abs(one.at - level) > max(min_size, 0.02 * n) for level in levels)
    ]


def _fit(size: FloatArray, step: FloatArray, penalty: float, min_size: int) -> StepFit:
    """The best steps of the log sizes over a few noise coefficients."""
    n = len(size)
    noises = [noise_at(step, np.ones(n), phi) for phi in PHIS]
    together = Noises(noises)
    whitened, parameters = WhitenedByEach(size, together), 1 + (together.phi > 0)
    found = whitened.partitions(
        candidate_steps(size, min_size),
        penalty=penalty,
        min_size=min_size,
        parameters=parameters,
        floor=FLOOR,
    )
    sizes = np.array([len(steps) for steps in found])
    criterion = criterion_of(n, whitened.sums_of_squares(found), sizes, parameters, FLOOR)
    criterion += together.log_determinant + penalty * sizes
    best = int(criterion.argmin())
    return StepFit(
        whitened=Whitened(size, noises[best]),
        steps=found[best],
        season=np.zeros(n),
        drift=np.zeros(n),
        smooth=noises[best].whiten(np.zeros((n, 0))),
        columns=0,
        parameters=int(parameters[best]),
        floor=FLOOR,
    )


def _by_squares(left: FloatArray, located: Located, start: int, stop: int, min_size: int) -> Located:
    """Place a step by the Gaussian likelihood of two variances, which is sharper than log sizes."""
    places = np.arange(start + min_size, stop - min_size + 1)
    if not len(places):
        return located
    total = np.concatenate([[0.0], np.cumsum(np.minimum(left * left, LARGEST_SQUARE))])
    before = np.maximum((total[places] - total[start]) / (places - start), 1e-12)
    after = np.maximum((total[stop] - total[places]) / (stop - places), 1e-12)
    log_mass = -0.5 * ((places - start) * np.log(before) + (stop - places) * np.log(after))
    mass = np.exp(log_mass - log_mass.max())
    at = int(places[likeliest(mass, NEARBY)])
    return Located(at=at, places=places, mass=mass / mass.sum(), shift=located.shift, excess=located.excess)
