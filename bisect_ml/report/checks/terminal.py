"""A check on a terminal: the verdict first, then what moved, which commit, what to do."""

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bisect_ml.report import figures
from bisect_ml.report import wording as common
from bisect_ml.report.checks import amounts, rows, wording
from bisect_ml.report.checks.selection import shown_results
from bisect_ml.report.console import LEAST_WIDTH, labelled, plain_table, printed, warning_lines
from bisect_ml.report.privacy import prepare_check
from bisect_ml.report.trials import badge, badge_of
from bisect_ml.report.untrusted import terminal as safe
from bisect_ml.saved_check import CheckReport, Result, Verdict
from bisect_ml.saved_report import Suspect

_MOST_RESULTS = 12
_MOST_SUSPECTS = 5
_MOST_SENTENCES = 6
_MOST_FLIPS = 5
_MOST_TRIALS = 20
_MOST_GUESSES = 8
_MOST_LOGS = 6
_WIDE = 100
_STYLES: dict[Verdict, str] = {"pass": "bold green", "fail": "bold red", "inconclusive": "bold yellow"}


def check_to_terminal(
    report: CheckReport, *, width: int = 80, color: bool = False, diffs: bool = True, authors: bool = True
) -> str:
    """Write a check for a terminal of `width` columns; escape codes only where `color` is True."""
    report = prepare_check(report, diffs=diffs, authors=authors)
    width = max(LEAST_WIDTH, width)
    return printed(_blocks(report, width), width=width, color=color)


def _blocks(report: CheckReport, width: int) -> list[RenderableType]:
    verdict = report.comparison.verdict
    head = Text.assemble(
        (wording.WORDS[verdict], _STYLES[verdict]), "  ", (safe(wording.verdict(report), limit=900), "bold")
    )
    blocks: list[RenderableType] = [head]
    cause = wording.cause(report)
    if cause:
        blocks.append(Text(safe(cause, limit=900), style="bold red"))
    blocks += [Text(safe(wording.compared(report) + "."), style="dim"), Text()]
    blocks += [_results(report, width), *_left_out(report), Text()]
    blocks += _rows(report)
    if report.suspects and verdict == "fail":
        blocks += [_suspects(report, width), Text(), *_why(report.suspects[0])]
    blocks += _trials(report)
    if report.next_step:
        blocks += [labelled("Next:", "bold", report.next_step), Text()]
    warnings = (*report.comparison.coverage.problems, *report.comparison.warnings, *report.warnings)
    blocks += warning_lines(tuple(dict.fromkeys(warnings)), rest="the report files")
    return [*blocks, *_guesses(report), *_logs(report), *_footer(report)]


def _results(report: CheckReport, width: int) -> Table:
    table = plain_table(width)
    table.add_column("Metric", ratio=1, overflow="fold")
    if width >= _WIDE:
        table.add_column("Base", justify="right", no_wrap=True)
        table.add_column("Head", justify="right", no_wrap=True)
    table.add_column("Effect", justify="right", no_wrap=True)
    table.add_column("90% interval", justify="right", no_wrap=True)
    table.add_column("Margin", justify="right", no_wrap=True)
    table.add_column("Verdict", no_wrap=True)
    kind = report.comparison.kind
    for one in shown_results(report.comparison, _MOST_RESULTS):
        sides = (amounts.measure(one.base, one), amounts.measure(one.head, one)) if width >= _WIDE else ()
        where = one.slice or "all rows"
        table.add_row(
            Text(safe(f"{common.capital(wording.short_name(one.metric, kind))}, {where}", limit=160)),
            *sides,
            amounts.in_cell(amounts.effect(one)),
            amounts.in_cell(amounts.interval(one)),
            amounts.in_cell(amounts.margin(one)),
            Text(wording.outcome(one), style=_style(one)),
        )
    return table


def _style(result: Result) -> str:
    if wording.outcome(result) in ("accepted", "undecided"):
        return ""
    return _STYLES[result.verdict].removeprefix("bold ")


def _left_out(report: CheckReport) -> list[RenderableType]:
    shown = len(shown_results(report.comparison, _MOST_RESULTS))
    told = (wording.left_out(report.comparison, shown), wording.power(report.comparison))
    return [Text(safe(line), style="dim") for line in told if line]


