"""What a merge did that none of its parents had: git's combined diff, read into an ordinary patch.

Git shows a file of a merge where the result differs from every parent (`-c`), and with `--cc` only its
hunks that follow none of them: a conflict that was resolved by hand, or an edit that was slipped in. A
clean merge shows nothing. Every line of a hunk starts with a sign per parent instead of one.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bisect_ml.sources.git_text import path, text
from bisect_ml.types import FileChange

_SECTION = re.compile(rb"^diff --(?:cc|combined) ", re.MULTILINE)
_INDEX = re.compile(rb"^index ([0-9a-f,]+)\.\.([0-9a-f]+)$", re.MULTILINE)
_HUNK = re.compile(rb"^(@@@+) -(\d+)(?:,\d+)? .*?\+(\d+)(?:,\d+)? @@@+.*$", re.MULTILINE)


def merged_status(letters: str) -> str:
    """Return the letter of a merged file, given one letter per parent."""
    return letters[0] if letters in {len(letters) * "A", len(letters) * "D"} else "M"


def merged_files(
    entries: Sequence[tuple[Sequence[bytes], bytes]], rest: bytes, limit_bytes: int
) -> Iterator[FileChange]:
    """Yield the files of a merge that have hunks of their own.

    Args:
        entries: The fields and the path of each raw entry, in the order of git.
        rest: The sections of the combined diff, written with `--full-index`; it leaves out files.
        limit_bytes: The longest patch that is kept.

    The patch is against the first parent in its line numbers. A line that any parent had and the merge
    has not counts as removed, one that the merge alone has as added.
    """
    rest = rest.lstrip(b"\0")
    remaining = iter(entries)
    bounds = [*(match.start() for match in _SECTION.finditer(rest)), len(rest)]
    for start, end in pairwise(bounds):
        section = rest[start:end]
        index = _INDEX.search(section)
        if index is None:
            continue
        blobs = [*index.group(1).split(b","), index.group(2)]
        for fields, name in remaining:
            if list(fields[-1 - len(blobs) : -1]) == blobs:
                yield _file(fields, name, section, limit_bytes)
                break


def _file(fields: Sequence[bytes], name: bytes, section: bytes, limit_bytes: int) -> FileChange:
    letter = merged_status(fields[-1].decode())
    if b"\nBinary files " in section:
        return FileChange(path=path(name), status=letter)
    patch = b"".join(_unified(section))
    return FileChange(
        path=path(name),
        status=letter,
        added=patch.count(b"\n+"),
        removed=patch.count(b"\n-"),
        patch=None if len(patch) > limit_bytes else text(patch),
    )


def _unified(section: bytes) -> Iterator[bytes]:
    """Yield the hunks of a combined diff as those of an ordinary one; a change of modes alone has none."""
    hunks = list(_HUNK.finditer(section))
    for place, hunk in enumerate(hunks, start=1):
        end = hunks[place].start() if place < len(hunks) else len(section)
        parents = len(hunk.group(1)) - 1
        lines = [_line(raw, parents) for raw in section[hunk.end() + 1 : end].split(b"\n") if raw]
        before = sum(line[:1] in b" -" for line in lines)
        after = sum(line[:1] in b" +" for line in lines)
        yield b"@@ -%s,%d +%s,%d @@\n" % (hunk.group(2), before, hunk.group(3), after)
        yield from (line + b"\n" for line in lines)


def _line(raw: bytes, parents: int) -> bytes:
    signs, content = raw[:parents], raw[parents:]
    sign = b"-" if b"-" in signs else b"+" if signs == b"+" * parents else b" "
    return sign + content
