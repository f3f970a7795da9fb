"""A failed comparison pinned to a commit, by running the commits of the branch."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bisect_ml.bisection import chances
from bisect_ml.check_settings import CheckSettings
from bisect_ml.checks.branches import Branches
from bisect_ml.checks.comparing import effect_of
from bisect_ml.checks.trials import (
    Laboratory,
    Measure,
    Runs,
    Shift,
    bisect,
    error_rates,
    outcome,
    shift_name,
)
from bisect_ml.progress import Progress
from bisect_ml.saved_check import Bisection, Comparison, Result
from bisect_ml.sources import Repository
from bisect_ml.types import NO_DEPLOY, Ranked

# What rounding leaves is no chance.
LEAST_LEFT = 1e-9


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
) -> tuple[Bisection, tuple[Ranked, ...], Mapping[str, str]]:
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
        What was found, the ranking with the runs taken in, and the path of the log of each commit that ran.
    """
    shift = _shift(failed)
    laboratory = Laboratory(runs, _measure(comparison, failed, settings), shift)
    floors = comparison.noise.floors if comparison.noise else {}
    errors = error_rates(floors.get(shift.name), shift)
    parents = repository.parents_between(branches.base.sha, branches.head.sha)
    probabilities = {
        one.candidate.commit.sha: one.probability for one in ranking if one.candidate.commit is not None
    }
    found = bisect(
        laboratory,
        base=branches.base.sha,
        head=branches.head.sha,
        parents=parents,
        probabilities=probabilities,
        ancestry=repository,
        errors=errors,
        progress=progress,
    )
    after = chances(
        parents,
        probabilities,
        [(trial.sha, outcome(trial)) for trial in found.trials],
        errors=errors,
        culprit=found.culprit,
        certainty=found.probability or 0.0,
    )
    if found.culprit is not None:
        found = replace(found, subject=repository.messages([found.culprit])[found.culprit].subject)
    return found, weigh(ranking, after), laboratory.logs


def weigh(ranking: Sequence[Ranked], after: Mapping[str, float]) -> tuple[Ranked, ...]:
    """Return a ranking of commits with new chances, most probable first.

    What none of them takes goes to `NO_DEPLOY`: *none of these*.

    Args:
        ranking: The commits as the evidence ranked them.
        after: How likely each commit of the range is, by its sha.
    """
    commits = [one for one in ranking if one.candidate.commit is not None]
    by_change: defaultdict[str, float] = defaultdict(float)
    for one in commits:
        by_change[_change(one)] += after.get(_sha(one), 0.0)
    weighed = [
        replace(
            one,
            probability=after.get(_sha(one), 0.0),
            change_probability=min(1.0, by_change[_change(one)]),
        )
        for one in commits
    ]
    left = 1 - math.fsum(one.probability for one in weighed)
    if left > LEAST_LEFT:
        weighed.append(Ranked(candidate=NO_DEPLOY, probability=left, change_probability=left, evidence=()))
    return tuple(sorted(weighed, key=lambda one: -one.probability))


def _sha(one: Ranked) -> str:
    return one.candidate.commit.sha if one.candidate.commit else ""


def _change(one: Ranked) -> str:
    return one.candidate.change.sha if one.candidate.change else _sha(one)


def _measure(comparison: Comparison, failed: Result, settings: CheckSettings) -> Measure:
    """Return what compares two files by the metric and slice of a result, paired as they were for it."""
    known = replace(settings, key=comparison.coverage.key)

    def measure(before: Path, after: Path) -> float | None:
        measured = effect_of(before, after, failed.metric, failed.slice, known)
        return None if measured is None or measured.estimate is None else measured.estimate.effect

    return measure


def _shift(failed: Result) -> Shift:
    name = shift_name(failed.metric, failed.slice)
    return Shift(effect=failed.effect or math.nan, unit=failed.unit, name=name)
