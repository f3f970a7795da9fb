"""How far the level of numeric predictions moved: means and medians.

Both are ratios where the base has a level to speak of; where its mean is small beside the size of its
values (differences, residuals), they are differences relative to that size.
"""

import math

import numpy as np

from bisect_ml.comparison.estimates import Z_TAIL, NormalEstimate
from bisect_ml.tallies import PairTally, SideTally, Tally
from bisect_ml.types import FloatArray

# Of the mean size of the values, and in standard errors: a mean below either is no level that ratios can
# refer to.
LEVEL = 0.1
LEVEL_ERRORS = 4.0
# How many standard errors the far limits of a median stand for, and the p value of that.
FAR = 4.0
FAR_P = 3.2e-5


def mean_change(tally: Tally) -> NormalEstimate | None:
    """Return how the mean moved; None where a side has fewer than two values.

    The error of a ratio is that of the delta method; that of pairs knows how their values vary together.
    """
    base, head, pair = tally.base, tally.head, tally.pair
    if min(base.values, head.values) < 2 or not _finite(base.mean, head.mean, base.variance, head.variance):
        return None
    freedom = float(min(base.units or base.values, head.units or head.values) - 1)
    if _has_level(base) and _has_level(head) and base.mean * head.mean > 0:
        ratio = head.mean / base.mean
        variance = _ratio_variance(base, head, pair, ratio)
        estimate = math.log1p((head.mean - base.mean) / base.mean) if ratio > 0.5 else math.log(ratio)
        error = math.sqrt(max(variance, 0.0)) / abs(head.mean)
        return _checked(
            NormalEstimate(estimate=estimate, below=error, above=error, scale="log", freedom=freedom)
        )
    scale = base.mean_abs or head.mean_abs
    change = head.mean - base.mean
    if scale == 0:
        return NormalEstimate(estimate=0.0, below=0.0, above=0.0, freedom=freedom)
    variance = (
        base.variance / base.values + head.variance / head.values
        if pair is None
        else pair.difference_variance / base.values
    )
    error = math.sqrt(max(variance, 0.0)) / scale
    return _checked(NormalEstimate(estimate=change / scale, below=error, above=error, freedom=freedom))


def _ratio_variance(base: SideTally, head: SideTally, pair: PairTally | None, ratio: float) -> float:
    """The variance of head mean minus ratio times base mean."""
    if pair is None:
        return head.variance / head.values + ratio**2 * base.variance / base.values
    excess, together = ratio - 1, pair.covariance - base.variance
    return (pair.difference_variance - 2 * excess * together + excess**2 * base.variance) / base.values


def _has_level(side: SideTally) -> bool:
    error = math.sqrt(side.variance / side.values)
    return abs(side.mean) > max(LEVEL * side.mean_abs, LEVEL_ERRORS * error)


def median_change(tally: Tally, levels: FloatArray) -> NormalEstimate | None:
    """Return how the median moved; None where a side has no values.

    The limits of each median are order statistics (Woodruff 1952), joined to limits of the change as Zou
    and Donner (2008) join them, with the correlation of pairs; no density is guessed, and ties do no harm.
    On the scale of ratios where all limits have one sign, else relative to the size of the base's values.
    """
    base, head = tally.base, tally.head
    if min(base.sampled, head.sampled) < 2:
        return None
    design = tally.design.get("mean", 1.0)
    near = _limits(base, levels, Z_TAIL, design), _limits(head, levels, Z_TAIL, design)
    far = _limits(base, levels, FAR, design), _limits(head, levels, FAR, design)
    if not _finite(*far[0], *far[1]):
        return None
    is_ratio = min(*far[0], *far[1]) > 0 or max(*far[0], *far[1]) < 0
    size = 1.0 if is_ratio else base.mean_abs or head.mean_abs
    if not size:
        return NormalEstimate(estimate=0.0, below=0.0, above=0.0)
    if is_ratio:
        near = _logarithms(near[0]), _logarithms(near[1])
        far = _logarithms(far[0]), _logarithms(far[1])
    below, above = _joined(*near, tally.pair)
    far_below, far_above = _joined(*far, tally.pair)
    change = near[1][1] - near[0][1]
    return _checked(
        NormalEstimate(
            estimate=change / size,
            below=below / Z_TAIL / size,
            above=above / Z_TAIL / size,
            scale="log" if is_ratio else "linear",
            test_error=(far_below if change >= 0 else far_above) / FAR / size,
            least_p=max(FAR_P, _outside(min(base.sampled, head.sampled) / design)),
        )
    )


def _outside(values: float) -> float:
    """How likely the true median lies below or above all of so many values: few limit it to nothing."""
    return math.exp2(1 - values)


def _limits(side: SideTally, levels: FloatArray, errors: float, design: float) -> tuple[float, float, float]:
    """The lower limit, the median and the upper limit."""
    if side.quantiles is None:
        return math.nan, math.nan, math.nan
    away = errors * 0.5 / math.sqrt(side.sampled / design)
    low, middle, high = np.interp([0.5 - away, 0.5, 0.5 + away], levels, side.quantiles)
    return float(low), float(middle), float(high)


def _logarithms(limits: tuple[float, float, float]) -> tuple[float, float, float]:
    low, middle, high = sorted(math.log(abs(one)) for one in limits)
    return low, middle, high


def _joined(
    base: tuple[float, float, float], head: tuple[float, float, float], pair: PairTally | None
) -> tuple[float, float]:
    """How far the change of the median reaches down and up."""
    if pair is not None:
        # Both limits of a median are taken as far from it: those of a pair cancel only limit by limit.
        one, other = (base[2] - base[0]) / 2, (head[2] - head[0]) / 2
        both = 2 * pair.median_correlation * one * other
        width = math.sqrt(max(one**2 + other**2 - both, 0.0))
        return width, width
    return (
        math.hypot(head[1] - head[0], base[2] - base[1]),
        math.hypot(head[2] - head[1], base[1] - base[0]),
    )


def _finite(*numbers: float) -> bool:
    return all(math.isfinite(one) for one in numbers)


def _checked(estimate: NormalEstimate) -> NormalEstimate | None:
    """The estimate, or None where its numbers overflowed."""
    fine = _finite(estimate.estimate, estimate.below, estimate.above, estimate.test_error)
    return estimate if fine else None
