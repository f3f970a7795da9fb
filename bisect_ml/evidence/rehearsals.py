"""What an entry point answers to examples, before and after a commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bisect_ml.evidence.callees import Callee, callee
from bisect_ml.evidence.examples import MOST, Example, called_by_tests, made_up
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.program import is_own
from bisect_ml.evidence.reach import reach_of
from bisect_ml.interpreter import Modules, Place, Stopped, written
from bisect_ml.types import Case, Commit, FileChange

_TO_LOAD, _A_CALL = 60_000, 20_000
_STEPS = 400_000
_FEWEST, _FEWEST_KEPT = 3, 6
_MOST_CALLEES = 3
_RAISES = "raises "


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a call gave: a value as a text, or the kind of the error; and the functions that ran for it."""

    text: str
    ran: frozenset[Place] = frozenset()
    number: float | None = None


Answers = tuple[Answer | None, ...]
"""One an example; None where the code did what is not interpreted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """The answers to the same examples before and after a commit."""

    asked: tuple[Example, ...]
    before: Answers
    after: Answers

    @property
    def compared(self) -> list[tuple[Example, Answer, Answer]]:
        """The examples that both versions answer."""
        return [
            (example, old, new)
            for example, old, new in zip(self.asked, self.before, self.after, strict=True)
            if old is not None and new is not None
        ]

    @property
    def changed(self) -> list[tuple[Example, Answer, Answer]]:
        """The examples that they answer differently."""
        return [each for each in self.compared if each[1].text != each[2].text]


def rehearsal(case: Case, commit: Commit) -> Rehearsal | None:
    """Return the answers before and after a commit; None where it changes no Python, or nothing can be asked."""
    files = _python(commit)
    stage = _stage(case) if files else None
    if stage is None:
        return None
    before, after = dict(stage.tree), dict(stage.tree)
    for change in files:
        before.pop(change.path, None)
        after.pop(change.path, None)
        if change.before is not None:
            before[change.old_path or change.path] = change.before
        if change.after is not None:
            after[change.path] = change.after
    return Rehearsal(asked=stage.asked, before=stage.answers(before), after=stage.answers(after))


def _python(commit: Commit) -> list[FileChange]:
    return [change for change in live_files(commit) if change.path.endswith(".py")]


class Stage:
    """The entry points of a tree, and what they are asked.

    Attributes:
        tree: Python files by their paths.
        asked: The examples.
        served: The answers of the tree as it is.
        loaded: The files that were run for them.
        steps: What that took.
    """

    def __init__(self, tree: Mapping[str, str], asked: Sequence[Example]) -> None:
        self.tree, self.asked = tree, tuple(asked)
        modules = Modules(tree)
        self.served: Answers = tuple(_answer(modules, each) for each in self.asked)
        self.loaded, self.steps = modules.loaded, modules.machine.taken
        self._left = _STEPS

    def answers(self, tree: Mapping[str, str]) -> Answers:
        """Return what one version answers to each example; nothing once the budget of a case is spent."""
        if not any(
            self.tree.get(path) != tree.get(path) for path in self.loaded | (tree.keys() - self.tree.keys())
        ):
            return self.served
        if self._left < 0:
            return (None,) * len(self.asked)
        modules = Modules(tree)
        found = tuple(_answer(modules, each) for each in self.asked)
        self._left -= modules.machine.taken
        return found

    def within(self, steps: float) -> "Stage":
        """Return the same with so few examples that they take about so many steps, but no fewer than some."""
        most = max(_FEWEST_KEPT, int(len(self.asked) * steps / max(self.steps, 1)))
        if most >= len(self.asked):
            return self
        return Stage(self.tree, [self.asked[place * len(self.asked) // most] for place in range(most)])

    def is_answered(self) -> bool:
        """Return whether a third of the examples are answered with a value."""
        valued = [each for each in self.served if each and not each.text.startswith(_RAISES)]
        return 3 * len(valued) >= len(self.asked)


def _answer(modules: Modules, example: Example) -> Answer | None:
    machine, path = modules.machine, example.callee.node[0]
    try:
        machine.left = _TO_LOAD
        names = modules.at(path).names
        machine.left, machine.depth, machine.ran = _A_CALL, 0, set()
        result = example.callee.answer(names, example.call, example.made)
        text = written(result)
    except (Stopped, RecursionError):
        return None
    except Exception as error:  # noqa: BLE001 - what code raises is its answer
        return Answer(text=f"{_RAISES}{type(error).__name__}", ran=frozenset(machine.ran))
    if not any(each == path for each, _ in machine.ran):
        return None
    number = float(result) if isinstance(result, int | float) else None
    return Answer(text=text, ran=frozenset(machine.ran), number=number)


@lru_cache(maxsize=4)
def _stage(case: Case) -> Stage | None:
    """Return the entry point of a case with what it is asked; None where it is not Python, or too little is."""
    found = reach_of(case)
    if found is None:
        return None
    tree = {path: text for path, text in case.tree.items() if path.endswith(".py")}
    starts = sorted(
        node for node, steps in found.steps.items() if steps == 0 and node[0] in tree and is_own(node[0])
    )
    wanted = set(case.entry_functions)
    named = [node for node in starts if node[1].rpartition(".")[2] in wanted] or starts
    callees = [each for each in (callee(tree[node[0]], node) for node in named) if each]
    asked = [example for each in callees[:_MOST_CALLEES] for example in staged(tree, each)]
    if len(asked) < _FEWEST:
        return None
    versions = 2 * sum(bool(each.commit and _python(each.commit)) for each in case.candidates)
    return Stage(tree, asked).within(_STEPS / max(versions, 1))


def staged(tree: Mapping[str, str], asked: Callee) -> tuple[Example, ...]:
    """Return examples for an entry point: as tests call it, and with what else tests hold."""
    found = called_by_tests(tree, asked)
    others = (each for each in made_up(tree, asked) if Stage(tree, each).is_answered())
    return (*found, *next(others, ()))[:MOST]
