"""How much of the code the commit changes."""

from bisect_ml.evidence.base import say
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.paths import file_kind
from bisect_ml.types import Candidate, Case, Evidence

_SMALL, _MEDIUM, _LARGE = 6, 40, 250


def size(case: Case, candidate: Candidate) -> Evidence | None:
    """Count the changed lines of the files that can act.

    Looks at: lines added and removed, outside documentation, tests, lock files and files that are inert.

    Why it tells: a larger change has more places in which to go wrong.

    When it misleads: unit mix-ups are one line long; this is a weak prior and no more.
    """
    del case
    if candidate.commit is None:
        return None
    files = [change for change in live_files(candidate.commit) if file_kind(change.path) != "lock"]
    if not files or any(change.added is None for change in files):
        return None
    lines = sum((change.added or 0) + (change.removed or 0) for change in files)
    level = (
        "small"
        if lines <= _SMALL
        else "medium"
        if lines <= _MEDIUM
        else "large"
        if lines <= _LARGE
        else "sweeping"
    )
    noun = "line" if lines == 1 else "lines"
    return say(
        "size",
        level,
        f"changes {lines} {noun} of {len(files)} live file{'s' * (len(files) > 1)}",
        lines=lines,
    )
