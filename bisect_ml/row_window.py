"""The raw rows around an onset, as `sources` reads them and the stages look at them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bisect_ml.types import FloatArray

CodeArray: TypeAlias = NDArray[np.intp]
Mask: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SliceCodes:
    """The slice value of each row as a code: its place in `values`, or -1 where missing or rare."""

    values: tuple[str, ...]
    codes: CodeArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RowWindow:
    """Rows from a moment to before another, in the order of time; a sample where they are too many.

    `times` are epoch seconds. `values` are predictions, NaN where there is none; for labels they are
    places in `classes`, the largest class first. `slices` has an entry for each slice column, `versions`
    the version that served each row, None without a version column.
    """

    times: FloatArray
    values: FloatArray
    classes: tuple[str, ...] = ()
    slices: Mapping[str, SliceCodes] = field(default_factory=dict)
    versions: SliceCodes | None = None

    def in_slice(self, column: str, value: str) -> Mask:
        """Whether each row lies in a slice; no row does where the slice is rare."""
        each = self.slices[column]
        if value not in each.values:
            return np.zeros(len(self.times), dtype=bool)
        held: Mask = each.codes == each.values.index(value)
        return held

    @property
    def cells(self) -> CodeArray:
        """A small code per row: equal for rows that agree in all slice columns."""
        cells = np.zeros(len(self.times), dtype=np.intp)
        for each in self.slices.values():
            # Renumbering after each column keeps the product of many columns from overflowing.
            cells = np.unique(cells * (len(each.values) + 1) + each.codes + 1, return_inverse=True)[1]
        return cells
