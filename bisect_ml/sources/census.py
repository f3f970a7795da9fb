"""How many rows a log has, from when to when, and which of them cannot be read."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bisect_ml.errors import InputError
from bisect_ml.sources.database import Database, identifier
from bisect_ml.sources.readers import Reader
from bisect_ml.sources.row_groups import count_by_statistics
from bisect_ml.sources.rows import Layout, Rows
from bisect_ml.sources.timestamps import SECOND_US

TEXT_LIMIT = 60
# 1990 to 2100: a time outside is a default such as 1970 or 9999, unless most of the log lies there.
PLAUSIBLE_US = (631_152_000 * SECOND_US, 4_102_444_800 * SECOND_US)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """The lines of one CSV file that do not fit its table: how many, and the first one's number and text."""

    path: str
    count: int
    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """What was counted.

    `readable` rows lie from `start_us` to `end_us`, both included. Left out are `illegible` rows, whose
    time or prediction cannot be read, `misdated` ones and the `rejects`.
    """

    readable: int
    start_us: int
    end_us: int
    illegible: int = 0
    misdated: int = 0
    rejects: tuple[Reject, ...] = ()

    @property
    def unreadable(self) -> int:
        """All rows that are left out."""
        return self.illegible + self.misdated + sum(reject.count for reject in self.rejects)


def take_census(reader: Reader, rows: Rows, log: str) -> Census:
    """Count the rows.

    Raises:
        InputError: There are none, or none of them has a time.
    """
    scan = f"SELECT count(*), count(t), min(t), max(t) FROM {rows.relation}"
    total, readable, start_us, end_us = count_by_statistics(rows) or rows.database.row(scan)
    rejects = _find_rejects(rows.database) if reader.rejects else ()
    if not total and not rejects:
        raise InputError(f"{log}: has no rows", "the log needs at least two rows")
    census = Census(
        readable=readable,
        start_us=start_us or 0,
        end_us=end_us or 0,
        illegible=total - readable,
        rejects=rejects,
    )
    low, high = PLAUSIBLE_US
    if readable and (start_us < low or end_us >= high):
        return _without_misdated(rows, census)
    return census


def _without_misdated(rows: Rows, census: Census) -> Census:
    """Leave out the few rows whose time is a default: they would stretch the log over decades."""
    low, high = PLAUSIBLE_US
    inside, start_us, end_us = rows.database.row(
        f"SELECT count(*), min(t), max(t) FROM {rows.relation} WHERE {rows.between(low, high)}"
    )
    if 2 * inside <= census.readable:
        return census
    return Census(
        readable=inside,
        start_us=start_us,
        end_us=end_us,
        illegible=census.illegible,
        misdated=census.readable - inside,
        rejects=census.rejects,
    )


def _find_rejects(database: Database) -> tuple[Reject, ...]:
    found = database.rows(
        """SELECT file_path, count(DISTINCT line), min(line), arg_min(csv_line, line)
        FROM reject_errors JOIN reject_scans USING (scan_id, file_id) GROUP BY file_path ORDER BY file_path"""
    )
    return tuple(Reject(path=path, count=count, line=line, text=text) for path, count, line, text in found)


def judge_unreadable(census: Census, layout: Layout, rows: Rows, *, max_unreadable: float, log: str) -> str:
    """Return the warning about rows that are left out, with the first of them.

    Raises:
        InputError: Their share is above the limit, or no row is left.
    """
    total = census.unreadable + census.readable
    share = census.unreadable / total
    column, first = None, ""
    if census.illegible:
        column, first = _first_illegible(rows.database, layout)
    elif census.rejects:
        reject = census.rejects[0]
        first = f"{reject.path}: line {reject.line} does not fit the columns: {_shown(reject.text)}"
    elif census.misdated:
        first = f"column {layout.parts.timestamp!r} has the time {_first_misdated(rows)}"
    said = f"{census.unreadable:,} of {total:,} rows ({share:.2%}) cannot be read"
    if share > max_unreadable or not census.readable:
        hint = "mend the rows, or let more of them pass with --max-unreadable SHARE"
        if column is not None:
            flag = "timestamp" if column == layout.parts.timestamp else "prediction"
            hint = f"if {column!r} is the wrong column, name the right one with --{flag} COLUMN"
        raise InputError(f"{log}: {said}; the first is {first}", hint)
    return f"{said} and were left out; the first is {first}"


def _first_illegible(database: Database, layout: Layout) -> tuple[str | None, str]:
    """Return the column that fails in the first illegible row, and a name for the place.

    Rows count from 1, and the header does not count.
    """
    reader, parts, time, output = layout.reader, layout.parts, layout.time, layout.output
    number = "row_number() OVER ()" if reader.is_text else "file_row_number + 1"
    for name, relation in reader.parts.items():
        found = database.rows(
            f"""SELECT place, moment, output, bad FROM (
                SELECT {number} AS place, {identifier(parts.timestamp)}::VARCHAR AS moment,
                    {identifier(parts.prediction)}::VARCHAR AS output,
                    ({time.sql(parts.timestamp)}) IS NULL AS no_time,
                    {output.unreadable_sql(parts.prediction)} AS bad
                FROM {relation}) WHERE no_time OR bad ORDER BY place LIMIT 1"""
        )
        if found:
            place, moment, value, bad = found[0]
            column, text = (parts.prediction, value) if bad else (parts.timestamp, moment)
            return column, f"{name}: row {place}: {column!r} is {_shown(text)}"
    return None, "of a file that changed while it was read"


def _first_misdated(rows: Rows) -> str:
    low, high = PLAUSIBLE_US
    (at,) = rows.database.row(f"SELECT min(t) FROM {rows.relation} WHERE t < {low} OR t >= {high}")
    # Beyond the year 9999 there is no datetime.
    if not datetime.min.replace(tzinfo=UTC).timestamp() < at / SECOND_US < 253_402_300_799:
        return f"{at / SECOND_US:.0f} s after 1970"
    return datetime.fromtimestamp(at / SECOND_US, UTC).isoformat()


def _shown(text: str | None) -> str:
    if text is None:
        return "empty"
    return repr(text if len(text) <= TEXT_LIMIT else text[:TEXT_LIMIT] + "…")
