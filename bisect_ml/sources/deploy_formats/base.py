"""What every reader of a deploy log takes and gives."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bisect_ml.errors import InputError

# An image tag, a version or a label can hold a sha between other words: main-3f2a9c1-20260304, or
# 1.4.2-3-g3f2a9c1 as `git describe` writes it. Digits alone are a date or a build number.
_SHA_WITHIN = re.compile(r"(?<![0-9a-zA-Z])g?([0-9a-f]{7,64})(?![0-9a-zA-Z])")
_VERSION = re.compile(r"v?(\d+\.\d[\w.+-]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One object of a deploy log; `place` is the file and the position, as an error names it."""

    place: str
    fields: Mapping[str, Any]

    def need(self, *path: str) -> Any:
        """Return a field, by the names that lead to it.

        Raises:
            InputError: The record has no such field, or nothing in it.
        """
        value = self.get(*path)
        if value is None:
            raise InputError(
                f"{self.place}: no field '{'.'.join(path)}'",
                "write the file again with the command in docs/deploys.md",
            )
        return value

    def get(self, *path: str) -> Any:
        """Return a field, by the names that lead to it, None where there is nothing."""
        return dig(self.fields, *path)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeployRow:
    """A deploy as its log tells it, before moments are read and names are looked up in git.

    `refs` are the names that can lead to the commit, the surest first; the first is what people read.
    `status` is in the log's own word, or None where it has none.
    """

    place: str
    started: Any
    refs: tuple[str, ...]
    finished: Any = None
    service: str | None = None
    environment: str | None = None
    status: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The rows of a deploy log, and what its format cannot tell."""

    rows: tuple[DeployRow, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of deploy logs: its name, how a record of it looks, and how it is read."""

    name: str
    fits: Callable[[Mapping[str, Any]], bool]
    read: Callable[[Sequence[Record]], Reading]


def dig(value: Any, *path: str) -> Any:
    """Return what a path of names leads to through nested objects, None where it leads nowhere."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def mappings(value: Any) -> list[Mapping[str, Any]]:
    """Return the objects in a list, none where it is no list."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def cell(value: Any) -> str | None:
    """Return the text of a value, None where it is blank or one of the signs of a missing value."""
    text = "" if value is None else str(value).strip()
    return text if text and text not in {"nan", "NaN", "NaT", "<NA>", "None", "null"} else None


def names_of(text: str | None, service: str | None = None) -> tuple[str, ...]:
    """Return the names in git that a version, an image tag or a label can stand for, the surest first.

    These are the text itself, the shas within it, and the tags that a version usually has: `v1.4`,
    `1.4`, and with the name of the service before it.
    """
    if text is None or not text.strip():
        return ()
    text = text.strip()
    found = [text, *(sha for sha in _SHA_WITHIN.findall(text) if not sha.isdigit())]
    if version := _VERSION.fullmatch(text):
        plain = version.group(1)
        found += [f"v{plain}", plain]
        if service:
            found += [f"{service}{mark}{form}" for mark in "-@/_" for form in (plain, f"v{plain}")]
    return tuple(dict.fromkeys(found))


def names_of_image(image: str | None, service: str | None = None) -> tuple[str, ...]:
    """Return the names in git that an image's tag can stand for; a digest stands for none."""
    if image is None:
        return ()
    tagged = image.partition("@")[0]
    tag = tagged.rpartition("/")[2].partition(":")[2]
    return names_of(tag, service)


def names_in(labels: Any) -> tuple[str, ...]:
    """Return what labels, annotations or other free fields say of the commit."""
    if not isinstance(labels, Mapping):
        return ()
    telling = re.compile(r"(git|vcs|commit|revision|sha)", re.IGNORECASE)
    values = (str(value) for name, value in labels.items() if telling.search(str(name)))
    return tuple(dict.fromkeys(name for value in values for name in _SHA_WITHIN.findall(value)))
