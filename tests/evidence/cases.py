"""Small cases for scorers: a shift, a deploy, and commits made of before and after texts."""

import difflib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from bisect_ml.types import (
    Candidate,
    Case,
    Change,
    ChangePoint,
    Commit,
    Deploy,
    Direction,
    FileChange,
    Incident,
    Onset,
    Release,
    Series,
    Slice,
    Symptom,
    ValueContrast,
    VersionContrast,
)

START = datetime(2026, 3, 1, tzinfo=UTC)
DEPLOYED = START + timedelta(days=10)
ONSET = DEPLOYED + timedelta(minutes=6)
HOURS = 24 * 20


def a_file(path: str, before: str | None, after: str | None, old_path: str | None = None) -> FileChange:
    """Return the change from one text to another as git would give it; None for no such file."""
    old, new = (before or "").splitlines(), (after or "").splitlines()
    diff = list(difflib.unified_diff(old, new, lineterm="", n=3))[2:]
    status = "A" if before is None else "D" if after is None else "R" if old_path else "M"
    return FileChange(
        path=path,
        old_path=old_path,
        status=status,
        added=sum(line.startswith("+") for line in diff),
        removed=sum(line.startswith("-") for line in diff),
        patch="\n".join(diff),
        before=before,
        after=after,
    )


def a_commit(
    *files: FileChange, sha: str = "a" * 40, subject: str = "Change things", body: str = "", parents: int = 1
) -> Commit:
    return Commit(
        sha=sha,
        parents=tuple(f"{n}" * 40 for n in range(parents)),
        author="Ada",
        committed_at=START,
        subject=subject,
        body=body,
        files=files,
    )


def a_deploy(started_at: datetime = DEPLOYED, finished_at: datetime | None = None, number: int = 1) -> Deploy:
    return Deploy(
        id=f"d{number}",
        ref="main",
        sha=f"{number:040x}",
        service="scorer",
        environment="production",
        started_at=started_at,
        finished_at=finished_at,
        status="succeeded",
    )


def a_release(
    commits: Sequence[Commit],
    deploy: Deploy | None = None,
    direction: Direction = "shipped",
    previous: Deploy | None = None,
) -> Release:
    changes = tuple(Change(sha=commit.sha, commits=(commit.sha,)) for commit in commits)
    return Release(
        deploy=deploy or a_deploy(),
        previous=previous or a_deploy(START, number=0),
        shipped=changes if direction == "shipped" else (),
        removed=changes if direction == "removed" else (),
    )


def candidates_of(
    commits: Sequence[Commit], deploy: Deploy | None = None, direction: Direction = "shipped"
) -> tuple[Candidate, ...]:
    release = a_release(commits, deploy, direction)
    changes = {change.sha: change for change in (*release.shipped, *release.removed)}
    return tuple(
        Candidate(release=release, commit=commit, change=changes[commit.sha], direction=direction)
        for commit in commits
    )


def a_series(
    before: float,
    after: float,
    metric: str = "mean",
    where: Slice | None = None,
    noise: float = 0.0,
    at: datetime = ONSET,
    count: float = 100.0,
) -> Series:
    """Return an hourly series of twenty days that steps at a moment."""
    times = START.timestamp() + 3600.0 * np.arange(HOURS, dtype=np.float64)
    values = np.where(times < at.timestamp(), before, after)
    values = values + noise * np.random.default_rng(7).standard_normal(HOURS)
    return Series(
        metric=metric, slice=where, times=times, width_s=3600.0, values=values, counts=np.full(HOURS, count)
    )


def a_symptom(series: Series, at: datetime = ONSET) -> Symptom:
    index = int(np.searchsorted(series.times, at.timestamp()))
    posterior = np.zeros(len(series.times))
    posterior[index] = 1.0
    change_point = ChangePoint(
        index=index,
        interval=(index, index),
        posterior=posterior,
        before=float(np.mean(series.values[:index])),
        after=float(np.mean(series.values[index:])),
        kind="level",
        confidence=0.99,
    )
    return Symptom(series=series, change_point=change_point)


def an_onset(at: datetime = ONSET, within_s: float = 600.0) -> Onset:
    half = timedelta(seconds=within_s / 2)
    edges = np.array([(at - half).timestamp(), (at + half).timestamp()])
    return Onset(edges=edges, mass=np.array([1.0]), at=at, interval=(at - half, at + half))


def a_case(
    *commits: Commit,
    moved: Sequence[Series] = (),
    still: Sequence[Series] = (),
    candidates: Sequence[Candidate] | None = None,
    releases: Sequence[Release] = (),
    tree: Mapping[str, str] | None = None,
    resources: Mapping[str, str] | None = None,
    entry: str | None = None,
    onset: Onset | None = None,
    recovered_at: datetime | None = None,
    versions: Sequence[VersionContrast] = (),
    aside: Sequence[Deploy] = (),
    hints: Sequence[str] = (),
    values: ValueContrast | None = None,
) -> Case:
    """Return a case whose break begins six minutes after the deploy; by default the mean doubles."""
    series = tuple(moved) or (a_series(10.0, 20.0),)
    symptoms = [a_symptom(each, (onset or an_onset()).at) for each in series]
    incident = Incident(
        number=1,
        onset=onset or an_onset(),
        lead=symptoms[0],
        symptoms=tuple(symptoms[1:]),
        recovered_at=recovered_at,
    )
    return Case(
        incident=incident,
        candidates=tuple(candidates) if candidates is not None else candidates_of(commits),
        series=(*series, *still),
        releases=tuple(releases),
        tree=tree or {},
        resources=resources or {},
        entry=entry,
        versions=tuple(versions),
        aside=tuple(aside),
        hints=tuple(hints),
        values=values,
        log_start=START.timestamp(),
        log_end=(START + timedelta(hours=HOURS)).timestamp(),
    )
