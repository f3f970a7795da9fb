"""Which settings the commit changes, and from what to what."""

import math
import re

from bisect_ml.evidence.base import say
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.paths import file_kind
from bisect_ml.evidence.setting_values import changed_keys
from bisect_ml.evidence.shift import shift_of
from bisect_ml.types import Candidate, Case, Evidence

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TOLERANCE = 0.03


def settings(case: Case, candidate: Candidate) -> Evidence | None:
    """Name the settings whose value the commit changes.

    Looks at: JSON and TOML as values, YAML, INI and environment files by their keys.

    Why it tells: a threshold, a weight or a switch acts on the next prediction, and no test sees it; a
    value that changed by the measured ratio accuses most.

    When it misleads: settings of another environment or of a part that predicts nothing.
    """
    if candidate.commit is None:
        return None
    changed = [
        (change.path, key, old, new)
        for change in live_files(candidate.commit)
        if file_kind(change.path) == "settings"
        for key, old, new in changed_keys(change)
    ]
    if not changed:
        return None
    ratio = shift_of(case).ratio
    ranked = sorted(changed, key=lambda each: -_RANKS.index(_level(each[2], each[3], ratio)))
    path, key, old, new = ranked[0]
    level = _level(old, new, ratio)
    return say(
        "settings", level, f"{path} sets {key}: {old or 'unset'} → {new or 'unset'}", key=key, path=path
    )


_RANKS = ("text", "number", "ratio")


def _level(old: str, new: str, ratio: float | None) -> str:
    try:
        before, after = float(old), float(new)
    except ValueError:
        return "number" if _differ_in_numbers(old, new) else "text"
    if ratio and before * after > 0 and abs(math.log(abs(ratio))) > 2 * _TOLERANCE:
        turned = abs(math.log(after / before))
        if abs(turned - abs(math.log(abs(ratio)))) < _TOLERANCE:
            return "ratio"
    return "number"


def _differ_in_numbers(old: str, new: str) -> bool:
    """Tell a list or a quantity, `[0.1, 0.2]` or `30s`, of which only numbers changed."""
    return _NUMBER.sub("0", old) == _NUMBER.sub("0", new)
