"""The best partition for each number of steps, over a few candidate places.

Keeping the best partition of every size, instead of that of one penalty, lets the noise variance be
estimated with the steps: the criterion is n log(variance) plus a penalty a step (Yao 1988;
Bai and Perron 2003 compute the same path), and no first guess of the variance can hide or invent steps.
"""

import numpy as np

from bisect_ml.change_points.observed import IntArray
from bisect_ml.types import FloatArray

PATIENCE = 6  # sizes in a row that fail to improve before the search stops


def cheapest_steps(
    arriving: FloatArray, places: IntArray, n: int, *, penalty: float, parameters: IntArray, floor: float
) -> list[list[int]]:
    """The inner `places` to pass on the cheapest way from the first to the last, for each of some models.

    Args:
        arriving: Cost of the segment of each model (first axis) to one place (second) from an earlier one.
        places: Ascending, from 0 to `n`, the number of points.
        n: Points of the series.
        penalty: Price of a step, in units of n log(variance).
        parameters: How many numbers were fitted besides the steps, for each model.
        floor: Least variance that the noise can have.
    """
    models, _, sources = arriving.shape
    reach, back = arriving[:, :, 0], []
    first = np.arange(0, arriving.size, sources).reshape(models, -1)
    best, size_of_best = np.full(models, np.inf), np.zeros(models, dtype=np.int64)
    searching = np.ones(models, dtype=bool)
    for size in range(sources):
        if size:
            through = arriving + reach[:, None, :sources]
            back.append(through.argmin(axis=2))
            reach = through.ravel()[first + back[-1]]
        criterion = criterion_of(n, reach[:, -1], size, parameters, floor) + penalty * size
        better = searching & (criterion < best)
        best[better], size_of_best[better] = criterion[better], size
        searching &= np.isfinite(criterion) & (size - size_of_best < PATIENCE)
        if not searching.any():
            break
    return [_trace_back(places, [choice[k] for choice in back[: size_of_best[k]]]) for k in range(models)]


def _trace_back(places: IntArray, back: list[IntArray]) -> list[int]:
    """The places that the dynamic programme passed, from its choices at each size."""
    steps, at = [], len(places) - 1
    for choice in reversed(back):
        at = int(choice[at])
        steps.append(int(places[at]))
    return steps[::-1]


def criterion_of(
    n: int, rss: FloatArray, steps: IntArray | int, parameters: IntArray, floor: float
) -> FloatArray:
    """Twice the negative log-likelihood of some models, the variance freed of the bias of what was fitted."""
    free = np.maximum(n - parameters - 2 * steps, 1)
    return np.asarray(n * np.log(np.maximum(rss / free, floor)))
