"""The report on a terminal: the verdict first, then the curve and the suspects."""

from collections.abc import Sequence
from dataclasses import replace

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bisect_ml.report import charts, figures, mix, movements, scales, terminal_chart, wording
from bisect_ml.report.blames import Blame, chance_of, ways_of
from bisect_ml.report.console import LEAST_WIDTH, labelled, plain_table, printed, warning_lines
from bisect_ml.report.privacy import prepare
from bisect_ml.report.selection import Selection, select
from bisect_ml.report.trials import badge_of, ran
from bisect_ml.report.untrusted import terminal as safe
from bisect_ml.saved_report import Chart, Finding, Report, Suspect
from bisect_ml.types import Evidence

_MOST_ROWS = 5
_MOST_SENTENCES = 6
# With more incidents than this, a list comes first and each incident takes less room.
_IN_FULL = 3
_LISTED = 40


def to_terminal(
    report: Report, *, width: int = 80, color: bool = False, diffs: bool = True, authors: bool = True
) -> str:
    """Write a report for a terminal of `width` columns; escape codes only where `color` is True."""
    chosen = select(report, listed=_LISTED, full=_LISTED, rows=_MOST_ROWS)
    chosen = replace(chosen, report=prepare(chosen.report, diffs=diffs, authors=authors))
    width = max(LEAST_WIDTH, width)
    return printed(_blocks(chosen, width), width=width, color=color)


def _blocks(chosen: Selection, width: int) -> list[RenderableType]:
    report = chosen.report
    judged = list(zip(report.incidents, chosen.blames, strict=True))
    blocks: list[RenderableType] = []
    if len(judged) != 1:
        headline = wording.headline(report.incidents, chosen.blames, unlisted=chosen.unlisted)
        blocks += [Text(headline, style="bold"), Text()]
    brief = len(judged) > _IN_FULL
    if brief:
        blocks += [*_overview(report, width), _summary(judged, width), Text()]
    for finding, blame in judged:
        blocks += _incident(finding, blame, report, width, brief=brief)
    blocks += warning_lines(report.warnings, rest="the report files")
    blocks.append(Text(safe(_footer(report)), style="dim"))
    return blocks


def _overview(report: Report, width: int) -> list[RenderableType]:
    if report.chart is None:
        return []
    onsets = terminal_chart.Onsets(
        intervals=tuple(finding.interval for finding in report.incidents),
        numbers=tuple(finding.id for finding in report.incidents),
    )
    return _chart(report.chart, report.chart_metric or "", None, report, onsets, width=width)


def _summary(judged: Sequence[tuple[Finding, Blame]], width: int) -> Table:
    table = plain_table(width)
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("Onset (UTC)", no_wrap=True)
    table.add_column("What moved", ratio=1, overflow="fold")
    table.add_column("Most likely cause", ratio=1, overflow="fold")
    table.add_column("Chance", justify="right", no_wrap=True)
    for finding, blame in judged:
        name = movements.metric_name(finding.metric, finding.slice)
        moved = f"{name} {figures.change(finding.before, finding.after, finding.metric)}"
        if blame.lead is None:
            cause, chance = Text("no code change explains this"), finding.unexplained_probability
        else:
            suspect = finding.suspects[blame.lead]
            cause, chance = _name(suspect), chance_of(ways_of(finding, suspect))
        table.add_row(
            str(finding.id),
            _onset(finding),
            Text(safe(moved, limit=120)),
            cause,
            figures.probability(chance),
        )
    return table


def _onset(finding: Finding) -> Text:
    text = Text(figures.moment(finding.onset, zone=False))
    return text.append("\nongoing", "bold red") if finding.ongoing and finding.recovers is None else text


def _incident(
    finding: Finding, judged: Blame, report: Report, width: int, *, brief: bool
) -> list[RenderableType]:
    blocks: list[RenderableType] = []
    if len(report.incidents) > 1:
        blocks.append(Text(f"── Incident {finding.id} ".ljust(width, "─"), style="dim"))
    cause_style = "bold yellow" if judged.no_code else "bold red"
    blocks += [
        Text(safe(wording.moved_at(finding)), style="bold"),
        Text(safe(wording.cause(finding, judged), limit=900), style=cause_style),
        Text(safe(wording.impact(finding), limit=800)),
        Text(),
    ]
    if not brief:
        if finding.chart is not None:
            lead = None if judged.lead is None else finding.suspects[judged.lead].deploy
            onsets = terminal_chart.Onsets(intervals=(finding.interval,), suspected=lead)
            around = charts.near_onset(finding)
            blocks += _chart(
                finding.chart, finding.metric, finding.slice, report, onsets, width=width, around=around
            )
        blocks += [_suspects(finding, judged, width), Text()]
    blocks += [*_why(finding, judged), *_ran(finding)]
    if judged.no_code and finding.mix:
        blocks += _mix(finding, width)
    if finding.next_step:
        blocks += [labelled("Next:", "bold", finding.next_step), Text()]
    return blocks


