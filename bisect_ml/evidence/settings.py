"""Which settings the commit changes, and from what to what."""

import math
import re
from collections.abc import Sequence

from bisect_ml.evidence.base import say
from bisect_ml.evidence.environments import foreign_environment
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.paths import file_kind
from bisect_ml.evidence.reach import read_keys
from bisect_ml.evidence.setting_values import changed_keys
from bisect_ml.evidence.shift import shift_of
from bisect_ml.types import Candidate, Case, Evidence, FileChange

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_WORD = re.compile(r"[^\W\d]{3}")
_TOLERANCE = 0.03


def settings(case: Case, candidate: Candidate) -> Evidence | None:
    """Name the settings whose value the commit changes.

    Looks at: JSON and TOML as values, YAML, INI and environment files by their keys; of files that code
    takes key by key only the keys that it names. Settings that no prediction reads, of other keys or of
    another environment than the deploy's, speak for the commit.

    Why it tells: a threshold, a weight or a switch acts on the next prediction, and no test sees it; a
    value that changed by the measured ratio accuses most.

    When it misleads: settings of a part that predicts nothing.
    """
    if candidate.commit is None:
        return None
    files = [change for change in live_files(candidate.commit) if file_kind(change.path) == "settings"]
    here = [change for change in files if not foreign_environment(change, candidate)]
    if files and not here:
        path, other = files[0].path, foreign_environment(files[0], candidate)
        return say("settings", "elsewhere", f"sets what {other} reads: {path}", path=path)
    changed = [(change.path, *each) for change in here for each in read_keys(case, change)]
    if not changed:
        return _unread(here)
    ratio = shift_of(case).ratio
    ranked = sorted(changed, key=lambda each: -_RANKS.index(_level(each[2], each[3], ratio)))
    path, key, old, new = ranked[0]
    level = _level(old, new, ratio)
    return say(
        "settings", level, f"{path} sets {key}: {old or 'unset'} → {new or 'unset'}", key=key, path=path
    )


def _unread(files: Sequence[FileChange]) -> Evidence | None:
    """Name a setting that changed and that no prediction reads."""
    found = next(((change.path, *each) for change in files for each in changed_keys(change)), None)
    if found is None:
        return None
    path, key, old, new = found
    told = f"{path} sets {key}, which no prediction reads: {old or 'unset'} → {new or 'unset'}"
    return say("settings", "unread", told, key=key, path=path)


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
    shape = _NUMBER.sub("0", old)
    return shape == _NUMBER.sub("0", new) and not _WORD.search(shape)
