"""Rows far beyond all that came before: a sentinel, another unit, an overflow in one prediction of a hundred.

They move the mean by orders of magnitude, but many buckets hold none of them and the others look like
outliers, so no average of a bucket shows when they began. Their share of the rows does. What is far is told
from the least and the greatest prediction of each bucket: a heavy tail has values at every distance, and had
them before.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr

from bisect_ml.sources.buckets import Grid
from bisect_ml.sources.cells import IntArray, TimeCells
from bisect_ml.sources.rows import PREDICTION, Rows
from bisect_ml.types import FloatArray, Series, ValueRange

# Buckets that hold such rows, and buckets without any, that there must be.
FEWEST_BUCKETS = 8
# The gap between them and the others is so many times as wide as the others reach from their middle.
APART = 1.0
# They are new, or gone, by this chance at most; so many of the buckets that hold them may lie on the other
# side of that moment, for one broken request makes no habit.
NEW_P, STRAYS = 1e-6, 0.05
# More of the rows than that, of the buckets that hold any or of a slice, are no outliers.
LARGEST_SHARE = 0.25
# Where there is no gap, this part of the rows beyond those of before has one and the same value,
ALIKE = 0.75
# and the middle stays where it was, in shares of its distance: what drifts to an end gathers there by itself.
STEADY = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Up to where predictions are `far`; nearly all that lie below `others`, the least of the rest, must be.

    Where there is a gap between the two, they are the same.
    """

    far: float
    others: float


def outlying_series(rows: Rows, cells: TimeCells, grid: Grid) -> tuple[Series, ...]:
    """Return the shares of the predictions that lie far below, and far above, all others, where such are new.

    Args:
        rows: The log.
        cells: The grid, of even buckets.
        grid: What all rows have in each of them, the extremes included; without these nothing is found.
    """
    filled = np.flatnonzero(grid.filled > 0)
    if rows.kind != "numeric" or cells.width_us is None or "least" not in grid.numbers or not len(filled):
        return ()
    found = []
    for sign, extreme, tail in ((1, "least", "p05"), (-1, "most", "p95")):
        least, middles, tails = (sign * grid.numbers[name][filled] for name in (extreme, "p50", tail))
        edge = find_edge(least, middles, tails)
        found.append(_shares(rows, cells, grid, edge, sign) if edge else None)
    return tuple(one for one in found if one is not None)


def find_edge(least: FloatArray, middles: FloatArray, tails: FloatArray) -> Edge | None:
    """Return the edge of the predictions far below the others that are new or gone; None without any.

    Args:
        least: The least prediction of each bucket, in the order of time.
        middles: The median of each bucket.
        tails: The value below which few predictions of each bucket lie.
    """
    if len(least) < 2 * FEWEST_BUCKETS:
        return None
    ordered = np.sort(least)
    holding = np.arange(FEWEST_BUCKETS, len(ordered) - FEWEST_BUCKETS + 1)
    # Of the buckets without a far one the least may lie near the middle, if they have few predictions.
    reach = np.maximum(np.median(middles) - ordered[holding], np.median(middles - tails))
    gaps = np.where(reach > 0, ordered[holding] - ordered[holding - 1], 0.0)
    best = int(np.argmax(gaps / np.where(reach > 0, reach, 1.0)))
    if gaps[best] > 0 and gaps[best] >= APART * reach[best]:
        between = float(ordered[holding[best] - 1] + gaps[best] / 2)
        return Edge(far=between, others=between) if _clean_side(least < between) else None
    return _edge_of_end(least, middles, float(ordered[0]))


def _edge_of_end(least: FloatArray, middles: FloatArray, end: float) -> Edge | None:
    """Return the edge where the least prediction is one that none was before, or since; None elsewhere."""
    clean = _clean_side(least == end)
    if clean is None:
        return None
    kept = np.zeros(len(least), dtype=bool)
    kept[clean] = True
    there, here = (float(np.median(middles[side])) - end for side in (kept, ~kept))
    if there - here > STEADY * there:
        return None
    return Edge(far=end, others=float(least[kept & (least > end)].min()))


def _clean_side(held: NDArray[np.bool_]) -> slice | None:
    """Return the buckets before, or after, a moment that have next to none of what some buckets hold.

    None where there is no such moment, or where chance may have made one.
    """
    places = np.flatnonzero(held)
    if not FEWEST_BUCKETS <= len(places) <= len(held) - FEWEST_BUCKETS:
        return None
    strays = int(STRAYS * len(places))
    before, after = int(places[strays]), int(places[-1 - strays]) + 1
    side = slice(before) if before >= len(held) - after else slice(after, None)
    clean = max(before, len(held) - after) / len(held)
    return side if bdtr(strays, len(places), clean) <= NEW_P else None


def _shares(rows: Rows, cells: TimeCells, grid: Grid, edge: Edge, sign: int) -> Series | None:
    """Count the far predictions in each bucket; None where they are too many, or too many others are near."""
    relation = (
        f"(SELECT *, {cells.sql} AS cell, {sign} * {PREDICTION} AS x FROM {rows.relation} "
        f"WHERE {rows.between(*cells.bounds_us(0, len(cells.starts_us)))})"
    )
    far = f"x <= {edge.far!r}::DOUBLE"
    measures = f"count(*) FILTER ({far}) AS n, min(x) FILTER ({far}) AS low, max(x) FILTER ({far}) AS high"
    found = rows.database.arrays(
        f"SELECT cell, {measures}, count(*) AS beyond FROM {relation} "
        f"WHERE {far} OR x < {edge.others!r}::DOUBLE GROUP BY cell"
    )
    held = found["n"] > 0
    at, hits = found["cell"][held], found["n"][held]
    few = hits.sum() <= LARGEST_SHARE * grid.filled[at].sum()
    if not (len(at) and few and hits.sum() >= ALIKE * found["beyond"].sum()):
        return None
    if _are_of_slices(rows, relation, far, at):
        return None
    ends = sorted((sign * float(found["low"][held].min()), sign * float(found["high"][held].max())))
    within = ValueRange(low=ends[0], high=ends[1])
    shares = np.where(grid.filled > 0, 0.0, np.nan)
    shares[at] = hits / grid.filled[at]
    return Series(
        metric=f"values[{within}]",
        slice=None,
        times=cells.times,
        width_s=cells.width_s,
        values=shares,
        counts=grid.filled,
        within=within,
    )


def _are_of_slices(rows: Rows, relation: str, far: str, at: IntArray) -> bool:
    """Tell whether most far rows belong to slices that moved as a whole, as their own metrics show better.

    The slices are judged by the buckets `at` that hold far rows, and those between them, strays left out.
    """
    first, last = np.quantile(at, [STRAYS, 1 - STRAYS]).astype(int)
    for column in range(len(rows.slices)):
        of_slices, all_far = rows.database.row(
            f"SELECT coalesce(sum(n) FILTER (n > {LARGEST_SHARE} * filled), 0), sum(n) FROM (SELECT "
            f"count(*) FILTER ({far}) AS n, count(*) AS filled FROM {relation} "
            f"WHERE cell BETWEEN {first} AND {last} GROUP BY s{column})"
        )
        if 2 * of_slices > all_far:
            return True
    return False
