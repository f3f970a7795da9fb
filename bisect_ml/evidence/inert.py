"""Whether a commit can move a prediction at all."""

from functools import lru_cache

from bisect_ml.evidence.base import say
from bisect_ml.evidence.definitions import changed_definitions
from bisect_ml.evidence.manifests import installs_the_same
from bisect_ml.evidence.outlines import changed_parts
from bisect_ml.evidence.paths import NEVER_SERVED, file_kind, measures
from bisect_ml.evidence.syntax import form
from bisect_ml.evidence.timing import has_log
from bisect_ml.types import Candidate, Case, Commit, Evidence, FileChange


def inert(case: Case, candidate: Candidate) -> Evidence | None:
    """Tell commits that cannot change what the code computes.

    Looks at: each changed file: documentation, tests and tooling are never served; Python is
    compared as a syntax tree without docstrings, comments, annotations, logging and error texts;
    JSON and TOML as values, manifests of packages by what they install; other languages as tokens
    without comments and spaces.

    Why it tells: the same tree computes the same numbers.

    When it misleads: when a test folder holds code that is served, when tooling builds the
    artefact that is served, and when something reads docstrings or annotations at run time. A file
    that cannot be parsed or was not loaded is unknown, never inert. Of a merge git shows the conflicts
    only, so it is never inert for these.
    """
    commit = candidate.commit
    if commit is None or not commit.files or len(commit.parents) > 1 or measuring_files(case, commit):
        return None
    reasons = [why_inert(change) for change in commit.files]
    if all(reasons):
        kinds = ", ".join(sorted({reason for reason in reasons if reason}))
        return say("inert", "inert", f"cannot move a prediction: only {kinds}", files=len(reasons))
    return None


def live_files(commit: Commit) -> tuple[FileChange, ...]:
    """Return the files of a commit that can move a prediction, unknown ones included."""
    return tuple(change for change in commit.files if why_inert(change) is None)


def measuring_files(case: Case, commit: Commit) -> tuple[FileChange, ...]:
    """Return the files of a commit that belong to the measurement itself, where the log holds measurements.

    A log of one point per commit or night is made by benchmarks or evaluations, which no service runs.
    """
    if case.incident.lead.series.width_s is not None or not has_log(case):
        return ()
    return tuple(
        change
        for change in commit.files
        if measures(change.path) and (change.before is None or change.before != change.after)
    )


@lru_cache(maxsize=4096)
def why_inert(change: FileChange) -> str | None:
    """Return what makes a file's change inert, or None where it may act."""
    kind = NEVER_SERVED.get(file_kind(change.path))
    if kind:
        return kind
    if change.before is None or change.after is None:
        return "a moved file" if change.status == "R" and change.added == 0 and change.removed == 0 else None
    if change.before == change.after:
        return "a moved file" if change.old_path else "file modes"
    if installs_the_same(change):
        return "what a package says of itself"
    same = _behaves_the_same(change, change.before, change.after)
    return "comments, docstrings or layout" if same else None


def _behaves_the_same(change: FileChange, before: str, after: str) -> bool:
    if change.path.endswith((".py", ".ipynb")):
        # Definition by definition is several times quicker than whole trees.
        return changed_definitions(change) == ()
    parts = changed_parts(change) if change.path.endswith(".rs") else None
    if parts is not None:
        return parts == ()
    old = form(change.old_path or change.path, before)
    return old is not None and old == form(change.path, after)
