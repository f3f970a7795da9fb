"""What to do after a check."""

from collections.abc import Sequence

from bisect_ml.checks.acceptance import FILE_NAME
from bisect_ml.saved_check import Bisection, Comparison
from bisect_ml.saved_report import Suspect

READ_ONE_FROM = 0.5


def check_step(
    comparison: Comparison,
    suspects: Sequence[Suspect],
    bisection: Bisection | None,
    *,
    has_command: bool,
    just_accepted: bool,
) -> str:
    """Say what to do now, with commands and shas in backticks; nothing after a pass.

    Args:
        comparison: The comparison, acceptances counted.
        suspects: The commits of the branch, best first, where it failed.
        bisection: What running them showed, None where none was asked for.
        has_command: Whether the predictions were made by a command that can run again.
        just_accepted: Whether this check accepted what failed.
    """
    if just_accepted:
        return f"Commit `{FILE_NAME}` with the change: `git add {FILE_NAME}`."
    if comparison.verdict == "pass":
        return ""
    if comparison.verdict == "inconclusive":
        return _decide(comparison)
    accept = 'if the change is meant, accept it with `--accept "why"`'
    if bisection is not None and bisection.culprit is not None:
        return f"Read the change that did it: `git show {bisection.culprit[:12]}`; {accept}."
    best = next((one for one in suspects if one.sha is not None), None)
    if best is None or best.sha is None:
        return f"Compare what made the two sides; {accept}."
    first = "Read the change" if best.probability >= READ_ONE_FROM else "Read the likeliest change first"
    sha = best.sha[:12]
    # A merge shows next to nothing by itself.
    look = f"{first}: `git show {sha}`" if best.joins is None else f"{first}: `git log -p {sha}^1..{sha}`"
    if has_command and bisection is None and len(suspects) > 1:
        look += ", or let the runs find it with `--bisect`"
    return f"{look}; {accept}."


def _decide(comparison: Comparison) -> str:
    problems = comparison.coverage.problems
    if problems:
        return f"Mend what keeps it from deciding: {problems[0]}."
    open_ones = [one for one in comparison.results if one.verdict == "inconclusive"]
    asked = [one for one in open_ones if one.slice is None or one.critical] or open_ones
    if any(one.effect is None for one in asked):
        names = ", ".join(dict.fromkeys(f"`{one.metric}`" for one in asked if one.effect is None))
        return f"See whether both sides predict what they should: there is no {names} to compare."
    needed = [one.rows_needed for one in asked if one.rows_needed is not None]
    if not needed or len(needed) < len(asked):
        return "Give more rows, or a wider margin where the metric may move further."
    rows = max(one.base_rows for one in asked)
    return f"Give {max(needed):,} rows or more (now {rows:,}): that many would decide."
