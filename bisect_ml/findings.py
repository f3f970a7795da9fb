"""From an incident and its ranked candidates to what the report saves of them."""

import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bisect_ml.saved_report import ChangedFile, Chart, Finding, Hunk, SavedSymptom, Suspect
from bisect_ml.types import Candidate, Commit, Evidence, FloatArray, Incident, Release, Series, Symptom

CHART_POINTS = 5_000
MAX_SUSPECTS = 200
MAX_FILES = 50
MAX_HUNK_LINES = 40
MAX_SYMPTOM_CHARTS = 12
SYMPTOM_CHART_POINTS = 500
# Ratios that mistaken units leave behind, and how far (in log) a measured one may be from them.
UNIT_FACTORS = (10, 12, 24, 60, 100, 1000, 3600, 86_400, 1_000_000)
FACTOR_TOLERANCE = 0.05
SIGN_TOLERANCE = 0.1
# A whole deploy is rolled back on less certainty than it takes to blame one commit.
ROLL_BACK_FROM = 0.6
READ_ONE_FROM = 0.5
RIVAL_RATIO = 4.0


class Ranked(Protocol):
    """A candidate with its probability and the evidence behind it."""

    @property
    def candidate(self) -> Candidate: ...  # noqa: D102
    @property
    def probability(self) -> float: ...  # noqa: D102
    @property
    def change_probability(self) -> float: ...  # noqa: D102
    @property
    def evidence(self) -> tuple[Evidence, ...]: ...  # noqa: D102


def finding(incident: Incident, ranking: Sequence[Ranked]) -> Finding:
    """Save one incident with its suspects.

    Args:
        incident: The incident.
        ranking: All candidates, best first, `NO_DEPLOY` among them; probabilities sum to 1.
    """
    point = incident.lead.change_point
    nobody = [one for one in ranking if one.candidate.release is None]
    blamed = [(one, one.candidate.release) for one in ranking if one.candidate.release is not None]
    shown, cut = blamed[:MAX_SUSPECTS], blamed[MAX_SUSPECTS:]
    series = incident.lead.series
    return Finding(
        id=incident.number,
        onset=_rounded(incident.onset.at),
        interval=(_rounded(incident.onset.interval[0]), _rounded(incident.onset.interval[1])),
        metric=series.metric,
        slice=str(series.slice) if series.slice else None,
        kind=point.kind,
        before=_finite(point.before),
        after=_finite(point.after),
        ongoing=incident.recovered_at is None and incident.recovers is None,
        recovered_at=_rounded(incident.recovered_at) if incident.recovered_at else None,
        confidence=point.confidence,
        symptoms=tuple(
            _symptom(one, drawn=place < MAX_SYMPTOM_CHARTS) for place, one in enumerate(incident.symptoms)
        ),
        suspects=tuple(_suspect(one, release) for one, release in shown),
        unexplained_probability=math.fsum(one.probability for one in nobody),
        unexplained=tuple(evidence for one in nobody for evidence in one.evidence),
        signature=ratio_name(point.before, point.after),
        chart=chart(series),
        next_step=next_step(incident, ranking),
        cut_suspects=len(cut),
        cut_probability=math.fsum(one.probability for one, _ in cut),
        recovers=incident.recovers,
    )


def ratio_name(before: float, after: float) -> str | None:
    """Name the ratio of a shift where mistaken units or signs leave such: `x1000`, `/60`, `sign flip`."""
    if not (math.isfinite(before) and math.isfinite(after)) or before == 0 or after == 0:
        return None
    ratio = after / before
    if abs(ratio + 1) < SIGN_TOLERANCE:
        return "sign flip"
    for factor in UNIT_FACTORS:
        if abs(math.log(abs(ratio)) - math.log(factor)) < FACTOR_TOLERANCE:
            return f"x{factor}" if ratio > 0 else f"x-{factor}"
        if abs(math.log(abs(ratio)) + math.log(factor)) < FACTOR_TOLERANCE:
            return f"/{factor}" if ratio > 0 else f"/-{factor}"
    return None


