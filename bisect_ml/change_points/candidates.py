"""Where a step could be: few enough places that every combination can be weighed exactly.

Three sources, since each is blind where another sees: the optimal partition under independent noise
(KernelCPD of ruptures with a linear kernel: Celisse et al. 2018, pruned as in Killick et al. 2012), the
largest jumps between neighbours (autocorrelated noise hides levels, not jumps), and a coarse grid.
"""

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
    engine = KernelCPD(kernel="linear", min_size=min_size).fit((residuals / sigma)[:, None])
    penalty = FIRST_PENALTY * np.log(n)
    while True:
        steps = engine.predict(pen=penalty)[:-1]
        if len(steps) <= max(MOST, n // POINTS_EACH):
            return np.array(steps, dtype=np.int64)
        penalty *= 2
