"""The lines that a patch removed and added, hunk by hunk."""

from collections.abc import Iterator
from dataclasses import dataclass

from bisect_ml.types import FileChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Neighbouring lines of one hunk that were removed, and those that replaced them.

    `line` is the number of the first changed line in the new file, counted from 1.
    """

    removed: tuple[str, ...]
    added: tuple[str, ...]
    line: int


def blocks(change: FileChange) -> Iterator[Block]:
    """Yield the changed blocks of a file; none where the patch was not loaded."""
    line, start = 0, 0
    removed: list[str] = []
    added: list[str] = []
    for text in (change.patch or "").splitlines():
        if text.startswith("@@"):
            if removed or added:
                yield Block(removed=tuple(removed), added=tuple(added), line=start)
                removed, added = [], []
            line = _first_line(text)
        elif text.startswith("-"):
            if added:
                yield Block(removed=tuple(removed), added=tuple(added), line=start)
                removed, added = [], []
            start = start if removed else line
            removed.append(text[1:])
        elif text.startswith("+"):
            start = start if removed or added else line
            added.append(text[1:])
            line += 1
        elif not text.startswith("\\"):
            if removed or added:
                yield Block(removed=tuple(removed), added=tuple(added), line=start)
                removed, added = [], []
            line += 1
    if removed or added:
        yield Block(removed=tuple(removed), added=tuple(added), line=start)


def _first_line(header: str) -> int:
    """Return where the hunk begins in the new file: `@@ -12,3 +14,5 @@` gives 14."""
    for part in header.split():
        if part.startswith("+"):
            number = part[1:].split(",")[0]
            return int(number) if number.isdigit() else 0
    return 0


def changed_text(change: FileChange) -> str:
    """Return the removed and the added lines as one text."""
    return "\n".join(line for block in blocks(change) for line in (*block.removed, *block.added))
