"""The sentences of a check: its verdict, what moved, what that was measured against.

Nothing here escapes: text from outside passes through `untrusted` on its way into a page.
"""

import math
import re
from collections.abc import Sequence

from bisect_ml.report import figures, movements, wording
from bisect_ml.report.checks import amounts
from bisect_ml.report.checks.selection import accepted, failures, must_be_proved, undecided
from bisect_ml.saved_check import Bisection, CheckReport, Comparison, Result, RowChanges, Side, Verdict

WORDS: dict[Verdict, str] = {"pass": "PASS", "fail": "FAIL", "inconclusive": "INCONCLUSIVE"}

_NAMES = {
    "median": "median prediction",
    "rows": "share of rows that changed",
    "flips": "share of decisions that flipped",
}
_SHORT = {"null_rate": "missing", "rows": "rows changed"}


def short_name(metric: str, kind: str = "numeric") -> str:
    """Name a metric for the cell of a table, where its slice stands beside it."""
    if metric.startswith("share["):
        return f"share of {metric[6:-1]}"
    if metric == "flips":
        return "class changed" if kind == "label" else "flipped"
    return _SHORT.get(metric, metric)


def metric_name(metric: str, of: str | None = None, kind: str = "numeric") -> str:
    """Name a metric, and the slice it was taken on, in words."""
    if metric == "flips" and kind == "label":
        name = "share of rows of another class"
    else:
        name = _NAMES.get(metric) or movements.metric_name(metric)
    return name if of is None else f"{name} for {of}"


def verdict(report: CheckReport) -> str:
    """Say what the check found, in one sentence; where it failed, with slice, kind and size first."""
    comparison = report.comparison
    if comparison.verdict == "fail":
        worst, *others = failures(comparison)
        more = f" {_others(worst, others)}" if others else ""
        return f"{wording.capital(movement(worst, comparison.kind))}.{more}"
    if comparison.verdict == "inconclusive":
        return _undecided(comparison)
    meant = accepted(comparison)
    if meant:
        names = figures.count(len(meant), "accepted change")
        return f"Nothing moved beyond its margin, but for {names}: {meant[0].accepted}."
    still = next((f" {_still(one)}" for one in comparison.rows if one.slice is None), "")
    return f"Every metric that must be proved stayed inside its margin.{still}"


def _still(changes: RowChanges) -> str:
    """Say how many rows changed at all."""
    changed = f"{changes.changed:,}" if changes.changed else "None"
    return f"{changed} of the {figures.count(changes.pairs, 'row')} changed."


def cause(report: CheckReport) -> str:
    """Say what most likely made a check fail; empty where nothing is known of it."""
    if report.comparison.verdict != "fail":
        return ""
    if report.bisection is not None and report.bisection.culprit is not None:
        return found(report.bisection)
    if not report.suspects:
        return ""
    top = report.suspects[0]
    if top.sha is None or report.unexplained_probability > top.probability:
        return "No commit of the branch stands out."
    name, chance = wording.suspect_name(top), figures.probability(top.probability)
    second = wording.runner_up(report.suspects, top)
    if top.probability < wording.POSSIBLE:
        return f"No commit stands out; the best guess is {name} ({chance}){second}."
    return f"{wording.capital(wording.confidence(top.probability))} caused by {name} ({chance}){second}."


def found(bisection: Bisection) -> str:
    """Say which commit the runs named."""
    subject = f" “{bisection.subject}”" if bisection.subject else ""
    name = f"commit {wording.short_sha(bisection.culprit or '')}{subject}"
    came = f", which came with {wording.short_sha(bisection.merge)}" if bisection.merge else ""
    part = (
        f" It makes {figures.share(bisection.share, 2)} of the change."
        if bisection.share is not None and abs(bisection.share - 1) > 0.1
        else ""
    )
    return f"Running the code shows it: caused by {name}{came}.{part}"


def cost(bisection: Bisection) -> str:
    """Say how many runs a search took, and how many plain halving would have taken."""
    return (
        f"It took {figures.count(bisection.runs, 'run')} beyond the two sides; "
        f"plain halving takes {bisection.halving_runs}."
    )


