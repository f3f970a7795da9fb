"""A series as lines of Braille dots, with its deploys and the onset below it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from rich.text import Text

from bisect_ml.report import figures, scales
from bisect_ml.saved_report import Chart
from bisect_ml.types import Deploy

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_ROWS = 6


def draw(
    chart: Chart,
    metric: str,
    *,
    width: int,
    deploys: Sequence[Deploy] = (),
    suspected: Deploy | None = None,
    interval: tuple[datetime, datetime] | None = None,
) -> list[Text]:
    """Draw a chart in `width` columns; no lines where it has no values.

    Under the curve, `▲` marks deploys, `◆` the suspected one, and a bar the onset interval.
    """
    start, end = scales.time_range(chart)
    scale = scales.value_scale(chart.values)
    labels = [figures.measure(value, metric) for value in _edge_values(scale)]
    margin = max(len(label) for label in labels)
    columns = max(10, width - margin - 2)
    thinned = scales.thin(chart, start, end, columns * 2)
    if not len(thinned.times):
        return []
    lines = []
    for row, cells in enumerate(_braille(thinned, scale, start, end, columns)):
        label = labels[0] if row == 0 else labels[1] if row == _ROWS - 1 else ""
        axis = "┤" if label else "│"
        lines.append(Text.assemble((f"{label:>{margin}} {axis}", "dim"), (cells, "cyan"), no_wrap=True))

    def column(moment: datetime) -> int:
        return int(min(0.9999, max(0.0, (moment.timestamp() - start) / (end - start))) * columns)

    lane = _lane(deploys, suspected, interval, columns, column)
    lines.append(Text.assemble((" " * (margin + 1) + "└", "dim"), lane, no_wrap=True))
    lines.append(Text(" " * (margin + 2) + _time_axis(start, end, columns), style="dim", no_wrap=True))
    return lines


def _edge_values(scale: scales.ValueScale) -> tuple[float, float]:
    return scale.high, scale.low


def _braille(
    thinned: scales.Thinned, scale: scales.ValueScale, start: float, end: float, columns: int
) -> list[str]:
    """Set one dot per value, and the dots between neighbours so that the curve holds together."""
    tall = _ROWS * 4
    cells = [[0] * columns for _ in range(_ROWS)]
    previous: int | None = None
    for at, low, mean, high, gap in zip(
        thinned.times, thinned.low, thinned.mean, thinned.high, thinned.gap, strict=True
    ):
        x = int(min(0.99999, max(0.0, (at - start) / (end - start))) * columns * 2)
        levels = [round((1 - scale.at(float(value))) * (tall - 1)) for value in (high, mean, low)]
        top, middle, bottom = levels
        if previous is not None and not gap:
            top, bottom = min(top, previous), max(bottom, previous)
        for y in range(top, bottom + 1):
            cells[y // 4][x // 2] |= _DOTS[y % 4][x % 2]
        previous = middle
    return ["".join(chr(0x2800 + dots) if dots else " " for dots in row) for row in cells]


def _lane(
    deploys: Sequence[Deploy],
    suspected: Deploy | None,
    interval: tuple[datetime, datetime] | None,
    columns: int,
    column: Callable[[datetime], int],
) -> Text:
    cells = ["─"] * columns
    styles = ["dim"] * columns
    if interval is not None:
        for at in range(column(interval[0]), column(interval[1]) + 1):
            cells[at], styles[at] = "━", "yellow"
    for deploy in deploys:
        if deploy.status != "failed":
            at = column(deploy.started_at)
            cells[at], styles[at] = "▲", "dim"
    if suspected is not None:
        at = column(suspected.started_at)
        cells[at], styles[at] = "◆", "bold red"
    return Text.assemble(*zip(cells, styles, strict=True))


def _time_axis(start: float, end: float, columns: int) -> str:
    axis = [" "] * columns
    free_from = 0
    for tick in scales.time_ticks(start, end, max(2, columns // 14)):
        at = int(tick.at * columns)
        if at >= free_from and at + len(tick.label) <= columns:
            axis[at : at + len(tick.label)] = tick.label
            free_from = at + len(tick.label) + 1
    return "".join(axis).rstrip()
