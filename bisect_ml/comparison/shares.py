"""Differences between shares: missing predictions, classes."""

import math

from bisect_ml.comparison.estimates import Z_TAIL, NormalEstimate, ShareEstimate

# At this many standard errors, rows that are counted exactly still leave a doubt.
MIN_ROWS = 1.0


def unpaired_difference(
    base_hits: float, base_rows: float, head_hits: float, head_rows: float
) -> NormalEstimate | None:
    """Return the difference of two independent shares; None where a side has no rows.

    Newcombe (1998), hybrid score interval (his method 10): from the Wilson limits of both.
    """
    if base_rows < MIN_ROWS or head_rows < MIN_ROWS:
        return None
    base, head = base_hits / base_rows, head_hits / head_rows
    base_low, base_high = wilson(base_hits, base_rows)
    head_low, head_high = wilson(head_hits, head_rows)
    return NormalEstimate(
        estimate=head - base,
        below=math.hypot(head - head_low, base_high - base) / Z_TAIL,
        above=math.hypot(head_high - head, base - base_low) / Z_TAIL,
    )


def wilson(hits: float, rows: float) -> tuple[float, float]:
    """Return the limits of the 90 % score interval of a share (Wilson 1927)."""
    share, square = hits / rows, Z_TAIL**2
    middle = (share + square / (2 * rows)) / (1 + square / rows)
    width = Z_TAIL * math.sqrt(share * (1 - share) / rows + square / (4 * rows**2)) / (1 + square / rows)
    return max(middle - width, 0.0), min(middle + width, 1.0)


def paired_difference(lost: float, gained: float, rows: float) -> NormalEstimate | None:
    """Return the difference of two shares of the same rows; None where there are no rows.

    The estimate is exact. Its error is that of Bonett and Price (2012), who add a discordant pair to either
    side, so that it is not zero where nothing was seen.

    Args:
        lost: Rows that are in the share of the base only.
        gained: Rows that are in the share of the head only.
        rows: All pairs.
    """
    if rows < MIN_ROWS:
        return None
    down, up = (lost + 1) / (rows + 2), (gained + 1) / (rows + 2)
    error = math.sqrt((down + up - (up - down) ** 2) / (rows + 2))
    return NormalEstimate(estimate=(gained - lost) / rows, below=error, above=error)


def share_of(hits: float, rows: float) -> ShareEstimate | None:
    """Return a share of rows; None where there are none."""
    return ShareEstimate(hits=hits, rows=rows) if rows >= MIN_ROWS else None
