"""The plotting area of a chart: moments and values to pixels, and the curve, bands and labels on it.

Units are pixels of the SVG's own coordinate system, y downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bisect_ml.report import scales
from bisect_ml.report.pen import Pen
from bisect_ml.saved_report import Chart

LabelName = Literal["axis", "onset", "suspect", "recovery"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """The outer size of a chart, its margins, and how many columns of points and time labels it takes.

    More than `marks` deploys share one symbol and one text. `envelope` draws the range of each column,
    `pointed` says that a pointer may read it.
    `step` is what the heights of a curve are rounded to, in pixels.
    """

    width: int
    height: int
    points: int
    labels: int
    marks: int = 40
    left: int = 56
    right: int = 12
    top: int = 36
    bottom: int = 40
    envelope: bool = True
    pointed: bool = True
    step: float = 0.1

    @property
    def floor(self) -> int:
        """The y of the time axis."""
        return self.height - self.bottom

    @property
    def end(self) -> int:
        """The right edge of the plotting area."""
        return self.width - self.right


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text in a chart; `name` says what it stands beside."""

    x: float
    y: float
    text: str
    name: LabelName = "axis"
    anchor: Literal["start", "middle", "end"] = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The typical value before or after an onset, as a horizontal line."""

    x1: float
    x2: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Turns moments and values into pixels."""

    size: Size
    start: float
    end: float
    scale: scales.ValueScale
    points: scales.Thinned

    def x(self, at: float) -> float:
        """Return the pixel column of an epoch second, kept inside the plotting area."""
        share = min(1.0, max(0.0, (at - self.start) / (self.end - self.start)))
        return round(self.size.left + share * (self.size.end - self.size.left), 1)

    def y(self, value: float) -> float:
        """Return the pixel row of a value."""
        return round(self.size.top + (1 - self.scale.at(value)) * (self.size.floor - self.size.top), 1)

    def xs(self) -> list[int]:
        """Return the columns of the points, in whole pixels."""
        share = np.clip((self.points.times - self.start) / (self.end - self.start), 0.0, 1.0)
        columns: list[int] = (
            np.rint(self.size.left + share * (self.size.end - self.size.left)).astype(int).tolist()
        )
        return columns

    def ys(self, values: NDArray[np.float64], step: float) -> list[float]:
        """Return the rows of values, rounded to `step` pixels."""
        rows = self.size.top + (1 - self.scale.at_each(values)) * (self.size.floor - self.size.top)
        rounded: list[float] = (np.rint(rows / step) * step).tolist()
        return rounded

    def covers(self, moment: datetime) -> bool:
        """Say whether a moment lies inside the chart."""
        return self.start <= moment.timestamp() <= self.end


def open_window(
    chart: Chart, size: Size, around: tuple[float, float] | None = None, levels: Sequence[float] = ()
) -> Window | None:
    """Lay the axes out for a chart, or for the part of it `around` an onset; None without values."""
    start, end = around or scales.time_range(chart)
    times, values = scales.arrays(chart)
    points = scales.thin_between(times, values, start, end, size.points)
    if not len(points.times):
        return None
    scale = scales.scale_between(times, values, start, end, levels)
    return Window(size=size, start=start, end=end, scale=scale, points=points)


def draw_line(window: Window) -> str:
    """Join the means; a gap starts a new stroke."""
    points = window.points
    pen = Pen()
    ys = window.ys(points.mean, window.size.step)
    for x, y, gap in zip(window.xs(), ys, points.gap.tolist(), strict=True):
        if gap or not pen.down:
            pen.move(x, y)
            # A stroke of no length with round caps is a dot: a point between two gaps stays visible.
            pen.rise(y)
        else:
            pen.draw(x, y)
    return pen.path


def draw_envelope(window: Window) -> str:
    """Outline the range of the columns; empty where each holds a single point. A gap starts a new outline."""
    points = window.points
    if not (points.high > points.low).any():
        return ""
    pen = Pen()
    starts = [0, *[index for index, gap in enumerate(points.gap.tolist()) if gap and index]]
    outline = zip(window.xs(), window.ys(points.high, 1.0), window.ys(points.low, 1.0), strict=True)
    columns = list(outline)
    for start, stop in zip(starts, [*starts[1:], len(columns)], strict=True):
        there = [(x, high) for x, high, _ in columns[start:stop]]
        back = [(x, low) for x, _, low in columns[start:stop]]
        pen.move(*there[0])
        for x, y in (*there[1:], *reversed(back)):
            pen.draw(x, y)
    return pen.path


def place_band(window: Window, interval: tuple[datetime, datetime]) -> tuple[float, float] | None:
    """Place an onset interval (x, width), wide enough to be seen; None outside the chart."""
    low, high = (moment.timestamp() for moment in interval)
    if high < window.start or low > window.end:
        return None
    left, right = window.x(low), window.x(high)
    if right - left < 4:
        left, right = (left + right) / 2 - 2, (left + right) / 2 + 2
    return round(left, 1), round(right - left, 1)


def label_times(window: Window) -> tuple[Label, ...]:
    """Label the time axis; no label leaves the picture."""
    size = window.size
    labels = []
    for tick in scales.time_ticks(window.start, window.end, size.labels):
        half = len(tick.label) * 3.4 + 2
        x = window.x(window.start + tick.at * (window.end - window.start))
        labels.append(
            Label(x=round(min(max(x, half), size.width - half), 1), y=size.height - 5, text=tick.label)
        )
    return tuple(labels)


def label_values(window: Window, metric: str) -> tuple[Label, ...]:
    """Label the value axis in the metric's unit."""
    size = window.size
    return tuple(
        Label(
            x=size.left - 6,
            y=round(size.top + (1 - tick.at) * (size.floor - size.top), 1),
            text=tick.label,
            anchor="end",
        )
        for tick in window.scale.ticks(4, metric)
    )


def label_beside(
    x: float,
    y: float,
    text: str,
    name: LabelName,
    size: Size,
    *,
    anchor: Literal["start", "end"] | None = None,
) -> Label:
    """Put a text beside a vertical line, on the side that has room or on the side of `anchor`."""
    side = anchor or ("end" if x > size.width / 2 else "start")
    return Label(x=round(x - 6 if side == "end" else x + 6, 1), y=y, text=text, name=name, anchor=side)
