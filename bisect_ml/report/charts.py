"""Where everything stands in a chart: pure geometry, which the SVG template draws.

Units are pixels of the SVG's own coordinate system, y downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bisect_ml.report import figures, scales, wording
from bisect_ml.report.marks import Mark, deploy_marks
from bisect_ml.report.pen import Pen
from bisect_ml.saved_report import Chart, Finding, Report, SavedSymptom
from bisect_ml.types import Deploy


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """The outer size of a chart, its margins, and how many columns of points and time labels it takes.

    More than `marks` deploys share one symbol and one text.
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

    @property
    def floor(self) -> int:
        """The y of the time axis."""
        return self.height - self.bottom

    @property
    def end(self) -> int:
        """The right edge of the plotting area."""
        return self.width - self.right


WIDE = Size(width=960, height=240, points=480, labels=8)
NARROW = Size(width=358, height=190, points=160, labels=3, left=48, right=8)
SMALL = Size(width=300, height=84, points=60, labels=2, left=6, right=6, top=8, bottom=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text in a chart; `name` says what it stands beside."""

    x: float
    y: float
    text: str
    name: Literal["axis", "onset", "suspect"] = "axis"
    anchor: Literal["start", "middle", "end"] = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The typical value before or after an onset, as a horizontal line."""

    x1: float
    x2: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """One drawn series.

    `line` joins the means of the columns, `envelope` their ranges. `bands` are onset intervals (x,
    width). `start` and `end` are epoch seconds; `times` and `values` answer the pointer.
    """

    size: Size
    title: str
    description: str
    line: str
    envelope: str
    log: bool
    start: float
    end: float
    bands: tuple[tuple[float, float], ...]
    labels: tuple[Label, ...] = ()
    x_labels: tuple[Label, ...] = ()
    y_labels: tuple[Label, ...] = ()
    levels: tuple[Level, ...] = ()
    marks: tuple[Mark, ...] = ()
    recovered_x: float | None = None
    times: tuple[float, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """Turns moments and values into pixels."""

    size: Size
    start: float
    end: float
    scale: scales.ValueScale
    points: scales.Thinned

    def x(self, at: float) -> float:
        share = min(1.0, max(0.0, (at - self.start) / (self.end - self.start)))
        return round(self.size.left + share * (self.size.end - self.size.left), 1)

    def y(self, value: float) -> float:
        return round(self.size.top + (1 - self.scale.at(value)) * (self.size.floor - self.size.top), 1)

    def covers(self, moment: datetime) -> bool:
        return self.start <= moment.timestamp() <= self.end


def lead_plot(
    finding: Finding,
    report: Report,
    size: Size,
    *,
    suspected: Deploy | None = None,
    around: tuple[float, float] | None = None,
) -> Plot | None:
    """Draw the series that leads an incident, with its onset, levels and deploys; None without values.

    Args:
        finding: The incident.
        report: Gives the deploys and what they did.
        size: How large the chart is.
        suspected: The deploy to highlight.
        around: Show only this range of epoch seconds.
    """
    levels = [value for value in (finding.before, finding.after) if value is not None]
    window = _window(finding.chart, size, around, levels) if finding.chart else None
    if window is None:
        return None
    marks = _marks(window, report, suspected)
    band = _band(window, finding.interval)
    labels = [_beside(band[0] + band[1] / 2, 28, "onset", "onset", size)] if band else []
    labels += [
        _beside(mark.x, 13, "suspected deploy", "suspect", size) for mark in marks if mark.kind == "suspect"
    ]
    recovered = finding.recovered_at
    part = finding.chart is not None and (window.start, window.end) != scales.time_range(finding.chart)
    name = wording.metric_name(finding.metric, finding.slice)
    return Plot(
        size=size,
        title=f"{wording.capital(name)} {'around the onset' if part else 'over time'}",
        description=_description(finding, window, marks),
        line=_line(window),
        envelope=_envelope(window),
        log=window.scale.log,
        start=window.start,
        end=window.end,
        bands=(band,) if band else (),
        labels=tuple(labels),
        x_labels=_x_labels(window),
        y_labels=_y_labels(window, finding.metric),
        levels=_levels(window, finding),
        marks=marks,
        recovered_x=window.x(recovered.timestamp()) if recovered and window.covers(recovered) else None,
        times=tuple(window.points.times.tolist()),
        values=tuple(figures.measure(value, finding.metric) for value in window.points.mean.tolist()),
    )


def small_plot(symptom: SavedSymptom, size: Size = SMALL) -> Plot | None:
    """Draw one of the other series that moved, without axes; None without values."""
    window = _window(symptom.chart, size) if symptom.chart else None
    if window is None:
        return None
    before, after = (figures.measure(value, symptom.metric) for value in (symptom.before, symptom.after))
    band = _band(window, (symptom.onset, symptom.onset))
    return Plot(
        size=size,
        title=wording.capital(wording.metric_name(symptom.metric, symptom.slice)),
        description=f"From {before} to {after} at {figures.moment(symptom.onset)}.",
        line=_line(window),
        envelope="",
        log=window.scale.log,
        start=window.start,
        end=window.end,
        bands=(band,) if band else (),
    )


def overview_plot(report: Report, findings: Sequence[Finding], size: Size) -> Plot | None:
    """Draw the whole log with every incident's number above its onset; None without values."""
    window = _window(report.chart, size) if report.chart else None
    if window is None:
        return None
    metric = report.chart_metric or ""
    bands: list[tuple[float, float]] = []
    labels: list[Label] = []
    rows = [-100.0, -100.0]
    for finding in sorted(findings, key=lambda finding: finding.onset):
        band = _band(window, finding.interval)
        if band is None:
            continue
        bands.append(band)
        x = band[0] + band[1] / 2
        # Numbers that would touch take the second row; in a crowd some stay unwritten.
        row = next((row for row, last in enumerate(rows) if x - last >= 16), None)
        if row is not None:
            rows[row] = x
            labels.append(Label(x=round(x, 1), y=28 - 14 * row, text=str(finding.id), name="onset"))
    onsets = ", ".join(f"{finding.id} at {figures.moment(finding.onset)}" for finding in findings)
    return Plot(
        size=size,
        title=f"{wording.capital(wording.metric_name(metric))} over the whole log",
        description=f"Incidents: {onsets}.",
        line=_line(window),
        envelope=_envelope(window),
        log=window.scale.log,
        start=window.start,
        end=window.end,
        bands=tuple(bands),
        labels=tuple(labels),
        x_labels=_x_labels(window),
        y_labels=_y_labels(window, metric),
        marks=_marks(window, report, None),
        times=tuple(window.points.times.tolist()),
        values=tuple(figures.measure(value, metric) for value in window.points.mean.tolist()),
    )


def near_onset(finding: Finding) -> tuple[float, float] | None:
    """Return the range of epoch seconds in which an incident's step can be seen; None without a chart."""
    if finding.chart is None:
        return None
    levels = (finding.before, finding.after)
    return scales.focus(finding.chart, finding.onset.timestamp(), _reach(finding, finding.chart), levels)


def close_up(finding: Finding, shown: tuple[float, float]) -> tuple[float, float] | None:
    """Return the range around an onset worth a chart of its own; None where `shown` is close enough."""
    if finding.chart is None:
        return None
    low, high = (moment.timestamp() for moment in finding.interval)
    reach = _reach(finding, finding.chart)
    if 2 * reach + (high - low) > (shown[1] - shown[0]) / 3:
        return None
    return max(shown[0], low - reach), min(shown[1], high + reach)


def _reach(finding: Finding, chart: Chart) -> float:
    """Return how many seconds on either side of an onset a chart needs, for enough buckets to tell."""
    start, end = scales.time_range(chart)
    bucket = chart.width_s or (end - start) / max(1, len(chart.times))
    uncertain = (finding.interval[1] - finding.interval[0]).total_seconds()
    return max(24 * bucket, 3 * uncertain)


def _window(
    chart: Chart, size: Size, around: tuple[float, float] | None = None, levels: Sequence[float] = ()
) -> _Window | None:
    start, end = around or scales.time_range(chart)
    points = scales.thin(chart, start, end, size.points)
    if not len(points.times):
        return None
    scale = scales.scale_within(chart, start, end, levels)
    return _Window(size=size, start=start, end=end, scale=scale, points=points)


def _line(window: _Window) -> str:
    """Join the means; a gap starts a new stroke."""
    points = window.points
    pen = Pen()
    for at, value, gap in zip(points.times.tolist(), points.mean.tolist(), points.gap.tolist(), strict=True):
        x, y = window.x(at), window.y(value)
        if gap or not pen.down:
            pen.move(x, y)
            # A stroke of no length with round caps is a dot: a point between two gaps stays visible.
            pen.rise(y)
        else:
            pen.draw(x, y)
    return pen.path


def _envelope(window: _Window) -> str:
    """Draw the range of each column as a vertical stroke, where columns hold several points."""
    points = window.points
    pen = Pen()
    for at, low, high in zip(points.times.tolist(), points.low.tolist(), points.high.tolist(), strict=True):
        top, bottom = round(window.y(high)), round(window.y(low))
        if bottom - top >= 2:
            pen.move(round(window.x(at)), top)
            pen.rise(bottom)
    return pen.path


def _band(window: _Window, interval: tuple[datetime, datetime]) -> tuple[float, float] | None:
    low, high = (moment.timestamp() for moment in interval)
    if high < window.start or low > window.end:
        return None
    left, right = window.x(low), window.x(high)
    if right - left < 4:
        left, right = (left + right) / 2 - 2, (left + right) / 2 + 2
    return round(left, 1), round(right - left, 1)


def _levels(window: _Window, finding: Finding) -> tuple[Level, ...]:
    onset = window.x(finding.onset.timestamp())
    until = window.x(finding.recovered_at.timestamp() if finding.recovered_at else window.end)
    levels = []
    if finding.before is not None and onset > window.size.left:
        levels.append(Level(x1=window.size.left, x2=onset, y=window.y(finding.before)))
    if finding.after is not None and until > onset:
        levels.append(Level(x1=onset, x2=until, y=window.y(finding.after)))
    return tuple(levels)


def _x_labels(window: _Window) -> tuple[Label, ...]:
    size = window.size
    labels = []
    for tick in scales.time_ticks(window.start, window.end, size.labels):
        half = len(tick.label) * 3.4 + 2
        x = window.x(window.start + tick.at * (window.end - window.start))
        labels.append(
            Label(x=round(min(max(x, half), size.width - half), 1), y=size.height - 5, text=tick.label)
        )
    return tuple(labels)


def _y_labels(window: _Window, metric: str) -> tuple[Label, ...]:
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


def _marks(window: _Window, report: Report, suspected: Deploy | None) -> tuple[Mark, ...]:
    return deploy_marks(
        [deploy for deploy in report.deploys if window.covers(deploy.started_at)],
        report.releases,
        suspected if suspected is not None and window.covers(suspected.started_at) else None,
        x=lambda deploy: window.x(deploy.started_at.timestamp()),
        y=window.size.floor + 11,
        most=window.size.marks,
    )


def _beside(x: float, y: float, text: str, name: Literal["onset", "suspect"], size: Size) -> Label:
    """Put a text beside a vertical line, on the side that has room."""
    if x > size.width / 2:
        return Label(x=round(x - 6, 1), y=y, text=text, name=name, anchor="end")
    return Label(x=round(x + 6, 1), y=y, text=text, name=name, anchor="start")


def _description(finding: Finding, window: _Window, marks: Sequence[Mark]) -> str:
    parts = [
        f"{wording.capital(wording.movement(finding))}.",
        f"It began between {figures.span(*finding.interval, joined='and')}.",
        f"{'Logarithmic' if window.scale.log else 'Linear'} axis.",
    ]
    parts += [f"Suspected: {mark.text}." for mark in marks if mark.kind == "suspect"]
    if finding.recovered_at:
        parts.append(f"Recovered at {figures.moment(finding.recovered_at)}.")
    return " ".join(parts)
