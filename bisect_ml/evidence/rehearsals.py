"""What an entry point answers to examples, before and after a commit."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from pathlib import PurePosixPath

from bisect_ml.evidence.answers import A_CASE, Language
from bisect_ml.evidence.call_graph import Node
from bisect_ml.evidence.callees import Callee
from bisect_ml.evidence.clues import clues
from bisect_ml.evidence.compared import Rehearsal
from bisect_ml.evidence.coverage import is_run, touched
from bisect_ml.evidence.entry_points import guesses
from bisect_ml.evidence.outlines import DEFAULT
from bisect_ml.evidence.paths import file_kind
from bisect_ml.evidence.program import is_own
from bisect_ml.evidence.python_code import PythonCode
from bisect_ml.evidence.reach import acting_files, reach_of
from bisect_ml.evidence.script_code import ScriptCode
from bisect_ml.evidence.seeking import sought
from bisect_ml.evidence.stages import Stage, Version, staged
from bisect_ml.types import Candidate, Case, Commit, Direction, FileChange

_FEWEST, _MOST = 3, 40
_MOST_OVERRUN = 4
_MOST_NAMED, _MOST_GUESSED = 3, 8


LANGUAGES: tuple[Language, ...] = (PythonCode(), ScriptCode())
"""What code can be read step by step, each file by the first that knows it."""


def rehearsal(case: Case, candidate: Candidate) -> Rehearsal | None:
    """Return the answers without a candidate's commit and with it; None where none can be asked."""
    commit = candidate.commit
    if commit is None or not any(_changed(case, commit, each) for each in LANGUAGES):
        return None
    stage, steps = _stage(case), _walked(case)
    if stage is None or (commit.sha, candidate.direction) not in steps:
        return None
    old, new = steps[commit.sha, candidate.direction]
    before, after = (new, old) if candidate.direction == "removed" else (old, new)
    places = before.ran | after.ran
    return Rehearsal(
        asked=stage.asked,
        before=before.answers,
        after=after.answers,
        first=stage.first.answers,
        last=stage.served.answers,
        weights=stage.weights,
        is_run=any(is_run(change, places) for change in _changed(case, commit, stage.language)),
    )


@lru_cache(maxsize=4)
def _walked(case: Case) -> Mapping[tuple[str, Direction], tuple[Version, Version]]:
    """Return the versions before and after each commit, with its files of then; none if that takes too long.

    Commits are taken one after the other, the oldest first, from the tree before all of them to the one that
    serves. Where branches were written side by side, each is read with its own texts. Commits of which git
    did not show a file that is in the tree are left out.
    """
    stage = _stage(case)
    if stage is None:
        return {}
    found: dict[tuple[str, Direction], tuple[Version, Version]] = {}
    tree = stage.earlier
    for candidate, commit in _in_order(case):
        files = _changed(case, commit, stage.language)
        changes = [*files, *_moved(commit, files, stage.language)]
        before = _exchanged(tree, changes, candidate.direction, back=True)
        tree = _exchanged(tree, changes, candidate.direction)
        if files and all(_is_read(each) or each.path not in tree for each in files):
            left = stage.version(before)
            came = stage.version(tree) if left.is_changed(before, tree) else left
            found[commit.sha, candidate.direction] = left, came
        # Some commits asked and others not would be no comparison.
        if stage.taken > _MOST_OVERRUN * A_CASE:
            return {}
    return found


def _in_order(case: Case) -> list[tuple[Candidate, Commit]]:
    """Return what the deploys took out and brought, as they did: what went, newest first, then what came."""
    went = [each for each in case.candidates if each.direction == "removed"]
    came = [each for each in reversed(case.candidates) if each.direction == "shipped"]
    deployed = [
        (each.release.deploy.started_at, each, each.commit)
        for each in (*went, *came)
        if each.release and each.commit
    ]
    return [(candidate, commit) for _, candidate, commit in sorted(deployed, key=itemgetter(0))]


def _exchanged(
    tree: Mapping[str, str], changes: Sequence[FileChange], direction: Direction, *, back: bool = False
) -> Mapping[str, str]:
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


def is_named(case: Case) -> bool:
    """Return whether somebody said where predictions start, and the code has it."""
    found = reach_of(case)
    return found is not None and not found.guessed


def _changed(case: Case, commit: Commit, language: Language) -> list[FileChange]:
    """Return the files of a language that a commit changes, but for those to which no call leads."""
    return [change for change in acting_files(case, commit) if language.reads(change.path)]


