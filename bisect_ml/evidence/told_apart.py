"""Which quoted values a change tells apart: those that it compares, lists or looks up."""

import re
from collections.abc import Iterator
from itertools import takewhile

from bisect_ml.evidence.patch import Block, blocks
from bisect_ml.types import FileChange

QUOTED = re.compile(r"""["']([^"'\n]{1,40})["']""")
# A value that is compared, looked up, listed or a key tells slices apart; a default or an argument does not.
_TELLS_APART = re.compile(
    r"""[=!]=|[\[{]\s*["'][^"'\n]*["']\s*,|\b(in|case|when|is)\b|\[\s*["'][^"'\n]*["']\s*\]|["'][^"'\n]*["']\s*(:|=>)|\.get\("""
)
# The key of an entry that begins before the first letter that changed.
_KEY_BEFORE = re.compile(r"""["']([^"'\n]{1,40})["']\s*(?::|=>)[^,{}\[\]]*$""")


def told_apart(change: FileChange, known: frozenset[str]) -> frozenset[str]:
    """Return the quoted values in the changed lines that tell slices apart.

    Args:
        change: The change of a file.
        known: The values of the slices of the log.

    Returns:
        Of a line that was replaced by one like it, and that names several known values, only those that
        came, went, or are the key of what changed: the other entries of a table in one line stay.
    """
    return frozenset(value for block in blocks(change) for value in _of(block, known))


def _of(block: Block, known: frozenset[str]) -> Iterator[str]:
    if len(block.removed) == len(block.added):
        for old, new in zip(block.removed, block.added, strict=True):
            told = _quoted(old) | _quoted(new)
            yield from (told & _changed(old, new) & known) or told
    else:
        for line in (*block.removed, *block.added):
            yield from _quoted(line)


def _quoted(line: str) -> frozenset[str]:
    return frozenset(QUOTED.findall(line)) if _TELLS_APART.search(line) else frozenset()


def _changed(old: str, new: str) -> frozenset[str]:
    """Return the quoted values that one of two lines alone has, and the keys of the entries that differ."""
    values = set(QUOTED.findall(old)) ^ set(QUOTED.findall(new))
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    key = _KEY_BEFORE.search(old[:start])
    return frozenset(values | ({key[1]} if key else set()))
