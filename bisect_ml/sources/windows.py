"""The raw rows of a short stretch of time, for a closer look than buckets give."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bisect_ml.sources.database import literal
from bisect_ml.sources.rows import PREDICTION, Rows
from bisect_ml.types import FloatArray

CodeArray: TypeAlias = NDArray[np.intp]

MAX_SLICE_CODES = 200
# More rows than these say little more about where an onset lies, and would not fit beside a large log.
MAX_WINDOW_ROWS = 500_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SliceCodes:
    """The slice value of each row as a code: its place in `values`, or -1 where missing or rare."""

    values: tuple[str, ...]
    codes: CodeArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RowWindow:
    """Rows from a moment to before another, in the order of time; a sample where they are too many.

    `times` are epoch seconds. `values` are predictions, NaN where there is none; for labels they are
    places in `classes`, the largest class first. `slices` has an entry for each slice column.
    """

    times: FloatArray
    values: FloatArray
    classes: tuple[str, ...] = ()
    slices: Mapping[str, SliceCodes] = field(default_factory=dict)

    def in_slice(self, column: str, value: str) -> NDArray[np.bool_]:
        """Whether each row lies in a slice; no row does where the slice is rare."""
        each = self.slices[column]
        if value not in each.values:
            return np.zeros(len(self.times), dtype=bool)
        held: NDArray[np.bool_] = each.codes == each.values.index(value)
        return held

    @property
    def cells(self) -> CodeArray:
        """A small code per row: equal for rows that agree in all slice columns."""
        cells = np.zeros(len(self.times), dtype=np.intp)
        for each in self.slices.values():
            # Renumbering after each column keeps the product of many columns from overflowing.
            cells = np.unique(cells * (len(each.values) + 1) + each.codes + 1, return_inverse=True)[1]
        return cells


def read_window(rows: Rows, start_us: int, end_us: int, classes: tuple[str, ...]) -> RowWindow:
    """Return the readable rows from `start_us` to before `end_us`, evenly thinned where they are too many.

    Which rows are kept depends on the rows alone, so that a log gives the same answer each time.
    """
    condition = rows.between(start_us, end_us)
    (count,) = rows.database.row(f"SELECT count(*) FROM {rows.relation} WHERE {condition}")
    if count > MAX_WINDOW_ROWS:
        condition += f" AND hash(t, p) % {-(-count // MAX_WINDOW_ROWS)} = 0"
    # The stretch is copied once: each of the queries below would find its place in the files again.
    output = "c" if rows.kind == "label" else f"{PREDICTION} AS p"
    columns = "".join(f", s{at}" for at in range(len(rows.slices)))
    rows.database.run(
        f"CREATE OR REPLACE TEMP TABLE stretch AS "
        f"SELECT t, {output}{columns} FROM {rows.relation} WHERE {condition}"
    )
    stretch = replace(rows, relation="stretch")
    values = {at: stretch.largest(f"s{at}", MAX_SLICE_CODES) for at in range(len(rows.slices))}
    prediction = f"{_code('c', classes)} AS p" if rows.kind == "label" else "p"
    codes = "".join(f", {_code(f's{at}', found)} AS s{at}" for at, found in values.items())
    found = rows.database.arrays(f"SELECT t / 1e6 AS t, {prediction}{codes} FROM stretch ORDER BY stretch.t")
    rows.database.run("DROP TABLE stretch")
    return RowWindow(
        times=found["t"].astype(np.float64),
        values=found["p"].astype(np.float64),
        classes=classes,
        slices={
            name: SliceCodes(values=values[at], codes=_filled(found[f"s{at}"]))
            for at, name in enumerate(rows.slices)
        },
    )


def _code(column: str, values: tuple[str, ...]) -> str:
    """Write the place of a text in a list; NULL where it is not there."""
    if not values:
        return "NULL::DOUBLE"
    return f"enum_code(TRY_CAST({column} AS ENUM({', '.join(map(literal, values))})))"


def _filled(codes: NDArray[np.generic]) -> CodeArray:
    return np.nan_to_num(codes.astype(np.float64), nan=-1.0).astype(np.intp)
