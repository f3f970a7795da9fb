"""Unified diff text cut into the lines that a report shows."""

import re
from dataclasses import dataclass
from typing import Literal

from bisect_ml.saved_report import Hunk

LineKind = Literal["added", "removed", "context", "header"]
_KINDS: dict[str, LineKind] = {"+": "added", "-": "removed", "@": "header", "\\": "header"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffLine:
    """One line of a diff: its sign, and its text in pieces, of which the marked ones matched the evidence."""

    kind: LineKind
    sign: str
    pieces: tuple[tuple[str, bool], ...]


def diff_lines(hunk: Hunk, *, most: int) -> tuple[tuple[DiffLine, ...], int]:
    """Cut a hunk into at most `most` lines around its first change; return them and how many are missing."""
    rows = _without_blank_ends(hunk.text.splitlines())
    first = next((i for i, row in enumerate(rows) if row[:1] in ("+", "-")), 0)
    start = 0 if len(rows) <= most else max(0, min(first - 3, len(rows) - most))
    shown = rows[start : start + most]
    indent = _common_indent(shown)
    return tuple(_line(row, hunk.marks, indent) for row in shown), len(rows) - len(shown)


def _without_blank_ends(rows: list[str]) -> list[str]:
    """Drop the blank context below the header and at the end: a card has no room for it."""
    start = 1 if rows and rows[0].startswith("@@") else 0
    told = [index for index, row in enumerate(rows) if index >= start and row.strip()]
    return rows[:start] + rows[told[0] : told[-1] + 1] if told else rows


def _common_indent(rows: list[str]) -> int:
    """Count the blanks that all lines share: without them more of a line fits beside the evidence."""
    texts = [row[1:].expandtabs(4) for row in rows if row[:1] in ("+", "-", " ")]
    return min((len(text) - len(text.lstrip()) for text in texts if text.strip()), default=0)


def _line(row: str, marks: tuple[str, ...], indent: int) -> DiffLine:
    kind = _KINDS.get(row[:1], "context")
    text = row if kind == "header" else row[1:].expandtabs(4)[indent:]
    sign = {"added": "+", "removed": "-"}.get(kind, " ")
    words = sorted({mark for mark in marks if mark.strip()}, key=len, reverse=True)
    if kind not in ("added", "removed") or not words:
        return DiffLine(kind=kind, sign=sign, pieces=((text, False),))
    pattern = re.compile("|".join(re.escape(word) for word in words), re.IGNORECASE)
    pieces: list[tuple[str, bool]] = []
    end = 0
    for match in pattern.finditer(text):
        pieces += [(text[end : match.start()], False), (match.group(), True)]
        end = match.end()
    pieces.append((text[end:], False))
    return DiffLine(kind=kind, sign=sign, pieces=tuple(piece for piece in pieces if piece[0]))
