"""Python, read step by step."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from bisect_ml.evidence.answers import RAISES, TO_LOAD, Answer
from bisect_ml.evidence.call_graph import Node
from bisect_ml.evidence.callees import Callee, callee
from bisect_ml.evidence.examples import QUOTED, called_by_tests, made_up
from bisect_ml.evidence.known_texts import texts_about
from bisect_ml.evidence.listening import Example
from bisect_ml.evidence.resources import MODULES, is_resource
from bisect_ml.interpreter import Exhausted, Modules, Place, Stopped, finished, written

_A_CALL, _TO_MAKE = 40_000, 150_000
_IS_LARGE = 2_000
_PLAIN = frozenset({str, int, float, bool, type(None)})


class _Made(NamedTuple):
    """An object that is kept, and what making it ran and asked of other packages."""

    value: Any
    ran: frozenset[Place]
    strangers: frozenset[str]


class _Runs(Modules):
    """A version of the code, and the large objects in it that are asked more than once."""

    def __init__(self, tree: Mapping[str, str]) -> None:
        super().__init__(tree)
        self.machine.to_load = TO_LOAD
        self._kept: dict[tuple[Callee, str], _Made | None] = {}

    def made(self, example: Example) -> Any:
        """Return the object that an example is asked of.

        One that takes long to make, as for a list of words that it reads, is made once, as a service does.

        Raises:
            Stopped: It takes too long.
        """
        machine, callee, made = self.machine, example.callee, example.made
        key = callee, replace(example, call=made).told()
        if key in self._kept:
            kept = self._kept[key]
            if kept is None:
                raise Exhausted
            machine.ran |= kept.ran
            machine.strangers |= kept.strangers
            return kept.value
        machine.left, machine.depth = _TO_MAKE, 0
        is_plain = all(type(each) in _PLAIN for each in (*made.placed, *dict(made.named).values()))
        try:
            found = made.of(callee.owner(self.at(callee.node[0]).names), self.successor)
        except Exhausted:
            self._kept[key] = None
            raise
        if is_plain and _TO_MAKE - machine.left > _IS_LARGE:
            self._kept[key] = _Made(found, frozenset(machine.ran), frozenset(machine.strangers))
        return found


class PythonCode:
    """Files of Python, and those that they open."""

    def reads(self, path: str) -> bool:
        """Return whether a file is Python, or one that Python may open."""
        return path.endswith(MODULES) or is_resource(path)

    def runs(self, tree: Mapping[str, str]) -> _Runs:
        """Return a tree of such files as what can be asked."""
        return _Runs(tree)

    def callees(
        self, tree: Mapping[str, str], nodes: Mapping[Node, float], wanted: frozenset[str], most: int
    ) -> dict[Callee, float]:
        """Return what of the first definitions can be asked, with their weights."""
        del wanted
        found = {callee(tree[node[0]], node): weight for node, weight in islice(nodes.items(), most)}
        return {each: weight for each, weight in found.items() if each is not None}

    def callee_in(self, runs: Modules, tree: Mapping[str, str], node: Node) -> Callee | None:
        """Return what a node names in a version as what can be asked."""
        del runs
        return callee(tree[node[0]], node) if node[0] in tree else None

    def called_by_tests(
        self, tree: Mapping[str, str], callees: Sequence[Callee], most: int
    ) -> list[tuple[Example, ...]]:
        """Return calls of entry points as tests make them."""
        return called_by_tests(tree, callees, most)

    def made_up(
        self, tree: Mapping[str, str], callee: Callee, most: int, heard: Sequence[Example] = ()
    ) -> list[list[Example]]:
        """Return calls with what else tests hold."""
        return made_up(tree, callee, most, heard)

    def texts_about(self, tree: Mapping[str, str], names: Collection[str], most: int) -> tuple[str, ...]:
        """Return texts of the tests of what has some names."""
        return texts_about(tree, names, most, QUOTED)

    def answer(self, runs: _Runs, example: Example) -> Answer | None:
        """Return what one version gives to an example."""
        machine, path = runs.machine, example.callee.node[0]
        making = set[Place]()
        try:
            names = runs.at(path).names
            machine.ran, machine.strangers = set(), set()
            on = runs.made(example) if example.callee.is_of_objects else None
            making, machine.ran = machine.ran, set()
            machine.left, machine.depth = _A_CALL, 0
            given = example.callee.answer(names, example.call, on, runs.successor)
            text = written(finished(given))
        except (Stopped, RecursionError):
            return None
        except Exception as error:  # noqa: BLE001 - what code raises is its answer
            # Nobody asks a version for what its function does not take.
            if isinstance(error, TypeError) and not machine.ran:
                return None
            text = f"{RAISES}{type(error).__name__}"
        finally:
            machine.ran = machine.ran | making
        # A version that does not have it gives no answer, nor does what stands in for it.
        if not any(each == path for each, _ in machine.ran):
            return None
        return Answer(text=text, strangers=frozenset(machine.strangers))
