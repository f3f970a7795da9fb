"""What Parquet files say of their row groups without being read."""

from bisect_ml.sources.database import identifier, literal, literals
from bisect_ml.sources.rows import Rows

EXACT_TYPES = ("TIMESTAMP", "DATE", "BIGINT", "INTEGER", "UBIGINT", "UINTEGER")


def row_groups_sql(rows: Rows) -> str:
    """Write the query for the row groups: rows `n`, rows without a time `nulls`, bounds `low` and `high`.

    The bounds are microseconds since 1970; what a file does not say is NULL.
    """
    column = "t" if rows.direct is None else rows.raw_time[0]
    return (
        f"SELECT row_group_num_rows AS n, stats_null_count AS nulls, "
        f"{_moment(rows, 'stats_min_value')} AS low, {_moment(rows, 'stats_max_value')} AS high "
        f"FROM parquet_metadata({literals(rows.parquet)}) WHERE path_in_schema = {literal(column)}"
    )


def count_by_statistics(rows: Rows) -> tuple[int, int, int, int] | None:
    """Return the rows, those with a time, and the first and last moment; None where files do not say.

    Floating point times are left to a scan, as statistics pass over NaN, and so are clocks that are set
    back: there the bounds of the clock need not be those of time.
    """
    if rows.direct is None or not rows.parquet or not rows.raw_time[1].startswith(EXACT_TYPES):
        return None
    if rows.direct.shape in ("wall", "date") and rows.direct.zone != "UTC":
        return None
    known, total, nulls, low, high = rows.database.row(
        f"SELECT bool_and(nulls IS NOT NULL AND (nulls = n OR (low IS NOT NULL AND high IS NOT NULL))), "
        f"sum(n), sum(nulls), min(low), max(high) FROM ({row_groups_sql(rows)})"
    )
    return (int(total), int(total - nulls), low, high) if known else None


def _moment(rows: Rows, value: str) -> str:
    if rows.direct is None:
        return f"TRY_CAST({value} AS BIGINT)"
    column, kind = rows.raw_time
    moment = rows.direct.sql(column)
    return f"(SELECT {moment} FROM (SELECT TRY_CAST({value} AS {kind}) AS {identifier(column)}))"
