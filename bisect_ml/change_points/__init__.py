"""Where a series changed, when, and how surely."""

from bisect_ml.change_points.detector import detect
from bisect_ml.change_points.many import detect_all

__all__ = ["detect", "detect_all"]
