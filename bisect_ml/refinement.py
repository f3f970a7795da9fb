"""The onset of an incident, narrowed from buckets to rows.

Inside each cell (the rows that share their slice values) the distribution of predictions is learnt
well before and well after the onset; each row in between then says, by its log-likelihood ratio,
whether old or new code is likelier to have made it. The moments are weighed by the sum of what the
rows behind them say. Working inside cells keeps a change of traffic from looking like a change of code;
where the traffic itself is what changed, the rows say by the cells they fall into.
"""

import numpy as np

from bisect_ml.row_window import CodeArray, Mask
from bisect_ml.types import FloatArray, Onset

BINS = 16
MIN_CELL_ROWS = 40
MAX_EDGES = 2_000
# One row may not outvote the rest: an odd value is no proof, and both versions serve during a rollout.
ROW_LIMIT_NATS = 2.0
# Rows of one user or batch repeat each other, so their ratios add to less than independent rows would.
TEMPER = 0.5
# A cell must differ this many times more than by chance before its rows are heard at all.
CHANCE_FACTOR = 2.0
# What the buckets said may be off by a bucket; this much of the belief is spread over the whole window.
SPREAD_PRIOR = 0.02
# Belief that gathers at an end of the window asks for what lies beyond: the buckets were off by more.
WIDENING = 3.0
_OUTERMOST, _GATHERED = 0.05, 0.25


def refine(
    onset: Onset,
    times: FloatArray,
    values: FloatArray,
    cells: CodeArray,
    slack_s: float = 0.0,
    *,
    of_traffic: bool = False,
) -> Onset:
    """Weigh the moments around an onset by the rows logged there.

    Args:
        onset: What the buckets said.
        times: Epoch seconds of the rows, increasing; they should reach well beyond the onset on both sides.
        values: Predictions, NaN where null; labels as codes.
        cells: A small non-negative code per row; rows of one cell are comparable.
        slack_s: How far outside what the buckets said the onset may lie, in seconds; `WIDENING` times as far
            where the rows point beyond that.
        of_traffic: Whether the shares of the cells moved, and nothing inside them.

    Returns:
        The sharper onset, or the one given when the rows cannot tell old from new. Linear in the rows,
        after a sort inside each cell.
    """
    found = _within(onset, times, values, cells, slack_s, of_traffic=of_traffic)
    if found is onset or not slack_s or not _leans_out(found):
        return found
    return _within(onset, times, values, cells, WIDENING * slack_s, of_traffic=of_traffic)


def _leans_out(onset: Onset) -> bool:
    """Tell whether much of the belief lies in the outermost parts of the window, on one of its sides."""
    cumulative = np.concatenate([[0.0], np.cumsum(onset.mass)])
    first, last = onset.edges[0], onset.edges[-1]
    part = _OUTERMOST * (last - first)
    early, late = np.interp([first + part, last - part], onset.edges, cumulative)
    return bool(max(early, 1.0 - late) > _GATHERED)


def _within(
    onset: Onset,
    times: FloatArray,
    values: FloatArray,
    cells: CodeArray,
    slack_s: float,
    *,
    of_traffic: bool,
) -> Onset:
    """Weigh the moments of the window with so much slack on either side."""
    low, high = float(onset.edges[0]) - slack_s, float(onset.edges[-1]) + slack_s
    before, after = times < low, times >= high
    inside = ~(before | after)
    if not inside.any():
        return onset
    ratio = _tempered(_among_cells(cells, before, after)) if of_traffic else np.zeros(0)
    if not ratio.any():
        ratio = log_ratios(values, cells, before, after, inside)
    if not ratio.any():
        return onset
    return _weighed(onset, (low, high), times[inside], ratio)


def log_ratios(
    values: FloatArray,
    cells: CodeArray,
    old: Mask,
    new: Mask,
    asked: Mask,
) -> FloatArray:
    """Weigh by what each row was made: the log-likelihood ratio of new over old, inside its cell.

    Args:
        values: Predictions, NaN where null; labels as codes.
        cells: A small non-negative code per row; rows of one cell are comparable.
        old: The rows to learn the old distribution from.
        new: The rows to learn the new distribution from.
        asked: The rows to weigh; they may be among the others.

    Returns:
        A ratio for each row that was asked for, in nats, held down for rows that repeat each other; all
        are 0 where old and new cannot be told apart. Cells that are too thin to learn from are taken
        together.
    """
    ratio = np.zeros(int(asked.sum()))
    # Cells may be too thin to learn from one by one; the rows of a slice are still much alike.
    for groups in (cells, np.zeros_like(cells)):
        for group in np.unique(groups[asked]):
            mine = groups == group
            was, now = values[mine & old], values[mine & new]
            if min(len(was), len(now)) >= MIN_CELL_ROWS:
                ratio[groups[asked] == group] = _log_ratio(was, now, values[mine & asked])
        if ratio.any():
            break
    return _tempered(ratio)


