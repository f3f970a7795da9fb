"""Rows in the order of time, where reading them window by window would else read too much.

Quantiles are taken window by window. In a file in the order of time each window is a part of the
file; in any other, each window reads the whole file again.
"""

from collections.abc import Sequence

from bisect_ml.sources.cells import TimeCells
from bisect_ml.sources.row_groups import row_groups_sql
from bisect_ml.sources.rows import Rows, copy_rows

# Sorting into a temporary file costs about as much as reading the file this often.
MOST_READS = 5.0


def order_rows(rows: Rows, cells: TimeCells, windows: Sequence[tuple[int, int]]) -> Rows:
    """Return the rows so that the windows read each of them a few times at most, sorted if need be."""
    if not rows.parquet or len(windows) <= MOST_READS or count_reads(rows, cells, windows) <= MOST_READS:
        return rows
    columns = "*" if rows.direct is None else "* EXCLUDE (raw)"
    # A sort takes what it is given, and with less it spills without being much slower.
    with rows.database.memory_limit("384MB"):
        return copy_rows(rows, f"SELECT {columns} FROM {rows.relation} WHERE t IS NOT NULL ORDER BY t")


def count_reads(rows: Rows, cells: TimeCells, windows: Sequence[tuple[int, int]]) -> float:
    """How many windows the usual row is read for, judged by the row groups' bounds of time.

    A row group without bounds is read for every window.
    """
    starts = ", ".join(str(cells.bounds_us(*window)[0]) for window in windows)
    (reads,) = rows.database.row(
        f"""SELECT sum(n * CASE WHEN low IS NULL OR high IS NULL THEN {len(windows)}
            ELSE len(list_filter([{starts}], lambda start: start > low AND start <= high)) + 1 END) / sum(n)
        FROM ({row_groups_sql(rows)})"""
    )
    return float(reads or len(windows))
