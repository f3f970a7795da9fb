"""Rows aggregated per time cell, overall and per slice, in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bisect_ml.sources.cells import TimeCells, count_rows
from bisect_ml.sources.database import literal
from bisect_ml.sources.rows import PREDICTION, Rows
from bisect_ml.types import FloatArray

QUANTILES = {"p05": 0.05, "p50": 0.5, "p95": 0.95}
# Exact quantiles hold every value in memory, once per grouping set, and cannot spill.
WINDOW_VALUES = 6_000_000

Population = tuple[int, str]
"""A slice as the rows know it: the number of its column, and its value."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grid:
    """What one population (all rows, or one slice) has in each time cell.

    `rows` and `filled` count rows, and those with a prediction; `given` those that have one that may be
    NaN or infinite, which counts as none. `numbers` holds `mean`, `std` and the
    quantiles that were asked for, NaN where a cell has none; `classes` the rows of each class.
    """

    rows: FloatArray
    filled: FloatArray
    given: FloatArray
    numbers: Mapping[str, FloatArray]
    classes: Mapping[str, FloatArray]


def aggregate(
    rows: Rows,
    cells: TimeCells,
    *,
    overall: bool,
    kept: Mapping[int, Sequence[str]],
    windows: Sequence[tuple[int, int]] | None = None,
) -> dict[Population | None, Grid]:
    """Aggregate the rows of each time cell: all of them (None), and those of each kept slice value.

    One pass of grouping sets, or one per window of cells with exact quantiles.

    Args:
        rows: The log.
        cells: The grid.
        overall: Whether to include all rows as a population of their own.
        kept: The values to keep, by number of slice column.
        windows: Runs of cells, first and stop, few enough rows each for the quantiles; None for none.
    """
    columns = [at for at, values in kept.items() if values]
    if not (overall or columns):
        return {}
    populations: list[Population | None] = [None] if overall else []
    populations += [(at, value) for at in columns for value in kept[at]]
    quantiles = windows is not None and rows.kind != "label"
    query = _query(rows, cells, overall, {at: kept[at] for at in columns}, quantiles)
    names = ["mean", "std", *(QUANTILES if quantiles else ())] if rows.kind != "label" else []
    grids = _Grids(populations, len(cells.starts_us), names)
    for window in windows if quantiles and windows else [(0, len(cells.starts_us))]:
        condition = rows.between(*cells.bounds_us(*window))
        grids.add(rows.database.arrays(query.replace("{condition}", condition)))
    return grids.finished()


def plan_windows(rows: Rows, cells: TimeCells, sets: int) -> list[tuple[int, int]]:
    """Return runs of cells whose rows fit in memory once for each grouping set, or of one cell alone."""
    limit = WINDOW_VALUES // sets
    windows, first, held = [], 0, 0
    for cell, count in enumerate(count_rows(rows, cells).tolist()):
        if held and held + count > limit:
            windows.append((first, cell))
            first, held = cell, 0
        held += count
    return [*windows, (first, len(cells.starts_us))]


def _query(
    rows: Rows, cells: TimeCells, overall: bool, kept: Mapping[int, Sequence[str]], quantiles: bool
) -> str:
    label = rows.kind == "label"
    slices = "".join(f", {_slice(at, values, at in rows.wide)} AS s{at}" for at, values in kept.items())
    keys = ["cell"] if overall else []
    keys += [f"cell, s{at}" for at in kept]
    sets = [f"({key}{tail})" for key in keys for tail in (("", ", c") if label else ("",))]
    # A column is NULL both where its set does not group by it and where the row has no kept value.
    column = "".join(f" WHEN grouping(s{at}) = 0 THEN {at}" for at in kept)
    value = f"coalesce({', '.join(f's{at}' for at in kept)})" if kept else "NULL::VARCHAR"
    measures = (
        "count(c) AS filled, count(c) AS given, c AS class, grouping(c) AS whole"
        if label
        else _measures(quantiles)
    )
    return (
        f"SELECT cell, {f'CASE{column} ELSE -1 END' if kept else '-1'} AS col, {value} AS value, "
        f"count(*) AS n, {measures} "
        f"FROM (SELECT {cells.sql} AS cell, {'c' if label else f'p AS given, {PREDICTION} AS p'}{slices} "
        f"FROM {rows.relation}{cells.join} WHERE {{condition}}) GROUP BY GROUPING SETS ({', '.join(sets)})"
    )


def _slice(column: int, values: Sequence[str], wide: bool) -> str:
    # The test of each row costs more than a few groups too many, which are dropped when they come in.
    if not wide:
        return f"s{column}"
    return f"CASE WHEN s{column} IN ({', '.join(map(literal, values))}) THEN s{column} END"


def _measures(quantiles: bool) -> str:
    base = "count(p) AS filled, count(given) AS given, avg(p) AS mean, stddev_samp(p) AS std"
    if not quantiles:
        return base
    levels = ", ".join(map(str, QUANTILES.values()))
    listed = f"quantile_cont(p, [{levels}])"
    return base + "".join(f", {listed}[{at}] AS {name}" for at, name in enumerate(QUANTILES, start=1))


class _Grids:
    """The grids of all populations while the windows come in."""

    def __init__(self, populations: Sequence[Population | None], cells: int, names: Sequence[str]) -> None:
        self._codes = {population: code for code, population in enumerate(populations)}
        self._shape = (len(populations), cells)
        self._rows = np.zeros(self._shape)
        self._filled = np.zeros(self._shape)
        self._given = np.zeros(self._shape)
        self._numbers = {name: np.full(self._shape, np.nan) for name in names}
        self._classes: dict[str, FloatArray] = {}

    def add(self, found: Mapping[str, NDArray[Any]]) -> None:
        """Put the groups of a window in their places; groups of no kept population are dropped."""
        columns, values = found["col"].tolist(), found["value"].tolist()
        keys = (
            None if column < 0 else (column, value) for column, value in zip(columns, values, strict=True)
        )
        codes = np.fromiter((self._codes.get(key, -1) for key in keys), dtype=np.int64, count=len(columns))
        known = codes >= 0
        whole = known & (found["whole"] == 1) if "whole" in found else known
        place = codes[whole], found["cell"][whole]
        self._rows[place] = found["n"][whole]
        self._filled[place] = found["filled"][whole]
        self._given[place] = found["given"][whole]
        for name, grid in self._numbers.items():
            grid[place] = found[name][whole]
        if "whole" in found:
            self._add_classes(codes, found, known & ~whole)

    def _add_classes(
        self, codes: NDArray[np.int64], found: Mapping[str, NDArray[Any]], chosen: NDArray[np.bool_]
    ) -> None:
        classes = found["class"]
        for name in {name for name in classes[chosen].tolist() if name is not None}:
            mine = chosen & (classes == name)
            grid = self._classes.setdefault(name, np.zeros(self._shape))
            grid[codes[mine], found["cell"][mine]] = found["n"][mine]

    def finished(self) -> dict[Population | None, Grid]:
        """Return one grid for each population."""
        return {
            population: Grid(
                rows=self._rows[code],
                filled=self._filled[code],
                given=self._given[code],
                numbers={name: grid[code] for name, grid in self._numbers.items()},
                classes={name: grid[code] for name, grid in self._classes.items()},
            )
            for population, code in self._codes.items()
        }
