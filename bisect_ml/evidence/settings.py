"""Which settings the commit changes, and from what to what."""

import json
import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath

from bisect_ml.evidence.base import say
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.paths import file_kind
from bisect_ml.evidence.shift import shift_of
from bisect_ml.types import Candidate, Case, Evidence, FileChange

_LINE = re.compile(r"^(\s*)(?:-\s+)?([\w.\-/]+)\s*[:=]\s*(.*?)\s*(?:#.*)?$")
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
        return "text"
    if ratio and before * after > 0 and abs(math.log(abs(ratio))) > 2 * _TOLERANCE:
        turned = abs(math.log(after / before))
        if abs(turned - abs(math.log(abs(ratio)))) < _TOLERANCE:
            return "ratio"
    return "number"


@lru_cache(maxsize=1024)
def changed_keys(change: FileChange) -> tuple[tuple[str, str, str], ...]:
    """Return each key with its old and new value as text, empty where it is not set."""
    if change.before is None and change.after is None:
        return ()
    before, after = _values(change.path, change.before or ""), _values(change.path, change.after or "")
    return tuple(
        (key, before.get(key, ""), after.get(key, ""))
        for key in {**before, **after}
        if before.get(key, "") != after.get(key, "")
    )


def _values(path: str, text: str) -> Mapping[str, str]:
    try:
        match PurePosixPath(path).suffix.lower():
            case ".json":
                return dict(_flat(json.loads(text or "{}"), ""))
            case ".toml":
                return dict(_flat(tomllib.loads(text), ""))
            case _:
                return dict(_lines(text))
    except (ValueError, RecursionError):
        return {}


def _flat(value: object, prefix: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{prefix}.{key}" if prefix else str(key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _flat(inner, f"{prefix}[{index}]")
    else:
        yield prefix, str(value)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Read `key: value` and `key = value` lines; deeper lines belong to the key above them."""
    above: list[tuple[int, str]] = []
    for line in text.splitlines():
        found = _LINE.match(line)
        if not found or line.lstrip().startswith(("#", ";")):
            continue
        depth, key, value = len(found[1]), found[2], found[3].strip("\"'")
        above = [each for each in above if each[0] < depth]
        above.append((depth, key))
        if value:
            yield ".".join(name for _, name in above), value
