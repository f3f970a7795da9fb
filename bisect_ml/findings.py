"""From an incident and its ranked candidates to what the report saves of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bisect_ml.charts import chart
from bisect_ml.excerpts import excerpt, quoted
from bisect_ml.next_steps import next_step
from bisect_ml.populations import Sides, distribution, mix, rows_affected
from bisect_ml.row_window import RowWindow
from bisect_ml.said_levels import Said, said_first, said_of, taken_along
from bisect_ml.saved_report import ChangedFile, Finding, SavedSymptom, Suspect
from bisect_ml.types import Incident, Ranked, Release, Series, Symptom
from bisect_ml.unit_ratios import ratio_name

MAX_SUSPECTS = 200
MAX_FILES = 50
MAX_SYMPTOM_CHARTS = 12
SYMPTOM_CHART_POINTS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the log holds around an onset: all series, the rows of `sides`, and the end in epoch seconds."""

    series: Sequence[Series]
    rows: RowWindow
    sides: Sides
    log_end: float


def finding(incident: Incident, ranking: Sequence[Ranked], around: Surroundings | None = None) -> Finding:
    """Save one incident with its suspects.

    Args:
        incident: The incident.
        ranking: All candidates, best first, `NO_DEPLOY` among them; probabilities sum to 1.
        around: Where to count and compare rows; None leaves those fields empty.
    """
    nobody = [one for one in ranking if one.candidate.release is None]
    blamed = [(one, one.candidate.release) for one in ranking if one.candidate.release is not None]
    shown, cut = blamed[:MAX_SUSPECTS], blamed[MAX_SUSPECTS:]
    unsaved = {id(one) for one, _ in cut}
    first, others = _said(incident, around)
    of = first.series.slice
    return Finding(
        id=incident.number,
        onset=_rounded(incident.onset.at),
        interval=(_rounded(incident.onset.interval[0]), _rounded(incident.onset.interval[1])),
        metric=first.series.metric,
        slice=str(of) if of else None,
        kind=first.kind,
        before=_finite(first.before),
        after=_finite(first.after),
        ongoing=incident.recovered_at is None and incident.recovers is None,
        recovered_at=_rounded(incident.recovered_at) if incident.recovered_at else None,
        confidence=incident.lead.change_point.confidence,
        symptoms=tuple(
            _symptom(one, said, drawn=place < MAX_SYMPTOM_CHARTS) for place, (one, said) in enumerate(others)
        ),
        suspects=tuple(suspect(one, release, ranking) for one, release in shown),
        unexplained_probability=math.fsum(one.probability for one in nobody),
        unexplained=tuple(quoted(evidence) for one in nobody for evidence in one.evidence),
        signature=None if first.hidden else ratio_name(first.before, first.after),
        chart=chart(first.series),
        next_step=next_step(incident, [one for one in ranking if id(one) not in unsaved]),
        cut_suspects=len(cut),
        cut_probability=math.fsum(one.probability for one, _ in cut),
        recovers=incident.recovers,
        rows_affected=rows_affected(incident, around.series, around.log_end) if around else None,
        distribution=distribution(incident, around.rows, around.sides) if around else None,
        mix=mix(incident, around.series, around.sides) if around else (),
    )


def _said(incident: Incident, around: Surroundings | None) -> tuple[Said, list[tuple[Symptom, Said]]]:
    """Return what is said first of an incident, and its other symptoms with what is said of them."""
    series, sides = (around.series, around.sides) if around else ((), None)
    first = said_first(incident.lead, series, sides)
    far = incident.lead.series.within is not None
    others = [(one, said_of(one, series, sides, far=far)) for one in incident.all_symptoms]
    along = taken_along(incident.lead, series, sides)
    if along is not None and all(said.series is not along[1].series for _, said in others):
        others.insert(0, along)
    return first, [(one, said) for one, said in others if one.series is not first.series]


def _symptom(symptom: Symptom, said: Said, *, drawn: bool) -> SavedSymptom:
    series, point = symptom.series, symptom.change_point
    return SavedSymptom(
        metric=series.metric,
        slice=str(series.slice) if series.slice else None,
        kind=said.kind,
        before=_finite(said.before),
        after=_finite(said.after),
        onset=datetime.fromtimestamp(float(series.times[point.index]), UTC),
        confidence=point.confidence,
        chart=chart(series, SYMPTOM_CHART_POINTS) if drawn else None,
    )


def suspect(one: Ranked, release: Release, ranking: Sequence[Ranked]) -> Suspect:
    """Save one ranked candidate of a release; `ranking` holds what else came by the same merge."""
    candidate = one.candidate
    commit, change = candidate.commit, candidate.change
    telling = (_likeliest_joined(one, ranking) if candidate.is_merge else None) or one
    return Suspect(
        sha=commit.sha if commit else None,
        probability=one.probability,
        deploy=release.deploy,
        subject=commit.subject if commit else None,
        author=commit.author if commit else None,
        committed_at=commit.committed_at if commit else None,
        evidence=tuple(quoted(evidence) for evidence in one.evidence),
        direction=candidate.direction,
        change=change.sha if change else None,
        change_probability=one.change_probability if change else None,
        pull_request=change.pull_request if change else None,
        joins=len(change.commits) - 1 if change and candidate.is_merge else None,
        files=tuple(
            ChangedFile(path=file.path, status=file.status, added=file.added, removed=file.removed)
            for file in (commit.files if commit else ())[:MAX_FILES]
        ),
        hunk=excerpt(telling.candidate.commit, telling.evidence) if telling.candidate.commit else None,
        gap=None if commit else release.gap,
    )


def _likeliest_joined(merge: Ranked, ranking: Sequence[Ranked]) -> Ranked | None:
    """Return the likeliest of the other commits that came by a merge in the same deploy."""
    change, release = merge.candidate.change, merge.candidate.release
    return next(
        (
            one
            for one in ranking
            if one is not merge and one.candidate.change == change and one.candidate.release == release
        ),
        None,
    )


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _rounded(moment: datetime) -> datetime:
    """Whole seconds: the onset is never known to more."""
    return moment.replace(microsecond=0)
