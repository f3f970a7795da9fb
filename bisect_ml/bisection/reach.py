"""Which commits of a range each of them descends from."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bisect_ml.types import FloatArray

Mask: TypeAlias = NDArray[np.bool_]
Places: TypeAlias = NDArray[np.intp]

_BLOCK = 1024


class Reach:
    """The commits of a range with what each of them reaches within it, itself included.

    One bit a pair: a range of twenty thousand commits takes 50 MB.

    Args:
        parents: The commits, each with its parents, parents first; the last one reaches all others. Parents
            that are not among them lie outside of the range.
    """

    def __init__(self, parents: Mapping[str, Sequence[str]]) -> None:
        self.shas = tuple(parents)
        self.places = {sha: place for place, sha in enumerate(self.shas)}
        count = len(self.shas)
        self._rows = np.zeros((count, (count + 7) // 8), dtype=np.uint8)
        for place, sha in enumerate(self.shas):
            row = self._rows[place]
            row[place // 8] |= np.uint8(128 >> place % 8)
            for parent in parents[sha]:
                if parent in self.places:
                    row |= self._rows[self.places[parent]]
        self.first_parents = tuple(self.places.get(next(iter(parents[sha]), ""), None) for sha in self.shas)

    def __len__(self) -> int:
        return len(self.shas)

    def of(self, place: int) -> Mask:
        """Return which commits a commit reaches."""
        return np.unpackbits(self._rows[place], count=len(self)).astype(np.bool_)

    def sums(self, weights: FloatArray) -> FloatArray:
        """Return for each commit the sum of the weights of what it reaches."""
        found = np.empty(len(self))
        for start in range(0, len(self), _BLOCK):
            block = np.unpackbits(self._rows[start : start + _BLOCK], axis=1, count=len(self))
            found[start : start + _BLOCK] = block @ weights
        return found

    def main_line(self) -> tuple[int, ...]:
        """Return the first parents from the last commit on, oldest first."""
        line: list[int] = []
        place: int | None = len(self) - 1
        while place is not None:
            line.append(place)
            place = self.first_parents[place]
        return tuple(reversed(line))