@lru_cache(maxsize=4)
def _stage(case: Case) -> Stage | None:
    """Return the entry points of a case with what they are asked; None where too little can be."""
    return next((stage for stage in (_stage_in(case, each) for each in LANGUAGES) if stage), None)


def _stage_in(case: Case, language: Language) -> Stage | None:
    tree = {path: text for path, text in {**case.resources, **case.tree}.items() if language.reads(path)}
    weights = _entry_points(case, language, tree)
    if not weights:
        return None
    earlier = _earlier(case, language, tree)
    changes = [each for _, commit in _in_order(case) for each in _changed(case, commit, language)]
    places = touched(changes, (tree, earlier))
    went = _tests_taken_out(case, language, tree)
    known = {**tree, **went} if went else tree
    asked, heard = staged(language, known, earlier, list(weights), _MOST // len(weights), places)
    if len(asked) < _FEWEST:
        return None
    stage = Stage(language, tree, earlier, asked, weights, _namesakes(case), places)
    if not stage.tells_apart():
        return None
    loaded = stage.served.loaded | stage.first.loaded
    acting = sum(
        any(change.path in loaded for change in _changed(case, commit, language))
        for _, commit in _in_order(case)
    )
    fewer = stage.within(A_CASE / (acting + 1))
    if fewer is None or not acting:
        return fewer
    named = [
        clues(_changed(case, commit, language), _tests_of(commit, language)) for _, commit in _in_order(case)
    ]
    return fewer.and_also(sought(fewer, known, heard, named))


def _tests_taken_out(case: Case, language: Language, tree: Mapping[str, str]) -> dict[str, str]:
    """Return the tests that went with what was taken out, beside those that are left: they ask for it."""
    went = [each.commit for each in case.candidates if each.direction == "removed" and each.commit]
    tests = (
        (PurePosixPath(change.path), change.after)
        for commit in went
        for change in _tests_of(commit, language)
        if change.after is not None
    )
    return {
        path.with_name(f"{path.stem}_taken_out{path.suffix}").as_posix(): text
        for path, text in tests
        if tree.get(path.as_posix()) != text
    }


def _tests_of(commit: Commit, language: Language) -> list[FileChange]:
    return [each for each in commit.files if language.reads(each.path) and file_kind(each.path) == "tests"]


def _is_method(name: str, owner: str) -> bool:
    """Return whether a name is one that a class may have, be it from a base: `Model.score` of `Model`."""
    return "." in name and name.rpartition(".")[0] == owner


def _namesakes(case: Case) -> list[Node]:
    """Return all that is called like the entry point that was named, in any version; none if none was."""
    found, names = reach_of(case), frozenset(case.entry_functions)
    if found is None or found.guessed:
        return []
    called = (node for node, steps in found.steps.items() if steps == 0)
    return sorted(node for node in called if node[1].rpartition(".")[2] in names and is_own(node[0]))


def _earlier(case: Case, language: Language, tree: Mapping[str, str]) -> Mapping[str, str]:
    """Return the files of a tree as they were before all that the suspects did to them."""
    found: Mapping[str, str] = tree
    for candidate, commit in reversed(_in_order(case)):
        files = _changed(case, commit, language)
        changes = [*files, *_moved(commit, files, language)]
        found = _exchanged(found, changes, candidate.direction, back=True)
    return found


def _entry_points(case: Case, language: Language, tree: Mapping[str, str]) -> dict[Callee, float]:
    """Return what predictions start at, with its probability: what was named, or what is likeliest."""
    found = reach_of(case)
    if found is None or not tree:
        return {}
    wanted: frozenset[str] = frozenset()
    most = _MOST_GUESSED
    if found.guessed:
        likeliest: Mapping[Node, float] = dict(islice(guesses(case).items(), _MOST_GUESSED))
    else:
        likeliest = dict.fromkeys(sorted(node for node, steps in found.steps.items() if steps == 0), 1.0)
        wanted = frozenset(case.entry_functions)
        # `module:function` is not what a class calls the same.
        whole = {each.rpartition(":")[2].removesuffix("()") for each in case.entries if ":" in each}
        of_classes = {(node[0], each) for each in whole for node in likeliest if _is_method(each, node[1])}
        exactly = {node: 1.0 for node in (*likeliest, *sorted(of_classes)) if node[1] in whole}
        # What a file exports as a whole is called so by those who import it.
        called = {*wanted, DEFAULT}
        named = {node: 1.0 for node in likeliest if node[1].rpartition(".")[2] in called}
        likeliest, most = exactly or named or likeliest, _MOST_NAMED
    own = {node: weight for node, weight in likeliest.items() if node[0] in tree and is_own(node[0])}
    return language.callees(tree, own, wanted, most) if own else {}
