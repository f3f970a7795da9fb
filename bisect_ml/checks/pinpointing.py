"""A failed comparison pinned to a commit, by running the commits of the branch."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bisect_ml.check_settings import CheckSettings
from bisect_ml.checks.branches import Branches
from bisect_ml.checks.comparing import effect_of
from bisect_ml.checks.trials import Laboratory, Measure, Runs, Shift, bisect, error_rates
from bisect_ml.progress import Progress
from bisect_ml.saved_check import Bisection, Comparison, Result
from bisect_ml.sources import Repository
from bisect_ml.types import Ranked


def pinpoint(
    comparison: Comparison,
    failed: Result,
    *,
    runs: Runs,
    settings: CheckSettings,
    repository: Repository,
    branches: Branches,
    ranking: Sequence[Ranked],
    progress: Progress,
) -> tuple[Bisection, Mapping[str, str]]:
    """Run commits until the one is found that made a result fail.

    Args:
        comparison: The comparison.
        failed: The result of it that is followed.
        runs: What runs commits.
        settings: How predictions are compared.
        repository: Where the commits are.
        branches: The base, which does not show the failure, and the head, which does.
        ranking: How likely each commit is to have brought it.
        progress: Hears of each run.

    Returns:
        What was found, and the path of the log of each commit that ran.
    """
    shift = _shift(failed)
    laboratory = Laboratory(runs, _measure(comparison, failed, settings), shift)
    floors = comparison.noise.floors if comparison.noise else {}
    found = bisect(
        laboratory,
        base=branches.base.sha,
        head=branches.head.sha,
        parents=repository.parents_between(branches.base.sha, branches.head.sha),
        probabilities={
            one.candidate.commit.sha: one.probability for one in ranking if one.candidate.commit is not None
        },
        ancestry=repository,
        errors=error_rates(floors.get(shift.name), shift),
        progress=progress,
    )
    if found.culprit is not None:
        found = replace(found, subject=repository.messages([found.culprit])[found.culprit].subject)
    return found, laboratory.logs


def _measure(comparison: Comparison, failed: Result, settings: CheckSettings) -> Measure:
    """Return what compares two files by the metric and slice of a result, paired as they were for it."""
    known = replace(settings, key=comparison.coverage.key)

    def measure(before: Path, after: Path) -> float | None:
        measured = effect_of(before, after, failed.metric, failed.slice, known)
        return None if measured is None or measured.estimate is None else measured.estimate.effect

    return measure


def _shift(failed: Result) -> Shift:
    name = failed.metric if failed.slice is None else f"{failed.metric} of {failed.slice}"
    return Shift(effect=failed.effect or math.nan, unit=failed.unit, name=name)
