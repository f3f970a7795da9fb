"""Builders for the nouns of `bisect_ml.types`, each with defaults that a test overrides."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from bisect_ml.types import (
    NO_DEPLOY,
    Candidate,
    Change,
    ChangePoint,
    Commit,
    Deploy,
    Evidence,
    FileChange,
    FloatArray,
    Incident,
    Onset,
    Ranked,
    Release,
    Series,
    ShiftKind,
    Slice,
    Symptom,
)

HOUR_S = 3600.0
START_S = datetime(2026, 3, 1, tzinfo=UTC).timestamp()


def moment(hours: float) -> datetime:
    """A moment some hours after the start of the log."""
    return datetime.fromtimestamp(START_S + hours * HOUR_S, UTC)


def step_series(
    *,
    at: int,
    n: int = 200,
    before: float = 1.0,
    after: float = 2.0,
    noise: float = 0.01,
    metric: str = "mean",
    of: Slice | None = None,
    width_s: float | None = HOUR_S,
) -> Series:
    """A series that steps from one level to another at a bucket."""
    values: FloatArray = np.where(np.arange(n) < at, before, after) + noise * np.sin(1.7 * np.arange(n) ** 2)
    return Series(
        metric=metric,
        slice=of,
        times=START_S + HOUR_S * np.arange(n, dtype=np.float64),
        width_s=width_s,
        values=values,
        counts=np.full(n, 50.0),
    )


def change_point(
    series: Series,
    at: int,
    *,
    spread: int = 0,
    before: float = 1.0,
    after: float = 2.0,
    confidence: float = 1.0,
    kind: ShiftKind = "level",
) -> ChangePoint:
    """A change point whose posterior is flat over `2 * spread + 1` buckets."""
    posterior = np.zeros(len(series.values))
    posterior[at - spread : at + spread + 1] = 1 / (2 * spread + 1)
    return ChangePoint(
        index=at,
        interval=(at - spread, at + spread),
        posterior=posterior,
        before=before,
        after=after,
        kind=kind,
        confidence=confidence,
    )


def symptom(
    at: int,
    *,
    spread: int = 0,
    metric: str = "mean",
    of: Slice | None = None,
    before: float = 1.0,
    after: float = 2.0,
    noise: float = 0.01,
    width_s: float | None = HOUR_S,
    confidence: float = 1.0,
) -> Symptom:
    """A symptom that begins at a bucket."""
    series = step_series(
        at=at, metric=metric, of=of, before=before, after=after, noise=noise, width_s=width_s
    )
    point = change_point(series, at, spread=spread, before=before, after=after, confidence=confidence)
    return Symptom(series=series, change_point=point)


def onset(low: float, high: float) -> Onset:
    """An onset spread evenly between two hours of the log."""
    return Onset(
        edges=START_S + HOUR_S * np.array([low, high]),
        mass=np.ones(1),
        at=moment((low + high) / 2),
        interval=(moment(low), moment(high)),
    )


def incident(low: float = 100, high: float = 101, *, recovered_at: datetime | None = None) -> Incident:
    """An incident of the overall mean."""
    return Incident(
        number=1, onset=onset(low, high), lead=symptom(100), symptoms=(), recovered_at=recovered_at
    )


def deploy(hours: float, name: str = "d1", *, sha: str = "a" * 40, minutes: float = 10) -> Deploy:
    """A deploy of the scorer to production."""
    return Deploy(
        id=name,
        ref=sha,
        sha=sha,
        service="scorer",
        environment="production",
        started_at=moment(hours),
        finished_at=moment(hours + minutes / 60),
        status="succeeded",
    )


def commit(
    sha: str, *, files: Sequence[FileChange] = (), parents: Sequence[str] = ("p",), subject: str = "Change"
) -> Commit:
    """A commit by an invented author."""
    return Commit(
        sha=sha.ljust(40, "0"),
        parents=tuple(parents),
        author="Ada",
        committed_at=moment(0),
        subject=subject,
        files=tuple(files),
    )


def release(hours: float, name: str = "d1", *, shas: Sequence[str] = (), previous: bool = True) -> Release:
    """A release that shipped one change per sha."""
    full = [sha.ljust(40, "0") for sha in shas]
    return Release(
        deploy=deploy(hours, name),
        previous=deploy(0, "d0", sha="b" * 40) if previous else None,
        shipped=tuple(Change(sha=sha, commits=(sha,)) for sha in full),
    )


def ranked(candidate: Candidate, probability: float, evidence: tuple[Evidence, ...] = ()) -> Ranked:
    """A ranked candidate that came by no change."""
    return Ranked(
        candidate=candidate, probability=probability, change_probability=probability, evidence=evidence
    )


def nobody(probability: float, *evidence: Evidence) -> Ranked:
    """The candidate that no deploy is to blame."""
    return ranked(NO_DEPLOY, probability, evidence)