def next_step(incident: Incident, ranking: Sequence[Ranked]) -> str:
    """Say what to run, read or roll back now."""
    best = ranking[0]
    release, commit = best.candidate.release, best.candidate.commit
    if release is None:
        return (
            "No rollback is indicated: check what came in (traffic, upstream data, outages) "
            f"around {incident.onset.at:%Y-%m-%d %H:%M} UTC."
        )
    same_deploy = math.fsum(one.probability for one in ranking if one.candidate.release is release)
    steps: list[str] = []
    bad_now = incident.recovered_at is None and incident.recovers is None
    if incident.recovers is not None:
        steps.append(f"The break of incident {incident.recovers} ended here.")
    elif bad_now and same_deploy >= ROLL_BACK_FROM and release.previous is not None:
        service = f"{release.deploy.service} " if release.deploy.service else ""
        steps.append(f"Roll {service}back to {release.previous.ref[:12]}, which served before.")
    if commit is None:
        steps.append(f"Compare configuration and artefacts before and after deploy {release.deploy.id}.")
    elif best.probability >= READ_ONE_FROM:
        steps.append(f"Read the change: git show {commit.sha[:12]}")
    else:
        rivals = [one for one in ranking if one.probability >= best.probability / RIVAL_RATIO]
        steps.append(
            f"The evidence cannot separate the first {len(rivals)} suspects; only running the code will: "
            f"score the same inputs at {commit.sha[:12]} and at its parent."
            if len(rivals) > 1
            else f"Read the change first: git show {commit.sha[:12]}"
        )
    return " ".join(steps)


def chart(series: Series, points: int = CHART_POINTS) -> Chart:
    """Thin a series for drawing: where it is too long, every stretch keeps its lowest and highest value."""
    times, values = series.times, series.values
    if len(times) > points:
        kept = _extremes(values, points // 2)
        times, values = times[kept], values[kept]
    return Chart(
        times=tuple(times.tolist()),
        values=tuple(_finite(value) for value in values.tolist()),
        width_s=series.width_s,
    )


def _extremes(values: FloatArray, stretches: int) -> NDArray[np.intp]:
    starts = np.linspace(0, len(values), stretches + 1).astype(int)[:-1]
    kept: list[int] = []
    for low, high in zip(starts, [*starts[1:], len(values)], strict=True):
        stretch = values[low:high]
        if np.all(np.isnan(stretch)):
            kept.append(int(low))
        else:
            kept += sorted({int(low + np.nanargmin(stretch)), int(low + np.nanargmax(stretch))})
    return np.array(kept, dtype=np.intp)


def _symptom(symptom: Symptom, *, drawn: bool) -> SavedSymptom:
    series, point = symptom.series, symptom.change_point
    return SavedSymptom(
        metric=series.metric,
        slice=str(series.slice) if series.slice else None,
        kind=point.kind,
        before=_finite(point.before),
        after=_finite(point.after),
        onset=datetime.fromtimestamp(float(series.times[point.index]), UTC),
        confidence=point.confidence,
        chart=chart(series, SYMPTOM_CHART_POINTS) if drawn else None,
    )


def _suspect(one: Ranked, release: Release) -> Suspect:
    candidate = one.candidate
    commit, change = candidate.commit, candidate.change
    return Suspect(
        sha=commit.sha if commit else None,
        probability=one.probability,
        deploy=release.deploy,
        subject=commit.subject if commit else None,
        author=commit.author if commit else None,
        committed_at=commit.committed_at if commit else None,
        evidence=one.evidence,
        direction=candidate.direction,
        change=change.sha if change else None,
        change_probability=one.change_probability if change else None,
        pull_request=change.pull_request if change else None,
        files=tuple(
            ChangedFile(path=file.path, status=file.status, added=file.added, removed=file.removed)
            for file in (commit.files if commit else ())[:MAX_FILES]
        ),
        hunk=_hunk(commit, one.evidence) if commit else None,
    )


def _hunk(commit: Commit, evidence: Sequence[Evidence]) -> Hunk | None:
    """The hunk that the evidence speaks of: it names a path, or holds the words and numbers found."""
    clues = [
        (item.llr, str(fact))
        for item in evidence
        if item.llr > 0
        for fact in item.facts.values()
        if str(fact)
    ]
    best: tuple[float, Hunk] | None = None
    for file in commit.files:
        for text in _hunks(file.patch or ""):
            told = sum(llr for llr, fact in clues if fact == file.path or _occurs(fact, text))
            score = told + (0.01 if file.path.endswith((".py", ".sql", ".toml", ".yaml", ".json")) else 0.0)
            if best is None or score > best[0]:
                best = score, Hunk(path=file.path, text=_shortened(text))
    return best[1] if best else None


def _hunks(patch: str) -> list[str]:
    return [part for part in re.split(r"^(?=@@ )", patch, flags=re.MULTILINE) if part.startswith("@@ ")]


def _occurs(fact: str, text: str) -> bool:
    return len(fact) > 1 and re.search(rf"(?<!\w){re.escape(fact)}(?!\w)", text, re.IGNORECASE) is not None


def _shortened(text: str) -> str:
    lines = text.rstrip("\n").split("\n")
    if len(lines) <= MAX_HUNK_LINES:
        return "\n".join(lines)
    return "\n".join([*lines[:MAX_HUNK_LINES], f"… {len(lines) - MAX_HUNK_LINES} more lines"])


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _rounded(moment: datetime) -> datetime:
    """Whole seconds: the onset is never known to more."""
    return moment.replace(microsecond=0)
