"""The report on a terminal: the verdict first, then the curve and the suspects."""

import io

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bisect_ml.report import figures, terminal_chart, wording
from bisect_ml.report.untrusted import terminal as safe
from bisect_ml.saved_report import Finding, Report, Suspect

_MOST_ROWS = 5
_LEAST_WIDTH = 40


def to_terminal(report: Report, *, width: int = 80, color: bool = False) -> str:
    """Write a report for a terminal of `width` columns; escape codes only where `color` is True."""
    console = Console(
        file=io.StringIO(),
        width=max(_LEAST_WIDTH, width),
        color_system="standard" if color else None,
        force_terminal=color,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    with console.capture() as capture:
        console.print(Group(*_blocks(report, console.width)))
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def _blocks(report: Report, width: int) -> list[RenderableType]:
    blocks: list[RenderableType] = []
    if len(report.incidents) != 1:
        blocks += [Text(wording.headline(report.incidents), style="bold"), Text()]
    for finding in report.incidents:
        blocks += _incident(finding, report, width)
    if report.warnings:
        blocks.append(Text("Not checked, or to be read with care", style="bold"))
        blocks += [_bullet("!", "yellow", warning) for warning in report.warnings]
        blocks.append(Text())
    blocks.append(Text(safe(_footer(report)), style="dim"))
    return blocks


def _incident(finding: Finding, report: Report, width: int) -> list[RenderableType]:
    many = len(report.incidents) > 1
    moved = wording.movement(finding)
    title = f"{moved[0].upper()}{moved[1:]}, at {figures.moment(finding.onset)}."
    cause_style = "bold yellow" if wording.blame(finding).no_code else "bold red"
    blocks: list[RenderableType] = []
    if many:
        blocks.append(Text(f"── Incident {finding.id} ".ljust(width, "─"), style="dim"))
    blocks.append(Text(safe(title), style="bold"))
    blocks.append(Text(safe(wording.cause(finding), limit=900), style=cause_style))
    blocks.append(Text(safe(_impact(finding))))
    blocks.append(Text())
    if finding.chart is not None:
        lead = finding.suspects[0].deploy if finding.suspects and not wording.blame(finding).no_code else None
        drawn = terminal_chart.draw(
            finding.chart,
            finding.metric,
            width=width,
            deploys=report.deploys,
            suspected=lead,
            interval=finding.interval,
        )
        if drawn:
            legend = "◆ suspected deploy  ▲ deploy  ━ onset" if lead else "▲ deploy  ━ onset"
            title = safe(
                wording.metric_name(finding.metric, finding.slice), limit=max(10, width - len(legend) - 3)
            )
            head = Text(title + legend.rjust(width - len(title)), style="dim", no_wrap=True)
            blocks += [head, *drawn, Text()]
    blocks += [_suspects(finding, width), Text()]
    blocks += _evidence(finding)
    if finding.next_step:
        blocks += [Text.assemble(("Next: ", "bold"), safe(finding.next_step)), Text()]
    return blocks


def _impact(finding: Finding) -> str:
    parts = [wording.impact(finding), f"Onset between {figures.span(*finding.interval)}."]
    if finding.signature:
        parts.append(f"The shift is about {wording.signature(finding.signature)}.")
    return " ".join(parts)


def _suspects(finding: Finding, width: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, width=width, pad_edge=False, show_edge=False, header_style="bold")
    table.add_column("Chance", justify="right", no_wrap=True)
    table.add_column("Cause", ratio=1, overflow="fold")
    table.add_column("Author", max_width=18, overflow="ellipsis", no_wrap=True)
    table.add_column("Deploy (UTC)", no_wrap=True)
    rows: list[tuple[float, tuple[str | Text, ...], str]] = []
    for index, suspect in enumerate(finding.suspects[:_MOST_ROWS]):
        rows.append((suspect.probability, _suspect_row(suspect), "bold" if index == 0 else ""))
    no_code = (figures.probability(finding.unexplained_probability), "no code change explains this", "", "")
    rows.append((finding.unexplained_probability, no_code, ""))
    for _, cells, style in sorted(rows, key=lambda row: -row[0]):
        table.add_row(*cells, style=style)
    hidden = finding.suspects[_MOST_ROWS:]
    if hidden or finding.cut_suspects:
        chance = sum(suspect.probability for suspect in hidden) + finding.cut_probability
        number = figures.count(len(hidden) + finding.cut_suspects, "more suspect")
        table.add_row(figures.probability(min(1.0, chance)), number, "", "", style="dim")
    return table


def _suspect_row(suspect: Suspect) -> tuple[str | Text, ...]:
    if suspect.sha is None:
        name = Text("deploy without a new commit")
    else:
        name = Text.assemble(
            (wording.short_sha(suspect.sha), "yellow"), " ", safe(suspect.subject or "", limit=120)
        )
        if suspect.direction == "removed":
            name.append(" (taken out)")
    return (
        figures.probability(suspect.probability),
        name,
        Text(safe(suspect.author or "", limit=60)),
        figures.moment(suspect.deploy.started_at, zone=False),
    )


def _evidence(finding: Finding) -> list[RenderableType]:
    """Say what speaks for and against the top answer."""
    if wording.blame(finding).no_code:
        told, title = finding.unexplained, "Why no code change"
    elif finding.suspects:
        top = finding.suspects[0]
        told, title = top.evidence, f"Why {wording.short_sha(top.sha) if top.sha else 'this deploy'}"
    else:
        return []
    strongest = sorted((item for item in told if item.llr), key=lambda item: -abs(item.llr))[:6]
    lines: list[RenderableType] = [
        _bullet("+" if item.llr > 0 else "-", "green" if item.llr > 0 else "red", item.sentence)
        for item in sorted(strongest, key=lambda item: -item.llr)
    ]
    return [Text(title, style="bold"), *lines, Text()] if lines else []


def _bullet(sign: str, style: str, sentence: str) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(sign, style=style), Text(safe(sentence)))
    return Padding(grid, (0, 0, 0, 2))


def _footer(report: Report) -> str:
    inputs = report.inputs
    days = figures.duration((inputs.log_end - inputs.log_start).total_seconds())
    read = (
        f"{figures.count(inputs.rows, 'prediction')} over {days}",
        figures.count(inputs.series, "series", "series"),
        figures.count(inputs.deploys_read, "deploy"),
    )
    return f"{', '.join(read)}. bisect-ml {report.tool_version}".rstrip()
