"""How much each bucket can be trusted, from the rows behind it."""

import numpy as np
from scipy.optimize import nnls

from bisect_ml.change_points.clip import robust_sigma
from bisect_ml.types import FloatArray

BINS = 8
FEWEST_IN_BIN = 5
MEDIAN_SQUARE = 0.455  # median of a squared standard normal
EXTREMES = (1e-3, 1e3)
WEAK = 0.25  # buckets of less precision than this are drawn to their neighbours
NEIGHBOURHOOD = 9
REACH = 3.0


def relative_precision(values: FloatArray, rows: FloatArray | None) -> FloatArray:
    """Return 1/variance of each bucket, 1 for the usual one.

    The variance is a + b / rows: a part that rows cannot average away and the sampling of rows. Both
    come from squared differences of neighbours, binned by rows; medians keep steps out of them.
    """
    flat = np.ones_like(values)
    if rows is None:
        return flat
    scarcity = 1 / np.maximum(rows, 1e-9)
    between = (scarcity[1:] + scarcity[:-1]) / 2
    squares = np.diff(values) ** 2 / 2
    edges = np.unique(np.quantile(between, np.linspace(0, 1, BINS + 1)))
    if len(edges) < 3:
        return flat
    bin_of = np.clip(np.searchsorted(edges, between, side="right") - 1, 0, len(edges) - 2)
    bins = [bin_of == k for k in range(len(edges) - 1)]
    bins = [chosen for chosen in bins if chosen.sum() >= FEWEST_IN_BIN]
    if len(bins) < 2:
        return flat
    centre = np.array([between[chosen].mean() for chosen in bins])
    variance = np.array([np.median(squares[chosen]) for chosen in bins]) / MEDIAN_SQUARE
    trust = np.sqrt([chosen.sum() for chosen in bins]) / np.maximum(variance, 1e-300)
    (fixed, sampled), _ = nnls(np.column_stack([trust, centre * trust]), variance * trust)
    expected = fixed + sampled * scarcity
    if not (expected > 0).all():
        return flat
    precision = 1 / expected
    return np.asarray(np.clip(precision / np.median(precision), *EXTREMES))


def steady_weak_buckets(values: FloatArray, precision: FloatArray) -> FloatArray:
    """Hold buckets of few rows within reach of the weighted means before and after them."""
    weak = precision < WEAK
    if not weak.any() or len(values) < NEIGHBOURHOOD:
        return values
    left, right = _mean_before(values, precision), _mean_before(values[::-1], precision[::-1])[::-1]
    low, high = np.minimum(left, right), np.maximum(left, right)
    inside = np.clip(values, low, high)
    bound = REACH * robust_sigma((values - inside) * np.sqrt(precision))
    return np.where(weak, np.clip(values, low - bound, high + bound), values)


def _mean_before(values: FloatArray, precision: FloatArray) -> FloatArray:
    """Weighted mean of each bucket and those before it, as far as the neighbourhood reaches."""
    weight = np.concatenate([np.zeros(NEIGHBOURHOOD), np.cumsum(precision)])
    total = np.concatenate([np.zeros(NEIGHBOURHOOD), np.cumsum(precision * values)])
    covered = weight[NEIGHBOURHOOD:] - weight[:-NEIGHBOURHOOD]
    return np.asarray((total[NEIGHBOURHOOD:] - total[:-NEIGHBOURHOOD]) / covered)
