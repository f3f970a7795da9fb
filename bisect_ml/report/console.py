"""How blocks become the text of a terminal: width, colours, and what every table has in common."""

import io
from collections.abc import Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bisect_ml.report import wording
from bisect_ml.report.untrusted import terminal as safe

LEAST_WIDTH = 40
_MOST_WARNINGS = 12


def printed(blocks: Sequence[RenderableType], *, width: int, color: bool) -> str:
    """Write blocks for a terminal of `width` columns; escape codes only where `color` is True."""
    console = Console(
        file=io.StringIO(),
        width=width,
        color_system="standard" if color else None,
        force_terminal=color,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    with console.capture() as capture:
        # Every block keeps to the width, but for the paths that must not break.
        console.print(Group(*blocks), crop=False)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def plain_table(width: int) -> Table:
    """Return an empty table with a line under its head."""
    return Table(box=box.SIMPLE_HEAD, width=width, pad_edge=False, show_edge=False, header_style="bold")


def warning_lines(warnings: Sequence[str], *, rest: str) -> list[RenderableType]:
    """List warnings under a heading, the first of them where there are many; `rest` has the others."""
    if not warnings:
        return []
    lines: list[RenderableType] = [Text("Not checked, or to be read with care", style="bold")]
    lines += [Padding(labelled("!", "yellow", text), (0, 0, 0, 2)) for text in warnings[:_MOST_WARNINGS]]
    if len(warnings) > _MOST_WARNINGS:
        lines.append(Text(f"    {len(warnings) - _MOST_WARNINGS} more in {rest}", style="dim"))
    return [*lines, Text()]


def labelled(label: str, style: str, sentence: str) -> Table:
    """Put a sentence beside its label, so that its further lines are indented."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(label, style=style), Text(safe(wording.capital(sentence))))
    return grid
