"""The effects of a check as a picture: each interval against the margin, on a scale that they share.

The unit is the margin of each metric, so that per cent and points stand on one axis. Inside of the margin
the scale is linear; beyond it is logarithmic, so that a shift of a tenth of a margin and one of fifty
thousand margins are both seen.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bisect_ml.report.checks.wording import outcome as word
from bisect_ml.report.marks import pixel
from bisect_ml.saved_check import Result

WIDTH, HEIGHT = 264, 26
AXIS_HEIGHT = 20
_EDGE = 9
# What lies just beyond the margin stays in sight of it.
_LEAST_REACH = 1.4
# A power of ten beyond the margin takes so much room against the half of the margin's band.
_DECADE = 0.75
_FARTHEST = 1e9
_LABEL_PX = 42
_SYMBOL_PX = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One result as it is drawn: paths of the interval and of the symbol, None where nothing is known."""

    outcome: str
    interval: str | None
    symbol: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """The bars of results in their order, where the margins and no effect lie, and the labels of the axis."""

    bars: tuple[Bar, ...]
    zero: float
    band: tuple[float, float]
    labels: tuple[tuple[float, str], ...]
    logarithmic: bool
    width: int = WIDTH
    height: int = HEIGHT
    axis_height: int = AXIS_HEIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axis:
    """Places lengths between `low` and `high`, in units of the margin after `_reach`."""

    low: float
    high: float

    def x(self, margins: float) -> float:
        part = (_reach(margins) - self.low) / (self.high - self.low)
        return _EDGE + min(1.0, max(0.0, part)) * (WIDTH - 2 * _EDGE)


def forest(results: Sequence[Result]) -> Forest:
    """Lay out the effects and intervals of results on one axis."""
    seen = [_reach(in_margins(value, one)) for one in results for value in _known(one)]
    axis = _Axis(low=min([-_LEAST_REACH, *seen]), high=max([_LEAST_REACH, *seen]))
    band = (axis.x(-1), axis.x(1))
    return Forest(
        bars=tuple(_bar(one, axis) for one in results),
        zero=axis.x(0),
        band=band,
        labels=_labels(axis),
        logarithmic=max(map(abs, seen), default=0.0) > _LEAST_REACH,
    )


def in_margins(value: float, result: Result) -> float:
    """Measure an effect in margins; without any margin, whatever moved is as far as can be drawn."""
    if value == 0:
        return 0.0
    if result.margin <= 0:
        return math.copysign(_FARTHEST, value)
    return max(-_FARTHEST, min(_FARTHEST, value / result.margin))


def _known(one: Result) -> list[float]:
    values = [one.effect, *(one.interval or ())]
    return [value for value in values if value is not None and math.isfinite(value)]


def _reach(margins: float) -> float:
    size = abs(margins)
    return math.copysign(size if size <= 1 else 1 + _DECADE * math.log10(size), margins)


def _bar(one: Result, axis: _Axis) -> Bar:
    outcome = word(one)
    interval = symbol = None
    middle = HEIGHT / 2
    if one.interval is not None and all(map(math.isfinite, one.interval)):
        start, end = (axis.x(in_margins(value, one)) for value in one.interval)
        interval = f"M{pixel(start)},{pixel(middle)}H{pixel(end)}"
        # The ends of a short interval would only spoil the symbol.
        if end - start > _SYMBOL_PX:
            interval += f"M{pixel(start)},{pixel(middle - 4)}v8M{pixel(end)},{pixel(middle - 4)}v8"
    if one.effect is not None and math.isfinite(one.effect):
        symbol = outline(outcome, axis.x(in_margins(one.effect, one)), middle)
    return Bar(outcome=outcome, interval=interval, symbol=symbol)


def outline(outcome: str, x: float, y: float) -> str:
    """Return the SVG path of a verdict's symbol: disc, diamond, square, or triangle."""
    if outcome == "pass":
        return f"M{pixel(x - 4.5)},{pixel(y)}a4.5,4.5 0 1 0 9,0a4.5,4.5 0 1 0 -9,0z"
    if outcome == "fail":
        return f"M{pixel(x)},{pixel(y - 6.5)}l6.5,6.5l-6.5,6.5l-6.5,-6.5z"
    if outcome in ("inconclusive", "undecided"):
        return f"M{pixel(x - 4.5)},{pixel(y - 4.5)}h9v9h-9z"
    return f"M{pixel(x)},{pixel(y - 6)}l6,10.5h-12z"


def _labels(axis: _Axis) -> tuple[tuple[float, str], ...]:
    """Label no effect and the margins, then powers of ten beyond them where there is room."""
    told = [(axis.x(0), "0"), (axis.x(-1), "−1"), (axis.x(1), "1")]
    for side, edge in ((1, axis.high), (-1, axis.low)):
        power = 1
        while _reach(10.0**power) <= abs(edge) + 1e-9:
            at, sign = axis.x(side * 10.0**power), "−" if side < 0 else ""
            if all(abs(at - other) >= _LABEL_PX for other, _ in told):
                told.append((at, f"{sign}{10**power:,}" if power < 6 else f"{sign}1e{power}"))
            power += 1
    return tuple(sorted((x, text) for x, text in told))
