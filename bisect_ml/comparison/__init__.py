"""Two sets of predictions compared: effects, intervals, verdicts."""

from bisect_ml.comparison.metrics import Measured
from bisect_ml.comparison.whole import compare, noise_of, one_effect

__all__ = ["Measured", "compare", "noise_of", "one_effect"]
