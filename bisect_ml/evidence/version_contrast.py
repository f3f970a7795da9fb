"""Whether the shift follows the version where old and new code served in the same minutes."""

import math

from bisect_ml.evidence.base import say
from bisect_ml.evidence.timing import span
from bisect_ml.evidence.wording import counted, number
from bisect_ml.types import Candidate, Case, Evidence, VersionContrast

# Of made rollouts, nineteen in twenty are told rightly from here on.
_SURE = 2.0


def version_contrast(case: Case, candidate: Candidate) -> Evidence | None:
    """Compare what old and new code predicted in the same minutes.

    Looks at: the version column of the rows from the onset on: whether those of the new version and those of
    the one before it, in the minutes in which both served, differ as much as after and before do, or not at
    all; compared inside their slices.

    Why it tells: during a rollout or a canary both versions get the same traffic; a shift that follows
    the version is the new code's doing, and one that hits both is not.

    When it misleads: when a canary gets other traffic than the rest in a way that no slice shows, and
    when both versions read a table or a cache that the new one writes.
    """
    release = candidate.release
    if release is None:
        return None
    found = next((each for each in case.versions if each.deploy == release.deploy.id), None)
    if found is None or abs(found.follows) < _SURE:
        return None
    level = "follows" if found.follows > 0 else "both"
    return say("version_contrast", level, _sentence(found, level), nats=round(found.follows, 2))


def _sentence(found: VersionContrast, level: str) -> str:
    told = f"differ{_means(found)}" if level == "follows" else "are alike"
    new = f"{counted(found.rows_new, 'row')} of {found.new[:12]}"
    old = f"{counted(found.rows_old, 'row')} of {found.old[:12]}, the version before,"
    return f"in the {span(found.seconds)} in which both served, {new} and {old} {told}"


def _means(found: VersionContrast) -> str:
    if not (math.isfinite(found.mean_new) and math.isfinite(found.mean_old)):
        return ""
    return f": mean {number(found.mean_new)} and {number(found.mean_old)}"
