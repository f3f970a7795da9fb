"""What an entry point answers to examples, before and after a commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from bisect_ml.evidence.answers import RAISES, Answer, Answers, Language
from bisect_ml.evidence.call_graph import Node
from bisect_ml.evidence.callees import Callee
from bisect_ml.evidence.entry_points import guesses
from bisect_ml.evidence.listening import Example
from bisect_ml.evidence.outlines import DEFAULT
from bisect_ml.evidence.program import is_own
from bisect_ml.evidence.python_code import PythonCode
from bisect_ml.evidence.reach import acting_files, reach_of
from bisect_ml.evidence.script_code import ScriptCode
from bisect_ml.types import Case, Commit, FileChange

_FEWEST, _FEWEST_KEPT = 3, 6
_TOO_MANY = 2
_MOST, _FROM_TESTS = 40, 0.6
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
        before.pop(change.path, None)
        after.pop(change.path, None)
        if change.before is not None:
            before[change.old_path or change.path] = change.before
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


class Stage:
    """The entry points of a tree, and what they are asked.

    Attributes:
        language: What reads its code.
        tree: The files of its language by their paths.
        asked: The examples.
        weights: How likely each of the entry points is one.
        served: The answers of the tree as it is.
        loaded: The files that were run for them.
        steps: What that took.
    """

    def __init__(
        self,
        language: Language,
        tree: Mapping[str, str],
        asked: Sequence[Example],
        weights: Mapping[Callee, float] | None = None,
    ) -> None:
        self.language, self.tree, self.asked = language, tree, tuple(asked)
        self.weights = weights or {}
        runs = language.runs(tree)
        served: list[Answer | None] = []
        self._costs: list[int] = []
        for each in self.asked:
            before = runs.machine.taken
            served.append(language.answer(runs, each))
            self._costs.append(runs.machine.taken - before)
        self.served: Answers = tuple(served)
        self.loaded, self.steps = runs.loaded, runs.machine.taken

    def answers(self, tree: Mapping[str, str]) -> Answers:
        """Return what one version answers to each example."""
        if not any(
            self.tree.get(path) != tree.get(path) for path in self.loaded | (tree.keys() - self.tree.keys())
        ):
            return self.served
        runs = self.language.runs(tree)
        return tuple(self.language.answer(runs, each) for each in self.asked)

    def within(self, steps: float) -> "Stage | None":
        """Return the same with as few examples as take so many steps or so; None where some take more."""
        most = int(len(self.asked) * steps / max(self.steps, 1))
        if most >= len(self.asked):
            return self
        most = max(most, min(_FEWEST_KEPT, len(self.asked)))
        evenly = [place * len(self.asked) // most for place in range(most)]
        cheapest = sorted(range(len(self.asked)), key=self._costs.__getitem__)[:most]
        for places in (evenly, sorted(cheapest)):
            fewer = Stage(self.language, self.tree, [self.asked[each] for each in places], self.weights)
            if fewer.steps <= _TOO_MANY * steps:
                return fewer
        return None

    def tells_apart(self) -> bool:
        """Return whether not all examples are answered alike, as by what is not the entry point at all."""
        return len({each.text for each in self.served if each}) > 1

    def is_answered(self) -> bool:
        """Return whether a third of the examples are answered with a value."""
        valued = [each for each in self.served if each and not each.text.startswith(RAISES)]
        return 3 * len(valued) >= len(self.asked)


@lru_cache(maxsize=4)
def _stage(case: Case) -> Stage | None:
    """Return the entry points of a case with what they are asked; None where too little can be."""
    return next((stage for stage in (_stage_in(case, each) for each in LANGUAGES) if stage), None)


def _stage_in(case: Case, language: Language) -> Stage | None:
    tree = _texts(case, language)
    weights = _entry_points(case, language, tree)
    if not weights:
        return None
    asked = staged(language, tree, list(weights), _MOST // len(weights))
    if len(asked) < _FEWEST:
        return None
    stage = Stage(language, tree, asked, weights)
    if not stage.tells_apart():
        return None
    commits = [each.commit for each in case.candidates if each.commit]
    acting = sum(
        any(change.path in stage.loaded for change in _changed(case, commit, language)) for commit in commits
    )
    # Some commits asked and others not would be no comparison.
    return stage.within(language.steps / max(2 * acting, 1))


def _texts(case: Case, language: Language) -> dict[str, str]:
    """Return the files of a language, and those that its code and its tests may open."""
    beside = {path: text for path, text in case.beside.items() if language.opens(path)}
    return beside | {path: text for path, text in case.tree.items() if language.reads(path)}


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
        # What a file exports as a whole is called so by those who import it.
        called = {*wanted, DEFAULT}
        named = {node: 1.0 for node in likeliest if node[1].rpartition(".")[2] in called}
        likeliest, most = named or likeliest, _MOST_NAMED
    own = {node: weight for node, weight in likeliest.items() if node[0] in tree and is_own(node[0])}
    return language.callees(tree, own, wanted, most) if own else {}


def staged(
    language: Language, tree: Mapping[str, str], callees: Sequence[Callee], most: int
) -> list[Example]:
    """Return examples for entry points: as tests call them, and with what else tests hold."""
    asked: list[Example] = []
    most = max(most, _FEWEST)
    called = language.called_by_tests(tree, callees, max(_FEWEST, int(_FROM_TESTS * most)))
    for each, found in zip(callees, called, strict=True):
        attempts = language.made_up(tree, each, most)
        others = (more for more in attempts if Stage(language, tree, more).is_answered())
        asked += (*found, *next(others, ()))[:most]
    return asked
