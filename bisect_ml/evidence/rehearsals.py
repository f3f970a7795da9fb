"""What an entry point answers to examples, before and after a commit."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from bisect_ml.evidence.answers import A_CASE, RAISES, Answer, Answers, Language
from bisect_ml.evidence.call_graph import Node
from bisect_ml.evidence.callees import Callee
from bisect_ml.evidence.entry_points import guesses
from bisect_ml.evidence.listening import Example
from bisect_ml.evidence.program import is_own
from bisect_ml.evidence.python_code import PythonCode
from bisect_ml.evidence.reach import acting_files, reach_of
from bisect_ml.evidence.script_code import ScriptCode
from bisect_ml.evidence.stages import Stage, staged
from bisect_ml.types import Case, Commit, FileChange

_FEWEST, _MOST = 3, 40
_MOST_NAMED, _MOST_GUESSED = 3, 8


LANGUAGES: tuple[Language, ...] = (PythonCode(), ScriptCode())
"""What code can be read step by step, each file by the first that knows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """The answers to the same examples before and after a commit."""

    asked: tuple[Example, ...]
    before: Answers
    after: Answers
    weights: Mapping[Callee, float]

    @property
    def compared(self) -> list[tuple[Example, Answer, Answer]]:
        """The examples that both versions answer."""
        return [
            (example, old, new)
            for example, old, new in zip(self.asked, self.before, self.after, strict=True)
            if old is not None and new is not None
        ]

    @property
    def moved(self) -> float:
        """The probability that the entry point is one of those that answer something differently."""
        whole = sum(self.weights[each] for each in {example.callee for example, _, _ in self.compared})
        return sum(self.weights[each] for each in {example.callee for example, _, _ in self.changed}) / whole

    @property
    def told_apart(self) -> int:
        """How many different values the examples had before the commit; errors are none."""
        return len({old.text for _, old, _ in self.compared if not old.text.startswith(RAISES)})

    @property
    def changed(self) -> list[tuple[Example, Answer, Answer]]:
        """The examples that they answer differently."""
        return [each for each in self.compared if each[1].text != each[2].text]


def rehearsal(case: Case, commit: Commit) -> Rehearsal | None:
    """Return the answers before and after a commit; None where none can be asked."""
    stage = _stage(case) if any(_changed(case, commit, each) for each in LANGUAGES) else None
    files = _changed(case, commit, stage.language) if stage else []
    if stage is None or not files:
        return None
    before, after = dict(stage.tree), dict(stage.tree)
    for change in files:
        _take_back(before, change)
        after.pop(change.path, None)
        if change.after is not None:
            after[change.path] = change.after
    return Rehearsal(
        asked=stage.asked, before=stage.answers(before), after=stage.answers(after), weights=stage.weights
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
    asked = staged(language, tree, earlier, list(weights), _MOST // len(weights))
    if len(asked) < _FEWEST:
        return None
    stage = Stage(language, tree, earlier, asked, weights)
    if not stage.tells_apart():
        return None
    commits = [each.commit for each in case.candidates if each.commit]
    acting = sum(
        any(change.path in stage.loaded for change in _changed(case, commit, language)) for commit in commits
    )
    # Some commits asked and others not would be no comparison.
    return stage.within(A_CASE / max(2 * acting, 1))


def _earlier(case: Case, language: Language, tree: Mapping[str, str]) -> dict[str, str]:
    """Return the files of a tree as they were before all that the suspects did to them."""
    found = dict(tree)
    for candidate in case.candidates:  # the newest of a release first, so that the oldest has the last word
        for change in _changed(case, candidate.commit, language) if candidate.commit else ():
            _take_back(found, change)
    return found


def _take_back(files: dict[str, str], change: FileChange) -> None:
    files.pop(change.path, None)
    if change.before is not None:
        files[change.old_path or change.path] = change.before


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
        exactly = {node: 1.0 for node in likeliest if node[1] in whole}
        named = {node: 1.0 for node in likeliest if node[1].rpartition(".")[2] in wanted}
        likeliest, most = exactly or named or likeliest, _MOST_NAMED
    own = {node: weight for node, weight in likeliest.items() if node[0] in tree and is_own(node[0])}
    return language.callees(tree, own, wanted, most) if own else {}
