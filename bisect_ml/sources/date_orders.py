"""Whether dates such as 03/04/2026 begin with the day or with the month, as the rows of a whole log tell."""

from dataclasses import dataclass, replace

import numpy as np

from bisect_ml.errors import InputError
from bisect_ml.sources.cells import IntArray
from bisect_ml.sources.database import Database, identifier, literal
from bisect_ml.sources.readers import Reader
from bisect_ml.sources.timestamps import TimeFormat

MONTH_FIRST, DAY_FIRST = "%m/%d/", "%d/%m/"
# So many values that one order cannot read are no slips of the other.
TELLING_SHARE = 0.01
DAY_MIN = 24 * 60
# Rows that pause for less run on through the night; those of a monthly job do not fill so much of a day.
LONGEST_PAUSE_MIN = 12 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a log looks when its dates are read in one order.

    `read` values are dates so. Of the steps from one day to the next, `running` is the share at which
    rows go on without a long pause. `ordered` says that days never go back, or only go back, row by row.
    """

    pattern: str
    read: int
    running: float
    ordered: bool


def settle_order(database: Database, reader: Reader, column: str, time: TimeFormat, log: str) -> TimeFormat:
    """Return the format with the order of day and month that the rows tell, and the reason.

    Raises:
        InputError: They tell nothing, and the two orders differ.
    """
    if not time.pattern.startswith((MONTH_FIRST, DAY_FIRST)):
        return time
    clock = time.pattern[len(MONTH_FIRST) :]
    patterns = MONTH_FIRST + clock, DAY_FIRST + clock
    first, second = (f"try_strptime(x, {literal(pattern)})" for pattern in patterns)
    both = (
        f"SELECT x, {first} AS a, {second} AS b "
        f"FROM (SELECT trim({identifier(column)}::VARCHAR) AS x FROM {reader.relation})"
    )
    *counts, example = database.row(
        f"""SELECT count(a), count(b),
            count(*) FILTER (a::DATE < lag_a::DATE), count(*) FILTER (a::DATE > lag_a::DATE),
            count(*) FILTER (b::DATE < lag_b::DATE), count(*) FILTER (b::DATE > lag_b::DATE),
            min(x) FILTER (a <> b)
        FROM (SELECT *, lag(a) OVER () AS lag_a, lag(b) OVER () AS lag_b FROM ({both}))"""
    )
    most = max(counts[:2])
    if example is None or most - min(counts[:2]) > TELLING_SHARE * most:
        return replace(time, pattern=patterns[counts[:2].index(most)])
    minutes = database.arrays(
        f"SELECT DISTINCT epoch_us(a) // 60000000 AS a, epoch_us(b) // 60000000 AS b FROM ({both}) "
        "WHERE a IS NOT NULL AND b IS NOT NULL"
    )
    # The order of several files is that of their names.
    told = len(reader.parts) == 1
    readings = [
        Reading(
            pattern=pattern,
            read=counts[at],
            running=running_share(minutes[name]),
            ordered=told and not (counts[2 + 2 * at] and counts[3 + 2 * at]),
        )
        for at, (pattern, name) in enumerate(zip(patterns, "ab", strict=True))
    ]
    pattern, reason = tell_order(*readings)
    if pattern is None:
        dates = database.row(f"SELECT a::DATE, b::DATE FROM ({both}) WHERE x = {literal(example)} LIMIT 1")
        raise InputError(
            f"{log}: column {column!r} has dates such as {example!r}, which may be "
            f"{' or '.join(map(str, dates))}: the rows do not tell whether the month or the day comes first",
            "write times with the year first, such as 2026-03-04T14:10:00Z",
        )
    return replace(time, pattern=pattern, reason=reason)


def running_share(minutes: IntArray) -> float:
    """Return at which share of the steps from one day to the next the rows go on without a long pause."""
    ordered = np.unique(minutes)
    steps = np.diff(ordered)[np.diff(ordered // DAY_MIN) > 0]
    return float(np.mean(steps < LONGEST_PAUSE_MIN)) if len(steps) else 0.0


def tell_order(one: Reading, other: Reading) -> tuple[str | None, str]:
    """Return the pattern of the right reading, None where nothing tells, and the reason in words.

    Days that follow on one another in one order only tell it, and rows in the order of time; the two
    must not disagree. Where there is neither, a few values that only one order can read do.
    """
    found = {}
    for reading, rival in ((one, other), (other, one)):
        if reading.ordered and not rival.ordered:
            found[reading.pattern] = "the rows are in the order of time so, and only so"
        if reading.running > 0.5 and rival.running < 0.1:
            found[reading.pattern] = "the days follow on one another so, and only so"
    if len(found) == 1:
        return next(iter(found.items()))
    if not found and one.read != other.read:
        return max(one, other, key=lambda reading: reading.read).pattern, ""
    return None, ""
