"""A comparison that failed, explained: the commits of the branch, ranked by the evidence of `trace`."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from bisect_ml.candidates import candidates, shas
from bisect_ml.evidence import gather
from bisect_ml.evidence.definitions import MAIN
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.module_names import can_be
from bisect_ml.evidence.program import graph_of
from bisect_ml.explanation import Explanation, beside_sources, on_entry
from bisect_ml.releases import build_releases
from bisect_ml.saved_check import Comparison, Result
from bisect_ml.sources import Repository
from bisect_ml.suspects import rank
from bisect_ml.types import (
    Case,
    ChangePoint,
    Deploy,
    Incident,
    Onset,
    Ranked,
    Release,
    Series,
    ShiftKind,
    Slice,
    Symptom,
)

# What these say rests on moments, of which a comparison of two versions has none.
TIMED = frozenset({"timing", "outage", "rollback", "version_contrast", "quiet", "thin", "aside"})
# A side of a comparison stands for this many hours of a log, enough for every scorer that reads levels.
SIDE_HOURS = 6
HOUR_S = 3600.0
_SERIES_NAMES = {"median": "p50"}


def blame(
    comparison: Comparison,
    *,
    repository: Repository,
    base: str,
    head: str,
    head_name: str,
    same_inputs: bool,
    entry: str | None = None,
    script: str | None = None,
    hints: Sequence[str] = (),
) -> Explanation:
    """Rank the commits that the head has and the base has not, most probable first.

    The branch counts as one release, which put all of its commits live. Where the rows of both sides are
    of the same inputs, only code can have moved them: `NO_DEPLOY` is then left out.

    Args:
        comparison: A comparison with a result that failed and that nobody accepted.
        repository: Where the commits are.
        base: The sha of the base.
        head: The sha of the head.
        head_name: What the user calls the head.
        same_inputs: Whether both sides answered the same inputs.
        entry: Where predictions start in the code, `module:function`; several with commas between.
        script: The Python module that was run as a script, where predictions start if no entry is given.
        hints: Names that the predictions use for what they are, which the code may use too.
    """
    release = _release(repository, base, head, head_name)
    commits = repository.commits(shas([release]), patches=True)
    live = {sha: each for sha, each in commits.items() if live_files(each)}
    case = Case(
        incident=_incident(comparison, release.deploy.started_at),
        candidates=candidates([release], commits),
        series=_series(comparison, release.deploy.started_at),
        releases=(release,),
        undoings=repository.undoings(live),
        entry=entry,
        hints=tuple(hints),
    )
    case = _from_script(beside_sources(case, repository, (release,)), script)
    evidence = tuple(tuple(said for said in on_one if said.scorer not in TIMED) for on_one in gather(case))
    ranking = rank(case, evidence)
    if same_inputs:
        ranking = _code_only(ranking)
    return Explanation(ranking=ranking, warnings=on_entry((case,), ranking))


def _from_script(case: Case, script: str | None) -> Case:
    """Let predictions start in what a script does, where no entry point is given and it does something."""
    if script is None or case.entry is not None:
        return case
    entry = f"{script}:{MAIN}"
    does = any(can_be(path, script) for path, _ in graph_of(case).entries(entry))
    return replace(case, entry=entry) if does else case


def worst(comparison: Comparison) -> Result | None:
    """Return the worst result that failed and that nobody accepted."""
    return next((one for one in _failed(comparison)), None)


def _failed(comparison: Comparison) -> Sequence[Result]:
    return [one for one in comparison.results if one.verdict == "fail" and one.accepted is None]


def _release(repository: Repository, base: str, head: str, head_name: str) -> Release:
    """Return the release that the branch would be, on top of the base."""
    at = max(commit.committed_at for commit in repository.messages([base, head]).values())
    deploys = [
        Deploy(
            id=name,
            ref=name,
            sha=sha,
            service=None,
            environment=None,
            started_at=started_at,
            finished_at=None,
        )
        for name, sha, started_at in (("base", base, at - timedelta(days=1)), (head_name, head, at))
    ]
    releases, _ = build_releases(deploys, repository)
    return releases[-1]


def _incident(comparison: Comparison, at: datetime) -> Incident:
    """Return the failure as an incident that begins with the release: its worst result leads."""
    failed = _failed(comparison)
    lead = failed[0]
    rest = failed[1:]
    if lead.slice is not None and lead.signature is not None:
        # What a slice moves among all rows is its ratio thinned by the others, and tells less than itself.
        rest = [one for one in rest if one.slice is not None]
    symptoms = [_symptom(one, at) for one in (lead, *rest)]
    second = at.timestamp()
    onset = Onset(edges=np.array([second, second + 1]), mass=np.ones(1), at=at, interval=(at, at))
    return Incident(number=1, onset=onset, lead=symptoms[0], symptoms=tuple(symptoms[1:]))


def _symptom(result: Result, at: datetime) -> Symptom:
    series = _one_series(result, at, moved=True)
    steps = len(series.values)
    posterior = np.zeros(steps)
    posterior[SIDE_HOURS] = 1.0
    point = ChangePoint(
        index=SIDE_HOURS,
        interval=(SIDE_HOURS, SIDE_HOURS),
        posterior=posterior,
        before=_number(result.base),
        after=_number(result.head),
        kind=_kind(result),
        confidence=1.0,
    )
    return Symptom(series=series, change_point=point)


def _series(comparison: Comparison, at: datetime) -> tuple[Series, ...]:
    """Return every result as a series with a step at the release; what did not fail did not move."""
    return tuple(
        _one_series(one, at, moved=one.verdict == "fail" and one.accepted is None)
        for one in comparison.results
    )


def _one_series(result: Result, at: datetime, *, moved: bool) -> Series:
    before, after = _number(result.base), _number(result.head)
    hours = np.arange(2 * SIDE_HOURS, dtype=np.float64) - SIDE_HOURS
    rows = np.where(hours < 0, result.base_rows, result.head_rows) / SIDE_HOURS
    return Series(
        metric=_SERIES_NAMES.get(result.metric, result.metric),
        slice=_slice(result.slice),
        times=at.astimezone(UTC).timestamp() + HOUR_S * hours,
        width_s=HOUR_S,
        values=np.where(hours < 0, before, after if moved else before),
        counts=rows,
    )


def _slice(name: str | None) -> Slice | None:
    if name is None:
        return None
    column, _, value = name.partition("=")
    return Slice(column=column, value=value)


def _kind(result: Result) -> ShiftKind:
    if result.metric == "null_rate":
        return "null rate"
    if result.metric.startswith("share["):
        return "share"
    return "ratio" if result.signature is not None else "level"


def _number(value: float | None) -> float:
    return math.nan if value is None else value


def _code_only(ranking: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """Leave out that no code did it, and share its probability out among the commits."""
    blamed = [one for one in ranking if one.candidate.release is not None]
    total = math.fsum(one.probability for one in blamed)
    return tuple(
        replace(
            one,
            probability=one.probability / total,
            change_probability=min(1.0, one.change_probability / total),
        )
        for one in blamed
    )
