"""What a series shows on the scale of a segment, whatever its noise is made of.

AR(1) noise forgets within a few buckets. Noise with a slow part beside a fast one (ARMA, long memory) looks
like that from near by and wanders from afar. So the means of windows as long as the segments are compared
all over what the steps leave; a step has to stand out of those as well.
"""

import numpy as np

from bisect_ml.change_points.clip import robust_sigma
from bisect_ml.types import FloatArray

FIRST_WIDTH = 2
FEWEST_WINDOWS = 12  # of a width; longer windows borrow from the longest of which there are as many


def wander_gains(values: FloatArray, steps: list[int], level: FloatArray) -> FloatArray:
    """The square of each step over the deviation of the means of segments as long as those beside it."""
    length = np.diff([0, *steps, len(values)])
    widths, deviations = _window_deviations(values - np.repeat(level, length))
    deviation = np.interp(np.log(length), np.log(widths), deviations)
    # Beyond the longest window the noise is taken to have forgotten, and averages out as it should.
    deviation *= np.minimum(1.0, np.sqrt(widths[-1] / length))
    noise = deviation[1:] ** 2 + deviation[:-1] ** 2
    return np.asarray(np.diff(level) ** 2 / np.maximum(noise, 1e-300))


def _window_deviations(left: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Widths, and the robust deviation of a window mean of each, from differences of neighbours."""
    n = len(left)
    total = np.concatenate([[0.0], np.cumsum(left)])
    widths, deviations = [1.0], [robust_sigma(left)]
    width = FIRST_WIDTH
    while width * FEWEST_WINDOWS <= n:
        at = np.arange(width, n - width + 1, max(1, width // 4))
        contrast = (total[at + width] - 2 * total[at] + total[at - width]) / width
        widths.append(float(width))
        deviations.append(robust_sigma(contrast) / 2**0.5)
        width *= 2
    return np.array(widths), np.array(deviations)
