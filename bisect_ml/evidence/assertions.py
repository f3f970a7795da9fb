"""The assertions that a commit rewrote or added in the tests, and what each of them exercises."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from bisect_ml.evidence.patch import blocks
from bisect_ml.evidence.paths import file_kind
from bisect_ml.evidence.tokens import MAX_LINE
from bisect_ml.types import Commit, FileChange

_NUMBER = r"(?<![\w.])-?\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])"
_TEXT = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`"
_LITERAL = re.compile(f"{_TEXT}|{_NUMBER}")
_ASSERTION = re.compile(
    r"assert|expect|approx|should|require|param|==|to(Be|Equal|Match)|\b(is|eq|equals?|same|deepEqual|strictEqual)\s*\(",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\s*(?:#|//|/?\*|--\s)")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_BEGINS = re.compile(
    r"\s*(?:(?:async|public|private|protected|static)\s+)*"
    r"(?:def|function|fn|func|sub|it|test|specify|should|tape|context|describe)\b"
)
# More than that in one commit are data, and tell no more.
_MOST = 500
_SHORT_ROW, _LINES_ABOVE, _LINES_BELOW = 40, 40, 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """What a test says of a result, as a commit left it.

    `rewritten` tells that only its expected values differ from what it said before. `around` has the plain
    names of the line itself, of each line above it up to where its test begins, nearest first, and of the
    lines below.
    """

    line: str
    rewritten: bool
    around: tuple[frozenset[str], ...]

    def exercises(self, names: frozenset[str]) -> frozenset[str]:
        """Return those of some plain names that stand nearest to the assertion; none where none do."""
        return next((found for each in self.around if (found := each & names)), frozenset())


def plain_name(name: str) -> str:
    """Return a name without case, underscores and what marks it as a test."""
    return re.sub(r"^test_?|_test$", "", name.lower()).replace("_", "").lstrip("$")


@lru_cache(maxsize=1024)
def assertions(commit: Commit) -> tuple[Assertion, ...]:
    """Return the assertions that a commit rewrote or added, the rewritten ones first."""
    found = (
        one
        for change in commit.files
        if file_kind(change.path) == "tests" and change.status in {"M", "A", "R"}
        for one in _assertions_in(change)
    )
    return tuple(sorted(islice(found, _MOST), key=lambda one: not one.rewritten))


def _assertions_in(change: FileChange) -> Iterator[Assertion]:
    lines = (change.after or "").splitlines()
    for block in blocks(change):
        old: dict[str, list[list[str]]] = {}
        for line in block.removed[:_MOST]:
            old.setdefault(_shape(line), []).append(_literals(line))
        for offset, line in enumerate(block.added):
            if len(line) > MAX_LINE or _COMMENT.match(line) or not _LITERAL.search(line):
                continue
            rewritten = _is_rewritten(line, old)
            if rewritten or _asserts(line):
                place = block.line - 1 + offset
                around = tuple(_around(lines, place)) if place < len(lines) else (_names_of(line),)
                yield Assertion(line=line.strip(), rewritten=rewritten, around=around)


def _shape(line: str) -> str:
    return _LITERAL.sub("#", line.strip())


def _asserts(line: str) -> bool:
    """Tell an assertion, and a row of a table of inputs and results."""
    return bool(_ASSERTION.search(line)) or (_shape(line).count("#") >= 2 and len(_shape(line)) <= _SHORT_ROW)


def _is_rewritten(line: str, old: Mapping[str, Sequence[list[str]]]) -> bool:
    """Tell a line of which some literals are others than before, and neither all of several nor the code."""
    now = _literals(line)
    # A text that holds the mark of a literal has the shape of one with more of them.
    before = [was for was in old.get(_shape(line), ()) if len(was) == len(now)]
    if not before or now in before or (not _asserts(line) and len(_shape(line)) > _SHORT_ROW):
        return False
    return len(now) == 1 or any(a == b for was in before for a, b in zip(was, now, strict=True))


def _literals(line: str) -> list[str]:
    """Return the numbers and the texts of a line, without their quotes."""
    return [each[1:-1] if each[0] in "\"'`" else each for each in _LITERAL.findall(line)]


def _around(lines: Sequence[str], place: int) -> Iterator[frozenset[str]]:
    """Yield the names of a line, of the lines above it in the same test, and of the lines below it."""
    yield _names_of(lines[place])
    depth = _depth(lines[place])
    for line in islice(reversed(lines[:place]), _LINES_ABOVE):
        if line.strip():
            yield _names_of(line)
            if _BEGINS.match(line) and _depth(line) < max(depth, 1):
                break
    below = lines[place + 1 : place + 1 + _LINES_BELOW]
    yield frozenset().union(*map(_names_of, below))


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _names_of(line: str) -> frozenset[str]:
    return frozenset(filter(None, map(plain_name, _NAME.findall(line))))
