"""The job before a release: two branches, or two files of predictions, in; a verdict and its commits out."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from bisect_ml.about import __version__, versions_of
from bisect_ml.check_settings import CheckSettings, load_check_settings
from bisect_ml.checks.accepting import check_acceptable, record, with_acceptances
from bisect_ml.checks.blame import blame, worst
from bisect_ml.checks.branches import Branches, find_branches
from bisect_ml.checks.comparing import compare_predictions
from bisect_ml.checks.pinpointing import pinpoint
from bisect_ml.checks.request import Request, check_command, refuse
from bisect_ml.checks.side_runs import rows_of, run_sides
from bisect_ml.checks.steps import check_step
from bisect_ml.config import Settings, load_settings
from bisect_ml.explanation import Explanation
from bisect_ml.findings import suspect
from bisect_ml.fingerprints import fingerprints
from bisect_ml.progress import Progress, Silence
from bisect_ml.reproduction import saved_settings
from bisect_ml.runs import Runner, script_of
from bisect_ml.saved_check import Bisection, CheckReport, Comparison, Side
from bisect_ml.sources import Repository
from bisect_ml.suspects import settle
from bisect_ml.types import Ranked

# The packages whose release can change a number of the report.
VERSIONED = ("duckdb", "numpy", "scipy")


def check(
    base: str | None = None,
    head: str | None = None,
    *,
    repo: str | Path = ".",
    base_predictions: str | Path | None = None,
    head_predictions: str | Path | None = None,
    merge_base: bool = True,
    bisect: bool = False,
    created_at: datetime | None = None,
    **settings: object,
) -> CheckReport:
    """Compare what two branches, or two files, predict, and rank the commits where they differ too much.

    Args:
        base: A branch, tag or commit that is good.
        head: The one that is to be released.
        repo: The repository of both.
        base_predictions: A file of what the base predicts, instead of a command that is run.
        head_predictions: A file of what the head predicts.
        merge_base: Whether the head is held against where it left the base, or against the base itself.
        bisect: Whether to run commits of the branch until the cause of a failure is found.
        created_at: The moment written into the report; now by default.
        settings: Any field of `bisect_ml.check_settings.CheckSettings` by name, such as `run="…"`.

    Raises:
        RunError: The code of a branch could not be run.
        BisectError: An input, a setting or the repository cannot be used; its message says why.
    """
    request = Request(
        base=base,
        head=head,
        base_predictions=None if base_predictions is None else str(base_predictions),
        head_predictions=None if head_predictions is None else str(head_predictions),
        repo=str(repo),
        merge_base=merge_base,
        bisect=bisect,
    )
    own = load_check_settings(settings, folder=Path.cwd())
    return run(request, own, load_settings({}, folder=Path.cwd()), created_at=created_at)


def run(
    request: Request,
    settings: CheckSettings,
    general: Settings,
    *,
    progress: Progress | None = None,
    created_at: datetime | None = None,
) -> CheckReport:
    """Do what `check` does, with settings already made and progress told to the caller.

    Args:
        request: What is to be checked.
        settings: How: the table `[check]`.
        general: What is known of the project: entry point, links.
        progress: Hears of the work.
        created_at: The moment written into the report; now by default.
    """
    refuse(request, settings)
    progress = progress or Silence()
    report = (
        _check_files(request, settings, general, progress)
        if request.of_files
        else _check_branches(request, settings, general, progress)
    )
    inputs = [path for path in (settings.input,) if path is not None]
    return replace(
        report,
        created_at=created_at or datetime.now(UTC),
        settings=saved_settings(settings),
        sha256=fingerprints([*inputs, report.base.predictions, report.head.predictions]),
        reproduce=check_command(request, settings),
        tool_version=__version__,
        versions=versions_of(VERSIONED),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What has been found so far."""

    comparison: Comparison
    sides: tuple[Side, Side]
    repository: Repository | None = None
    ranking: tuple[Ranked, ...] = ()
    bisection: Bisection | None = None
    logs: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def _check_files(
    request: Request, settings: CheckSettings, general: Settings, progress: Progress
) -> CheckReport:
    """Compare predictions that are given, and rank commits where branches are named beside them."""
    base_file, head_file = str(request.base_predictions), str(request.head_predictions)
    progress.stage("Comparing predictions")
    comparison = compare_predictions(base_file, head_file, settings)
    rows = rows_of(comparison)
    if request.base is None or request.head is None:
        sides = (
            Side(name=base_file, predictions=base_file, rows=rows[0]),
            Side(name=head_file, predictions=head_file, rows=rows[1]),
        )
        return _report(request, _Answer(comparison=comparison, sides=sides), general)
    repository = Repository(request.repo, fetch=general.fetch)
    branches = find_branches(repository, request.base, request.head, merge_base=request.merge_base)
    comparison, told = _accepted(comparison, request, repository, branches)
    base, head = branches.base, branches.head
    sides = (
        Side(name=request.base, predictions=base_file, rows=rows[0], sha=base.sha, subject=base.subject),
        Side(name=request.head, predictions=head_file, rows=rows[1], sha=head.sha, subject=head.subject),
    )
    answer = _Answer(comparison=comparison, sides=sides, repository=repository, warnings=told)
    if worst(comparison) is not None:
        progress.stage("Weighing commits")
        paired = bool(comparison.coverage.key)
        blamed = _blamed(comparison, repository, branches, settings, general, same_inputs=paired)
        answer = replace(answer, ranking=blamed.ranking, warnings=(*told, *blamed.warnings))
    return _report(request, answer, general)


