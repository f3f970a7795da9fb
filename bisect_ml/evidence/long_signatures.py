"""Signatures that go on over several lines, told from calls that do, in languages with brackets."""

import re
from collections.abc import Iterator, Sequence

from bisect_ml.evidence.tokens import MAX_LINE

_MOST_LINES = 40
_UNREAD = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`[^`]*`|//.*|/\*.*?\*/")
# Between the parameters and the body: what is returned, thrown or promised.
_CLAUSE = r"(?::|->|const\b|noexcept\b|override\b|final\b|throws\b|where\b)"
_BODY = re.compile(rf"\s*(?:{_CLAUSE}[^;]*)?\{{")
_BEFORE_BODY = re.compile(rf"\s*(?:{_CLAUSE}|$)")


def opens_a_body(lines: Sequence[str], first: int) -> bool:
    """Return whether a body follows the brackets that the line at `first` leaves open.

    What follows a call is the end of a statement, or another call. Reads forty lines at most.
    """
    depth, behind = max(1, _left_open(_UNREAD.sub("", lines[first]))), ""
    for line in lines[first + 1 : first + _MOST_LINES]:
        if len(line) > MAX_LINE:
            return False
        bare = _UNREAD.sub("", line)
        if depth:
            closing = next((at for at, change in _brackets(bare) if not (depth := depth + change)), None)
            if closing is None:
                continue
            bare = bare[closing + 1 :]
        behind += f" {bare.strip()}"
        if "{" in behind or not _BEFORE_BODY.match(behind):
            return _BODY.match(behind) is not None
    return False


def _left_open(line: str) -> int:
    """Return how many brackets of a line wait for others to close them."""
    depth = 0
    for _, change in _brackets(line):
        depth = max(0, depth + change)
    return depth


def _brackets(line: str) -> Iterator[tuple[int, int]]:
    """Yield the place of each bracket of a line, and by how much it is deeper behind it."""
    return ((at, 1 if sign in "([{" else -1) for at, sign in enumerate(line) if sign in "([{)]}")
