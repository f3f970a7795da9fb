"""The hours of the week that rows are compared within, as far as both sides of a break have them."""

import numpy as np

from bisect_ml.populations import DAY_S
from bisect_ml.row_window import CodeArray, Mask
from bisect_ml.types import FloatArray

HOUR_BLOCK_S = 3 * 3600.0
EPOCH_WEEKDAY = 3  # 1970 began on a Thursday
FULL_WEEK_S = 6.5 * DAY_S
SHARED_HOURS = 0.4


def hours_of_the_week(times: FloatArray, low: float, high: float) -> CodeArray:
    """Return a code per row for its three hours of the week, in UTC, as far as both sides share them.

    Days are told apart where a week is known on either side of the uncertain stretch, otherwise weekdays
    from weekends, otherwise no days at all: hours that one side alone has say nothing, and a Sunday before
    a Monday would have none in common.
    """
    block = (times % DAY_S // HOUR_BLOCK_S).astype(np.intp)
    weekday = ((times // DAY_S + EPOCH_WEEKDAY) % 7).astype(np.intp)
    sides = low - float(times.min(initial=low)), float(times.max(initial=high)) - high
    days = [weekday] if min(sides) >= FULL_WEEK_S else []
    for day in (*days, (weekday >= 5).astype(np.intp)):
        codes = block + int(DAY_S // HOUR_BLOCK_S) * day
        if _shared(codes, times < low, times >= high) >= SHARED_HOURS:
            return codes
    return block


def _shared(codes: CodeArray, before: Mask, after: Mask) -> float:
    """Return the share of the rows of either side, the lesser one, whose code the other side has too."""
    sides = codes[before], codes[after]
    if not all(map(len, sides)):
        return 1.0
    both = np.intersect1d(*sides)
    return min(float(np.isin(side, both).mean()) for side in sides)
