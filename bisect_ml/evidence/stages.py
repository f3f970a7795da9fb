"""Entry points with what they are asked, and what a version of the code answers."""

from collections.abc import Iterator, Mapping, Sequence

from bisect_ml.evidence.answers import RAISES, Answer, Answers, Language
from bisect_ml.evidence.callees import Callee
from bisect_ml.evidence.listening import Example

_FEWEST, _FEWEST_KEPT = 3, 6
_TOO_MANY = 2
_FROM_TESTS = 0.6
# Steps after which no more examples are asked.
_TOO_LONG = 400_000


class Stage:
    """The entry points of a tree, and what they are asked.

    Attributes:
        language: What reads its code.
        tree: The files of its language by their paths.
        earlier: Those before all suspects: what serves now may answer nothing, or everything alike.
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
        earlier: Mapping[str, str],
        asked: Sequence[Example],
        weights: Mapping[Callee, float] | None = None,
    ) -> None:
        self.language, self.tree, self.earlier, self.asked = language, tree, earlier, tuple(asked)
        self.weights = weights or {}
        runs = language.runs(tree)
        served: list[Answer | None] = []
        self._costs: list[int] = []
        for each in self.asked:
            before = runs.machine.taken
            if before > _TOO_LONG:
                served.append(None)
                self._costs.append(_TOO_LONG)
                continue
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
        answers = tuple(self.language.answer(runs, each) for each in self.asked)
        # What is broken takes few steps, and says little of what others take.
        self.steps = max(self.steps, runs.machine.taken)
        return answers

    def within(self, steps: float) -> "Stage | None":
        """Return the same with as few examples as take so many steps or so; None where some take more."""
        most = int(len(self.asked) * steps / max(self.steps, 1))
        if most >= len(self.asked):
            return self
        most = max(most, min(_FEWEST_KEPT, len(self.asked)))
        evenly = [place * len(self.asked) // most for place in range(most)]
        cheapest = sorted(range(len(self.asked)), key=self._costs.__getitem__)[:most]
        for places in (evenly, sorted(cheapest)):
            asked = [self.asked[each] for each in places]
            fewer = Stage(self.language, self.tree, self.earlier, asked, self.weights)
            if fewer.steps <= _TOO_MANY * steps:
                return fewer
        return None

    def tells_apart(self) -> bool:
        """Return whether not all examples are answered alike, as by what is not the entry point at all."""
        return any(len({each.text for each in answers if each}) > 1 for answers in self._versions())

    def is_answered(self) -> bool:
        """Return whether a third of the examples are answered with a value."""
        return any(
            3 * len([each for each in answers if each and not each.text.startswith(RAISES)])
            >= len(self.asked)
            for answers in self._versions()
        )

    def _versions(self) -> Iterator[Answers]:
        yield self.served
        yield self.answers(self.earlier)


def staged(
    language: Language,
    tree: Mapping[str, str],
    earlier: Mapping[str, str],
    callees: Sequence[Callee],
    most: int,
) -> list[Example]:
    """Return examples for entry points: as tests call them, and with what else tests hold.

    What is made up is kept where one of the two versions answers it.
    """
    asked: list[Example] = []
    most = max(most, _FEWEST)
    called = language.called_by_tests(tree, callees, max(_FEWEST, int(_FROM_TESTS * most)))
    for each, found in zip(callees, called, strict=True):
        attempts = language.made_up(tree, each, most, found)
        others = (more for more in attempts if Stage(language, tree, earlier, more).is_answered())
        asked += (*found, *next(others, ()))[:most]
    return asked
