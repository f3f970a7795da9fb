"""The classes that pairs had on either side, as a matrix: a row a class of the base."""

from collections.abc import Sequence
from dataclasses import dataclass

from bisect_ml.saved_check import ClassFlip


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """How many pairs went from the class of a row to that of a column; None on the diagonal.

    `cut` counts the pairs whose class is not listed, on either side.
    """

    classes: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]
    largest: int
    cut: int


def flip_matrix(flips: Sequence[ClassFlip], most: int) -> Matrix:
    """Lay flips out by class, of which the `most` with most flips are kept, in the order of their names."""
    touched: dict[str, int] = {}
    for flip in flips:
        for name in (flip.base, flip.head):
            touched[name] = touched.get(name, 0) + flip.rows
    classes = sorted(sorted(touched, key=lambda name: -touched[name])[:most])
    counts: dict[tuple[str, str], int] = {}
    for flip in flips:
        counts[flip.base, flip.head] = counts.get((flip.base, flip.head), 0) + flip.rows
    rows = tuple(
        (base, tuple(None if base == head else counts.get((base, head), 0) for head in classes))
        for base in classes
    )
    shown = sum(count or 0 for _, cells in rows for count in cells)
    return Matrix(
        classes=tuple(classes),
        rows=rows,
        largest=max((count or 0 for _, cells in rows for count in cells), default=0),
        cut=sum(flip.rows for flip in flips if flip.base != flip.head) - shown,
    )
