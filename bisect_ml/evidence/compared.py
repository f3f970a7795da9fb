"""What examples are answered before a commit and after it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bisect_ml.evidence.answer_values import value_of
from bisect_ml.evidence.answers import RAISES, Answer, Answers, are_apart
from bisect_ml.evidence.callees import Callee
from bisect_ml.evidence.listening import Example

Compared = tuple[Example, Answer, Answer]
"""An example with what it was answered before a commit and after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """The answers to the same examples before and after a commit, and at both ends of what was shipped.

    `is_run` says whether the examples run any of what the commit changes.
    """

    asked: tuple[Example, ...]
    before: Answers
    after: Answers
    first: Answers
    last: Answers
    weights: Mapping[Callee, float]
    is_run: bool

    def of(self, callee: Callee) -> "Rehearsal":
        """Return the answers of one entry point alone."""
        own = [number for number, example in enumerate(self.asked) if example.callee == callee]
        return replace(
            self,
            asked=tuple(self.asked[number] for number in own),
            before=tuple(self.before[number] for number in own),
            after=tuple(self.after[number] for number in own),
            first=tuple(self.first[number] for number in own),
            last=tuple(self.last[number] for number in own),
        )

    @property
    def gives_nothing(self) -> bool:
        """Whether all that is answered before what was shipped and after it is nothing, or an error."""
        answers = [each for each in (*self.first, *self.last) if each is not None]
        return bool(answers) and all(value_of(each).kind == "missing" for each in answers)

    @property
    def compared(self) -> list[Compared]:
        """The examples that both versions answer, but for those that were sought."""
        return [each for each in self._compared if not each[0].is_sought]

    @property
    def answered(self) -> int:
        """How many examples one of the versions answers, or both, but for those that were sought."""
        return sum(
            (old is not None or new is not None) and not example.is_sought
            for example, old, new in zip(self.asked, self.before, self.after, strict=True)
        )

    @property
    def told_apart(self) -> int:
        """How many different values the examples had before the commit; errors are none."""
        return len({old.text for _, old, _ in self.compared if not old.text.startswith(RAISES)})

    @property
    def changed(self) -> list[Compared]:
        """The examples that they answer differently, but for those that end up being answered as at first."""
        return [each for each in self._changed if not each[0].is_sought]

    @property
    def sought(self) -> list[Compared]:
        """The examples that both versions answer of those that were sought."""
        return [each for each in self._compared if each[0].is_sought]

    @property
    def sought_changed(self) -> list[Compared]:
        """Those of them that they answer differently."""
        return [each for each in self._changed if each[0].is_sought]

    @property
    def is_alike(self) -> bool:
        """Whether they answer nothing differently."""
        return not self._answered_otherwise

    @property
    def is_undone(self) -> bool:
        """Whether all that they answer differently is in the end answered as at first."""
        return bool(self._answered_otherwise) and not self._changed

    @property
    def doubtful(self) -> int:
        """How many are answered differently while other functions of other packages are asked.

        Two such functions may well give the same; nobody here knows.
        """
        return sum(old.text != new.text and old.strangers != new.strangers for _, old, new in self.compared)

    @property
    def _compared(self) -> list[Compared]:
        return [
            (example, old, new)
            for example, old, new in zip(self.asked, self.before, self.after, strict=True)
            if old is not None and new is not None
        ]

    @property
    def _answered_otherwise(self) -> list[Compared]:
        return [each for each in self._compared if are_apart(*each[1:])]

    @property
    def _changed(self) -> list[Compared]:
        ends = zip(self.asked, self.first, self.last, strict=True)
        same = {id(example) for example, first, last in ends if first and last and first.text == last.text}
        return [each for each in self._answered_otherwise if id(each[0]) not in same]
