"""Whether the commit was taken back, and when."""

import re
from collections.abc import Iterator

from bisect_ml.evidence.base import say
from bisect_ml.evidence.definitions import definitions, form_of, live_definitions
from bisect_ml.evidence.inert import live_files
from bisect_ml.types import Candidate, Case, Commit, Evidence, Release, Undoing

_REVERTS_SHA = re.compile(r"(?i)this reverts commit ([0-9a-f]{7,64})")
_REVERTS_SUBJECT = re.compile(r'(?i)^revert:? "?(.+?)"?$')
_ALL = 0.8
_FIXES_SHA = re.compile(r"(?im)^fixes:? ([0-9a-f]{7,64})\b")


def undone(case: Case, candidate: Candidate) -> Evidence | None:
    """Look for what took the commit back.

    Looks at: commits, deployed or not, that revert or fix this one by their message or put its lines
    back, and whether the code that served after the onset still holds what it changed.

    Why it tells: a commit undone in the same deploy never acted; one that a later deploy reverts or
    fixes has been found out by somebody.

    When it misleads: reverts made for other reasons, and code that was rewritten but kept its effect.
    """
    commit, release = candidate.commit, candidate.release
    if commit is None or release is None or not live_files(commit):
        return None
    told = next((each for each in case.undoings if each.sha == commit.sha), None)
    if told is not None and candidate.direction == "shipped":
        return _told(case, told, release)
    for other in case.candidates:
        if other.commit is None or other.release is None or other.commit.sha == commit.sha:
            continue
        how = _takes_back(other.commit, commit)
        if how is None:
            continue
        same = other.release.deploy.id == release.deploy.id
        if how == "reverts" and same:
            return say("undone", "cancelled", f"{other.commit.sha[:7]} reverts it in the same deploy")
        if not same and other.release.deploy.started_at > release.deploy.started_at:
            return say("undone", how, f"{other.commit.sha[:7]} {how} it in a later deploy")
    if candidate.direction == "shipped" and _is_gone(case, commit):
        return say("undone", "cancelled", "what it changed is as before in the code that served")
    return None


def _told(case: Case, undoing: Undoing, release: Release) -> Evidence | None:
    """Say what git told of a commit that was taken back, and by which deploy where one brought it."""
    by = undoing.by[:7]
    deed = {
        "reverts": "reverts it",
        "fixes": "fixes it",
        "lines": f"puts back {undoing.share or 0:.0%} of its lines",
    }
    level = "reverts" if undoing.kind == "reverts" else "fixes"
    bringing = next(
        (r for r in case.releases if any(undoing.by in change.commits for change in r.shipped)), None
    )
    if bringing is None:
        return say("undone", level, f"{by} {deed[undoing.kind]} on {undoing.committed_at:%Y-%m-%d}")
    if bringing.deploy.id == release.deploy.id:
        level = "cancelled" if undoing.kind == "reverts" or (undoing.share or 0) >= _ALL else level
        return say("undone", level, f"{by} {deed[undoing.kind]} in the same deploy")
    return say("undone", level, f"{by} {deed[undoing.kind]} in a later deploy")


def _takes_back(later: Commit, commit: Commit) -> str | None:
    shas = _REVERTS_SHA.findall(later.body)
    if any(commit.sha.startswith(sha.lower()) for sha in shas):
        return "reverts"
    subject = _REVERTS_SUBJECT.match(later.subject)
    if not shas and subject and subject.group(1).strip() == commit.subject.strip():
        return "reverts"
    if any(commit.sha.startswith(sha.lower()) for sha in _FIXES_SHA.findall(later.body)):
        return "fixes"
    return None


def _is_gone(case: Case, commit: Commit) -> bool:
    """Tell whether every definition that the commit changed serves in its form from before the commit."""
    verdicts = list(_verdicts(case, commit))
    return bool(verdicts) and all(verdicts)


def _verdicts(case: Case, commit: Commit) -> Iterator[bool]:
    if any(not change.path.endswith(".py") for change in live_files(commit)):
        yield False
        return
    for changed in live_definitions(commit):
        text = case.tree.get(changed.path)
        served = definitions(changed.path, text) if text is not None else None
        if served is None or changed.before is None:
            yield False
            return
        now = served.get(changed.name)
        yield now is not None and (
            now.source == changed.before.source or form_of(now) == form_of(changed.before)
        )
