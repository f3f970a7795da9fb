"""Whether the shift follows the version where old and new code served in the same minutes."""

import math

from bisect_ml.evidence.base import say
from bisect_ml.evidence.timing import span
from bisect_ml.evidence.wording import number
from bisect_ml.types import Candidate, Case, Evidence, VersionContrast

_APART, _ALIKE = 1e-4, 0.01
_LEAST_ROWS = 30


def version_contrast(case: Case, candidate: Candidate) -> Evidence | None:
    """Compare what old and new code predicted in the same minutes.

    Looks at: the version column of the rows around the onset: those of the new version against those of
    the one before it, ranked inside their slices, in the minutes in which both served; and whether the
    rows that the old version still served after the onset moved as well.

    Why it tells: during a rollout or a canary both versions get the same traffic; a shift that follows
    the version is the new code's doing, and one that hits both is not.

    When it misleads: when a canary gets other traffic than the rest in a way that no slice shows, and
    when both versions read a table or a cache that the new one writes.
    """
    release = candidate.release
    if release is None:
        return None
    found = next((each for each in case.versions if each.deploy == release.deploy.id), None)
    if found is None:
        return None
    served = min(found.rows_new, found.rows_old) >= _LEAST_ROWS
    side_by_side = f"in the {span(found.seconds)} in which both served"
    if served and found.apart_p < _APART:
        return say(
            "version_contrast",
            "follows",
            f"{side_by_side}, {found.rows_new} rows of {found.new[:12]} and {found.rows_old} rows of"
            f" {found.old[:12]}, the version before, differ{_means(found)}",
            p=found.apart_p,
        )
    if found.kept_rows >= _LEAST_ROWS and found.kept_p < _APART and (not served or found.apart_p > _ALIKE):
        return say(
            "version_contrast",
            "both",
            f"the {found.kept_rows} rows that {found.old[:12]}, the version before, served after the onset"
            " moved as well",
            p=found.kept_p,
        )
    if served and found.after_onset and found.apart_p > _ALIKE:
        return say(
            "version_contrast",
            "alike",
            f"{side_by_side}, {found.rows_new} rows of {found.new[:12]} are like {found.rows_old} rows of"
            f" {found.old[:12]}, the version before{_means(found)}",
            p=found.apart_p,
        )
    return None


def _means(found: VersionContrast) -> str:
    if not (math.isfinite(found.mean_new) and math.isfinite(found.mean_old)):
        return ""
    return f": mean {number(found.mean_new)} and {number(found.mean_old)}"
