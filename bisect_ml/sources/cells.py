"""The time cells that rows are grouped into: even buckets, or the log's own irregular moments."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bisect_ml.errors import ConfigError
from bisect_ml.sources.rows import Rows
from bisect_ml.types import FloatArray

MAX_CELLS = 100_000
# A log is sparse when its moments are few and each holds few rows: an evaluation per commit or night.
MAX_POINTS = 2_000
MAX_ROWS_PER_POINT = 50

IntArray: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TimeCells:
    """Time cells in order.

    `starts_us` are their starts, `end_us` is the end of the last; `width_us` is None for irregular
    moments. `sql` is the number of a row's cell, once `join` stands after the rows' relation.
    """

    starts_us: IntArray
    end_us: int
    width_us: int | None
    sql: str
    join: str = ""

    @property
    def times(self) -> FloatArray:
        """Starts of the cells in epoch seconds."""
        return self.starts_us / 1e6

    @property
    def width_s(self) -> float | None:
        """Width of a cell in seconds, None for irregular moments."""
        return None if self.width_us is None else self.width_us / 1e6

    def bounds_us(self, first: int, stop: int) -> tuple[int, int]:
        """Where the cells from `first` to before `stop` begin and end."""
        end = self.end_us if stop >= len(self.starts_us) else int(self.starts_us[stop])
        return int(self.starts_us[first]), end


def make_buckets(start_us: int, end_us: int, width_us: int) -> TimeCells:
    """Return the complete grid, aligned to 1970 in UTC, from the bucket of the first row to the last's.

    Raises:
        ConfigError: The buckets would be too many to hold.
    """
    first, last = start_us // width_us, end_us // width_us
    if last - first >= MAX_CELLS:
        raise ConfigError(
            f"buckets of {width_us / 1e6:g} s would be {last - first + 1:,} in this log",
            f"choose a width that makes at most {MAX_CELLS:,}, or leave the choice to the tool",
        )
    return TimeCells(
        starts_us=np.arange(first, last + 1, dtype=np.int64) * width_us,
        end_us=(last + 1) * width_us,
        width_us=width_us,
        sql=f"((t - {first * width_us}) // {width_us})::INTEGER",
    )


def make_points(rows: Rows, start_us: int, end_us: int) -> TimeCells:
    """Return one cell for each moment at which the log has rows."""
    rows.database.run(
        f"CREATE OR REPLACE TEMP TABLE moments AS "
        "SELECT t, (row_number() OVER (ORDER BY t) - 1)::INTEGER AS cell "
        f"FROM (SELECT DISTINCT t FROM {rows.relation} WHERE {rows.between(start_us, end_us + 1)})"
    )
    starts = rows.database.arrays("SELECT t FROM moments ORDER BY t")["t"]
    return TimeCells(
        starts_us=starts.astype(np.int64),
        end_us=end_us + 1,
        width_us=None,
        sql="cell",
        join=" JOIN moments USING (t)",
    )


def count_moments(rows: Rows, condition: str, count: int) -> int:
    """Return how many moments have rows; to a few per cent where `count` rows are too many to be sparse."""
    exact = count <= MAX_POINTS * MAX_ROWS_PER_POINT
    counted = "count(DISTINCT t)" if exact else "approx_count_distinct(t)"
    (found,) = rows.database.row(f"SELECT {counted} FROM {rows.relation} WHERE {condition}")
    return int(found)


def is_sparse(count: int, moments: int) -> bool:
    """Tell whether each moment of that many rows is better kept as a point of its own."""
    return moments <= MAX_POINTS and count <= MAX_ROWS_PER_POINT * min(moments, MAX_POINTS)


def count_rows(rows: Rows, cells: TimeCells) -> IntArray:
    """Return the readable rows of each cell."""
    start_us, end_us = cells.bounds_us(0, len(cells.starts_us))
    found = rows.database.arrays(
        f"SELECT {cells.sql} AS cell, count(*) AS n FROM {rows.relation}{cells.join} "
        f"WHERE {rows.between(start_us, end_us)} GROUP BY cell"
    )
    counts = np.zeros(len(cells.starts_us), dtype=np.int64)
    counts[found["cell"]] = found["n"]
    return counts
