"""What an entry point answers to examples, before and after a commit."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import PurePosixPath

from bisect_ml.evidence.answers import A_CASE, Answer, Language
from bisect_ml.evidence.call_graph import Node
from bisect_ml.evidence.callees import Callee
from bisect_ml.evidence.clues import clues
from bisect_ml.evidence.compared import Compared, Rehearsal
from bisect_ml.evidence.coverage import is_run, touched
from bisect_ml.evidence.entry_points import guesses, standing_out
from bisect_ml.evidence.listening import of_callee
from bisect_ml.evidence.outlines import DEFAULT
from bisect_ml.evidence.program import is_own
from bisect_ml.evidence.python_code import PythonCode
from bisect_ml.evidence.reach import reach_of
from bisect_ml.evidence.resources import is_resource
from bisect_ml.evidence.script_code import ScriptCode
from bisect_ml.evidence.seeking import Silent, Supply, second_look, sought, sought_of_each
from bisect_ml.evidence.stages import Heard, Stage, staged
from bisect_ml.evidence.users import users_of_changed
from bisect_ml.evidence.walking import Step, Walk, changed, earlier, in_order, names_of, tests_of, walk
from bisect_ml.types import Candidate, Case, Commit, Direction

_FEWEST, _MOST = 3, 40
_MOST_NAMED, _MOST_GUESSED, _LEAST_OF_EACH = 3, 24, 4
_Ends = tuple[Answer | None, Answer | None]

LANGUAGES: tuple[Language, ...] = (PythonCode(), ScriptCode())
"""What code can be read step by step, each file by the first that knows it."""


def rehearsal(case: Case, candidate: Candidate) -> Rehearsal | None:
    """Return the answers without a candidate's commit and with it; None where none can be asked."""
    commit = candidate.commit
    if commit is None or not any(changed(case, commit, each) for each in LANGUAGES):
        return None
    supply, steps = _supply(case), _walked(case)
    if supply is None or (commit.sha, candidate.direction) not in steps:
        return None
    return _second_looks(case).get((commit.sha, candidate.direction)) or _rehearsal(
        supply.stage, steps[commit.sha, candidate.direction], candidate.direction
    )


def _rehearsal(
    stage: Stage, step: Step, direction: Direction, more: Sequence[Compared] = (), ends: Sequence[_Ends] = ()
) -> Rehearsal:
    """Return what is answered before and after a step of the walk.

    Args:
        stage: What is asked of each.
        step: The step; where a commit was taken out, it leads from with it to without it.
        direction: Whether the commit came or went.
        more: What else was asked of the versions left and reached.
        ends: What both ends answer to that.
    """
    left = (*step.left.answers, *(old for _, old, _ in more))
    reached = (*step.reached.answers, *(new for _, _, new in more))
    places = step.left.ran | step.reached.ran
    return Rehearsal(
        asked=(*stage.asked, *(example for example, _, _ in more)),
        before=reached if direction == "removed" else left,
        after=left if direction == "removed" else reached,
        first=(*stage.first.answers, *(first for first, _ in ends)),
        last=(*stage.served.answers, *(last for _, last in ends)),
        weights=stage.weights,
        is_run=any(is_run(change, places) for change in step.files),
    )


@lru_cache(maxsize=4)
def _walked(case: Case) -> Walk:
    supply = _supply(case)
    return walk(case, supply.stage) if supply else {}


@lru_cache(maxsize=4)
def _second_looks(case: Case) -> Mapping[tuple[str, Direction], Rehearsal]:
    """Return the answers to more examples of the commits that answer alike all that is asked of each."""
    supply, steps = _supply(case), _walked(case)
    if supply is None or reach_of(case) is None:
        return {}
    stage = supply.stage
    alike = {
        key: step
        for key, step in steps.items()
        if step.left is not step.reached and _rehearsal(stage, step, key[1]).is_alike
    }
    silent = [
        Silent(
            trees=step.trees,
            touched=touched(step.files, [stage.tree]),
            clues=clues(step.files, tests_of(step.commit, stage.language)),
            names=names_of(step.files),
        )
        for step in alike.values()
    ]
    more = second_look(supply, silent)
    ends = stage.of([example for row in more for example, _, _ in row])
    answers = zip(ends.first.answers, ends.served.answers, strict=True)
    return {
        key: _rehearsal(stage, step, key[1], row, list(islice(answers, len(row))))
        for (key, step), row in zip(alike.items(), more, strict=True)
    }


def is_named(case: Case) -> bool:
    """Return whether somebody said where predictions start, and the code has it."""
    found = reach_of(case)
    return found is not None and not found.guessed


@lru_cache(maxsize=4)
def _supply(case: Case) -> Supply | None:
    """Return the entry points of a case and what they can be asked; None where too little can be."""
    return next((found for found in (_supply_in(case, each) for each in LANGUAGES) if found), None)


