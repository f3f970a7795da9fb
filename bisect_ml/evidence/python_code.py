"""Python, read step by step."""

from collections.abc import Mapping, Sequence
from itertools import islice

from bisect_ml.evidence.answers import RAISES, TO_LOAD, Answer
from bisect_ml.evidence.call_graph import Node
from bisect_ml.evidence.callees import Callee, callee
from bisect_ml.evidence.examples import called_by_tests, made_up
from bisect_ml.evidence.listening import Example
from bisect_ml.evidence.resources import MODULES, is_resource
from bisect_ml.interpreter import Modules, Stopped, finished, written

_A_CALL = 40_000


class PythonCode:
    """Files of Python, and those that they open."""

    def reads(self, path: str) -> bool:
        """Return whether a file is Python, or one that Python may open."""
        return path.endswith(MODULES) or is_resource(path)

    def runs(self, tree: Mapping[str, str]) -> Modules:
        """Return a tree of such files as what can be asked."""
        modules = Modules(tree)
        modules.machine.to_load = TO_LOAD
        return modules

    def callees(
        self, tree: Mapping[str, str], nodes: Mapping[Node, float], wanted: frozenset[str], most: int
    ) -> dict[Callee, float]:
        """Return what of the first definitions can be asked, with their weights."""
        del wanted
        found = {callee(tree[node[0]], node): weight for node, weight in islice(nodes.items(), most)}
        return {each: weight for each, weight in found.items() if each is not None}

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

    def answer(self, runs: Modules, example: Example) -> Answer | None:
        """Return what one version gives to an example."""
        machine, path = runs.machine, example.callee.node[0]
        try:
            names = runs.at(path).names
            machine.left, machine.depth, machine.ran = _A_CALL, 0, set()
            given = example.callee.answer(names, example.call, example.made, runs.successor)
            text = written(finished(given))
        except (Stopped, RecursionError):
            return None
        except Exception as error:  # noqa: BLE001 - what code raises is its answer
            text = f"{RAISES}{type(error).__name__}"
        # A version that does not have it gives no answer, nor does what stands in for it.
        return Answer(text=text) if any(each == path for each, _ in machine.ran) else None
