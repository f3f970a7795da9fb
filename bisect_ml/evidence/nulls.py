"""Whether missing predictions moved, against what the commit does to guards."""

import re

from bisect_ml.evidence.base import say
from bisect_ml.evidence.edit import commit_edits
from bisect_ml.evidence.shift import shift_of
from bisect_ml.evidence.wording import points
from bisect_ml.types import Candidate, Case, Evidence

_MOVED = 0.01
_MISSING = re.compile(
    r"\b(None|null|nil|undefined|NaN|nan|NA|raise|throw|except|catch|rescue|panic|isnull|isna|isNaN|is_none|fillna"
    r"|dropna|coalesce|COALESCE|min_periods|Option|Optional|unwrap_or\w*|orElse\w*)\b|\w*(Error|Exception)\b|\?\?"
)


def nulls(case: Case, candidate: Candidate) -> Evidence | None:
    """Compare the move of the null rate with guards, early returns and error handling in the diff.

    Looks at: the change of the null rate, and whether the edits of the commit are guards (`if … return`,
    `try`, `raise`) or speak of missing values.

    Why it tells: a guard decides which inputs get no prediction; where the null rate moved, guards and
    error handling did it, and where only scored values moved, a change of guards alone did not.

    When it misleads: a guard that returns a number instead of nothing moves values, and any new error
    makes nulls.
    """
    if candidate.commit is None:
        return None
    found = commit_edits(case, candidate.commit)
    if not found:
        return None
    missing = [one for one in found if _speaks_of_missing(one.before + one.after)]
    guards = [one for one in found if one.kind == "guard"]
    moved = shift_of(case).nulls
    if abs(moved) >= _MOVED and (guards or missing):
        return say(
            "nulls", "guard_and_nulls", f"the null rate moved by {points(moved)} and it changes a guard"
        )
    if abs(moved) < _MOVED and len(missing) == len(found) and guards:
        return say("nulls", "guard_only", "changes guards only, but the null rate did not move")
    return None


def _speaks_of_missing(text: str) -> bool:
    return _MISSING.search(text) is not None
