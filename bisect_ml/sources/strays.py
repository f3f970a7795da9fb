"""The few rows that are dated far from all others: a mistyped year, a clock that was off, a default."""

from dataclasses import dataclass

import numpy as np

from bisect_ml.sources.cells import IntArray
from bisect_ml.sources.rows import Rows
from bisect_ml.sources.timestamps import DAY_US

# In a log of fewer rows any of them may stand alone.
FEWEST_ROWS = 20
YEAR_US = 365 * DAY_US
# A log with gaps of its own may have one that is longer, but not by so much.
LONGER_THAN_OTHERS = 10
CELLS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Occupied:
    """The stretches of time that have rows, in order: the first and the last moment, and how many rows."""

    first: IntArray
    last: IntArray
    rows: IntArray


def find_bulk(rows: Rows, span_us: tuple[int, int], share: float) -> tuple[int, int, int]:
    """Return the first and the last moment of the rows that belong together, and how many they are.

    Args:
        rows: The log.
        span_us: Its first and its last moment.
        share: The largest share of the rows that may lie apart at either end.
    """
    start_us, end_us = span_us
    occupied = _occupied(rows, start_us, end_us)
    total = kept = int(occupied.rows.sum())
    most = max(1, int(total * share)) if total >= FEWEST_ROWS else 0
    before = after = 0
    while True:
        low, stop = bulk_of(occupied, most - before, most - after)
        before += int(occupied.rows[:low].sum())
        after += int(occupied.rows[stop:].sum())
        start_us, end_us = int(occupied.first[low]), int(occupied.last[stop - 1])
        if before + after == total - kept:
            return start_us, end_us, kept
        # Without the strays the stretches are narrower, and show nearer ones.
        kept = total - before - after
        occupied = _occupied(rows, start_us, end_us)


def _occupied(rows: Rows, start_us: int, end_us: int) -> Occupied:
    width_us = (end_us - start_us) // CELLS + 1
    found = rows.database.arrays(
        f"SELECT min(t) AS first, max(t) AS last, count(*) AS n FROM {rows.relation} "
        f"WHERE {rows.between(start_us, end_us + 1)} GROUP BY (t - {start_us}) // {width_us} ORDER BY first"
    )
    return Occupied(first=found["first"], last=found["last"], rows=found["n"])


def bulk_of(occupied: Occupied, most_before: int, most_after: int) -> tuple[int, int]:
    """Return the first stretch that belongs to the bulk of the rows, and the first one after it.

    The core is all but so many rows at either end. From there outwards rows belong to the bulk until a
    gap that is longer than a day, and longer than all between the gaps; or longer than a year and ten
    times as long as any gap in between.
    """
    first, last = occupied.first.tolist(), occupied.last.tolist()
    before, after = np.cumsum(occupied.rows), np.cumsum(occupied.rows[::-1])[::-1]
    core = np.flatnonzero((before > most_before) & (after > most_after)).tolist()
    if not core or first[core[0]] == last[core[-1]]:
        return 0, len(first)
    gaps = [start - end for start, end in zip(first[1:], last[:-1], strict=True)]
    low, high = core[0], core[-1]
    longest = max(gaps[low:high], default=0)
    while True:
        span = last[high] - first[low]
        limit = max(DAY_US, min(span, max(YEAR_US, LONGER_THAN_OTHERS * longest)))
        if low > 0 and gaps[low - 1] <= limit:
            low -= 1
            longest = max(longest, gaps[low])
        elif high < len(gaps) and gaps[high] <= limit:
            longest = max(longest, gaps[high])
            high += 1
        else:
            return low, high + 1
