"""The best partition for each number of steps, over a few candidate places.

Keeping the best partition of every size, instead of that of one penalty, lets the noise variance be
estimated with the steps: the criterion is n log(variance) plus a penalty a step (Yao 1988;
Bai and Perron 2003 compute the same path), and no first guess of the variance can hide or invent steps.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bisect_ml.change_points.observed import IntArray
from bisect_ml.change_points.whitening import Whitened

PATIENCE = 6  # sizes in a row that fail to improve before the search stops


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """Steps in ascending order, and the penalised criterion (smaller is better)."""

    steps: list[int]
    criterion: float


def best_partition(
    whitened: Whitened, candidates: IntArray, *, penalty: float, min_size: int, parameters: int, floor: float
) -> Partition:
    """Return the partition with the least criterion.

    Args:
        whitened: The series under one noise model.
        candidates: Ascending places where a segment may start.
        penalty: Price of a step, in units of n log(variance).
        min_size: Fewest points of a segment.
        parameters: How many numbers were fitted besides the steps.
        floor: Least variance that the noise can have.
    """
    n = len(whitened)
    best, since = Partition(steps=[], criterion=np.inf), 0
    for steps, rss in _path(whitened, candidates, min_size):
        criterion = (
            criterion_of(n, rss, len(steps), parameters, floor)
            + penalty * len(steps)
            + whitened.log_determinant
        )
        since += 1
        if criterion < best.criterion:
            best, since = Partition(steps=steps, criterion=criterion), 0
        if since >= PATIENCE:
            break
    return best


def criterion_of(n: int, rss: float, steps: int, parameters: int, floor: float) -> float:
    """Twice the negative log-likelihood, the variance freed of the bias of what was fitted."""
    free = max(n - parameters - 2 * steps, 1)
    return n * float(np.log(max(rss / free, floor)))


def _path(whitened: Whitened, candidates: IntArray, min_size: int) -> Iterator[tuple[list[int], float]]:
    """The best partition of 0, 1, 2 … steps with its sum of squares, by dynamic programming."""
    places = np.concatenate([[0], candidates, [len(whitened)]]).astype(np.int64)
    m = len(places)
    i, j = np.triu_indices(m, 1)
    cost = np.full((m, m), np.inf)
    cost[i, j] = np.where(
        places[j] - places[i] >= min_size, whitened.segment_cost(places[i], places[j]), np.inf
    )
    cost[1:-1] += whitened.entry_cost(candidates)[:, None]
    reach, back = cost[0], []
    yield [], float(reach[-1])
    for size in range(1, m - 1):
        through = reach[:, None] + cost
        before = through.argmin(axis=0)
        reach = through[before, np.arange(m)]
        if not np.isfinite(reach[-1]):
            return
        back.append(before)
        steps, at = [], m - 1
        for k in range(size, 0, -1):
            at = int(back[k - 1][at])
            steps.append(int(places[at]))
        yield steps[::-1], float(reach[-1])
