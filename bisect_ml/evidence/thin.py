"""Whether the log holds enough to tell."""

import numpy as np

from bisect_ml.evidence.base import say
from bisect_ml.evidence.timing import has_log, span
from bisect_ml.evidence.wording import counted
from bisect_ml.types import Candidate, Case, Evidence

_FEW_BUCKETS, _FEW_ROWS = 6, 100
_WIDE_S = 24 * 3600.0


def thin(case: Case, candidate: Candidate) -> Evidence | None:
    """Count what the log holds on the two sides of the onset.

    Looks at: the buckets with rows and the rows before and after the onset in the series that shows the
    incident best, how long the onset interval is, and how many deploys lie in it.

    Why it tells: a handful of rows, or an onset known to a day, fits a deploy and chance alike.

    When it misleads: an evaluation once a night has few rows and can still be exact.
    """
    if candidate.release is not None or not has_log(case):
        return None
    series, onset = case.incident.lead.series, case.incident.onset
    low, high = (moment.timestamp() for moment in onset.interval)
    filled = (series.counts > 0) & np.isfinite(series.values)
    after, before = filled & (series.times >= low), filled & (series.times < low)
    for side, where in ((after, "after"), (before, "before")):
        buckets, rows = int(side.sum()), int(series.counts[side].sum())
        if series.width_s is not None and (buckets < _FEW_BUCKETS or rows < _FEW_ROWS):
            return say(
                "thin",
                "few",
                f"the log has {counted(rows, 'row')} in {counted(buckets, 'bucket')} {where} the onset",
                rows=rows,
            )
    inside = sum(low <= r.deploy.started_at.timestamp() <= high for r in case.releases)
    if high - low > _WIDE_S and inside > 1:
        return say(
            "thin",
            "wide",
            f"the onset is known to {span(high - low)} only, in which {inside} deploys went live",
            deploys=inside,
        )
    return None
