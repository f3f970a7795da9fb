"""Which settings the commit changes, and from what to what."""

import math
import re

from bisect_ml.evidence.base import say
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.paths import file_kind, words
from bisect_ml.evidence.reach import read_keys
from bisect_ml.evidence.shift import shift_of
from bisect_ml.types import Candidate, Case, Evidence

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_WORD = re.compile(r"[^\W\d]{3}")
_TOLERANCE = 0.03
_PRODUCTION = frozenset({"production", "prod", "live", "prd"})
_ENVIRONMENTS = _PRODUCTION | {
    "staging",
    "stg",
    "dev",
    "development",
    "local",
    "qa",
    "uat",
    "sandbox",
    "preview",
}


def settings(case: Case, candidate: Candidate) -> Evidence | None:
    """Name the settings whose value the commit changes.

    Looks at: JSON and TOML as values, YAML, INI and environment files by their keys; of files that code
    takes key by key only the keys that it names. A path that names another environment than the deploy's
    speaks for the commit.

    Why it tells: a threshold, a weight or a switch acts on the next prediction, and no test sees it; a
    value that changed by the measured ratio accuses most.

    When it misleads: settings of a part that predicts nothing.
    """
    if candidate.commit is None:
        return None
    files = [change for change in live_files(candidate.commit) if file_kind(change.path) == "settings"]
    here = [change for change in files if not _foreign(change.path, candidate)]
    if files and not here:
        path = files[0].path
        return say("settings", "elsewhere", f"sets what {_foreign(path, candidate)} reads: {path}", path=path)
    changed = [(change.path, *each) for change in here for each in read_keys(case, change)]
    if not changed:
        return None
    ratio = shift_of(case).ratio
    ranked = sorted(changed, key=lambda each: -_RANKS.index(_level(each[2], each[3], ratio)))
    path, key, old, new = ranked[0]
    level = _level(old, new, ratio)
    return say(
        "settings", level, f"{path} sets {key}: {old or 'unset'} → {new or 'unset'}", key=key, path=path
    )


def _foreign(path: str, candidate: Candidate) -> str:
    """Return the environment that a path names where it is not the one that was deployed to, else nothing."""
    deployed = candidate.release.deploy.environment if candidate.release else None
    own = frozenset(words(deployed)) if deployed else _PRODUCTION
    named = [word for word in words(path) if word in _ENVIRONMENTS]
    if not named or own & set(named):
        return ""
    is_production = bool(own & _PRODUCTION)
    return "" if is_production and _PRODUCTION & set(named) else named[0]


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