def _tempered(ratio: FloatArray) -> FloatArray:
    return TEMPER * np.clip(ratio, -ROW_LIMIT_NATS, ROW_LIMIT_NATS)


def _among_cells(cells: CodeArray, before: Mask, after: Mask) -> FloatArray:
    """Return the log-likelihood ratio of each row in between by its cell, 0 where a side has too few rows."""
    _, codes = np.unique(cells, return_inverse=True)
    if min(before.sum(), after.sum()) < MIN_CELL_ROWS:
        return np.zeros(int((~(before | after)).sum()))
    return _ratio_of_bins(codes[before], codes[after], codes[~(before | after)], int(codes.max()) + 1)


def _log_ratio(old: FloatArray, new: FloatArray, rows: FloatArray) -> FloatArray:
    """Log-likelihood ratio of each row, new over old, by histograms with null as a bin of its own.

    Two samples of one distribution differ too; what chance alone would make them differ is taken off,
    so that a cell in which nothing changed says nothing.
    """
    known = np.concatenate([old, new])
    known = known[np.isfinite(known)]
    edges = np.unique(np.quantile(known, np.linspace(0, 1, BINS + 1)[1:-1])) if len(known) else np.zeros(0)
    bins = len(edges) + 2
    old_bins, new_bins, row_bins = (_bin(part, edges, bins) for part in (old, new, rows))
    return _ratio_of_bins(old_bins, new_bins, row_bins, bins)


def _ratio_of_bins(old: CodeArray, new: CodeArray, rows: CodeArray, bins: int) -> FloatArray:
    was, now = _shares(old, bins), _shares(new, bins)
    ratio: FloatArray = np.log(now / was)
    divergence = float(np.sum((now - was) * ratio)) / 2
    by_chance = (bins - 1) * (1 / len(old) + 1 / len(new)) / 2
    shrink = max(0.0, 1 - CHANCE_FACTOR * by_chance / divergence) if divergence > 0 else 0.0
    return shrink * ratio[rows]


def _bin(values: FloatArray, edges: FloatArray, bins: int) -> CodeArray:
    return np.where(np.isfinite(values), np.searchsorted(edges, values, side="right"), bins - 1)


def _shares(binned: CodeArray, bins: int) -> FloatArray:
    """Shares of the bins, with half a row added to each so that an empty bin is rare, not impossible."""
    counts = np.bincount(binned, minlength=bins) + 0.5
    shares: FloatArray = counts / counts.sum()
    return shares


def _weighed(onset: Onset, span: tuple[float, float], times: FloatArray, ratio: FloatArray) -> Onset:
    """The posterior over the gaps between rows: an onset in a gap makes all later rows new."""
    edges = np.unique(np.concatenate([[span[0]], onset.edges[[0, -1]], times, [span[1]]]))
    later = np.concatenate([np.cumsum(ratio[::-1])[::-1], [0.0]])
    rows_before = np.searchsorted(times, edges[:-1], side="right")
    cumulative = np.concatenate([[0.0], np.cumsum(onset.mass)])
    prior = np.diff(np.interp(edges, onset.edges, cumulative))
    prior = (1 - SPREAD_PRIOR) * prior + SPREAD_PRIOR * np.diff(edges) / (edges[-1] - edges[0])
    log_mass = np.log(np.maximum(prior, 1e-300)) + later[rows_before]
    mass = np.exp(log_mass - log_mass.max())
    return _thinned(edges, mass / mass.sum())


def _thinned(edges: FloatArray, mass: FloatArray) -> Onset:
    if len(mass) > MAX_EDGES:
        kept = np.unique(np.linspace(0, len(mass), MAX_EDGES + 1).astype(int))
        mass, edges = np.add.reduceat(mass, kept[:-1]), edges[kept]
    return Onset.of(edges, mass)