def _rows(report: CheckReport) -> list[RenderableType]:
    told = [rows.row_changes(changes) for changes in report.comparison.rows if changes.slice is None]
    flips = [
        f"{flip.rows:,} rows from {flip.base} to {flip.head}"
        for flip in report.comparison.flips[:_MOST_FLIPS]
    ]
    told += flips
    noise = rows.noise(report)
    lines = [*told, *([noise] if noise else [])]
    if not lines:
        return []
    return [Text("Row by row, exact for these inputs", style="bold"), *map(_indented, lines), Text()]


def _indented(line: str) -> RenderableType:
    return Padding(Text(safe(common.capital(line), limit=600)), (0, 0, 0, 2))


def _suspects(report: CheckReport, width: int) -> Table:
    table = plain_table(width)
    table.add_column("Chance", justify="right", no_wrap=True)
    table.add_column("Commit", ratio=1, overflow="fold")
    table.add_column("Author", max_width=18, overflow="ellipsis", no_wrap=True)
    table.add_column("Run", no_wrap=True)
    for suspect in report.suspects[:_MOST_SUSPECTS]:
        name = Text.assemble(
            (common.short_sha(suspect.sha or "no commit"), "yellow"),
            " ",
            safe(suspect.subject or "", limit=120),
        )
        chance = figures.probability(suspect.probability)
        outcome = badge_of(suspect)
        table.add_row(chance, name, Text(safe(suspect.author or "", limit=60)), outcome)
    rest = report.suspects[_MOST_SUSPECTS:]
    if rest:
        chance = figures.probability(min(1.0, sum(one.probability for one in rest)))
        table.add_row(chance, figures.count(len(rest), "more commit"), "", "", style="dim")
    return table


def _why(suspect: Suspect) -> list[RenderableType]:
    told = sorted((item for item in suspect.evidence if item.llr), key=lambda item: -abs(item.llr))
    if not told:
        return []
    name = common.short_sha(suspect.sha) if suspect.sha else "this change"
    lines = [
        Padding(labelled(*(("+", "green") if item.llr > 0 else ("-", "red")), item.sentence), (0, 0, 0, 2))
        for item in sorted(told[:_MOST_SENTENCES], key=lambda item: -item.llr)
    ]
    return [Text(f"Why {name}", style="bold"), *lines, Text()]


def _trials(report: CheckReport) -> list[RenderableType]:
    bisection = report.bisection
    if bisection is None or not bisection.trials:
        return []
    lines = [
        f"{common.short_sha(trial.sha)} {badge(trial)}: {trial.sentence}"
        for trial in bisection.trials[:_MOST_TRIALS]
    ]
    left = len(bisection.trials) - len(lines)
    lines += [f"{figures.count(left, 'more run')} in the report files"] if left else []
    lines.append(wording.cost(bisection))
    reason = [bisection.reason] if bisection.reason else []
    return [Text("Commits that ran", style="bold"), *map(_indented, [*lines, *reason]), Text()]


def _guesses(report: CheckReport) -> list[RenderableType]:
    told = report.comparison.guesses
    if not told:
        return []
    lines = [Padding(Text(safe(text), style="dim"), (0, 0, 0, 2)) for text in told[:_MOST_GUESSES]]
    return [Text("Guessed, as no setting says it", style="dim"), *lines, Text()]


def _logs(report: CheckReport) -> list[RenderableType]:
    """Name the logs; a path is left on one line, however long, so that it can be copied."""
    told = list(report.logs.items())[:_MOST_LOGS]
    if not told:
        return []
    names = [safe(wording.log_name(name)) for name, _ in told]
    wide = max(map(len, names))
    lines = [
        Text(f"  {name:{wide}}  {safe(path)}", style="dim", no_wrap=True, overflow="ignore")
        for name, (_, path) in zip(names, told, strict=True)
    ]
    return [Text("Logs of the runs", style="dim"), *lines, Text()]


def _footer(report: CheckReport) -> list[RenderableType]:
    counted = figures.count(report.comparison.computed, "result")
    return [Text(safe(f"{counted} computed. bisect-ml {report.tool_version}".rstrip()), style="dim")]
