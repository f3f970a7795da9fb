"""Where everything stands in a chart: pure geometry, which the SVG templates draw.

Units are pixels of the SVG's own coordinate system, y downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bisect_ml.report import scales, wording
from bisect_ml.saved_report import Distribution, Finding, SavedRelease, SavedSymptom
from bisect_ml.types import Deploy

MarkKind = Literal["deploy", "suspect", "rollback", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """The outer size of a chart and how many columns of points and time labels it takes."""

    width: int
    height: int
    points: int
    labels: int
    left: int = 56
    right: int = 12
    top: int = 22
    bottom: int = 44


WIDE = Size(width=960, height=236, points=480, labels=8)
NARROW = Size(width=358, height=172, points=160, labels=3, left=48, right=8)
SMALL = Size(width=300, height=84, points=100, labels=2, left=6, right=6, top=8, bottom=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text on an axis."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A deploy below the curve: where it stands, its outline and what it says when pointed at."""

    x: float
    kind: MarkKind
    shape: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The typical value before or after an onset, as a horizontal line."""

    x1: float
    x2: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """One drawn series. `band` is the onset interval (x, width); `times` and `values` answer the pointer."""

    size: Size
    title: str
    description: str
    line: str
    envelope: str
    x_labels: tuple[Label, ...]
    y_labels: tuple[Label, ...]
    band: tuple[float, float] | None
    band_label: Label | None
    levels: tuple[Level, ...]
    marks: tuple[Mark, ...]
    suspect_label: Label | None
    recovered_x: float | None
    log: bool
    start: float
    end: float
    times: tuple[float, ...]
    values: tuple[str, ...]

    @property
    def floor(self) -> int:
        """The y of the time axis."""
        return self.size.height - self.size.bottom

    @property
    def x_end(self) -> int:
        """The right edge of the plotting area."""
        return self.size.width - self.size.right


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Turns moments and values into pixels."""

    size: Size
    start: float
    end: float
    scale: scales.ValueScale

    def x(self, at: float) -> float:
        """Return the pixel column of an epoch second, kept inside the plotting area."""
        share = min(1.0, max(0.0, (at - self.start) / (self.end - self.start)))
        return round(self.size.left + share * (self.size.width - self.size.left - self.size.right), 1)

    def y(self, value: float) -> float:
        """Return the pixel row of a value."""
        tall = self.size.height - self.size.top - self.size.bottom
        return round(self.size.top + (1 - self.scale.at(value)) * tall, 1)

    def covers(self, moment: datetime) -> bool:
        """Say whether a moment lies inside the chart."""
        return self.start <= moment.timestamp() <= self.end


def lead_plot(
    finding: Finding,
    size: Size,
    *,
    deploys: Sequence[Deploy] = (),
    releases: Sequence[SavedRelease] = (),
    suspected: Deploy | None = None,
    suspect_text: str = "",
    around: tuple[float, float] | None = None,
) -> Plot | None:
    """Draw the series that leads an incident, with its onset, levels and deploys; None without values.

    Args:
        finding: The incident.
        size: How large the chart is.
        deploys: All deploys; those outside the chart are left out.
        releases: What they did; tells rollbacks.
        suspected: The deploy to highlight.
        suspect_text: Its label.
        around: Show only this range of epoch seconds.
    """
    if finding.chart is None:
        return None
    start, end = around or scales.time_range([finding.chart])
    levels = [value for value in (finding.before, finding.after) if value is not None]
    thinned = scales.thin(finding.chart, start, end, size.points)
    if not len(thinned.times):
        return None
    scale = scales.value_scale([*thinned.low.tolist(), *thinned.high.tolist(), *levels])
    window = Window(size=size, start=start, end=end, scale=scale)
    marks = _marks(window, deploys, releases, suspected)
    name = wording.metric_name(finding.metric, finding.slice)
    band = _band(window, finding.interval)
    highlighted = next((mark.x for mark in marks if mark.kind == "suspect"), None)
    recovered = finding.recovered_at if not finding.ongoing else None
    return Plot(
        size=size,
        title=f"{name[0].upper()}{name[1:]} over time",
        description=_description(finding, window, marks),
        line=_line(window, thinned),
        envelope=_envelope(window, thinned),
        x_labels=_x_labels(window),
        y_labels=_y_labels(window, finding.metric),
        band=band,
        band_label=_beside(band[0] + band[1] / 2, size.height - size.bottom - 6, "onset", size)
        if band
        else None,
        levels=_levels(window, finding),
        marks=marks,
        suspect_label=_beside(highlighted, 14, suspect_text, size) if highlighted is not None else None,
        recovered_x=window.x(recovered.timestamp()) if recovered and window.covers(recovered) else None,
        log=scale.log,
        start=start,
        end=end,
        times=tuple(thinned.times.tolist()),
        values=tuple(wording.measure(value, finding.metric) for value in thinned.mean.tolist()),
    )


