"""Rows aggregated per time cell, overall and per slice, in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bisect_ml.sources.cells import TimeCells, count_rows
from bisect_ml.sources.database import literal
from bisect_ml.sources.rows import PREDICTION, Rows
from bisect_ml.types import FloatArray

QUANTILES = {"p05": 0.05, "p50": 0.5, "p95": 0.95}
EXTREMES = {"least": "min(p)", "most": "max(p)"}
# Exact quantiles hold every value in memory, once per grouping set, and cannot spill.
WINDOW_VALUES = 6_000_000
FEW_VALUES = 100

Population: TypeAlias = tuple[int, str] | None
"""Rows that are looked at together: the number of a slice column and a value, or None for all rows."""

Groups: TypeAlias = Mapping[str, NDArray[Any]]
"""One group in each place of the arrays: its cell, `col` (number of its slice column, -1 for all rows),
`value`, for labels `class` (None for all classes together), `n` rows, `filled` and the measures."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grid:
    """What one population has in each time cell.

    `rows` and `filled` count rows, and those with a prediction; `given` those that have one, NaN and
    infinity included, which count as none. `numbers` holds `mean` and `std`, the quantiles that were
    asked for and with them `least` and `most`, NaN where a cell has none; `classes` the rows of each class.
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
    overall: bool = True,
    slices: Mapping[int, Sequence[str] | int],
    classes: Sequence[str] = (),
    windows: Sequence[tuple[int, int]] | None = None,
) -> dict[Population, Grid]:
    """Aggregate the rows of each time cell: all of them, and those of each wanted slice.

    One pass of grouping sets, or one per window of cells with exact quantiles.

    Args:
        rows: The log.
        cells: The grid.
        overall: Whether all rows are a population too.
        slices: By number of slice column the wanted values, or how many of the largest.
        classes: The classes that count, where the predictions are labels.
        windows: Runs of cells, first and stop, few enough rows each for the quantiles; None for none.
    """
    wanted = {at: _wanted(rows, at, values) for at, values in slices.items() if values}
    if not (overall or wanted):
        return {}
    whole = [(0, len(cells.starts_us))]
    query = _query(rows, cells, overall, wanted, quantiles=windows is not None)
    found = [
        rows.database.arrays(query.replace("{condition}", rows.between(*cells.bounds_us(*window))))
        for window in windows or whole
    ]
    groups = {name: np.concatenate([part[name] for part in found]) for name in found[0]}
    populations: list[Population] = [None] if overall else []
    for at, values in wanted.items():
        kept = _largest(groups, at, values) if isinstance(values, int) else values
        populations += [(at, value) for value in kept]
    return _scatter(groups, populations, classes, len(cells.starts_us))


def _wanted(rows: Rows, column: int, values: Sequence[str] | int) -> Sequence[str] | int:
    """The values, asked of the log first where there are too many to aggregate them all."""
    if isinstance(values, int) and _is_wide(rows, column, values):
        return rows.largest(f"s{column}", values)
    return values


def _is_wide(rows: Rows, column: int, wanted: int) -> bool:
    """Whether a column has many more values than are wanted."""
    return rows.distinct[column] > max(FEW_VALUES, 2 * wanted)


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
    rows: Rows,
    cells: TimeCells,
    overall: bool,
    wanted: Mapping[int, Sequence[str] | int],
    *,
    quantiles: bool,
) -> str:
    label = rows.kind == "label"
    slices = "".join(f", {_slice(rows, at, values)} AS s{at}" for at, values in wanted.items())
    keys = ["cell"] if overall else []
    keys += [f"cell, s{at}" for at in wanted]
    sets = [f"({key}{tail})" for key in keys for tail in (("", ", c") if label else ("",))]
    # A column is NULL both where its set does not group by it and where the row has no kept value.
    column = "".join(f" WHEN grouping(s{at}) = 0 THEN {at}" for at in wanted)
    value = f"coalesce({', '.join(f's{at}' for at in wanted)})" if wanted else "NULL::VARCHAR"
    measures = (
        "count(c) AS filled, count(c) AS given, c AS class, grouping(c) = 0 AS of_class"
        if label
        else _measures(quantiles)
    )
    return (
        f"SELECT cell, {f'CASE{column} ELSE -1 END' if wanted else '-1'} AS col, {value} AS value, "
        f"count(*) AS n, {measures} "
        f"FROM (SELECT {cells.sql} AS cell, {'c' if label else f'p AS given, {PREDICTION} AS p'}{slices} "
        f"FROM {rows.relation}{cells.join} WHERE {{condition}}) GROUP BY GROUPING SETS ({', '.join(sets)})"
    )


def _slice(rows: Rows, column: int, values: Sequence[str] | int) -> str:
    # The test of each row costs more than a few groups too many, which are dropped when they come in.
    if isinstance(values, int) or not _is_wide(rows, column, len(values)):
        return f"s{column}"
    return f"CASE WHEN s{column} IN ({', '.join(map(literal, values))}) THEN s{column} END"


def _measures(quantiles: bool) -> str:
    base = "count(p) AS filled, count(given) AS given, avg(p) AS mean, stddev_samp(p) AS std"
    if not quantiles:
        return base
    levels = ", ".join(map(str, QUANTILES.values()))
    listed = f"quantile_cont(p, [{levels}])"
    base += "".join(f", {listed}[{at}] AS {name}" for at, name in enumerate(QUANTILES, start=1))
    return base + "".join(f", {sql} AS {name}" for name, sql in EXTREMES.items())


def _largest(groups: Groups, column: int, limit: int) -> list[str]:
    """The values of a slice column with the most rows, the largest first."""
    mine = groups["col"] == column
    if "of_class" in groups:
        mine &= ~groups["of_class"]
    totals: dict[str | None, int] = {}
    for value, rows in zip(groups["value"][mine].tolist(), groups["n"][mine].tolist(), strict=True):
        totals[value] = totals.get(value, 0) + rows
    there = [value for value in totals if value is not None]
    return sorted(there, key=lambda value: (-totals[value], value))[:limit]


def _scatter(
    groups: Groups, populations: Sequence[Population], classes: Sequence[str], cells: int
) -> dict[Population, Grid]:
    """Put the groups in their cells; those of no wanted population are dropped."""
    codes = {population: code for code, population in enumerate(populations)}
    keys = (
        None if column < 0 else (column, value)
        for column, value in zip(groups["col"].tolist(), groups["value"].tolist(), strict=True)
    )
    code = np.fromiter((codes.get(key, -1) for key in keys), dtype=np.int64, count=len(groups["col"]))
    of_class = groups.get("of_class", np.zeros(len(code), dtype=bool))

    def place(name: str, chosen: NDArray[np.bool_], empty: float) -> FloatArray:
        grid = np.full((len(populations), cells), empty)
        grid[code[chosen], groups["cell"][chosen]] = groups[name][chosen]
        return grid

    known = code >= 0
    whole = known & ~of_class
    counts = {name: place(name, whole, 0.0) for name in ("n", "filled", "given")}
    measured = ("mean", "std", *QUANTILES, *EXTREMES)
    numbers = {name: place(name, whole, np.nan) for name in measured if name in groups}
    shares = {name: place("n", known & of_class & (groups["class"] == name), 0.0) for name in classes}
    return {
        population: Grid(
            rows=counts["n"][at],
            filled=counts["filled"][at],
            given=counts["given"][at],
            numbers={name: grid[at] for name, grid in numbers.items()},
            classes={name: grid[at] for name, grid in shares.items()},
        )
        for population, at in codes.items()
    }
