"""Outliers drawn in before anything is fitted, so that a spike is not two steps."""

import numpy as np
from scipy.ndimage import median_filter

from bisect_ml.types import FloatArray

WIDTH = 9
NEIGHBOURHOOD = 31
REACH = 3.5
MAD_TO_SIGMA = 1.4826
NEGLIGIBLE = 1e-9  # a median deviation below this share of the plain one is a tie


def robust_sigma(values: FloatArray) -> float:
    """Standard deviation by the median absolute deviation, or plainly where most values are equal."""
    deviation = MAD_TO_SIGMA * float(np.median(np.abs(values - np.median(values))))
    plain = float(np.std(values))
    return deviation if deviation > NEGLIGIBLE * plain else plain


def difference_sigma(values: FloatArray) -> float:
    """Standard deviation of independent noise, from first differences: steps hardly touch it."""
    return robust_sigma(np.diff(values)) / float(np.sqrt(2))


def clip_outliers(values: FloatArray, width: int = WIDTH, reach: float = REACH) -> FloatArray:
    """Pull values to within `reach` robust deviations of their running median.

    The deviation is that of the whole series, or that of the neighbourhood where it is louder.
    """
    if len(values) < width:
        return values
    middle: FloatArray = median_filter(values, width, mode="mirror")
    off = values - middle
    sigma: FloatArray = np.full_like(values, robust_sigma(off))
    if len(values) > NEIGHBOURHOOD:
        around = median_filter(np.abs(off), NEIGHBOURHOOD, mode="mirror")
        sigma = np.maximum(sigma, MAD_TO_SIGMA * around)
    return middle + np.clip(off, -reach * sigma, reach * sigma)
