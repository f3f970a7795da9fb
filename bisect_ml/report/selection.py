"""What of a long report is shown, so that its size has a bound; whatever is left out is counted."""

from dataclasses import dataclass

from bisect_ml.saved_report import Finding, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of everything an output takes.

    `cards` are suspects shown with evidence and diff, `rows` the suspects listed in the table (the
    cards included), `points` the columns of a chart, `multiples` the small charts of other series,
    `nearby` the deploys listed around an onset.
    """

    incidents: int
    cards: int
    rows: int
    symptoms: int
    multiples: int
    points: int
    hunk_lines: int
    nearby: int


_HTML = (
    Limits(incidents=3, cards=3, rows=60, symptoms=40, multiples=8, points=480, hunk_lines=24, nearby=24),
    Limits(incidents=10, cards=3, rows=20, symptoms=12, multiples=4, points=240, hunk_lines=16, nearby=12),
    Limits(incidents=50, cards=3, rows=5, symptoms=5, multiples=0, points=120, hunk_lines=8, nearby=6),
)


def html_limits(report: Report) -> Limits:
    """Choose what the HTML report shows in full, by the number of incidents that share its size."""
    return next((limits for limits in _HTML if len(report.incidents) <= limits.incidents), _HTML[-1])


def shown_incidents(report: Report, limits: Limits) -> tuple[Finding, ...]:
    """Return the incidents that are shown, in their order: the surest ones where there are too many."""
    if len(report.incidents) <= limits.incidents:
        return report.incidents
    surest = sorted(report.incidents, key=lambda finding: -finding.confidence)[: limits.incidents]
    kept = {finding.id for finding in surest}
    return tuple(finding for finding in report.incidents if finding.id in kept)