def small_plot(symptom: SavedSymptom, size: Size = SMALL) -> Plot | None:
    """Draw one of the other series that moved, without axes; None without values."""
    if symptom.chart is None:
        return None
    start, end = scales.time_range([symptom.chart])
    thinned = scales.thin(symptom.chart, start, end, size.points)
    if not len(thinned.times):
        return None
    scale = scales.value_scale([*thinned.low.tolist(), *thinned.high.tolist()])
    window = Window(size=size, start=start, end=end, scale=scale)
    name = wording.metric_name(symptom.metric, symptom.slice)
    return Plot(
        size=size,
        title=name[0].upper() + name[1:],
        description=f"From {wording.measure(symptom.before, symptom.metric)} to "
        f"{wording.measure(symptom.after, symptom.metric)} at {wording.moment(symptom.onset)}.",
        line=_line(window, thinned),
        envelope=_envelope(window, thinned),
        x_labels=(),
        y_labels=(),
        band=_band(window, (symptom.onset, symptom.onset)),
        band_label=None,
        levels=(),
        marks=(),
        suspect_label=None,
        recovered_x=None,
        log=scale.log,
        start=start,
        end=end,
        times=(),
        values=(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bin of the predictions, before (left) and after (right) the onset; widths in pixels."""

    y: float
    label: str
    before: float
    after: float
    before_share: str
    after_share: str


def distribution_bars(distribution: Distribution, *, width: float, most: int = 24) -> tuple[Bar, ...]:
    """Lay the shares of predictions per bin out as two columns of horizontal bars."""
    bins = list(
        zip(distribution.edges, distribution.edges[1:], distribution.before, distribution.after, strict=False)
    )
    used = [index for index, (_, _, before, after) in enumerate(bins) if before > 0 or after > 0]
    if not used:
        return ()
    bins = bins[used[0] : used[-1] + 1][:most]
    largest = max(max(before, after) for _, _, before, after in bins)
    return tuple(
        Bar(
            y=index * 18.0,
            label=f"{wording.number(low)} to {wording.number(high)}",
            before=round(before / largest * width, 1),
            after=round(after / largest * width, 1),
            before_share=wording.probability(min(1.0, before)),
            after_share=wording.probability(min(1.0, after)),
        )
        for index, (low, high, before, after) in enumerate(bins)
    )


def close_up(finding: Finding) -> tuple[float, float] | None:
    """Return the range around an onset worth a chart of its own; None where the whole chart shows enough."""
    if finding.chart is None or not finding.chart.times:
        return None
    start, end = scales.time_range([finding.chart])
    low, high = (moment.timestamp() for moment in finding.interval)
    bucket = finding.chart.width_s or (end - start) / len(finding.chart.times)
    reach = max(24 * bucket, 3 * (high - low))
    if 2 * reach + (high - low) > (end - start) / 2:
        return None
    return max(start, low - reach), min(end, high + reach)


def _line(window: Window, thinned: scales.Thinned) -> str:
    """Join the means; a gap starts a new stroke, and a lone point becomes a dot."""
    parts: list[str] = []
    for at, value, gap in zip(
        thinned.times.tolist(), thinned.mean.tolist(), thinned.gap.tolist(), strict=True
    ):
        command = "M" if gap or not parts else "L"
        # A stroke of no length with round caps is a dot: a point between two gaps stays visible.
        parts.append(
            f"{command}{_short(window.x(at))},{_short(window.y(value))}{'h0' if command == 'M' else ''}"
        )
    return "".join(parts)


def _envelope(window: Window, thinned: scales.Thinned) -> str:
    """Draw the range of each column as a vertical stroke, where columns hold several points."""
    parts: list[str] = []
    for at, low, high in zip(
        thinned.times.tolist(), thinned.low.tolist(), thinned.high.tolist(), strict=True
    ):
        top, bottom = window.y(high), window.y(low)
        if bottom - top >= 1:
            parts.append(f"M{_short(window.x(at))},{_short(top)}V{_short(bottom)}")
    return "".join(parts)


def _short(pixel: float) -> str:
    return f"{pixel:.1f}".removesuffix(".0")


def _band(window: Window, interval: tuple[datetime, datetime]) -> tuple[float, float] | None:
    low, high = interval
    if high.timestamp() < window.start or low.timestamp() > window.end:
        return None
    left, right = window.x(low.timestamp()), window.x(high.timestamp())
    if right - left < 4:
        left, right = (left + right) / 2 - 2, (left + right) / 2 + 2
    return round(left, 1), round(right - left, 1)


def _levels(window: Window, finding: Finding) -> tuple[Level, ...]:
    onset = window.x(finding.onset.timestamp())
    until = window.x(finding.recovered_at.timestamp()) if finding.recovered_at else window.x(window.end)
    levels = []
    if finding.before is not None and onset > window.size.left:
        levels.append(Level(x1=window.size.left, x2=onset, y=window.y(finding.before)))
    if finding.after is not None and until > onset:
        levels.append(Level(x1=onset, x2=until, y=window.y(finding.after)))
    return tuple(levels)


def _x_labels(window: Window) -> tuple[Label, ...]:
    size = window.size
    labels = []
    for tick in scales.time_ticks(window.start, window.end, size.labels):
        x = window.x(window.start + tick.at * (window.end - window.start))
        half = len(tick.label) * 3.4
        x = min(max(x, half + 2), size.width - half - 2)
        labels.append(Label(x=round(x, 1), y=size.height - 4, text=tick.label))
    return tuple(labels)


def _y_labels(window: Window, metric: str) -> tuple[Label, ...]:
    size = window.size
    tall = size.height - size.top - size.bottom
    return tuple(
        Label(x=size.left - 6, y=round(size.top + (1 - tick.at) * tall, 1), text=tick.label, anchor="end")
        for tick in window.scale.ticks(4, metric)
    )


def _marks(
    window: Window, deploys: Sequence[Deploy], releases: Sequence[SavedRelease], suspected: Deploy | None
) -> tuple[Mark, ...]:
    """Place the deploys on the lane below the axis, the suspected one last so that it stays on top."""
    did = {release.deploy: release for release in releases}
    y = window.size.height - window.size.bottom + 11
    key = wording.deploy_key(suspected) if suspected else ""
    marks = []
    shown = [deploy for deploy in deploys if window.covers(deploy.started_at)]
    if suspected is not None and window.covers(suspected.started_at):
        if key not in {wording.deploy_key(deploy) for deploy in shown}:
            shown.append(suspected)
        shown.sort(key=lambda deploy: wording.deploy_key(deploy) == key)
    for deploy in shown:
        release = did.get(deploy.id)
        kind: MarkKind = "deploy"
        if wording.deploy_key(deploy) == key:
            kind = "suspect"
        elif deploy.status == "failed":
            kind = "failed"
        elif release is not None and (release.undoes or (release.removed and not release.shipped)):
            kind = "rollback"
        x = window.x(deploy.started_at.timestamp())
        text = _deploy_text(deploy, release)
        marks.append(Mark(x=x, kind=kind, shape=mark_shape(kind, x, y), text=text))
    return tuple(marks)


def _deploy_text(deploy: Deploy, release: SavedRelease | None) -> str:
    text = f"{deploy.id}: {wording.deploy_name(deploy)}"
    if deploy.status == "failed":
        return f"{text}, failed"
    return text if release is None else f"{text}, {release_text(release)}"


def release_text(release: SavedRelease) -> str:
    """Say what a release shipped, took out and undid."""
    did = [wording.count(release.shipped, "commit") + " shipped"] if release.shipped else []
    did += [wording.count(release.removed, "commit") + " taken out"] if release.removed else []
    did += [f"undoes {release.undoes}"] if release.undoes else []
    return ", ".join(did) or "no new commit"


def mark_shape(kind: MarkKind, x: float, y: float) -> str:
    """Return the outline of a deploy's symbol: each kind differs in shape, not only in colour."""
    if kind == "suspect":
        return f"M{_short(x)},{_short(y - 7)}l7,7l-7,7l-7,-7z"
    if kind == "rollback":
        return f"M{_short(x - 5)},{_short(y - 4)}h10l-5,9z"
    if kind == "failed":
        return f"M{_short(x - 4)},{_short(y - 4)}l8,8m0,-8l-8,8"
    return f"M{_short(x)},{_short(y - 4)}l4,8h-8z"


def _beside(x: float, y: float, text: str, size: Size) -> Label:
    """Put a text beside a vertical line, on the side that has room."""
    if x > size.width / 2:
        return Label(x=round(x - 6, 1), y=y, text=text, anchor="end")
    return Label(x=round(x + 6, 1), y=y, text=text, anchor="start")


def _description(finding: Finding, window: Window, marks: Sequence[Mark]) -> str:
    parts = [
        f"{wording.movement(finding)}. Onset between {wording.span(*finding.interval)}.",
        f"{'Logarithmic' if window.scale.log else 'Linear'} axis.",
    ]
    kinds = [mark.kind for mark in marks]
    if kinds:
        parts.append(f"{wording.count(len(kinds), 'deploy')} in view.")
    parts += [f"Suspected: {mark.text}." for mark in marks if mark.kind == "suspect"]
    if finding.recovered_at:
        parts.append(f"Recovered at {wording.moment(finding.recovered_at)}.")
    text = " ".join(parts)
    return text[0].upper() + text[1:]
