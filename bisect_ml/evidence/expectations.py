"""Whether the commit changes what the tests expect."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bisect_ml.evidence.base import say
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.patch import Block, blocks
from bisect_ml.evidence.paths import file_kind, words
from bisect_ml.types import Candidate, Case, Change, Commit, Evidence

_NUMBER = re.compile(r"(?<![\w.])-?\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])")
_ASSERTION = re.compile(
    r"\b(assert\w*|expect\w*|approx|should\w*|require\w*|param\w*)\b|==|to(Be|Equal)", re.IGNORECASE
)

_COMMENT = re.compile(r"\s*(?:#|//|/?\*|--\s)")


def expectations(case: Case, candidate: Candidate) -> Evidence | None:
    """Look for assertions whose expected values the commit rewrites.

    Looks at: lines of test files where an assertion stays the same but for its numbers or texts, in
    the commit itself and in the other commits of its pull request; and whether they name the entry point.

    Why it tells: a test that had to be given a new expected value is a result that moved, written
    down by its author.

    When it misleads: when the test's own inputs changed, and in projects without tests of results.
    """
    commit = candidate.commit
    if commit is None or not live_files(commit):
        return None
    entries = [frozenset(words(entry.rpartition(":")[2])) for entry in case.entries]
    own = rewritten(commit)
    if own:
        named = next((line for line in own if _names(line, entries)), None)
        line = named or own[0]
        return say(
            "expectations", "entry" if named else "own", f"rewrites what a test expects: {_short(line)}"
        )
    for other in _of_same_change(case, candidate.change, commit):
        lines = rewritten(other)
        if lines:
            return say(
                "expectations",
                "change",
                f"{other.sha[:7]} of the same change rewrites what a test expects: {_short(lines[0])}",
            )
    return None


def _names(line: str, entries: Sequence[frozenset[str]]) -> bool:
    return any(entry and entry <= set(words(line)) for entry in entries)


def _of_same_change(case: Case, change: Change | None, commit: Commit) -> Iterator[Commit]:
    shas = set(change.commits) if change else set()
    for candidate in case.candidates:
        other = candidate.commit
        if other is not None and other.sha in shas and other.sha != commit.sha:
            yield other


@lru_cache(maxsize=1024)
def rewritten(commit: Commit) -> tuple[str, ...]:
    """Return the new form of the assertions that differ from an old one in their expected values alone."""
    return tuple(
        line
        for change in commit.files
        if file_kind(change.path) == "tests" and change.status == "M"
        for block in blocks(change)
        for line in _rewritten_in(block)
    )


def _rewritten_in(block: Block) -> Iterator[str]:
    old = {_NUMBER.sub("#", line.strip()): line for line in block.removed if _NUMBER.search(line)}
    for line in block.added:
        if _COMMENT.match(line):
            continue
        shape = _NUMBER.sub("#", line.strip())
        if (
            shape in old
            and line.strip() != old[shape].strip()
            and (_ASSERTION.search(line) or len(shape) <= 40)
        ):
            yield line.strip()


def _short(line: str) -> str:
    return line if len(line) <= 80 else line[:79] + "…"
