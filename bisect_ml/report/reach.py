"""How far an incident reached: its key figures, and which of several to look at first."""

import math
from collections.abc import Sequence

from bisect_ml.report import figures
from bisect_ml.saved_report import Finding

# A share that went to all rows, or a level that came from or went to nothing, is taken as this far (nats).
_FARTHEST = 10.0


def gravest(findings: Sequence[Finding]) -> Finding | None:
    """Choose the incident to look at first: an ongoing one, then the one that moved farthest.

    The end of an incident comes only where there is nothing else.
    """
    return max(
        findings,
        key=lambda finding: (finding.recovers is None, finding.ongoing, _distance(finding)),
        default=None,
    )


def _distance(finding: Finding) -> float:
    """Measure a movement in nats, so that metrics of different units compare."""
    before, after = finding.before, finding.after
    if before is None or after is None or not (math.isfinite(before) and math.isfinite(after)):
        return 0.0
    if figures.is_rate(finding.metric):
        return -math.log(max(math.exp(-_FARTHEST), 1 - abs(after - before)))
    if before == after:
        return 0.0
    if before == 0 or after == 0 or (before < 0) != (after < 0):
        return _FARTHEST
    return min(_FARTHEST, abs(math.log(abs(after)) - math.log(abs(before))))


def lasted(finding: Finding) -> str:
    """Say in a word or two how long an incident lasted: `8 d 2 h`, `ongoing`, `end of 4`."""
    if finding.recovers is not None:
        return f"end of {finding.recovers}"
    if finding.ongoing or finding.recovered_at is None:
        return "ongoing"
    return figures.duration((finding.recovered_at - finding.onset).total_seconds())


def key_figures(finding: Finding) -> tuple[tuple[str, str], ...]:
    """Return what a reader asks first, each with its name: how long, how much, how far, since when."""
    told: list[tuple[str, str]] = []
    if finding.recovers is not None:
        told.append(("Ended", f"incident {finding.recovers}"))
    elif finding.ongoing or finding.recovered_at is None:
        told.append(("Lasted", "still ongoing at the end of the log"))
    else:
        told.append(("Lasted", f"{lasted(finding)}, until {figures.moment(finding.recovered_at)}"))
    told.append(("Began (90% interval)", figures.span(*finding.interval)))
    if finding.rows_affected is not None:
        told.append(("Predictions affected", f"{finding.rows_affected:,}"))
    if finding.symptoms:
        slices = len({symptom.slice for symptom in finding.symptoms if symptom.slice})
        others = figures.count(len(finding.symptoms), "other series", "other series")
        told.append(("Moved with it", f"{others} ({figures.count(slices, 'slice')})" if slices else others))
    return tuple(told)