def _supply_in(case: Case, language: Language) -> Supply | None:
    tree = {path: text for path, text in {**case.resources, **case.tree}.items() if language.reads(path)}
    weights = _entry_points(case, language, tree)
    if not weights:
        return None
    before = earlier(case, language, tree)
    commits = [commit for _, commit in in_order(case)]
    changes = [each for commit in commits for each in changed(case, commit, language)]
    places = touched(changes, (tree, before))
    went = _tests_taken_out(case, language, tree) | _read_by_tests(commits, language, tree)
    known = {**tree, **went} if went else tree
    most = max(_MOST // len(weights), _LEAST_OF_EACH)
    asked, heard = staged(language, known, before, list(weights), most, places)
    if len(asked) < _FEWEST:
        return None
    stage = Stage(language, tree, before, asked, weights, _namesakes(case), places)
    stage, heard = _of_what_changes(stage, heard, {change.path for change in changes})
    stage = stage.as_asked_before()
    if not stage.tells_apart():
        return None
    loaded = _loaded(stage)
    acting = sum(
        any(change.path in loaded for change in changed(case, commit, language)) for commit in commits
    )
    fewer = stage.within(A_CASE / (acting + 1))
    if fewer is None:
        return None
    supply = Supply(fewer, known, heard)
    if not acting:
        return supply
    if reach_of(case) is None:
        return Supply(fewer.and_also(sought_of_each(supply)), known, heard)
    named = [clues(changed(case, commit, language), tests_of(commit, language)) for commit in commits]
    return Supply(fewer.and_also(sought(supply, named)), known, heard)


def _loaded(stage: Stage) -> frozenset[str]:
    return stage.served.loaded | stage.first.loaded


def _of_what_changes(stage: Stage, heard: Heard, paths: Collection[str]) -> tuple[Stage, Heard]:
    """Return a stage and its calls with the copies of entry points that stand in some files.

    Tests may ask what a build wrote and somebody committed, while the suspects change what it is built of.
    Where they change both, either is asked half of the examples.
    """
    loaded = _loaded(stage)
    copies = _copies(stage, [each for each in paths if each not in loaded])
    if not copies:
        return stage, heard
    weights = {copy: stage.weights[each] for each, copy in copies.items()}
    calls = {copy: of_callee(copy, heard[each]) for each, copy in copies.items()}
    asked = [replace(each, callee=copies[each.callee]) for each in stage.asked if each.callee in copies]
    if loaded.isdisjoint(paths):
        return stage.of(asked, weights), calls
    return stage.of([*stage.asked[::2], *asked[1::2]], {**stage.weights, **weights}), {**heard, **calls}


def _copies(stage: Stage, paths: Collection[str]) -> dict[Callee, Callee]:
    """Return for entry points what is called like them in one of some files, if anything is."""
    runs = stage.language.runs(stage.tree)
    found = {}
    for callee in stage.weights:
        name = callee.node[1].rpartition(".")[2]
        nodes = [each for each in stage.namesakes if each[0] in paths and each[1].rpartition(".")[2] == name]
        copies = (stage.language.callee_in(runs, stage.tree, each) for each in nodes)
        if copy := next(filter(None, copies), None):
            found[callee] = replace(copy, then=callee.then)
    return found


def _tests_taken_out(case: Case, language: Language, tree: Mapping[str, str]) -> dict[str, str]:
    """Return the tests that went with what was taken out, beside those that are left: they ask for it."""
    went = [each.commit for each in case.candidates if each.direction == "removed" and each.commit]
    tests = (
        (PurePosixPath(change.path), change.after)
        for commit in went
        for change in tests_of(commit, language)
        if change.after is not None
    )
    return {
        path.with_name(f"{path.stem}_taken_out{path.suffix}").as_posix(): text
        for path, text in tests
        if tree.get(path.as_posix()) != text
    }


def _read_by_tests(commits: Sequence[Commit], language: Language, tree: Mapping[str, str]) -> dict[str, str]:
    """Return files beside the code of tests that commits deleted: tests that are left may read them.

    They may have moved to a repository of their own, which stands in their place but is not seen.
    """
    changes = (change for commit in commits for change in tests_of(commit, language))
    return {
        change.path: change.before
        for change in changes
        if change.status == "D"
        and change.before is not None
        and change.path not in tree
        and is_resource(change.path)
    }


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


def _entry_points(case: Case, language: Language, tree: Mapping[str, str]) -> dict[Callee, float]:
    """Return what predictions start at, with its probability: what was named, or what is likeliest."""
    if not tree:
        return {}
    found, wanted = reach_of(case), frozenset[str]()
    most = _MOST_GUESSED
    if found is None or found.guessed:
        likeliest = _likeliest(case, tree)
    else:
        likeliest = dict.fromkeys(sorted(node for node, steps in found.steps.items() if steps == 0), 1.0)
        wanted = frozenset(case.entry_functions)
        # `module:function` is not what a class calls the same.
        whole = {each.rpartition(":")[2].removesuffix("()") for each in case.entries if ":" in each}
        plain = tuple(f".{each.removesuffix('()')}" for each in case.entries if ":" not in each)
        of_classes = {(node[0], each) for each in whole for node in likeliest if _is_method(each, node[1])}
        exactly = {node: 1.0 for node in (*likeliest, *sorted(of_classes)) if node[1] in whole}
        if exactly and plain:
            exactly |= {node: 1.0 for node in likeliest if f".{node[1]}".endswith(plain)}
        # What a file exports as a whole is called so by those who import it.
        called = {*wanted, DEFAULT}
        named = {node: 1.0 for node in likeliest if node[1].rpartition(".")[2] in called}
        likeliest, most = exactly or named or likeliest, _MOST_NAMED
    own = {node: weight for node, weight in likeliest.items() if node[0] in tree and is_own(node[0])}
    return language.callees(tree, own, wanted, most) if own else {}


def _likeliest(case: Case, tree: Mapping[str, str]) -> Mapping[Node, float]:
    """Return the likeliest starts with their probabilities.

    Where none stands out these are such as use what the suspects change, since no other can tell.
    """
    likely, outstanding = guesses(case), standing_out(case)
    chosen: Collection[Node] = outstanding or frozenset().union(*users_of_changed(case).values())
    found = ((node, likely[node]) for node in likely if node in chosen)
    own = ((node, weight) for node, weight in found if node[0] in tree and is_own(node[0]))
    return dict(islice(own, _MOST_GUESSED))
