"""How wide a bucket is: given as text, or chosen from how the rows lie in time."""

import re
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bisect_ml.errors import ConfigError

MINUTE_S, HOUR_S, DAY_S = 60, 3_600, 86_400
UNITS_S = {"s": 1, "sec": 1, "min": MINUTE_S, "m": MINUTE_S, "h": HOUR_S, "d": DAY_S, "w": 7 * DAY_S}
# Every width up to a day divides it, so that a bucket never holds parts of two days.
NICE_WIDTHS_S = (
    *(1, 5, 10, 15, 30),
    *(MINUTE_S * n for n in (1, 5, 10, 15, 30)),
    *(HOUR_S * n for n in (1, 2, 3, 6, 12)),
    *(DAY_S * n for n in (1, 7, 28)),
)
MIN_BUCKETS, MAX_BUCKETS = 200, 2_000
# The mean of this many rows has a seventh of their spread: narrower buckets add noise, not sharpness.
ENOUGH_ROWS = 50
# Below it, a bucket is so noisy that fewer buckets than MIN_BUCKETS are the lesser evil.
FEWEST_ROWS = 8


class RowCounter(Protocol):
    """What a log tells about how its rows lie in time."""

    start: float
    end: float

    def row_counts(self, width_s: float) -> NDArray[np.int64]:
        """Return the rows of each bucket from the first row to the last."""


def parse_width_s(text: str) -> int:
    """Return the seconds of a width such as `15min`, `1h` or `1d`; a bare number counts seconds.

    Raises:
        ConfigError: The text is no width, or not a whole number of seconds.
    """
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*", text.lower(), re.ASCII)
    unit_s = UNITS_S.get(found[2] or "s") if found else None
    width_s = float(found[1]) * unit_s if found and unit_s else 0.0
    if width_s < 1 or width_s != int(width_s):
        raise ConfigError(f"{text!r} is no bucket width", "write a width such as 30s, 15min, 1h or 1d")
    return int(width_s)


def choose_width_s(log: RowCounter) -> int:
    """Choose the width of the buckets from the rows.

    The narrowest nice width with at most 2,000 buckets, of which the usual one (as rows see it) has 50
    rows; where only fewer than 200 buckets would have so many, the width that gives about 200, unless
    even then a bucket has fewer than 8 rows. Stretches without rows do not count against a width.
    """
    span_s = max(log.end - log.start, 1.0)
    widths = [width for width in NICE_WIDTHS_S if span_s / width <= MAX_BUCKETS] or [NICE_WIDTHS_S[-1]]
    finest = log.row_counts(widths[0])
    chosen = widths[0]
    for width in widths:
        rows = _usual_rows(finest, width // widths[0] or 1)
        few = span_s / width < MIN_BUCKETS and _usual_rows(finest, chosen // widths[0]) >= FEWEST_ROWS
        if width != chosen and few:
            break
        chosen = width
        if rows >= ENOUGH_ROWS:
            break
    return chosen


def _usual_rows(counts: NDArray[np.int64], merged: int) -> float:
    """Rows of the median bucket that has any, once `merged` neighbours are taken together."""
    padded = np.pad(counts, (0, -len(counts) % merged)).reshape(-1, merged).sum(axis=1)
    return float(np.median(padded[padded > 0]))
