"""A check as workflow commands, which GitHub shows beside the run that printed them.

GitHub keeps ten errors and ten warnings of a step and drops the others unseen, so the last one counts
what is left out.
"""

from bisect_ml.report.checks import amounts, selection, wording
from bisect_ml.report.privacy import prepare_check
from bisect_ml.report.untrusted import visible
from bisect_ml.saved_check import CheckReport, Result

_MOST = 10


def to_annotations(report: CheckReport, *, diffs: bool = True, authors: bool = True) -> str:
    """Write one annotation a metric that failed, or could not be decided; nothing for a clean pass.

    The slices of a metric share its annotation; there are at most ten errors and ten warnings.
    """
    report = prepare_check(report, diffs=diffs, authors=authors)
    comparison = report.comparison
    errors = _grouped(report, selection.failures(comparison))
    must = [one for one in selection.undecided(comparison) if selection.must_be_proved(one)]
    warnings = [*comparison.coverage.problems, *_grouped(report, must)]
    lines = [*_commands("error", errors), *_commands("warning", warnings)]
    return "".join(f"{line}\n" for line in lines)


def _grouped(report: CheckReport, results: list[Result]) -> list[str]:
    """Say one sentence a metric, from its worst result on."""
    by_metric: dict[str, list[Result]] = {}
    for one in results:
        by_metric.setdefault(one.metric, []).append(one)
    told = []
    for first, *others in by_metric.values():
        more = f" (and {len(others)} more of this metric)" if others else ""
        margin = amounts.margin(first)
        told.append(f"{wording.movement(first, report.comparison.kind)}; margin {margin}{more}")
    cause = wording.cause(report)
    return [f"{told[0]}. {cause}", *told[1:]] if told and cause else told


def _commands(kind: str, texts: list[str]) -> list[str]:
    if len(texts) > _MOST:
        texts = [*texts[: _MOST - 1], f"{len(texts) - _MOST + 1} more, in the report"]
    return [f"::{kind} title=bisect-ml check::{_escaped(text)}" for text in texts]


def _escaped(text: str) -> str:
    """Escape what ends a command or begins the next, as the runner reads it."""
    shown = visible(text, limit=1000)
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
