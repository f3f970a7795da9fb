"""Acceptances where they live: read from the commit that is checked, written into its checkout."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bisect_ml.checks.acceptance import FILE_NAME, accept, mark, read, standing, write
from bisect_ml.checks.branches import Branches
from bisect_ml.comparison import overall
from bisect_ml.errors import ConfigError
from bisect_ml.evidence.paths import file_kind
from bisect_ml.saved_check import Comparison
from bisect_ml.sources import Repository
from bisect_ml.whole_files import write_whole

# Files of these kinds move no prediction, so an acceptance does not end when they change.
HARMLESS = frozenset({"docs", "tests", "tooling", "looks"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A comparison with what was accepted of it, and sentences on what does not hold any more."""

    comparison: Comparison
    warnings: tuple[str, ...] = ()


def with_acceptances(comparison: Comparison, repository: Repository, branches: Branches) -> Judged:
    """Count what the head's commit says is accepted.

    Raises:
        ConfigError: Its file of acceptances is not valid.
    """
    text = repository.file_text(branches.head.sha, FILE_NAME)
    if text is None:
        return Judged(comparison=comparison)
    blobs = repository.blobs(branches.head.sha)
    source = f"{branches.head_name}:{FILE_NAME}"
    results, expired = mark(comparison.results, read(text, source=source), blobs)
    verdict = overall(results, comparison.coverage.problems)
    return Judged(comparison=replace(comparison, results=results, verdict=verdict), warnings=expired)


def check_acceptable(repository: Repository, branches: Branches, reason: str) -> Path:
    """Return the file that an acceptance would be written to, before any work is done.

    Raises:
        ConfigError: The head is not checked out, or no reason was given.
    """
    if not reason.strip():
        raise ConfigError("--accept needs a reason", 'say why the change is meant: --accept "new tariff"')
    folder = repository.worktree()
    if folder is None:
        raise ConfigError(
            f"{repository.path} is bare: there is no checkout to write {FILE_NAME} into",
            "run --accept in a checkout of the branch",
        )
    if repository.head() != branches.head.sha:
        raise ConfigError(
            f"{branches.head_name} is not checked out, so {FILE_NAME} would go to another branch",
            f"git switch {branches.head_name}, then run this again",
        )
    return folder / FILE_NAME


def record(
    comparison: Comparison, reason: str, *, file: Path, repository: Repository, branches: Branches
) -> Comparison:
    """Accept all that failed, write it down, and return the comparison as it is judged then.

    Acceptances in the file that still stand are kept, the others taken out.

    Raises:
        ConfigError: Nothing failed, or the file cannot be read or written.
    """
    blobs = repository.blobs(branches.head.sha)
    files = _acting(repository.changed_blobs(branches.base.sha, branches.head.sha))
    kept = standing(read(file.read_text("utf-8"), source=str(file)), blobs) if file.exists() else ()
    acceptance = accept(comparison.results, reason, files)
    write_whole(file, write((*kept, acceptance)))
    results, _ = mark(comparison.results, [acceptance], blobs)
    return replace(comparison, results=results, verdict=overall(results, comparison.coverage.problems))


def _acting(changed: Mapping[str, str]) -> Mapping[str, str]:
    """Leave out what moves no prediction, and the file of acceptances itself."""
    return {
        path: blob for path, blob in changed.items() if file_kind(path) not in HARMLESS and path != FILE_NAME
    }