def movement(result: Result, kind: str = "numeric") -> str:
    """Say what moved and how much: `the mean prediction for region=07 rose 1,000-fold, from 12 to 12,000`."""
    if result.metric in amounts.OF_PAIRS:
        return _of_pairs(result, kind)
    name = f"the {metric_name(result.metric, result.slice, kind)}"
    values = f"from {amounts.measure(result.base, result)} to {amounts.measure(result.head, result)}"
    if result.effect is None or not math.isfinite(result.effect):
        return f"{name} moved {values}"
    if result.signature == "sign flip":
        return f"{name} changed its sign, {values}"
    verb = "rose" if result.effect >= 0 else "fell"
    if result.unit == "relative" and not amounts.is_ratio(result):
        return f"{name} {verb} {values}"
    amount = amounts.effect(result)
    size = f"{amount[1:]}-fold" if amount[0] in "×÷" else f"by {amount.lstrip('+−')}"
    told = f"{name} {verb} {size}, {values}"
    if result.signature is None:
        return told
    ratio = movements.signature(result.signature)
    # A sentence that begins with the factor need not end with it.
    likely = ratio.partition(", ")[2] if amount[0] in "×÷" else f"about {ratio}"
    return f"{told} ({likely})" if likely else told


def _of_pairs(result: Result, kind: str) -> str:
    where = f" for {result.slice}" if result.slice else ""
    if result.metric == "rows":
        what = f"of the rows{where} changed their prediction"
    elif kind == "label":
        what = f"of the rows{where} changed their class"
    else:
        what = f"of the decisions{where} flipped"
    return f"{amounts.effect(result)} {what}"


def _others(worst: Result, others: Sequence[Result]) -> str:
    slices = {one.slice for one in others} - {None, worst.slice}
    where = f" in {figures.count(len(slices), 'other slice')}" if slices else ""
    return f"{figures.count(len(others), 'other result')}{where} failed with it."


def _undecided(comparison: Comparison) -> str:
    if comparison.coverage.problems:
        return f"It cannot be decided: {comparison.coverage.problems[0]}."
    open_ones = undecided(comparison)
    if not open_ones:
        return "It cannot be decided from these rows."
    first = open_ones[0]
    asked = [one for one in open_ones if one.slice is None or one.critical] or open_ones
    name = f"the {metric_name(first.metric, first.slice, comparison.kind)}"
    if first.interval is None:
        return f"It cannot be decided: nothing can be said of {name}."
    told = f"{name} may have moved by {amounts.interval(first)}, and its margin is {amounts.margin(first)}"
    known = [one.rows_needed for one in asked if one.rows_needed is not None]
    # The rows that decide all that must be: the next step asks for as many.
    needed = f"; {max(known):,} rows would decide" if len(known) == len(asked) else ""
    return f"It cannot be decided: {told}{needed}."


def outcome(result: Result) -> str:
    """Write the verdict of a result in a word; a slice that needs no proof is open without harm."""
    if result.accepted is not None:
        return "accepted"
    if result.verdict == "inconclusive" and not must_be_proved(result):
        return "undecided"
    return WORDS[result.verdict].lower()


def power(comparison: Comparison) -> str:
    """Say what the rows can show at all; empty where that is not known."""
    known = [
        one
        for one in comparison.results
        if one.slice is None and one.mde is not None and one.metric not in amounts.OF_PAIRS
    ]
    sizes = [
        f"{short_name(one.metric, comparison.kind)} {amounts.size(one.mde, one).lstrip('+')}"
        for one in known
        if not amounts.unmoved(one)
    ]
    still = next((one for one in known if amounts.unmoved(one)), None)
    parts = [f"a change to {figures.share(amounts.least_seen(still), 2)} of them"] if still else []
    parts += [f"a shift of: {', '.join(sizes)}"] if sizes else []
    return f"These rows would show, four times in five, {' and '.join(parts)}." if parts else ""


def left_out(comparison: Comparison, shown: int) -> str:
    """Say how many results are not shown; empty where all are."""
    hidden = comparison.computed - shown
    if hidden <= 0:
        return ""
    return (
        f"{figures.count(hidden, 'more result')} computed: passes of slices, and what only repeats the above"
    )


def compared(report: CheckReport) -> str:
    """Say what was compared: which sides, how many rows, by which key."""
    coverage = report.comparison.coverage
    names = f"{side_name(report.base)} against {side_name(report.head)}"
    if coverage.key:
        key = ", ".join(coverage.key)
        return f"{names}: {figures.count(coverage.matched, 'row')} paired by {key}"
    return f"{names}: {report.base.rows:,} and {report.head.rows:,} rows, not paired"


def side_name(side: Side) -> str:
    """Name a side, with its commit where that is not its name."""
    if side.sha is None:
        return side.name
    if side.sha.startswith(side.name):
        return wording.short_sha(side.name)
    return f"{side.name} ({wording.short_sha(side.sha)})"


def log_name(name: str) -> str:
    """Name what left a log: a side, or a commit by its first digits."""
    return wording.short_sha(name) if re.fullmatch("[0-9a-f]{40}", name) else name
