"""Whether rows are missing around the onset."""

import numpy as np

from bisect_ml.evidence.base import say
from bisect_ml.evidence.timing import has_log, span
from bisect_ml.types import Candidate, Case, Evidence

_AROUND_S = 6 * 3600.0
_LONGEST_USUAL_GAP = 3.0


def outage(case: Case, candidate: Candidate) -> Evidence | None:
    """Look for a gap in the log around the onset.

    Looks at: the stretches without rows, within six hours of the onset, against those of the rest of the log.

    Why it tells: an outage, or a logging job that failed, changes which rows are there.

    When it misleads: a deploy that takes the service down makes a gap of its own.
    """
    if candidate.release is not None or not has_log(case):
        return None
    whole = next(
        (each for each in case.series if each.slice is None and each.metric in {"count", "mean"}), None
    )
    if whole is None or whole.width_s is None:
        return None
    filled = whole.times[whole.counts > 0]
    if len(filled) < 10:
        return None
    gaps = np.diff(filled)
    low, high = (moment.timestamp() for moment in case.incident.onset.interval)
    near = (filled[1:] >= low - _AROUND_S) & (filled[:-1] <= high + _AROUND_S)
    longest = float(np.max(gaps[near], initial=0.0))
    usual = float(np.quantile(gaps[~near], 0.99)) if (~near).any() else whole.width_s
    if longest < _LONGEST_USUAL_GAP * max(usual, whole.width_s):
        return None
    return say(
        "outage",
        "gap",
        f"no rows were logged for {span(longest - whole.width_s)} around the onset",
        gap_s=longest,
    )
