"""The model's logged inputs, averaged per time cell."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bisect_ml.sources.cells import TimeCells
from bisect_ml.sources.outputs import LARGEST
from bisect_ml.sources.rows import Rows
from bisect_ml.types import FloatArray, Series


def average_features(rows: Rows, cells: TimeCells) -> tuple[Series, ...]:
    """Return the mean of each feature, with the rows that have it as counts."""
    if not rows.features:
        return ()
    numbers = range(len(rows.features))
    clean = ", ".join(f"CASE WHEN abs(f{at}) < {LARGEST} THEN f{at} END AS f{at}" for at in numbers)
    means = ", ".join(f"avg(f{at}) AS mean{at}, count(f{at}) AS n{at}" for at in numbers)
    condition = rows.between(*cells.bounds_us(0, len(cells.starts_us)))
    found = rows.database.arrays(
        f"SELECT cell, {means} FROM (SELECT {cells.sql} AS cell, {clean} FROM {rows.relation}{cells.join} "
        f"WHERE {condition}) GROUP BY cell"
    )
    return tuple(
        Series(
            metric=f"feature[{name}]",
            slice=None,
            times=cells.times,
            width_s=cells.width_s,
            values=_scatter(cells, found["cell"], found[f"mean{at}"], np.nan),
            counts=_scatter(cells, found["cell"], found[f"n{at}"], 0.0),
        )
        for at, name in enumerate(rows.features)
    )


def _scatter(cells: TimeCells, at: NDArray[Any], values: NDArray[Any], empty: float) -> FloatArray:
    placed = np.full(len(cells.starts_us), empty)
    placed[at] = values
    return placed