def _chart(
    chart: Chart,
    metric: str,
    of: str | None,
    report: Report,
    onsets: terminal_chart.Onsets,
    *,
    width: int,
    around: tuple[float, float] | None = None,
) -> list[RenderableType]:
    """Draw a chart under a line that holds its name and its legend."""
    lines, legend = terminal_chart.draw(chart, metric, report, onsets, width=width, around=around)
    if not lines:
        return []
    part = around is not None and around != scales.time_range(chart)
    title = safe(terminal_chart.title_line(metric, of, part), limit=max(10, width - len(legend) - 3))
    head = Text(title + legend.rjust(width - len(title)), style="dim", no_wrap=True)
    return [head, *lines, Text()]


def _suspects(finding: Finding, judged: Blame, width: int) -> Table:
    table = plain_table(width)
    table.add_column("Chance", justify="right", no_wrap=True)
    table.add_column("Cause", ratio=1, overflow="fold")
    table.add_column("Author", max_width=18, overflow="ellipsis", no_wrap=True)
    table.add_column("Deploy (UTC)", no_wrap=True)
    rows: list[tuple[float, tuple[str | Text, ...], str]] = []
    for index, suspect in enumerate(finding.suspects):
        cells: tuple[str | Text, ...] = (
            figures.probability(suspect.probability),
            _name(suspect),
            Text(safe(suspect.author or "", limit=60)),
            figures.moment(suspect.deploy.started_at, zone=False),
        )
        rows.append((suspect.probability, cells, "bold" if index == judged.lead else ""))
    chance = figures.probability(finding.unexplained_probability)
    no_code = (chance, "no code change explains this", "", "")
    rows.append((finding.unexplained_probability, no_code, "bold" if judged.no_code else ""))
    for _, cells, style in sorted(rows, key=lambda row: -row[0]):
        table.add_row(*cells, style=style)
    if finding.cut_suspects:
        number = figures.count(finding.cut_suspects, "more suspect")
        table.add_row(figures.probability(finding.cut_probability), number, "", "", style="dim")
    return table


def _name(suspect: Suspect) -> Text:
    if suspect.sha is None:
        return Text(wording.silent_name(suspect))
    name = Text.assemble(
        (wording.short_sha(suspect.sha), "yellow"), " ", safe(suspect.subject or "", limit=120)
    )
    if suspect.direction == "removed":
        name.append(" (taken out)")
    return name.append(f" ({badge_of(suspect)})") if suspect.trial else name


def _why(finding: Finding, judged: Blame) -> list[RenderableType]:
    """Say what speaks for and against the answer."""
    if judged.lead is None:
        told, title = finding.unexplained, "Why no code change"
    else:
        top = finding.suspects[judged.lead]
        told, title = top.evidence, f"Why {wording.short_sha(top.sha) if top.sha else 'this deploy'}"
    strongest = sorted((item for item in told if item.llr), key=_strength, reverse=True)[:_MOST_SENTENCES]
    lines = [
        Padding(labelled(*(("+", "green") if item.llr > 0 else ("-", "red")), item.sentence), (0, 0, 0, 2))
        for item in sorted(strongest, key=lambda item: -item.llr)
    ]
    return [Text(title, style="bold"), *lines, Text()] if lines else []


def _ran(finding: Finding) -> list[RenderableType]:
    lines = [Padding(Text(safe(line, limit=600)), (0, 0, 0, 2)) for line in ran(finding.suspects)]
    return [Text("Run again on recorded inputs", style="bold"), *lines, Text()] if lines else []


def _mix(finding: Finding, width: int) -> list[RenderableType]:
    """Show the traffic and the level of the slices, which is what moved where no code did."""
    table = plain_table(width)
    table.add_column("Slice", ratio=1, overflow="fold")
    for name in ("Share before", "after", "Mean before", "after"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in mix.rows(finding.mix):
        numbers = (row.share_before, row.share_after, row.mean_before, row.mean_after)
        table.add_row(Text(safe(row.slice, limit=120)), *numbers, style="bold" if row.moved else "")
    told = mix.sentence(finding)
    return [table, Text(), *([Text(told), Text()] if told else [])]


def _strength(evidence: Evidence) -> float:
    return abs(evidence.llr)


def _footer(report: Report) -> str:
    inputs = report.inputs
    days = figures.duration((inputs.log_end - inputs.log_start).total_seconds())
    read = (
        f"{figures.count(inputs.rows, 'prediction')} over {days}",
        figures.count(inputs.series, "series", "series"),
        figures.count(inputs.deploys_read, "deploy"),
    )
    return f"{', '.join(read)}. bisect-ml {report.tool_version}".rstrip()
