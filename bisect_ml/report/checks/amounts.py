"""What the results of a check come to, in their units: effects, intervals, margins and values."""

import math

from bisect_ml.report import figures
from bisect_ml.saved_check import Result

# These are shares of rows that differ between the two sides: they have no value on either of them.
OF_PAIRS = ("rows", "flips")
# From this ratio on, and below its inverse, a change reads better as a factor than in per cent.
_FACTOR_FROM = 1.95


def effect(result: Result) -> str:
    """Write an effect: `+5.2%`, `×1,000`, `+3.06 points`, or the share of the pairs that differ."""
    return size(result.effect, result)


def size(value: float | None, result: Result) -> str:
    """Write a size of a result's kind."""
    if value is None or not math.isfinite(value):
        return "n/a"
    if result.metric in OF_PAIRS:
        return figures.share(value)
    if result.unit == "points":
        return f"{_signed(value * 100)} points"
    ratio = 1 + value
    if not is_ratio(result):
        return f"{_signed(value * 100)}%"
    if ratio >= _FACTOR_FROM:
        return f"×{figures.number(ratio)}"
    if 0 < ratio <= 1 / _FACTOR_FROM:
        return f"÷{figures.number(1 / ratio)}"
    return f"{_signed(value * 100)}%"


def is_ratio(result: Result) -> bool:
    """Tell if a relative effect is of the base's value, not of the typical size of values around zero."""
    if not result.base or result.head is None or result.effect is None:
        return False
    return math.isclose(result.head / result.base, 1 + result.effect, rel_tol=1e-6)


def in_cell(text: str) -> str:
    """Shorten what `effect`, `interval` or `margin` wrote for the cell of a table."""
    return text.replace(" points", " pp")


def interval(result: Result) -> str:
    """Write the 90 % interval of an effect."""
    if unmoved(result):
        return "no row moved"
    return _span(result.interval, result)


def adjusted(result: Result) -> str:
    """Write the interval of a failing slice, wider because slices that fail were picked; empty for others."""
    return "" if result.adjusted is None else _span(result.adjusted, result)


def _span(limits: tuple[float, float] | None, result: Result) -> str:
    if limits is None:
        return "n/a"
    if result.metric in OF_PAIRS and limits[0] <= 0:
        return f"at most {figures.share(limits[1])}"
    low, high = (size(value, result) for value in limits)
    if low.endswith(" points") and high.endswith(" points"):
        low = low.removesuffix(" points")
    return low if low == high else f"{low} to {high}"


def unmoved(result: Result) -> bool:
    """Say whether every pair kept its value, so that no interval can be measured."""
    return result.exact and result.effect == 0 and result.interval == (0, 0)


def least_seen(result: Result) -> float:
    """Return the share of rows that a change must touch to be met among these four times in five."""
    return float(1 - 0.2 ** (1 / max(1, min(result.base_rows, result.head_rows))))


def margin(result: Result) -> str:
    """Write how far a metric may move."""
    if result.metric in OF_PAIRS:
        return f"≤ {figures.share(result.margin)}"
    per_cent = figures.number(result.margin * 100)
    return f"±{per_cent} points" if result.unit == "points" else f"±{per_cent}%"


def measure(value: float | None, result: Result) -> str:
    """Write the value that a side has; a dash for what only pairs of rows have."""
    if result.metric in OF_PAIRS:
        return "–"
    return figures.measure(value, result.metric)


def _signed(value: float) -> str:
    return f"+{figures.number(value)}" if value > 0 else figures.number(value)
