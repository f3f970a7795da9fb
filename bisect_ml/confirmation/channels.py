"""Rows turned into numbers that average to a constant while nothing changes inside their cells."""

import numpy as np

from bisect_ml.row_window import CodeArray, Mask
from bisect_ml.types import FloatArray

TAIL = 0.05
# A row alone in its cell is always at its middle: a cell of fewer rows than this on average says too little.
ROWS_A_CELL = 8


def channels_inside(values: FloatArray, cells: CodeArray, calendar: CodeArray, classes: int) -> FloatArray:
    """Return the channels of rows within their cells, at their time of day.

    Where cells are too thin to tell the hours apart in each of them, the hours are told apart over all.
    """
    cells = _renumbered(cells)
    crossed = _renumbered(cells * (calendar.max(initial=0) + 1) + calendar)
    if len(values) >= ROWS_A_CELL * (crossed.max(initial=0) + 1):
        return channels(values, crossed, classes)
    found = channels(values, cells, classes)
    return np.stack([_centred(each, calendar) for each in found.T], axis=1)


def channels(values: FloatArray, cells: CodeArray, classes: int) -> FloatArray:
    """Turn each row into numbers that average to a constant while nothing changes.

    For numbers: its rank in its cell (0 to 1, ties at their middle), how far that is from the middle,
    whether it lies in either tail, and whether it is null; NaN where null, but for the last. For
    labels: whether it is each of the largest classes, and whether it is null. All but the ranks are taken
    against their mean in the cell: ties, tails, classes and nulls differ from cell to cell, so that traffic
    that moves between cells would move them.
    """
    null = ~np.isfinite(values)
    if classes:
        kept = [_where(null, values == code) for code in range(min(classes, 8))]
        return np.stack([_centred(each, cells) for each in (*kept, null.astype(float))], axis=1)
    rank = _ranks(values, cells)
    extremes = (np.abs(rank - 0.5), _where(null, rank < TAIL), _where(null, rank > 1 - TAIL))
    return np.stack([rank, *(_centred(each, cells) for each in (*extremes, null.astype(float)))], axis=1)


def _renumbered(codes: CodeArray) -> CodeArray:
    """The same codes without those that no row has, in their order; counting is quicker than sorting."""
    held = np.bincount(codes) > 0
    return np.asarray((np.cumsum(held) - 1)[codes])


def _centred(values: FloatArray, cells: CodeArray) -> FloatArray:
    """Values less the mean of their cell; NaN stays NaN."""
    known = np.isfinite(values)
    sums = np.bincount(cells[known], weights=values[known], minlength=int(cells.max(initial=0)) + 1)
    counts = np.bincount(cells[known], minlength=len(sums))
    centred: FloatArray = values - (sums / np.maximum(counts, 1))[cells]
    return centred


def _where(null: Mask, indicator: Mask) -> FloatArray:
    found: FloatArray = np.where(null, np.nan, indicator.astype(float))
    return found


def _ranks(values: FloatArray, cells: CodeArray) -> FloatArray:
    """Mid-ranks in each cell; one sort of all rows."""
    ranks = np.full(len(values), np.nan)
    order = np.argsort(values, kind="stable")
    # Codes of two bytes are sorted by counting, in a tenth of the time.
    codes = cells.astype(np.uint16) if cells.max(initial=0) < 2**16 else cells
    order = order[np.argsort(codes[order], kind="stable")]
    order = order[np.isfinite(values[order])]
    if not len(order):
        return ranks
    by_cell, by_value = cells[order], values[order]
    starts = np.flatnonzero(np.diff(by_cell, prepend=by_cell[0] - 1))
    sizes = np.diff(np.append(starts, len(order)))
    place = np.arange(len(order)) - np.repeat(starts, sizes)
    new_run = np.ones(len(order), dtype=bool)
    new_run[1:] = (by_cell[1:] != by_cell[:-1]) | (by_value[1:] != by_value[:-1])
    runs = np.flatnonzero(new_run)
    lengths = np.diff(np.append(runs, len(order)))
    middle = place[runs] + (lengths - 1) / 2
    ranks[order] = (np.repeat(middle, lengths) + 0.5) / np.repeat(sizes, sizes)
    return ranks
