"""The keys and values of a settings file, and those that a change gives another value."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath

from bisect_ml.evidence.paths import words
from bisect_ml.evidence.setting_lines import read_lines
from bisect_ml.types import FileChange

_ITEM = re.compile(r"(.*)\[\d+\]$")
# What a machine is given, whatever runs on it.
_OF_MACHINES = frozenset(
    {"memory", "cpu", "cpus", "replica", "replicas", "port", "ports", "host", "hostname", "disk", "nodes"}
    | {"storage", "logging", "loglevel", "probe", "healthcheck", "autoscaling", "namespace", "nodeport"}
)
_SHORTEST_KEY = 4


@lru_cache(maxsize=1024)
def changed_keys(change: FileChange) -> tuple[tuple[str, str, str], ...]:
    """Return each key with its old and new value as text, empty where it is not set."""
    if change.before is None and change.after is None:
        return ()
    before, after = values(change.path, change.before or ""), values(change.path, change.after or "")
    before, after = _without_kept_items(before, after), _without_kept_items(after, before)
    return tuple(
        (key, before.get(key, ""), after.get(key, ""))
        for key in {**before, **after}
        if before.get(key, "") != after.get(key, "")
    )


def _without_kept_items(own: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """Return values without the items that a list of another length holds too, wherever they stand in it.

    Otherwise one item put in front would change all that follow. In lists as long as before the place counts.
    """
    lists, others = _lists(own), _lists(other)
    kept = {
        key
        for name, items in lists.items()
        if len(items) != len(others.get(name, items))
        for key in _common(items, others[name])
    }
    return {key: value for key, value in own.items() if key not in kept}


def _lists(found: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    for key, value in found.items():
        if item := _ITEM.match(key):
            lists.setdefault(item[1], {})[key] = value
    return lists


def _common(items: Mapping[str, str], other: Mapping[str, str]) -> Iterator[str]:
    """Yield the keys of the items that the other list has too, each as often as it has them."""
    left = Counter(other.values())
    for key, value in items.items():
        if left[value]:
            left[value] -= 1
            yield key


def changed_items(change: FileChange) -> frozenset[str]:
    """Return the items that lists of a settings file gain or lose."""
    changed = (each for each in changed_keys(change) if _ITEM.match(each[0]))
    return frozenset(value for _, old, new in changed for value in (old, new) if value)


def leaf(key: str) -> str:
    """Return the last name of a key, by which code reads it: `days` of `window.days[0]`."""
    return key.rpartition(".")[2].partition("[")[0]


def is_of_machines(key: str) -> bool:
    """Tell a key that sizes or places what runs, such as `resources.memory`."""
    return bool(_OF_MACHINES & set(words(key)))


def plain(name: str) -> str:
    """Return a name as all its spellings have it: `SCORE_CAP` of the environment, `scoreCap`, `score-cap`."""
    return re.sub(r"[-_]", "", name).lower()


def is_named(key: str, names: frozenset[str]) -> bool:
    """Tell whether one of some plain names is that of a key; a short one is a word like any other."""
    name = plain(leaf(key))
    return len(name) >= _SHORTEST_KEY and name in names


def is_near_named(key: str, names: frozenset[str]) -> bool:
    """Tell whether a key, or one above it, is among some plain names: code may take all below it."""
    parts = (plain(part) for part in re.split(r"[.\[\]]", key))
    return any(len(part) >= _SHORTEST_KEY and part in names for part in parts)


@lru_cache(maxsize=1024)
def values(path: str, text: str) -> Mapping[str, str]:
    """Return the keys of a settings file with their values as text, nothing where it cannot be read."""
    try:
        match PurePosixPath(path).suffix.lower():
            case ".json":
                return dict(_flat(json.loads(text or "{}"), ""))
            case ".toml":
                return dict(_flat(tomllib.loads(text), ""))
            case _:
                return dict(read_lines(text))
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
