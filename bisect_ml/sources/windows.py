"""The raw rows of a short stretch of time, for a closer look than buckets give."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bisect_ml.row_window import CodeArray, RowWindow, SliceCodes
from bisect_ml.sources.database import literal
from bisect_ml.sources.rows import PREDICTION, Rows

MAX_SLICE_CODES = 200
MAX_VERSION_CODES = 50
# More rows than these say little more about where an onset lies, and would not fit beside a large log.
MAX_WINDOW_ROWS = 500_000


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
    columns = "".join(f", s{at}" for at in range(len(rows.slices))) + (", v" if rows.has_version else "")
    rows.database.run(
        f"CREATE OR REPLACE TEMP TABLE stretch AS "
        f"SELECT t, {output}{columns} FROM {rows.relation} WHERE {condition}"
    )
    stretch = replace(rows, relation="stretch")
    values = {at: stretch.largest(f"s{at}", MAX_SLICE_CODES) for at in range(len(rows.slices))}
    prediction = f"{_code('c', classes)} AS p" if rows.kind == "label" else "p"
    versions = stretch.largest("v", MAX_VERSION_CODES) if rows.has_version else ()
    codes = "".join(f", {_code(f's{at}', found)} AS s{at}" for at, found in values.items())
    codes += f", {_code('v', versions)} AS v" if versions else ""
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
        versions=SliceCodes(values=versions, codes=_filled(found["v"])) if versions else None,
    )


def _code(column: str, values: tuple[str, ...]) -> str:
    """Write the place of a text in a list; NULL where it is not there."""
    if not values:
        return "NULL::DOUBLE"
    return f"enum_code(TRY_CAST({column} AS ENUM({', '.join(map(literal, values))})))"


def _filled(codes: NDArray[np.generic]) -> CodeArray:
    return np.nan_to_num(codes.astype(np.float64), nan=-1.0).astype(np.intp)
