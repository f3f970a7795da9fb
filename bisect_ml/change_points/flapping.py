"""Excursions that come back again and again: how a series is, not how it broke.

The median of two kinds of traffic jumps whenever the rarer kind has the night to itself. Each jump is
real, and none of them is news.
"""

import numpy as np

from bisect_ml.types import FloatArray

TOO_OFTEN = 4
SHORT = 48  # points
RETURNS = 0.3  # of an excursion's size, by which the level after it may differ from the level before


def without_flapping(steps: list[int], level: FloatArray, points: int) -> list[int]:
    """Leave out the steps of short excursions, if there are too many of them the same way."""
    if len(steps) < 2 * TOO_OFTEN:
        return steps
    edges = np.array([0, *steps, points])
    length = np.diff(edges)[1:-1]
    rise, fall = np.diff(level)[:-1], np.diff(level)[1:]
    back = np.abs(rise + fall) < RETURNS * np.abs(rise)
    excursion = back & (length <= SHORT)
    dropped: set[int] = set()
    for way in (-1, 1):
        chosen = np.flatnonzero(excursion & (np.sign(rise) == way))
        # Between two excursions the usual level is itself one, the other way: it fills most of the time.
        if len(chosen) >= TOO_OFTEN and length[chosen].sum() <= points / 2:
            dropped |= {int(edges[k + 1]) for k in chosen} | {int(edges[k + 2]) for k in chosen}
    return [step for step in steps if step not in dropped]
