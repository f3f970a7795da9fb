"""A series as lines of Braille dots, with its deploys and the onset below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.text import Text

from bisect_ml.report import movements, scales, wording
from bisect_ml.report.marks import MarkKind, mark_kind
from bisect_ml.saved_report import Chart, Report
from bisect_ml.types import Deploy

_ROWS = 6
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_SYMBOLS: dict[MarkKind, tuple[str, str, str]] = {
    "deploy": ("▲", "dim", "deploy"),
    "failed": ("×", "dim", "failed"),
    "rollback": ("▼", "green", "rollback"),
    "suspect": ("◆", "bold red", "suspected"),
}
_ONSET = ("━", "yellow")


@dataclass(frozen=True, slots=True, kw_only=True)
class Onsets:
    """What stands below a curve: the onset intervals, each with its number where there are several.

    `suspected` is the deploy to highlight.
    """

    intervals: tuple[tuple[datetime, datetime], ...]
    numbers: tuple[int, ...] = ()
    suspected: Deploy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """The plotting area: so many columns from one epoch second to another."""

    start: float
    end: float
    columns: int

    def column(self, at: float, parts: int = 1) -> int:
        share = (at - self.start) / (self.end - self.start)
        return int(min(0.99999, max(0.0, share)) * self.columns * parts)

    def covers(self, moment: datetime) -> bool:
        return self.start <= moment.timestamp() <= self.end


def draw(
    chart: Chart,
    metric: str,
    report: Report,
    onsets: Onsets,
    *,
    width: int,
    around: tuple[float, float] | None = None,
) -> tuple[list[Text], str]:
    """Draw a chart in `width` columns; return its lines, none without values, and the legend.

    `around` limits it to a range of epoch seconds.
    """
    start, end = around or scales.time_range(chart)
    scale = scales.scale_within(chart, start, end)
    labels = {round((1 - tick.at) * (_ROWS - 1)): tick.label for tick in scale.ticks(3, metric)}
    margin = max((len(label) for label in labels.values()), default=0)
    grid = _Grid(start=start, end=end, columns=max(10, width - margin - 2))
    points = scales.thin(chart, start, end, grid.columns * 2)
    if not len(points.times):
        return [], ""
    lines = []
    for row, cells in enumerate(_braille(points, scale, grid)):
        label = labels.get(row, "")
        axis = f"{label:>{margin}} {'┤' if label else '│'}"
        lines.append(Text.assemble((axis, "dim"), (cells, "cyan"), no_wrap=True))
    lane, legend = _lane(report, onsets, grid)
    lines.append(Text.assemble((" " * (margin + 1) + "└", "dim"), lane, no_wrap=True))
    lines.append(Text(" " * (margin + 2) + _time_axis(grid), style="dim", no_wrap=True))
    return lines, legend


def _braille(points: scales.Thinned, scale: scales.ValueScale, grid: _Grid) -> list[str]:
    """Set the dots of every column's range, and those between neighbours so that the curve holds together."""
    tall = _ROWS * 4
    cells = [[0] * grid.columns for _ in range(_ROWS)]
    previous: int | None = None
    rows = zip(points.times, points.low, points.mean, points.high, points.gap, strict=True)
    for at, low, mean, high, gap in rows:
        x = grid.column(float(at), parts=2)
        top, middle, bottom = (
            round((1 - scale.at(float(value))) * (tall - 1)) for value in (high, mean, low)
        )
        if previous is not None and not gap:
            top, bottom = min(top, previous), max(bottom, previous)
        for y in range(top, bottom + 1):
            cells[y // 4][x // 2] |= _DOTS[y % 4][x % 2]
        previous = middle
    return ["".join(chr(0x2800 + dots) if dots else " " for dots in row) for row in cells]


def _lane(report: Report, onsets: Onsets, grid: _Grid) -> tuple[Text, str]:
    """Put the onsets and deploys on the axis; what matters more covers what matters less."""
    cells = [("─", "dim")] * grid.columns
    for low, high in onsets.intervals:
        for at in range(grid.column(low.timestamp()), grid.column(high.timestamp()) + 1):
            cells[at] = _ONSET
    did = {release.deploy: release for release in report.releases}
    shown = [deploy for deploy in report.deploys if grid.covers(deploy.started_at)]
    marked: list[tuple[Deploy, MarkKind]] = [
        (deploy, mark_kind(deploy, did.get(deploy.id))) for deploy in shown
    ]
    marked.sort(key=lambda pair: pair[1] == "rollback")
    if onsets.suspected is not None and grid.covers(onsets.suspected.started_at):
        marked.append((onsets.suspected, "suspect"))
    for deploy, kind in marked:
        symbol, style, _ = _SYMBOLS[kind]
        cells[grid.column(deploy.started_at.timestamp())] = (symbol, style)
    for number, (low, high) in zip(onsets.numbers, onsets.intervals, strict=False):
        at = grid.column((low.timestamp() + high.timestamp()) / 2)
        for offset, digit in enumerate(str(number)):
            cells[min(at + offset, grid.columns - 1)] = (digit, "bold yellow")
    kinds: Sequence[MarkKind] = ("suspect", "deploy", "rollback", "failed")
    present = {cell[0] for cell in cells}
    legend = [f"{_SYMBOLS[kind][0]} {_SYMBOLS[kind][2]}" for kind in kinds if _SYMBOLS[kind][0] in present]
    if onsets.numbers:
        first, last = onsets.numbers[0], onsets.numbers[-1]
        legend.append(f"{first}–{last} incidents" if first != last else f"{first} incident")
    elif _ONSET[0] in present:
        legend.append(f"{_ONSET[0]} onset")
    return Text.assemble(*cells), "  ".join(legend)


def _time_axis(grid: _Grid) -> str:
    axis = [" "] * grid.columns
    free_from = 0
    for tick in scales.time_ticks(grid.start, grid.end, max(2, grid.columns // 14)):
        at = int(tick.at * grid.columns)
        if at >= free_from and at + len(tick.label) <= grid.columns:
            axis[at : at + len(tick.label)] = tick.label
            free_from = at + len(tick.label) + 1
    return "".join(axis).rstrip()


def title_line(metric: str, of: str | None, part: bool) -> str:
    """Name a chart."""
    return f"{wording.capital(movements.metric_name(metric, of))}{', around the onset' if part else ''}"
