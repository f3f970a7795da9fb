"""The charts of a report: pure geometry, which the SVG template draws."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bisect_ml.report import canvas, figures, movements, scales, wording
from bisect_ml.report.marks import Mark, deploy_marks
from bisect_ml.saved_report import Chart, Finding, Report, SavedSymptom
from bisect_ml.types import Deploy

WIDE = canvas.Size(width=960, height=240, points=480, labels=9)
OVERVIEW = replace(WIDE, height=216, points=220)
NARROW = canvas.Size(
    width=358, height=190, points=160, labels=3, left=48, right=8, envelope=False, pointed=False, step=0.5
)
SMALL = canvas.Size(width=300, height=84, points=60, labels=2, left=6, right=6, top=8, bottom=8, step=0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """One drawn series.

    `line` joins the means of the columns, `envelope` their ranges. `bands` are onset intervals (x,
    width). `start` and `end` are epoch seconds; `times` and `values` answer the pointer.
    """

    size: canvas.Size
    title: str
    description: str
    line: str
    envelope: str
    log: bool
    start: float
    end: float
    bands: tuple[tuple[float, float], ...]
    labels: tuple[canvas.Label, ...] = ()
    x_labels: tuple[canvas.Label, ...] = ()
    y_labels: tuple[canvas.Label, ...] = ()
    levels: tuple[canvas.Level, ...] = ()
    marks: tuple[Mark, ...] = ()
    recovered_x: float | None = None
    times: tuple[float, ...] = ()
    values: tuple[str, ...] = ()


def lead_plot(
    finding: Finding,
    report: Report,
    size: canvas.Size,
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
    window = canvas.open_window(finding.chart, size, around, levels) if finding.chart else None
    if window is None:
        return None
    marks = _marks(window, report, suspected)
    band = canvas.place_band(window, finding.interval)
    recovered_x = _recovered_x(window, finding)
    part = finding.chart is not None and (window.start, window.end) != scales.time_range(finding.chart)
    name = movements.metric_name(finding.metric, finding.slice)
    return Plot(
        size=size,
        title=f"{wording.capital(name)} {'around the onset' if part else 'over time'}",
        description=_description(finding, window, marks),
        line=canvas.draw_line(window),
        envelope=canvas.draw_envelope(window) if size.envelope else "",
        log=window.scale.log,
        start=window.start,
        end=window.end,
        bands=(band,) if band else (),
        labels=tuple(_labels(band, marks, recovered_x, size)),
        x_labels=canvas.label_times(window),
        y_labels=canvas.label_values(window, finding.metric),
        levels=_levels(window, finding),
        marks=marks,
        recovered_x=recovered_x,
        times=tuple(window.points.times.tolist()),
        values=_values(window, finding.metric),
    )


def _labels(
    band: tuple[float, float] | None, marks: Sequence[Mark], recovered_x: float | None, size: canvas.Size
) -> Iterator[canvas.Label]:
    """Name the onset, the suspected deploys and, where there is room for it, the recovery."""
    if band:
        yield canvas.label_beside(band[0] + band[1] / 2, 28, "onset", "onset", size)
    for mark in marks:
        if mark.kind == "suspect":
            yield canvas.label_beside(mark.x, 13, "suspected deploy", "suspect", size)
    if recovered_x is not None and band and band[0] + 90 < recovered_x < size.end - 70:
        yield canvas.label_beside(recovered_x, 28, "recovered", "recovery", size, anchor="start")


def small_plot(symptom: SavedSymptom, points: int = SMALL.points) -> Plot | None:
    """Draw one of the other series that moved, without axes; None without values."""
    size = replace(SMALL, points=points)
    window = canvas.open_window(symptom.chart, size) if symptom.chart else None
    if window is None:
        return None
    before, after = (figures.measure(value, symptom.metric) for value in (symptom.before, symptom.after))
    band = canvas.place_band(window, (symptom.onset, symptom.onset))
    return Plot(
        size=size,
        title=wording.capital(movements.metric_name(symptom.metric, symptom.slice)),
        description=f"From {before} to {after} at {figures.moment(symptom.onset)}.",
        line=canvas.draw_line(window),
        envelope="",
        log=window.scale.log,
        start=window.start,
        end=window.end,
        bands=(band,) if band else (),
    )


def overview_plot(report: Report, findings: Sequence[Finding], size: canvas.Size) -> Plot | None:
    """Draw the whole log with every incident's number above its onset; None without values."""
    window = canvas.open_window(report.chart, size) if report.chart else None
    if window is None:
        return None
    metric = report.chart_metric or ""
    bands: list[tuple[float, float]] = []
    labels: list[canvas.Label] = []
    rows = [-100.0, -100.0]
    for finding in sorted(findings, key=lambda finding: finding.onset):
        band = canvas.place_band(window, finding.interval)
        if band is None:
            continue
        bands.append(band)
        x = band[0] + band[1] / 2
        # Numbers that would touch take the second row; in a crowd some stay unwritten.
        row = next((row for row, last in enumerate(rows) if x - last >= 16), None)
        if row is not None:
            rows[row] = x
            labels.append(canvas.Label(x=round(x, 1), y=28 - 14 * row, text=str(finding.id), name="onset"))
    onsets = ", ".join(f"{finding.id} at {figures.moment(finding.onset)}" for finding in findings)
    return Plot(
        size=size,
        title=f"{wording.capital(movements.metric_name(metric))} over the whole log",
        description=f"Incidents: {onsets}." if onsets else "No incident.",
        line=canvas.draw_line(window),
        envelope=canvas.draw_envelope(window) if size.envelope else "",
        log=window.scale.log,
        start=window.start,
        end=window.end,
        bands=tuple(bands),
        labels=tuple(labels),
        x_labels=canvas.label_times(window),
        y_labels=canvas.label_values(window, metric),
        marks=_marks(window, report, None),
        times=tuple(window.points.times.tolist()),
        values=_values(window, metric),
    )


