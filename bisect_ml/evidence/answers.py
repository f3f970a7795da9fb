"""What calls of an entry point give, in any language that is read step by step."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bisect_ml.evidence.call_graph import Node
from bisect_ml.evidence.callees import Callee
from bisect_ml.evidence.listening import Example
from bisect_ml.interpreter import Place

RAISES = "raises "
_NOTHING = ": null"
_NOTHING_INSIDE = re.compile(r": (?:undefined|null|false|None|False)(?=[,}])")
TO_LOAD, A_CASE = 200_000, 300_000
"""Steps that a version may take to be loaded, and all versions of a case together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a call gave: a value as a text, or the kind of the error.

    `strangers` are the functions of other packages that were called, of which nobody knows what they do.
    """

    text: str
    strangers: frozenset[str] = frozenset()


def are_apart(old: Answer | None, new: Answer | None) -> bool:
    """Return whether two versions answer, and not alike.

    Errors of two kinds are alike: no prediction comes of either. So are values that hold nothing of another
    kind, as where a property is false that was undefined. Where they ask other functions of other packages
    nobody knows: these may give the same.
    """
    if old is None or new is None or old.strangers != new.strangers or old.text == new.text:
        return False
    if old.text.startswith(RAISES) and new.text.startswith(RAISES):
        return False
    return _NOTHING_INSIDE.sub(_NOTHING, old.text) != _NOTHING_INSIDE.sub(_NOTHING, new.text)


Answers = tuple[Answer | None, ...]
"""One an example; None where the code did what is not interpreted."""


class Steps(Protocol):
    """The budget of a run, and the functions that the last call ran."""

    left: int
    taken: int
    ran: set[Place]
    strangers: set[str]


class Runs(Protocol):
    """A version of the code that is run."""

    @property
    def machine(self) -> Steps:
        """Its budget."""

    @property
    def loaded(self) -> frozenset[str]:
        """The files that were run so far."""


class Language(Protocol):
    """How code in a language is read step by step."""

    def reads(self, path: str) -> bool:
        """Return whether a file is one that its code consists of, or that its code or its tests may open."""

    def runs(self, tree: Mapping[str, str]) -> Runs:
        """Return a tree of such files as what can be asked."""

    def callees(
        self, tree: Mapping[str, str], nodes: Mapping[Node, float], wanted: frozenset[str], most: int
    ) -> dict[Callee, float]:
        """Return what of some definitions can be asked, no more than so many, with their weights.

        `wanted` are the names that somebody gave.
        """

    def callee_in(self, runs: Any, tree: Mapping[str, str], node: Node) -> Callee | None:
        """Return what a node names in a version as what can be asked; None where it has none."""

    def called_by_tests(
        self, tree: Mapping[str, str], callees: Sequence[Callee], most: int
    ) -> list[tuple[Example, ...]]:
        """Return calls of entry points as tests make them."""

    def made_up(
        self, tree: Mapping[str, str], callee: Callee, most: int, heard: Sequence[Example] = ()
    ) -> list[list[Example]]:
        """Return calls with what else tests hold, beside those that were heard; each list is an attempt."""

    def texts_about(self, tree: Mapping[str, str], names: Collection[str], most: int) -> tuple[str, ...]:
        """Return texts of the tests of what has some names, in small letters."""

    def answer(self, runs: Any, example: Example) -> Answer | None:
        """Return what one version gives to an example; None where it does what is not interpreted."""
