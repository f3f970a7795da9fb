"""From the grids of the populations to the named series that the detector reads."""

from collections.abc import Mapping, Sequence

import numpy as np

from bisect_ml.sources.buckets import QUANTILES, Grid, Population
from bisect_ml.sources.cells import TimeCells
from bisect_ml.types import FloatArray, PredictionKind, Series, Slice

MAX_CLASS_SERIES = 10
# With fewer rows a cell, a spread or a tail says nothing.
MIN_SPREAD_ROWS = 5


def make_series(
    grids: Mapping[Population, Grid],
    cells: TimeCells,
    columns: Sequence[str],
    kind: PredictionKind,
) -> tuple[Series, ...]:
    """Name the metrics of each population, the one of all rows first.

    Counts of rows stand behind `null_rate` and `count`, of predictions behind the other metrics.
    """
    found: list[Series] = []
    for population, grid in grids.items():
        part = None if population is None else Slice(column=columns[population[0]], value=population[1])
        there = np.flatnonzero(grid.rows > 0) if cells.width_us is None else np.arange(len(grid.rows))
        for metric, (values, counts) in _metrics(grid, kind, part is None).items():
            found.append(
                Series(
                    metric=metric,
                    slice=part,
                    times=cells.times[there],
                    width_s=cells.width_s,
                    values=values[there],
                    counts=counts[there],
                )
            )
    return tuple(found)


def _metrics(grid: Grid, kind: PredictionKind, overall: bool) -> dict[str, tuple[FloatArray, FloatArray]]:
    if kind == "label":
        found = {
            f"share[{name}]": (_divide(rows, grid.filled), grid.filled) for name, rows in grid.classes.items()
        }
    else:
        found = {name: (values, grid.filled) for name, values in _numbers(grid, kind, overall).items()}
    found["null_rate"] = (_divide(grid.rows - grid.filled, grid.rows), grid.rows)
    found["count"] = (grid.rows, grid.rows)
    return found


def _numbers(grid: Grid, kind: PredictionKind, overall: bool) -> dict[str, FloatArray]:
    found = {"mean": grid.numbers["mean"]}
    filled = grid.filled[grid.filled > 0]
    # Of true and false the mean says all.
    if kind == "boolean" or not len(filled) or np.median(filled) < MIN_SPREAD_ROWS:
        return found
    if overall:
        found["std"] = grid.numbers["std"]
    return found | {name: grid.numbers[name] for name in QUANTILES if name in grid.numbers}


def _divide(part: FloatArray, whole: FloatArray) -> FloatArray:
    share = np.full(len(whole), np.nan)
    np.divide(part, whole, out=share, where=whole > 0)
    return share


def pick_classes(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Choose the classes that get a series: the largest ones, and of two only the rarer.

    The share of the other one of two is its mirror image and would count every break twice.
    """
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    return tuple(ordered[1:2] if len(ordered) == 2 else ordered[:MAX_CLASS_SERIES])
