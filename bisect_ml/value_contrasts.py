"""What single values show around an onset, from the rows: how they are rounded, which became frequent."""

import numpy as np

from bisect_ml.row_window import RowWindow
from bisect_ml.types import FloatArray, Incident, ValueContrast, ValueShare

MIN_ROWS = 100
# Values are rounded to so many decimals where all but a few are.
MOST_DECIMALS, ROUNDED_SHARE = 6, 0.995
# A share of the rows counts as moved from both of these on, in shares and in standard errors.
MOVED_SHARE, MOVED_Z = 0.005, 5.0
MOST_VALUES = 8
# Fewer values than this may happen to be whole.
MIN_VALUES = 10
# What floating point adds to a rounded number, in shares of it.
_PRECISION = 1e-12


def value_contrast(rows: RowWindow, incident: Incident) -> ValueContrast | None:
    """Compare the values before an onset with those after it, one by one.

    Args:
        rows: The rows around the onset.
        incident: The incident.

    Returns:
        How both sides are rounded, and the values that many more or many fewer rows have; nulls count as rows
        without a value. None for labels, and where a side has fewer than a hundred rows. Linear in the rows,
        after a sort.
    """
    if rows.classes:
        return None
    low, high = (moment.timestamp() for moment in incident.onset.interval)
    end = np.inf if incident.recovered_at is None else incident.recovered_at.timestamp()
    old = rows.values[rows.times < low]
    new = rows.values[(rows.times >= high) & (rows.times < end)]
    if min(len(old), len(new)) < MIN_ROWS:
        return None
    told = _has_many(old) and _has_many(new)
    return ValueContrast(
        decimals_before=_decimals(old) if told else None,
        decimals_after=_decimals(new) if told else None,
        moved=_moved(old, new),
    )


def _has_many(values: FloatArray) -> bool:
    """Tell values that show how they are rounded from a few that repeat, or are mostly missing."""
    known = values[np.isfinite(values)]
    return len(known) >= MIN_ROWS and len(np.unique(known)) >= MIN_VALUES


def _decimals(values: FloatArray) -> int | None:
    """Return the decimals to which values are rounded, None where they are not."""
    known = values[np.isfinite(values)]
    for decimals in range(MOST_DECIMALS + 1):
        scaled = known * 10.0**decimals
        rounded = np.round(scaled)
        near = np.abs(scaled - rounded) <= np.maximum(1e-6, _PRECISION * np.abs(scaled))
        # What is rounded to nothing is small, and nothing else.
        if np.mean(near & ((rounded != 0) | (known == 0))) >= ROUNDED_SHARE:
            return decimals
    return None


def _moved(old: FloatArray, new: FloatArray) -> tuple[ValueShare, ...]:
    """Return the values whose share of the rows moved, the furthest first."""
    values = np.unique(np.concatenate([old[np.isfinite(old)], new[np.isfinite(new)]]))
    before, after = _shares(values, old), _shares(values, new)
    error = np.sqrt(before * (1 - before) / len(old) + after * (1 - after) / len(new))
    gap = np.abs(after - before)
    far = (gap >= MOVED_SHARE) & (gap >= MOVED_Z * error)
    chosen = np.flatnonzero(far)
    order = chosen[np.argsort(-gap[chosen], kind="stable")][:MOST_VALUES]
    return tuple(
        ValueShare(value=float(values[at]), before=float(before[at]), after=float(after[at])) for at in order
    )


def _shares(values: FloatArray, side: FloatArray) -> FloatArray:
    """Return the share of the rows of one side, nulls among them, that have each of the values."""
    known = side[np.isfinite(side)]
    counts = np.bincount(np.searchsorted(values, known), minlength=len(values))
    shares: FloatArray = counts / len(side)
    return shares
