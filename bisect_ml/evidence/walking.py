"""The versions that deploys went through, commit by commit."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from pathlib import PurePosixPath
from typing import NamedTuple

from bisect_ml.evidence.answers import A_CASE, Language
from bisect_ml.evidence.changes import changed_nodes, is_loose
from bisect_ml.evidence.paths import file_kind
from bisect_ml.evidence.reach import acting_files
from bisect_ml.evidence.stages import Stage, Version
from bisect_ml.types import Candidate, Case, Commit, Direction, FileChange

_MOST_OVERRUN = 4
_LONG_ENOUGH = 3
_SAY_LITTLE = frozenset({"index", "main", "__init__", "core", "base", "utils"})

Tree = Mapping[str, str]
"""The files of one version by their paths."""


class Step(NamedTuple):
    """One commit of the walk: the files that it changes, the trees around it, and their versions."""

    commit: Commit
    files: tuple[FileChange, ...]
    trees: tuple[Tree, Tree]
    left: Version
    reached: Version


Walk = Mapping[tuple[str, Direction], Step]
"""The steps by the commit and by whether it came or went."""


def walk(case: Case, stage: Stage) -> Walk:
    """Return the versions before and after each commit, with its files of then; none if that takes too long.

    Commits are taken one after the other, the oldest first, from the tree before all of them to the one that
    serves. Where branches were written side by side, each is read with its own texts. Commits of which git
    did not show a file that is in the tree are left out.
    """
    found: dict[tuple[str, Direction], Step] = {}
    tree = stage.earlier
    for candidate, commit in in_order(case):
        files = changed(case, commit, stage.language)
        changes = [*files, *_moved(commit, files, stage.language)]
        before = _exchanged(tree, changes, candidate.direction, back=True)
        tree = _exchanged(tree, changes, candidate.direction)
        if files and all(_is_read(each) or each.path not in tree for each in files):
            left = stage.version(before)
            reached = stage.version(tree) if left.is_changed(before, tree) else left
            found[commit.sha, candidate.direction] = Step(commit, tuple(files), (before, tree), left, reached)
        # Some commits asked and others not would be no comparison.
        if stage.taken > _MOST_OVERRUN * A_CASE:
            return {}
    return found


def in_order(case: Case) -> list[tuple[Candidate, Commit]]:
    """Return what the deploys took out and brought, as they did: what went, newest first, then what came."""
    went = [each for each in case.candidates if each.direction == "removed"]
    came = [each for each in reversed(case.candidates) if each.direction == "shipped"]
    deployed = [
        (each.release.deploy.started_at, each, each.commit)
        for each in (*went, *came)
        if each.release and each.commit
    ]
    return [(candidate, commit) for _, candidate, commit in sorted(deployed, key=itemgetter(0))]


def changed(case: Case, commit: Commit, language: Language) -> list[FileChange]:
    """Return the files of a language that a commit changes, but for those to which no call leads."""
    return [change for change in acting_files(case, commit) if language.reads(change.path)]


def names_of(changes: Iterable[FileChange]) -> frozenset[str]:
    """Return what changed functions and their files are called, in small letters."""
    nodes = {node for change in changes for node in changed_nodes(change) or ()}
    stems = {PurePosixPath(change.path).stem for change in changes}
    own = {name.rpartition(".")[2] for path, name in nodes if not is_loose((path, name))}
    return frozenset(each.lower() for each in own | stems if len(each) >= _LONG_ENOUGH) - _SAY_LITTLE


def tests_of(commit: Commit, language: Language) -> list[FileChange]:
    """Return the tests in a language that a commit changes."""
    return [each for each in commit.files if language.reads(each.path) and file_kind(each.path) == "tests"]


def earlier(case: Case, language: Language, tree: Tree) -> Tree:
    """Return the files of a tree as they were before all that the suspects did to them."""
    found = tree
    for candidate, commit in reversed(in_order(case)):
        files = changed(case, commit, language)
        changes = [*files, *_moved(commit, files, language)]
        found = _exchanged(found, changes, candidate.direction, back=True)
    return found


def _exchanged(
    tree: Tree, changes: Sequence[FileChange], direction: Direction, *, back: bool = False
) -> Tree:
    """Return a tree with files as they are after a deploy changed them, or `back` as before that.

    What git did not show stays as it is.
    """
    sides = [
        ((each.old_path or each.path, each.before), (each.path, each.after))
        for each in changes
        if _is_read(each)
    ]
    pairs = [(new, old) for old, new in sides] if back is (direction == "shipped") else sides
    # Names may be handed on, so all go before any come.
    gone = {path for (path, _), _ in pairs}
    come = {path: text for _, (path, text) in pairs if text is not None}
    return {path: text for path, text in tree.items() if path not in gone} | come


def _moved(commit: Commit, changes: Sequence[FileChange], language: Language) -> list[FileChange]:
    """Return what else a commit moves: code of before that has it by its earlier name."""
    return [
        each
        for each in commit.files
        if each.status == "R"
        and each not in changes
        and language.reads(each.path)
        and file_kind(each.path) != "tests"
    ]


def _is_read(change: FileChange) -> bool:
    """Return whether git showed both sides of a file, as far as it has them; of merges it shows none."""
    return (change.before is not None or change.status == "A") and (
        change.after is not None or change.status == "D"
    )
