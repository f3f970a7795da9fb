"""Examples that two versions answer otherwise, looked for among more than all versions can be asked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from bisect_ml.evidence.answers import are_apart
from bisect_ml.evidence.callees import Callee
from bisect_ml.evidence.clues import Clues
from bisect_ml.evidence.compared import Compared
from bisect_ml.evidence.directed import directed, in_turns
from bisect_ml.evidence.listening import Example
from bisect_ml.evidence.stages import Heard, Stage
from bisect_ml.interpreter import Place, Stopped

_ENOUGH = 0.2
_STEPS, _MOST_MADE_UP = 250_000, 240
_MOST_LED, _MOST_OF_A_COMMIT = 600, 120
_FEWEST, _MOST, _MOST_OF_ONE, _SHARE = 3, 8, 3, 0.2
# Of all likely entry points together.
_MOST_OF_LIKELY = 24
# For each commit that answers alike, and for all of them.
_STEPS_A_COMMIT, _FEWEST_STEPS, _STEPS_ALONE = 150_000, 10_000, 800_000
_MOST_ABOUT, _MOST_OF_ONE_COMMIT = 60, 800

Sourced = tuple[int, Example]
"""An example with the number of where it comes from."""


class Silent(NamedTuple):
    """A commit that answers all examples alike.

    Attributes:
        trees: The versions before it and with it.
        touched: Where the functions that it changes begin in the tree that serves.
        clues: What its changed lines name.
        names: What the functions and files that it changes are called, in small letters.
    """

    trees: tuple[Mapping[str, str], Mapping[str, str]]
    touched: frozenset[Place]
    clues: Clues
    names: frozenset[str]


class Supply:
    """All that could be asked of a stage's entry points.

    Args:
        stage: The entry points, and what they are asked anyway.
        known: Its tree, and what else holds tests.
        heard: The calls that tests make.
    """

    def __init__(self, stage: Stage, known: Mapping[str, str], heard: Heard) -> None:
        self.stage, self._known, self._heard = stage, known, heard
        self.callees = list(heard)
        self.calls = [each for calls in heard.values() for each in calls]

    @cached_property
    def made_up(self) -> list[list[Example]]:
        """Calls that nobody makes, by how they are made up."""
        return [
            attempt
            for callee, calls in self._heard.items()
            for attempt in self.stage.language.made_up(self._known, callee, _MOST_MADE_UP, calls)
        ]

    def for_all(self, named: Sequence[Clues]) -> Iterator[Sourced]:
        """Yield all that is heard, then what each commit leads to and what is made up, in turns.

        Each comes with the number of its source: one that gives many must not keep others from being found.
        """
        like = sorted(self.stage.asked, key=lambda each: not each.is_heard)
        a_commit = min(_MOST_OF_A_COMMIT, _MOST_LED // max(1, len(named)))
        led = [directed(like, clues, a_commit) for clues in named]
        yield from ((0, each) for each in self.calls)
        yield from _numbered([*self.made_up, *led])

    def for_each(self, callees: Sequence[Callee]) -> Iterator[Sourced]:
        """Yield what tests ask of some entry points and what is made up for them, by turns."""
        yield from in_turns(
            [[(number, each) for each in self._heard[callee]] for number, callee in enumerate(callees)]
        )
        made_up = (
            self.stage.language.made_up(self._known, each, _MOST, self._heard[each]) for each in callees
        )
        yield from in_turns(
            [
                [(number, each) for attempt in attempts for each in attempt]
                for number, attempts in enumerate(made_up)
            ]
        )

    def for_one(self, silent: Silent) -> Iterator[Sourced]:
        """Yield the calls that run what one commit changes, then what it leads to and what is made up."""
        known = [*self.stage.asked, *self.calls]
        meeting = [each for each in known if each.ran & silent.touched]
        yield from ((0, each) for each in meeting)
        like = meeting or sorted(known, key=lambda each: not each.is_heard)
        about = self.stage.language.texts_about(self._known, silent.names, _MOST_ABOUT)
        named = replace(silent.clues, of_tests=(*silent.clues.of_tests, *about))
        led = directed(like, named, _MOST_OF_ONE_COMMIT)
        yield from ((1, each) for each in led)
        yield from ((2, each) for each in in_turns(self.made_up))


def _numbered(sources: Sequence[Sequence[Example]]) -> list[Sourced]:
    return in_turns([[(number, each) for each in row] for number, row in enumerate(sources, 1)])


def sought(supply: Supply, named: Sequence[Clues]) -> list[Example]:
    """Return examples that the version before all suspects answers otherwise than what serves now.

    They are looked for where few of the stage's own are answered otherwise, among all calls that tests make,
    those that are made of what changed lines name, and many that are made up: these two versions alone are
    asked, so more can be asked than of each commit. That is differential testing (McKeeman, *Differential
    testing for software*, Digital Technical Journal 10.1, 1998).

    Args:
        supply: All that could be asked.
        named: What the changed lines of each commit name.
    """
    stage = supply.stage
    if stage.apart >= _ENOUGH:
        return []
    most = min(_MOST, max(_FEWEST, int(_SHARE * len(stage.asked))))
    ends = _Pair(supply, (stage.earlier, stage.tree))
    return [example for example, _, _ in ends.apart(supply.for_all(named), most, _STEPS)]


def sought_of_each(supply: Supply) -> list[Example]:
    """Return examples as `sought` does, for entry points of which nobody knows which is one.

    They are looked for of each of which both ends answer all of its few examples alike, in turns: first among
    the calls that tests make, then among what is made up.
    """
    stage = supply.stage
    silent = [callee for callee in supply.callees if not stage.is_apart(callee)]
    ends = _Pair(supply, (stage.earlier, stage.tree))
    return [example for example, _, _ in ends.apart(supply.for_each(silent), _MOST_OF_LIKELY, _STEPS)]


def second_look(supply: Supply, silent: Sequence[Silent]) -> list[list[Compared]]:
    """Return for each of some commits examples that it answers otherwise than the version before it.

    What one commit changes may be so narrow, or so far from what others change, that no example asked of all
    shows it. So each is asked what its own changed lines lead to.
    """
    # Some commits asked and others not would be no comparison.
    share = _STEPS_ALONE / max(1, len(silent)) - 2 * supply.stage.steps_to_load
    if share < _FEWEST_STEPS:
        return [[] for _ in silent]
    steps = min(_STEPS_A_COMMIT, share) + 2 * supply.stage.steps_to_load
    return [list(_Pair(supply, each.trees).apart(supply.for_one(each), _FEWEST, steps)) for each in silent]


class _Pair:
    """Two versions that are asked the same."""

    def __init__(self, supply: Supply, trees: tuple[Mapping[str, str], Mapping[str, str]]) -> None:
        self._stage = supply.stage
        self._runs = [self._stage.language.runs(tree) for tree in trees]
        self._places = {
            callee: [
                self._stage.named(runs, tree, callee) for runs, tree in zip(self._runs, trees, strict=True)
            ]
            for callee in supply.callees
        }

    @property
    def taken(self) -> int:
        """The steps that both took so far."""
        return sum(runs.machine.taken for runs in self._runs)

    def apart(self, examples: Iterable[Sourced], most: int, steps: float) -> Iterator[Compared]:
        """Yield the first so many of some examples that they answer otherwise, few of one source."""
        asked = {(each.callee, each.shown()) for each in self._stage.asked}
        taken = Counter[int]()
        for source, example in examples:
            if taken.total() >= most or self.taken > steps:
                break
            # What is too long to be written is none.
            with suppress(Stopped):
                if taken[source] >= _MOST_OF_ONE or (shown := (example.callee, example.shown())) in asked:
                    continue
                asked.add(shown)
                there = [replace(example, callee=callee) for callee in self._places[example.callee]]
                old, new = map(self._stage.language.answer, self._runs, there)
                if old is not None and new is not None and are_apart(old, new):
                    taken[source] += 1
                    yield replace(example, is_sought=True), old, new