def _values(window: canvas.Window, metric: str) -> tuple[str, ...]:
    """Write the values of a curve for the pointer."""
    if not window.size.pointed:
        return ()
    return tuple(figures.measure(value, metric) for value in window.points.mean.tolist())


def without_labels(size: canvas.Size) -> canvas.Size:
    """Take the room away that the labels above a curve need."""
    return replace(size, height=size.height - size.top + 8, top=8)


def near_onset(finding: Finding) -> tuple[float, float] | None:
    """Return the range of epoch seconds in which an incident's step can be seen; None without a chart."""
    if finding.chart is None:
        return None
    levels = (finding.before, finding.after)
    return scales.focus(finding.chart, finding.onset.timestamp(), _reach(finding, finding.chart), levels)


def alone(finding: Finding) -> tuple[float, float] | None:
    """Return the range of epoch seconds that shows one incident of several: it, and about as much around it.

    A tenth of the log on either side shows what was usual. None without a chart.
    """
    near = near_onset(finding)
    if finding.chart is None or near is None:
        return None
    start, end = scales.time_range(finding.chart)
    over = (finding.recovered_at or finding.onset).timestamp()
    margin = max((end - start) / 10, over - finding.onset.timestamp(), _reach(finding, finding.chart))
    low, high = max(start, near[0], finding.onset.timestamp() - margin), min(end, near[1], over + margin)
    return (low, high) if high > low else near


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


def _recovered_x(window: canvas.Window, finding: Finding) -> float | None:
    at = finding.recovered_at
    return window.x(at.timestamp()) if at is not None and window.covers(at) else None


def _levels(window: canvas.Window, finding: Finding) -> tuple[canvas.Level, ...]:
    onset = window.x(finding.onset.timestamp())
    until = window.x(finding.recovered_at.timestamp() if finding.recovered_at else window.end)
    levels = []
    if finding.before is not None and onset > window.size.left:
        levels.append(canvas.Level(x1=window.size.left, x2=onset, y=window.y(finding.before)))
    if finding.after is not None and until > onset:
        levels.append(canvas.Level(x1=onset, x2=until, y=window.y(finding.after)))
    return tuple(levels)


def _marks(window: canvas.Window, report: Report, suspected: Deploy | None) -> tuple[Mark, ...]:
    return deploy_marks(
        [deploy for deploy in report.deploys if window.covers(deploy.started_at)],
        report.releases,
        suspected if suspected is not None and window.covers(suspected.started_at) else None,
        x=lambda deploy: window.x(deploy.started_at.timestamp()),
        y=window.size.floor + 11,
        most=window.size.marks,
    )


def _description(finding: Finding, window: canvas.Window, marks: Sequence[Mark]) -> str:
    parts = [
        f"{wording.capital(movements.movement(finding))}.",
        f"It began between {figures.span(*finding.interval, joined='and')}.",
        f"{'Logarithmic' if window.scale.log else 'Linear'} axis.",
    ]
    parts += [f"Suspected: {mark.text}." for mark in marks if mark.kind == "suspect"]
    if finding.recovered_at:
        parts.append(f"Recovered at {figures.moment(finding.recovered_at)}.")
    return " ".join(parts)
