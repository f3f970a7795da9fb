"""Where a step could be: few enough places that every combination can be weighed exactly.

Three sources, since each is blind where another sees: the optimal partition under independent noise
(KernelCPD of ruptures with a linear kernel: Celisse et al. 2018, pruned as in Killick et al. 2012), the
largest jumps between neighbours (autocorrelated noise hides levels, not jumps), and a coarse grid.
"""

from collections.abc import Callable

import numpy as np
from ruptures import KernelCPD

from bisect_ml.change_points.clip import difference_sigma
from bisect_ml.change_points.observed import IntArray
from bisect_ml.types import FloatArray

MOST = 80
POINTS_EACH = 20  # of longer series, one candidate for so many points
JUMPS = 16
GRID = 32
FIRST_PENALTY = 1.2
# KernelCPD prunes only what comes before the first of the stretches, and so takes the square of the length of
# a series that hardly changes: 10 ms for 2,000 points, 1 ms for means of three of them.
WHOLE = 250  # points, from twice as many on means are taken
LARGEST_BLOCK = 4


def candidate_steps(residuals: FloatArray, min_size: int) -> IntArray:
    """Ascending places that leave at least `min_size` points on either side."""
    n = len(residuals)
    places = [
        _partition(residuals, min_size),
        np.argsort(-np.abs(np.diff(residuals)), kind="stable")[:JUMPS] + 1,
        np.linspace(0, n, GRID + 2)[1:-1].astype(np.int64),
    ]
    merged = np.unique(np.concatenate(places))
    return merged[(merged >= min_size) & (merged <= n - min_size)]


def _partition(residuals: FloatArray, min_size: int) -> IntArray:
    """The fewest-penalty partition of KernelCPD that has few enough steps."""
    n = len(residuals)
    sigma = difference_sigma(residuals)
    if n < 2 * min_size + 2 or sigma == 0:
        return np.empty(0, dtype=np.int64)
    scaled, most, penalty = residuals / sigma, max(MOST, n // POINTS_EACH), FIRST_PENALTY * np.log(n)
    size = min(n // WHOLE, LARGEST_BLOCK)
    if size > 1:
        sums = scaled[: n // size * size].reshape(-1, size).sum(axis=1)
        steps = size * _kernel_steps(sums / np.sqrt(size), -(-min_size // size))(penalty)
        if len(steps) <= most:
            return _to_the_point(residuals, steps, size)
        # A step inside a block may count twice; where there are so many, KernelCPD is quick by itself.
    steps_at = _kernel_steps(scaled, min_size)
    while len(steps := steps_at(penalty)) > most:
        penalty *= 2
    return steps


def _kernel_steps(scaled: FloatArray, min_size: int) -> Callable[[float], IntArray]:
    """The best partition of a series of unit noise, for a price of a step."""
    engine = KernelCPD(kernel="linear", min_size=min_size).fit(scaled[:, None])

    def steps(penalty: float) -> IntArray:
        return np.array(engine.predict(pen=penalty)[:-1], dtype=np.int64)

    return steps


def _to_the_point(residuals: FloatArray, steps: IntArray, size: int) -> IntArray:
    """Steps between blocks of `size` points, each moved to its best place inside the blocks beside it."""
    n = len(residuals)
    total = np.concatenate([[0.0], np.cumsum(residuals - residuals.mean())])
    edges = np.concatenate([[0], steps, [n]])
    start, stop = edges[:-2, None], edges[2:, None]
    places = np.minimum(steps[:, None] + np.arange(1 - size, size), n - 1)
    explained = (total[places] - total[start]) ** 2 / (places - start)
    explained += (total[stop] - total[places]) ** 2 / (stop - places)
    return np.asarray(places[np.arange(len(steps)), explained.argmax(axis=1)])
