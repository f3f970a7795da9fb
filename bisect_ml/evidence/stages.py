"""Entry points with what they are asked, and what a version of the code answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import median
from typing import Any, NamedTuple

from bisect_ml.evidence.answers import RAISES, Answer, Answers, Language, are_apart
from bisect_ml.evidence.call_graph import Node
from bisect_ml.evidence.callees import Callee
from bisect_ml.evidence.coverage import covering
from bisect_ml.evidence.listening import Example
from bisect_ml.interpreter import Place

_FEWEST, _FEWEST_KEPT = 3, 6
_TOO_MANY = 2
_FROM_TESTS, _TO_CHOOSE = 0.6, 8
# Steps after which no more examples are asked.
_TOO_LONG = 400_000


Heard = Mapping[Callee, Sequence[Example]]
"""The calls of each entry point that tests make."""


class Version(NamedTuple):
    """What one version of the code answers, the files and functions that were run for that, and the steps."""

    answers: Answers
    loaded: frozenset[str]
    ran: frozenset[Place]
    steps: int

    def is_changed(self, old: Mapping[str, str], new: Mapping[str, str]) -> bool:
        """Return whether it may answer otherwise where these of its files are replaced by those."""
        return old.keys() != new.keys() or any(old.get(path) != new.get(path) for path in self.loaded)


class Stage:
    """The entry points of a tree, and what they are asked.

    Attributes:
        language: What reads its code.
        tree: The files of its language by their paths.
        earlier: Those before all suspects: what serves now may answer nothing, or everything alike.
        asked: The examples.
        weights: How likely each of the entry points is one.
        namesakes: What else is called like them, be it in other versions: where code moves to another file,
            one of them stands for what is not there.
        touched: Where the functions begin that the suspects change.
        taken: The steps that all versions took so far.
    """

    def __init__(
        self,
        language: Language,
        tree: Mapping[str, str],
        earlier: Mapping[str, str],
        asked: Sequence[Example],
        weights: Mapping[Callee, float] | None = None,
        namesakes: Sequence[Node] = (),
        touched: frozenset[Place] = frozenset(),
    ) -> None:
        self.language, self.tree, self.earlier, self.asked = language, tree, earlier, tuple(asked)
        self.weights, self.namesakes, self.touched = weights or {}, tuple(namesakes), touched
        self.taken = 0
        self._costs = [0] * len(self.asked)
        self._ran = [set[Place]() for _ in self.asked]
        self._known: dict[frozenset[tuple[str, str | None]], Version] = {}

    @property
    def served(self) -> Version:
        """The answers of the tree as it is."""
        return self.version(self.tree)

    @property
    def first(self) -> Version:
        """The answers before all suspects."""
        return self.version(self.earlier)

    def version(self, tree: Mapping[str, str]) -> Version:
        """Return what one version answers to each example; each version is run once."""
        paths = tree.keys() | self.tree.keys()
        key = frozenset((path, tree.get(path)) for path in paths if tree.get(path) != self.tree.get(path))
        if key not in self._known:
            self._known[key] = self._run(tree)
        return self._known[key]

    def _run(self, tree: Mapping[str, str]) -> Version:
        runs = self.language.runs(tree)
        named = {each: self.named(runs, tree, each) for each in {one.callee for one in self.asked}}
        answers: list[Answer | None] = []
        ran: set[Place] = set()
        for at, example in enumerate(self.asked):
            before = runs.machine.taken
            is_asked = before <= _TOO_LONG
            there = replace(example, callee=named[example.callee])
            answers.append(self.language.answer(runs, there) if is_asked else None)
            self._ran[at] |= runs.machine.ran
            ran |= runs.machine.ran
            self._costs[at] = max(self._costs[at], runs.machine.taken - before if is_asked else _TOO_LONG)
        self.taken += runs.machine.taken
        return Version(tuple(answers), runs.loaded, frozenset(ran), runs.machine.taken)

    def named(self, runs: Any, tree: Mapping[str, str], callee: Callee) -> Callee:
        """Return an entry point as a version has it, which may be elsewhere in it."""
        nodes = [each for each in self.namesakes if each != callee.node] if self.namesakes else []
        if not nodes or self.language.callee_in(runs, tree, callee.node):
            return callee
        there = (self.language.callee_in(runs, tree, each) for each in nodes)
        found = next(filter(None, there), None)
        return replace(found, then=callee.then) if found else callee

    @property
    def steps_an_end(self) -> float:
        """The steps that the two ends take on average: what is broken takes few, which says little."""
        return (self.served.steps + self.first.steps) / 2

    @property
    def steps_to_load(self) -> float:
        """About what it takes to load a version: what the first example takes more than others do."""
        return max(0.0, self._costs[0] - median(self._costs)) if self.served.steps else 0.0

    def within(self, steps: float) -> "Stage | None":
        """Return the same with as few examples as take so many steps or so; None where some take more."""
        most = int(len(self.asked) * steps / max(self.steps_an_end, 1))
        if most >= len(self.asked):
            return self
        most = max(most, min(_FEWEST_KEPT, len(self.asked)))
        cheapest = sorted(range(len(self.asked)), key=self._costs.__getitem__)[:most]
        for places in (covering(self._ran, most, self.touched), sorted(cheapest)):
            fewer = self.of([self.asked[each] for each in places])
            if fewer.steps_an_end <= _TOO_MANY * steps:
                return fewer
        return None

    def as_asked_before(self) -> "Stage":
        """Return the same without what only later versions take, as a new option, if enough is left."""
        answers = zip(self.asked, self.first.answers, self.served.answers, strict=True)
        kept = [example for example, first, served in answers if first or not served]
        return self.of(kept) if _FEWEST_KEPT <= len(kept) < len(self.asked) else self

    def and_also(self, more: Sequence[Example]) -> "Stage":
        """Return the same with more examples."""
        return self.of([*self.asked, *more]) if more else self

    def of(self, asked: Sequence[Example], weights: Mapping[Callee, float] | None = None) -> "Stage":
        """Return the same with other examples, and with other entry points if they are given."""
        known = self.weights if weights is None else weights
        return Stage(self.language, self.tree, self.earlier, asked, known, self.namesakes, self.touched)

    @property
    def apart(self) -> float:
        """The share of the examples that both ends answer, but not alike."""
        return sum(map(are_apart, *self._ends())) / max(1, len(self.asked))

    def is_apart(self, callee: Callee) -> bool:
        """Return whether the ends answer an example of one entry point otherwise."""
        answers = zip(self.asked, *self._ends(), strict=True)
        return any(are_apart(served, first) for each, served, first in answers if each.callee == callee)

    def tells_apart(self) -> bool:
        """Return whether not all examples are answered alike, as by what is not the entry point at all."""
        return any(len({each.text for each in answers if each}) > 1 for answers in self._ends())

    def is_answered(self) -> bool:
        """Return whether a third of the examples are answered with a value."""
        return any(
            3 * len([each for each in answers if each and not each.text.startswith(RAISES)])
            >= len(self.asked)
            for answers in self._ends()
        )

    def _ends(self) -> Iterator[Answers]:
        yield self.served.answers
        yield self.first.answers


def staged(
    language: Language,
    tree: Mapping[str, str],
    earlier: Mapping[str, str],
    callees: Sequence[Callee],
    most: int,
    touched: frozenset[Place] = frozenset(),
) -> tuple[list[Example], Heard]:
    """Return examples for entry points, and all calls of each that tests make.

    The examples are such calls, those that run most of the code, of what is `touched` above all, and calls
    with what else tests hold. What is made up is kept where one of the two versions answers it.
    """
    asked: list[Example] = []
    most = max(most, _FEWEST)
    of_tests = max(_FEWEST, int(_FROM_TESTS * most))
    called = language.called_by_tests(tree, callees, _TO_CHOOSE * of_tests)
    for each, heard in zip(callees, called, strict=True):
        found = [heard[number] for number in covering([one.ran for one in heard], of_tests, touched)]
        attempts = language.made_up(tree, each, most, found)
        tried = (Stage(language, tree, earlier, more) for more in attempts)
        asked += (*found, *_answered(tried, is_alone=not found))[:most]
    return asked, dict(zip(callees, called, strict=True))


def _answered(tried: Iterator[Stage], *, is_alone: bool) -> Sequence[Example]:
    """Return the first examples that are answered; where these are all, rather ones answered otherwise each.

    What is asked of a reader of dates that knows none of the texts is always answered that it is no date.
    """
    alike: Sequence[Example] = ()
    for stage in tried:
        if stage.is_answered():
            if not is_alone or stage.tells_apart():
                return stage.asked
            alike = alike or stage.asked
    return alike
