"""A check as text for a pull request or a ticket: GitHub-flavoured Markdown, or Jira's wiki markup."""

from collections.abc import Sequence

from bisect_ml.report import figures, links
from bisect_ml.report import wording as common
from bisect_ml.report.checks import amounts, rows, wording
from bisect_ml.report.checks.deciles import DECILE_HEAD, decile_rows
from bisect_ml.report.checks.selection import shown_results
from bisect_ml.report.commands import on_lines
from bisect_ml.report.dialects import Dialect, GitHub, Jira
from bisect_ml.report.privacy import prepare_check
from bisect_ml.report.trials import badge, badge_of
from bisect_ml.saved_check import CheckReport, Result
from bisect_ml.saved_report import Suspect
from bisect_ml.types import Evidence

_MOST_RESULTS = 20
_MOST_SLICES = 20
_MOST_FLIPS = 12
_MOST_SUSPECTS = 8
_MOST_TRIALS = 30
_MOST_WARNINGS = 30
_MOST_GUESSES = 8
_MOST_SENTENCES = 8
_HUNK = 2500


def check_to_markdown(report: CheckReport, *, diffs: bool = True, authors: bool = True) -> str:
    """Write a check as Markdown of at most 60 kB, as a summary of a CI run or a comment takes it."""
    return _write(prepare_check(report, diffs=diffs, authors=authors), GitHub())


def check_to_jira(report: CheckReport, *, diffs: bool = True, authors: bool = True) -> str:
    """Write a check in Jira's wiki markup, at most 30 kB."""
    return _write(prepare_check(report, diffs=diffs, authors=authors), Jira())


def _write(report: CheckReport, to: Dialect) -> str:
    word = wording.WORDS[report.comparison.verdict]
    sections = [
        [to.heading(2, f"{word}: {wording.verdict(report)}"), ""],
        _answer(report, to),
        _results(report, to),
        _suspects(report, to),
        _evidence(report, to),
        _trials(report, to),
        _picked(report, to),
        _rows(report, to),
        _deciles(report, to),
        _warnings(report, to),
        _about(report, to),
    ]
    kept: list[str] = []
    room = to.budget - 200
    for section in sections:
        room -= sum(len(line.encode()) + 1 for line in section)
        if room < 0:
            kept += [to.emphasis("The rest is in the JSON file; this text has a size limit."), ""]
            break
        kept += section
    return "\n".join(kept).rstrip() + "\n"


def _answer(report: CheckReport, to: Dialect) -> list[str]:
    lines = []
    cause = wording.cause(report)
    if cause:
        lines += [to.strong(to.text(cause, limit=900)), ""]
    lines += [to.text(wording.compared(report) + ".", limit=600), ""]
    if report.next_step:
        lines += [f"{to.strong('Next:')} {to.sentence(report.next_step)}", ""]
    return lines


def _results(report: CheckReport, to: Dialect) -> list[str]:
    shown = shown_results(report.comparison, _MOST_RESULTS)
    if not shown:
        return []
    head = ("Metric", "Slice", "Base", "Head", "Effect", "90% interval", "Margin", "Verdict")
    lines = to.table(head, [_result(one, report.comparison.kind, to) for one in shown])
    told = (wording.left_out(report.comparison, len(shown)), wording.power(report.comparison))
    lines += [part for line in told if line for part in ("", to.text(line, limit=600))]
    return [*lines, ""]


def _result(one: Result, kind: str, to: Dialect) -> Sequence[str]:
    name = to.text(common.capital(wording.short_name(one.metric, kind)), limit=80)
    of = to.text(one.slice or "all rows", limit=120)
    word = wording.outcome(one)
    values = (
        amounts.measure(one.base, one),
        amounts.measure(one.head, one),
        amounts.in_cell(amounts.effect(one)),
        amounts.in_cell(amounts.interval(one)),
        amounts.in_cell(amounts.margin(one)),
    )
    return name, of, *values, to.strong(word) if word == "fail" else word


def _picked(report: CheckReport, to: Dialect) -> list[str]:
    """The intervals of failing slices as they hold although these were picked for failing."""
    kind = report.comparison.kind
    told = [
        f"{common.capital(wording.short_name(one.metric, kind))}, {one.slice}: {amounts.adjusted(one)}"
        for one in report.comparison.results
        if one.adjusted is not None
    ]
    if not told:
        return []
    lines = [to.bullet(to.text(text, limit=300)) for text in told[:_MOST_RESULTS]]
    title = "Intervals of the failing slices, widened because these were picked for failing"
    return [*to.fold(title, lines), ""]


def _deciles(report: CheckReport, to: Dialect) -> list[str]:
    if not report.comparison.deciles:
        return []
    lines = to.table(DECILE_HEAD, decile_rows(report.comparison))
    return [*to.fold("Deciles of all predictions: which part moved", lines), ""]


