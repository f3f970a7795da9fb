"""From an incident and its ranked candidates to what the report saves of them."""

import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bisect_ml.saved_report import ChangedFile, Chart, Finding, Hunk, SavedSymptom, Suspect
from bisect_ml.types import Candidate, Commit, Evidence, FloatArray, Incident, Series, Symptom

CHART_POINTS = 5_000
MAX_SUSPECTS = 200
MAX_FILES = 50
MAX_HUNK_LINES = 40
MAX_SYMPTOM_CHARTS = 12
SYMPTOM_CHART_POINTS = 500


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


def finding(incident: Incident, ranking: Sequence[Ranked], *, next_step: str, signature: str | None) -> Finding:
    """Save one incident with its suspects.

    Args:
        incident: The incident.
        ranking: All candidates, best first, `NO_DEPLOY` among them; probabilities sum to 1.
        next_step: What to run, read or roll back now.
        signature: The name of the shift's ratio, such as `x1000`, or None.
    """
    point = incident.lead.change_point
    nobody = [one for one in ranking if one.candidate.release is None]
    blamed = [one for one in ranking if one.candidate.release is not None]
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
        ongoing=incident.recovered_at is None,
        recovered_at=_rounded(incident.recovered_at) if incident.recovered_at else None,
        confidence=point.confidence,
        symptoms=tuple(
            _symptom(one, drawn=place < MAX_SYMPTOM_CHARTS) for place, one in enumerate(incident.symptoms)
        ),
        suspects=tuple(_suspect(one) for one in shown),
        unexplained_probability=math.fsum(one.probability for one in nobody),
        unexplained=tuple(evidence for one in nobody for evidence in one.evidence),
        signature=signature,
        chart=chart(series),
        next_step=next_step,
        cut_suspects=len(cut),
        cut_probability=math.fsum(one.probability for one in cut),
    )


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


def _suspect(one: Ranked) -> Suspect:
    candidate = one.candidate
    assert candidate.release is not None
    commit, change = candidate.commit, candidate.change
    return Suspect(
        sha=commit.sha if commit else None,
        probability=one.probability,
        deploy=candidate.release.deploy,
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
        (item.llr, str(fact)) for item in evidence if item.llr > 0 for fact in item.facts.values() if str(fact)
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

