"""From series to incidents: what broke is found, grouped, held against the raw rows and dated by them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bisect_ml.change_points import detect_all
from bisect_ml.config import Settings
from bisect_ml.confirmation import confirm
from bisect_ml.incidents import group, number, strength
from bisect_ml.populations import sides_of
from bisect_ml.refinement import WIDENING, refine
from bisect_ml.sources import PredictionLog
from bisect_ml.types import Incident, Series, Symptom

# Rows this far on either side of an uncertain onset teach what old and new code predict.
LEARNING_S = 24 * 3600.0
# So many rows of a slice tell an old level from a new one.
TELLING_ROWS = 20.0


def find_incidents(log: PredictionLog, series: Sequence[Series], settings: Settings) -> tuple[Incident, ...]:
    """Return the incidents of a log, numbered, each dated as sharply as its rows allow.

    Args:
        log: Where the raw rows are that each incident must stand up against.
        series: What is searched; features are only evidence, so they are left out.
        settings: The timezone of the season, and how many false alarms are borne.
    """
    predicted = [one for one in series if not one.metric.startswith("feature[")]
    found = detect_all(predicted, timezone=settings.tz, false_alarm_rate=settings.false_alarm_rate)
    symptoms = [
        Symptom(series=one, change_point=point)
        for one, points in zip(predicted, found, strict=True)
        for point in points
    ]
    incidents = group(symptoms)
    if not log.sparse:
        incidents = confirm(incidents, strength, log.window, log_start=log.start, log_end=log.end)
    return number(_refined(incident, incidents, log) for incident in incidents)


def _refined(incident: Incident, incidents: Sequence[Incident], log: PredictionLog) -> Incident:
    """Narrow the onset with the raw rows around it; points of their own are as sharp as can be.

    Rows beyond a neighbouring incident are neither of the old code nor of the new.
    """
    if incident.lead.series.width_s is None:
        return incident
    slack_s = _slack_s(incident.lead.series, incident.lead.series.width_s)
    margin = LEARNING_S + WIDENING * slack_s
    sides = sides_of(incident, incidents, log.start, log.end)
    start, end = float(incident.onset.edges[0]) - margin, float(incident.onset.edges[-1]) + margin
    rows = log.window(max(start, sides.start), min(end, sides.end))
    of, within = incident.lead.series.slice, incident.lead.series.within
    kept = slice(None) if of is None else rows.in_slice(of.column, of.value)
    # Among the far values of all rows those of a few would be lost.
    values = rows.values if within is None else -within.holds(rows.values).astype(np.float64)
    onset = refine(
        incident.onset,
        rows.times[kept],
        values[kept],
        rows.cells[kept],
        slack_s,
        of_traffic=incident.is_of_traffic,
    )
    return replace(incident, onset=onset)


def _slack_s(series: Series, width_s: float) -> float:
    """Return how far off the buckets may be: few rows show a break late, or unlucky ones before it early."""
    rows = series.counts[series.counts > 0]
    usual = float(np.median(rows)) if len(rows) else 1.0
    return width_s * max(1.0, TELLING_ROWS / usual)
