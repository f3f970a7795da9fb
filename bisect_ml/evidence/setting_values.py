"""The keys and values of a settings file, and those that a change gives another value."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath

from bisect_ml.types import FileChange

_LINE = re.compile(r"^(\s*)(?:-\s+)?([\w.\-/]+)\s*[:=]\s*(.*?)\s*(?:#.*)?$")


@lru_cache(maxsize=1024)
def changed_keys(change: FileChange) -> tuple[tuple[str, str, str], ...]:
    """Return each key with its old and new value as text, empty where it is not set."""
    if change.before is None and change.after is None:
        return ()
    before, after = values(change.path, change.before or ""), values(change.path, change.after or "")
    return tuple(
        (key, before.get(key, ""), after.get(key, ""))
        for key in {**before, **after}
        if before.get(key, "") != after.get(key, "")
    )


def leaf(key: str) -> str:
    """Return the last name of a key, by which code reads it: `days` of `window.days[0]`."""
    return key.rpartition(".")[2].partition("[")[0]


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
