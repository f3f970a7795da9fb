"""Which later commits took back what earlier ones did: by what they say, and by the lines they change."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bisect_ml.sources.git_log import pull_request
from bisect_ml.types import Commit, Undoing, UndoingKind

# To change a line once more takes the new one away and does not bring the old one back: half undone.
LEAST_SHARE = 0.6
_TELLING_LENGTH = 4

_SHA = r"[0-9a-f]{7,64}"
_REVERTS = re.compile(
    rf"\brevert(?:s|ed|ing)?:?\s+(?:commits?\s+)?((?:{_SHA}\b[\s,]*(?:and\s+)?)+)", re.IGNORECASE
)
_FIXES = re.compile(rf"^\s*(?:fixes|fixed|fix)(?::|\s+commit|\s)\s*({_SHA})\b", re.IGNORECASE | re.MULTILINE)
_REVERTS_PULL_REQUEST = re.compile(r"^Reverts (?:[\w.-]+/[\w.-]+)?[#!](\d+)\s*$", re.MULTILINE)
_REVERTED_SUBJECT = re.compile(r'^(?:Revert|Back ?out) "(.+)"$', re.IGNORECASE)


def by_message(commits: Mapping[str, Commit], later: Iterable[Commit]) -> Iterator[Undoing]:
    """Yield what later commits say that they revert or fix, among some commits.

    Args:
        commits: The commits that may have been undone, by sha.
        later: Commits with subject and body; those that are not newer are passed over.
    """
    by_subject = {commit.subject: sha for sha, commit in commits.items()}
    by_number = {
        number: sha
        for sha, commit in commits.items()
        if (number := pull_request(_message(commit))) is not None
    }
    for each in later:
        message = _message(each)
        told: list[tuple[UndoingKind, str]] = []
        for listed in _REVERTS.findall(message):
            told += [("reverts", sha) for short in re.findall(_SHA, listed) for sha in _known(short, commits)]
        told += [("fixes", sha) for short in _FIXES.findall(message) for sha in _known(short, commits)]
        told += [
            ("reverts", by_number[number])
            for number in _REVERTS_PULL_REQUEST.findall(message)
            if number in by_number
        ]
        if (quoted := _REVERTED_SUBJECT.match(each.subject)) and quoted.group(1) in by_subject:
            told.append(("reverts", by_subject[quoted.group(1)]))
        for kind, sha in dict.fromkeys(told):
            if _is_later(each, commits[sha]):
                yield Undoing(sha=sha, by=each.sha, kind=kind, share=None, committed_at=each.committed_at)


def by_lines(commits: Mapping[str, Commit], later: Iterable[Commit]) -> Iterator[Undoing]:
    """Yield later commits that take away the lines that a commit added and bring back what it removed.

    Args:
        commits: The commits that may have been undone, by sha, with patches.
        later: Commits with patches; those that are not newer are passed over.
    """
    edits = {sha: _edits(commit) for sha, commit in commits.items()}
    by_path: dict[str, list[str]] = {}
    for sha, changed in edits.items():
        for path in changed:
            by_path.setdefault(path, []).append(sha)
    for each in later:
        theirs = _edits(each)
        touched = dict.fromkeys(sha for path in theirs for sha in by_path.get(path, ()))
        for sha in touched:
            share = _share_undone(edits[sha], theirs)
            if share >= LEAST_SHARE and _is_later(each, commits[sha]):
                yield Undoing(sha=sha, by=each.sha, kind="lines", share=share, committed_at=each.committed_at)


_Edits = dict[str, tuple[Counter[str], Counter[str]]]


def _edits(commit: Commit) -> _Edits:
    """Return the telling lines that a commit added and removed, by path."""
    edits: _Edits = {}
    for file in commit.files:
        if file.patch:
            lines = file.patch.splitlines()
            added, removed = (Counter(_telling(lines, mark)) for mark in "+-")
            if added or removed:
                edits[file.path] = (added, removed)
    return edits


def _telling(lines: Sequence[str], mark: str) -> Iterator[str]:
    """Yield the changed lines of one side, without their indent, but for brackets and blank ones."""
    for line in lines:
        text = line[1:].strip()
        if line.startswith(mark) and len(text) >= _TELLING_LENGTH:
            yield text


def _share_undone(ours: _Edits, theirs: _Edits) -> float:
    total = sum(added.total() + removed.total() for added, removed in ours.values())
    undone = 0
    for path, (added, removed) in ours.items():
        back_added, back_removed = theirs.get(path, (Counter(), Counter()))
        undone += (added & back_removed).total() + (removed & back_added).total()
    return undone / total if total else 0.0


def _message(commit: Commit) -> str:
    return f"{commit.subject}\n\n{commit.body}"


def _known(short: str, commits: Mapping[str, Commit]) -> list[str]:
    found = [sha for sha in commits if sha.startswith(short.lower())]
    return found if len(found) == 1 else []


def _is_later(each: Commit, commit: Commit) -> bool:
    return each.sha != commit.sha and each.committed_at >= commit.committed_at
