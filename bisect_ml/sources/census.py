"""How many rows a log has, from when to when, and which of them cannot be read."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bisect_ml.errors import InputError
from bisect_ml.sources.cells import count_moments, is_sparse
from bisect_ml.sources.database import Database, identifier
from bisect_ml.sources.number_texts import BARE_NUMBERS, is_number_text
from bisect_ml.sources.readers import Reader, Reject, find_rejects, shown
from bisect_ml.sources.row_groups import count_by_statistics
from bisect_ml.sources.rows import Layout, Rows
from bisect_ml.sources.strays import find_bulk
from bisect_ml.sources.timestamps import DAY_US, SECOND_US

# At either end of the log so small a share of the rows can be misdated; more are a part of it.
STRAY_SHARE = 0.005
# More than these do not lie apart: they are the log.
APART_SHARE = 0.05
FAR_OFF = "are dated far from all others"
# 1990 to 2100: a time outside is a default such as 1970 or 9999, unless most of the log lies there.
PLAUSIBLE_US = (631_152_000 * SECOND_US, 4_102_444_800 * SECOND_US)


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """What was counted.

    `readable` rows lie from `start_us` to `end_us`, both included. Left out are `illegible` rows, whose
    time or prediction cannot be read, `misdated` ones and the `rejects`. `bulk_us` are the first and the
    last moment but for `apart` rows that are dated far from all others, and are kept.
    """

    readable: int
    start_us: int
    end_us: int
    illegible: int = 0
    misdated: int = 0
    rejects: tuple[Reject, ...] = ()
    apart: int = 0
    bulk_us: tuple[int, int] = (0, 0)

    @property
    def unfit(self) -> int:
        """The rows that cannot be read."""
        return self.illegible + sum(reject.count for reject in self.rejects)

    @property
    def unreadable(self) -> int:
        """All rows that are left out."""
        return self.unfit + self.misdated


def take_census(reader: Reader, rows: Rows, log: str) -> Census:
    """Count the rows.

    Raises:
        InputError: There are none, or none of them has a time.
    """
    scan = f"SELECT count(*), count(t), min(t), max(t) FROM {rows.relation}"
    total, readable, start_us, end_us = count_by_statistics(rows) or rows.database.row(scan)
    rejects = find_rejects(rows.database) if reader.rejects else ()
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
        census = _without_defaults(rows, census)
    return _without_strays(rows, census) if census.end_us - census.start_us > DAY_US else census


def _without_defaults(rows: Rows, census: Census) -> Census:
    """Leave out the few rows whose time is a default: they would stretch the log over decades."""
    low, high = PLAUSIBLE_US
    inside, start_us, end_us = rows.database.row(
        f"SELECT count(*), min(t), max(t) FROM {rows.relation} WHERE {rows.between(low, high)}"
    )
    if 2 * inside <= census.readable:
        return census
    misdated = census.readable - inside
    return replace(census, readable=inside, start_us=start_us, end_us=end_us, misdated=misdated)


def _without_strays(rows: Rows, census: Census) -> Census:
    """Leave out the few rows that are dated far from all others, which would leave most buckets empty.

    A sparse log has no buckets and keeps them: years may lie between its evaluations.
    """
    whole = census.start_us, census.end_us
    low, high, together = find_bulk(rows, whole, APART_SHARE)
    if together == census.readable:
        return census
    moments = count_moments(rows, rows.between(whole[0], whole[1] + 1), census.readable)
    if is_sparse(census.readable, moments):
        return replace(census, apart=census.readable - together, bulk_us=(low, high))
    start_us, end_us, kept = find_bulk(rows, whole, STRAY_SHARE)
    return replace(
        census,
        readable=kept,
        start_us=start_us,
        end_us=end_us,
        misdated=census.misdated + census.readable - kept,
        apart=kept - together,
        bulk_us=(low, high),
    )


def judge_rows(
    census: Census, layout: Layout, rows: Rows, *, max_unreadable: float, log: str
) -> tuple[str, ...]:
    """Return the warnings about rows that are left out or far from all others, with one of them each.

    Raises:
        InputError: The share that is left out is above the limit, or no row is left.
    """
    total = census.unreadable + census.readable
    hint = "mend the rows, or let more of them pass with --max-unreadable SHARE"
    left_out: list[tuple[str, str]] = []
    if census.unfit:
        first, hint = _first_unfit(rows.database, census, layout, hint)
        left_out.append((_share(census.unfit, total, "cannot be read"), f"the first is {first}"))
    if census.misdated:
        earliest = _earliest(rows, layout, f"t < {census.start_us} OR t > {census.end_us}")
        left_out.append((_share(census.misdated, total, FAR_OFF), earliest))
    if left_out and (census.unreadable / total > max_unreadable or not census.readable):
        said = "; ".join(f"{what}; {which}" for what, which in left_out)
        raise InputError(f"{log}: {said}", hint)
    warnings = [f"{what} and were left out; {which}" for what, which in left_out]
    if census.apart:
        low, high = census.bulk_us
        kept = rows.between(census.start_us, census.end_us + 1)
        earliest = _earliest(rows, layout, f"{kept} AND (t < {low} OR t > {high})")
        warnings.append(f"{_share(census.apart, total, FAR_OFF)} and were kept; {earliest}")
    return tuple(warnings)


def _share(count: int, total: int, what: str) -> str:
    return f"{count:,} of {total:,} rows ({count / total:.2%}) {what}"


def _first_unfit(database: Database, census: Census, layout: Layout, hint: str) -> tuple[str, str]:
    """Return a name for the place of the first row that cannot be read, and a hint better than the given."""
    if census.illegible:
        return _first_illegible(database, layout, hint)
    reject = census.rejects[0]
    return reject.told, hint


def _first_illegible(database: Database, layout: Layout, hint: str) -> tuple[str, str]:
    """Return a name for the place of the first illegible row, and a hint better than the given.

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
            flag = "prediction" if bad else "timestamp"
            hint = f"if {column!r} is the wrong column, name the right one with --{flag} COLUMN"
            if bad and is_number_text(value):
                hint = BARE_NUMBERS
            return f"{name}: row {place}: {column!r} is {shown(text)}", hint
    return "of a file that changed while it was read", hint


def _earliest(rows: Rows, layout: Layout, condition: str) -> str:
    """Say when the earliest of some rows is, and which column says so."""
    (at,) = rows.database.row(f"SELECT min(t) FROM {rows.relation} WHERE {condition}")
    moment = f"{at / SECOND_US:.0f} s after 1970"
    # Beyond the year 9999 there is no datetime.
    if datetime.min.replace(tzinfo=UTC).timestamp() < at / SECOND_US < 253_402_300_799:
        moment = datetime.fromtimestamp(at / SECOND_US, UTC).isoformat()
    return f"the earliest, by column {layout.parts.timestamp!r}, is of {moment}"
