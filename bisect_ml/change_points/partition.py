"""The best partition for each number of steps, over a few candidate places.

Keeping the best partition of every size, instead of that of one penalty, lets the noise variance be
estimated with the steps: the criterion is n log(variance) plus a penalty a step (Yao 1988;
Bai and Perron 2003 compute the same path), and no first guess of the variance can hide or invent steps.
"""

import numpy as np

from bisect_ml.change_points.observed import IntArray
from bisect_ml.change_points.whitening import Whitened
from bisect_ml.types import FloatArray

PATIENCE = 6  # sizes in a row that fail to improve before the search stops


def best_partition(
    whitened: Whitened, candidates: IntArray, *, penalty: float, min_size: int, parameters: int, floor: float
) -> list[int]:
    """Return the steps, ascending, with the least criterion.

    Args:
        whitened: The series under one noise model.
        candidates: Ascending places where a segment may start.
        penalty: Price of a step, in units of n log(variance).
        min_size: Fewest points of a segment.
        parameters: How many numbers were fitted besides the steps.
        floor: Least variance that the noise can have.
    """
    places = np.concatenate([[0], candidates, [len(whitened)]]).astype(np.int64)
    cost = _segment_costs(whitened, places, min_size)
    return cheapest_steps(cost, places, len(whitened), penalty=penalty, parameters=parameters, floor=floor)


def cheapest_steps(
    cost: FloatArray, places: IntArray, n: int, *, penalty: float, parameters: int, floor: float
) -> list[int]:
    """The inner `places` to pass on the cheapest way from the first to the last.

    `cost` is that of the segment from one place (row) to a later one (column) of `n` points; the other
    arguments are those of `best_partition`.
    """
    arriving = np.ascontiguousarray(cost.T)
    reach, back = arriving[:, 0].copy(), []
    every = np.arange(len(places))
    best, size_of_best = np.inf, 0
    for size in range(len(places) - 1):
        if size:
            through = arriving + reach
            back.append(through.argmin(axis=1))
            reach = through[every, back[-1]]
        if not np.isfinite(reach[-1]):
            break
        criterion = criterion_of(n, float(reach[-1]), size, parameters, floor) + penalty * size
        if criterion < best:
            best, size_of_best = criterion, size
        elif size - size_of_best >= PATIENCE:
            break
    return _trace_back(places, back[:size_of_best])


def _segment_costs(whitened: Whitened, places: IntArray, min_size: int) -> FloatArray:
    """Cost of each segment from one place (row) to a later one (column); infinite where too short."""
    start, stop = places[:-1, None], places[None, :]
    cost = np.full((len(places), len(places)), np.inf)
    cost[:-1] = np.where(stop - start >= min_size, whitened.segment_cost(start, stop), np.inf)
    cost[1:-1] += whitened.entry_cost(places[1:-1])[:, None]
    return cost


def _trace_back(places: IntArray, back: list[IntArray]) -> list[int]:
    """The places that the dynamic programme passed, from its choices at each size."""
    steps, at = [], len(places) - 1
    for choice in reversed(back):
        at = int(choice[at])
        steps.append(int(places[at]))
    return steps[::-1]


def criterion_of(n: int, rss: float, steps: int, parameters: int, floor: float) -> float:
    """Twice the negative log-likelihood, the variance freed of the bias of what was fitted."""
    free = max(n - parameters - 2 * steps, 1)
    return n * float(np.log(max(rss / free, floor)))