def _suspects(report: CheckReport, to: Dialect) -> list[str]:
    if report.comparison.verdict != "fail" or not report.suspects:
        return []
    shown, rest = report.suspects[:_MOST_SUSPECTS], report.suspects[_MOST_SUSPECTS:]
    rows = [
        (
            figures.probability(one.probability),
            _commit(one, report, to),
            to.text(one.author or "", limit=60),
            badge_of(one),
        )
        for one in shown
    ]
    lines = to.table(("Chance", "Commit", "Author", "Run"), rows)
    if rest:
        together = figures.probability(min(1.0, sum(one.probability for one in rest)))
        lines += ["", f"{figures.count(len(rest), 'more commit')}, together {together}."]
    return [*lines, ""]


def _commit(one: Suspect, report: CheckReport, to: Dialect) -> str:
    if one.sha is None:
        return "no commit"
    name = to.code(common.short_sha(one.sha), cell=True)
    url = links.commit_url(report, one.sha)
    subject = to.text(one.subject or "", limit=120)
    return f"{to.link(name, url) if url else name} {subject}".strip()


def _evidence(report: CheckReport, to: Dialect) -> list[str]:
    if report.comparison.verdict != "fail" or not report.suspects:
        return []
    top = report.suspects[0]
    lines = []
    for item in sorted(_spoken(top), key=lambda item: -item.llr)[:_MOST_SENTENCES]:
        side = to.strong("for" if item.llr > 0 else "against")
        lines.append(to.bullet(f"{side}: {to.sentence(common.capital(item.sentence), limit=300)}"))
    if lines:
        name = to.code(common.short_sha(top.sha)) if top.sha else "this change"
        lines = [to.strong(f"Why {name}"), "", *lines, ""]
    if top.hunk is not None:
        block = to.block(top.hunk.text, "diff", limit=_HUNK)
        lines += [to.text(top.hunk.path, limit=200) + ":", "", block, ""]
    return lines


def _spoken(suspect: Suspect) -> list[Evidence]:
    return [item for item in suspect.evidence if item.llr]


def _trials(report: CheckReport, to: Dialect) -> list[str]:
    bisection = report.bisection
    if bisection is None or not bisection.trials:
        return []
    rows = [
        (to.code(common.short_sha(one.sha), cell=True), badge(one), to.sentence(one.sentence, limit=300))
        for one in bisection.trials[:_MOST_TRIALS]
    ]
    lines = to.table(("Commit", "Run", "What was seen"), rows)
    lines += ["", wording.cost(bisection)]
    if bisection.reason:
        lines += ["", to.sentence(common.capital(bisection.reason), limit=600)]
    title = f"{figures.count(len(bisection.trials), 'commit')} ran"
    return [*to.fold(title, lines), ""]


def _rows(report: CheckReport, to: Dialect) -> list[str]:
    comparison = report.comparison
    told = [rows.row_changes(changes) for changes in comparison.rows[:_MOST_SLICES]]
    told += [f"{flip.rows:,} rows from {flip.base} to {flip.head}" for flip in comparison.flips[:_MOST_FLIPS]]
    noise = rows.noise(report)
    told += [noise] if noise else []
    if not told:
        return []
    lines = [to.bullet(to.text(common.capital(text), limit=600)) for text in told]
    return [*to.fold("Row by row, exact for these inputs", lines), ""]


def _warnings(report: CheckReport, to: Dialect) -> list[str]:
    comparison = report.comparison
    told = tuple(dict.fromkeys((*comparison.coverage.problems, *comparison.warnings, *report.warnings)))
    if not told:
        return []
    lines = [to.bullet(to.sentence(common.capital(text), limit=300)) for text in told[:_MOST_WARNINGS]]
    if len(told) > _MOST_WARNINGS:
        lines.append(to.bullet(f"{len(told) - _MOST_WARNINGS} more in the JSON file"))
    return [to.strong("Not checked, or to be read with care"), "", *lines, ""]


def _about(report: CheckReport, to: Dialect) -> list[str]:
    made = f"bisect-ml {to.text(report.tool_version, limit=40)}, {figures.moment(report.created_at)}"
    counted = figures.count(report.comparison.computed, "result")
    lines = [f"{counted} computed; {made}."]
    guesses = report.comparison.guesses[:_MOST_GUESSES]
    if guesses:
        told = [to.bullet(to.sentence(text, limit=300)) for text in guesses]
        lines += ["", "Guessed, as no setting says it:", "", *told]
    if report.reproduce:
        lines += ["", to.block(on_lines(report.reproduce), "sh", limit=1000)]
    return [*to.fold("How this was made", lines), ""]
