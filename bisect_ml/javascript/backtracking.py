"""The search of JavaScript for patterns with which `re` could go on for ever."""

from bisect_ml.interpreter import backtracking
from bisect_ml.interpreter.characters import Dialect
from bisect_ml.javascript.realm import NOW

_DIALECT = Dialect(of_scripts=True)


class Match:
    """What was found, as much of `re.Match` as is needed."""

    __slots__ = ("_spans", "_text")

    def __init__(self, text: str, spans: list[tuple[int, int] | None]) -> None:
        self._text, self._spans = text, spans

    def __getitem__(self, group: int) -> str | None:
        span = self._spans[group]
        return None if span is None else self._text[span[0] : span[1]]

    def groups(self) -> tuple[str | None, ...]:
        """Return what all groups hold."""
        return tuple(self[group] for group in range(1, len(self._spans)))

    def start(self) -> int:
        """Return where it begins."""
        return self._spans[0][0] if self._spans[0] else -1

    def end(self) -> int:
        """Return where it ends."""
        return self._spans[0][1] if self._spans[0] else -1


class Backtracker:
    """A pattern whose search takes steps of the budget.

    Args:
        pattern: As `re` writes it.
        flags: Of `re`.
    """

    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern = backtracking.Backtracker(pattern, flags, _DIALECT)

    def match(self, text: str, place: int) -> Match | None:
        """Return the match at a place."""
        found = self._pattern.match(text, place, NOW.machine.spend)
        return None if found is None else Match(text, found[0])

    def search(self, text: str, place: int) -> Match | None:
        """Return the first match from a place on."""
        for start in range(place, len(text) + 1):
            found = self.match(text, start)
            if found is not None:
                return found
        return None
