"""Whether the shift follows the version where old and new code served in the same minutes."""

import math

from bisect_ml.evidence.base import say
from bisect_ml.evidence.timing import span
from bisect_ml.evidence.wording import number
from bisect_ml.types import Candidate, Case, Evidence, VersionContrast

# Of made rollouts, nineteen in twenty are told rightly from here on.
_SURE = 1.0


def version_contrast(case: Case, candidate: Candidate) -> Evidence | None:
    """Compare what old and new code predicted in the same minutes.

    Looks at: the version column of the rows around the onset: whether, from the first row of the new
    version to the last of the one before it, those of the new are like what came after the onset and those
    of the old like what was before, or both change at one moment; compared inside their slices.

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
    new = f"{found.rows_new} rows of {found.new[:12]}"
    old = f"{found.rows_old} rows of {found.old[:12]}, the version before"
    told = f"{new} moved and {old}, did not" if level == "follows" else f"{new} and {old}, moved as one"
    return f"in the {span(found.seconds)} in which both served, {told}{_means(found)}"


def _means(found: VersionContrast) -> str:
    if not (math.isfinite(found.mean_new) and math.isfinite(found.mean_old)):
        return ""
    return f": mean {number(found.mean_new)} and {number(found.mean_old)}"