def _check_branches(
    request: Request, settings: CheckSettings, general: Settings, progress: Progress
) -> CheckReport:
    """Run both branches and compare what they predict; rank the commits of a failure, or run them."""
    repository = Repository(request.repo, fetch=general.fetch)
    branches = find_branches(repository, str(request.base), str(request.head), merge_base=request.merge_base)
    if request.accept is not None:
        check_acceptable(repository, branches, request.accept)
    with Runner(
        request.repo,
        run=str(settings.run),
        input=settings.input,
        setup=settings.setup,
        seed=request.seed,
        timeout_s=request.timeout_s,
        cache=request.cache,
        progress=progress,
    ) as runner:
        progress.stage(f"Running {branches.base_name} and {branches.head_name}")
        runs = run_sides(
            runner,
            branches,
            command=str(settings.run),
            repeat_base=settings.repeat_base,
            folder=Path.cwd(),
        )
        progress.stage("Comparing predictions")
        comparison = runs.compared(settings)
        comparison, told = _accepted(comparison, request, repository, branches)
        answer = _Answer(
            comparison=comparison,
            sides=runs.sides(comparison, settings.run),
            repository=repository,
            logs=runs.logs,
        )
        failed = worst(comparison)
        if failed is not None:
            progress.stage("Weighing commits")
            blamed = _blamed(comparison, repository, branches, settings, general, same_inputs=True)
            answer = replace(answer, ranking=blamed.ranking, warnings=blamed.warnings)
        if failed is not None and request.bisect:
            bisection, ranking, logs = pinpoint(
                comparison,
                failed,
                runs=runner,
                settings=settings,
                repository=repository,
                branches=branches,
                ranking=answer.ranking,
                progress=progress,
            )
            answer = replace(answer, bisection=bisection, ranking=ranking, logs={**answer.logs, **logs})
        # What the evidence lacked is no matter once the runs have found the commit.
        lacked = () if answer.bisection and answer.bisection.culprit else answer.warnings
        warnings = (*_moved_on(branches), *runner.warnings, *told, *lacked)
    return _report(request, replace(answer, warnings=warnings), general)


def _accepted(
    comparison: Comparison, request: Request, repository: Repository, branches: Branches
) -> tuple[Comparison, tuple[str, ...]]:
    """Count what was accepted before, and accept the rest where that is asked for."""
    judged = with_acceptances(comparison, repository, branches)
    if request.accept is None:
        return judged.comparison, judged.warnings
    file = check_acceptable(repository, branches, request.accept)
    accepted = record(judged.comparison, request.accept, file=file, repository=repository, branches=branches)
    return accepted, ()


def _blamed(
    comparison: Comparison,
    repository: Repository,
    branches: Branches,
    settings: CheckSettings,
    general: Settings,
    *,
    same_inputs: bool,
) -> Explanation:
    return blame(
        comparison,
        repository=repository,
        base=branches.base.sha,
        head=branches.head.sha,
        head_name=branches.head_name,
        same_inputs=same_inputs,
        entry=general.entry,
        script=None if settings.run is None else script_of(settings.run),
        hints=() if settings.prediction is None else (settings.prediction,),
    )


def _report(request: Request, answer: _Answer, general: Settings) -> CheckReport:
    base, head = answer.sides
    repository = answer.repository
    trials = {trial.sha: trial for trial in answer.bisection.trials} if answer.bisection else {}
    ranking = answer.ranking if answer.bisection else settle(answer.ranking)
    suspects = tuple(
        replace(suspect(one, one.candidate.release, ranking), trial=trials.get(_sha(one)))
        for one in ranking
        if one.candidate.release is not None
    )
    nobody = [one.probability for one in ranking if one.candidate.release is None]
    further = repository.warnings if repository else ()
    return CheckReport(
        created_at=datetime.now(UTC),
        base=base,
        head=head,
        comparison=answer.comparison,
        suspects=suspects,
        unexplained_probability=math.fsum(nobody),
        bisection=answer.bisection,
        next_step=check_step(
            answer.comparison,
            suspects,
            answer.bisection,
            has_command=not request.of_files,
            just_accepted=request.accept is not None,
        ),
        repository=str(repository.path) if repository else None,
        repository_url=repository.web_url() if repository else None,
        link_template=general.link_template,
        warnings=tuple(dict.fromkeys((*answer.warnings, *further))),
        logs=answer.logs,
    )


def _sha(one: Ranked) -> str:
    return one.candidate.commit.sha if one.candidate.commit else ""


def _moved_on(branches: Branches) -> Sequence[str]:
    if not branches.behind:
        return ()
    start = branches.base.sha[:10]
    return [f"{branches.head_name} is held against {start}, where it left {branches.base_name}"]
