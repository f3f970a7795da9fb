"""Which incidents stand up against the raw rows around them.

A detector that looks at many series of averages meets a few that move by chance, by season or by who
happened to ask. So each incident is tested once more, strongest first, on the rows themselves: ranked
among the rows of their own cell (slice values and time of day), where a change of traffic cannot move
them, and ranked among all rows of that time of day, where it can. The first test is for code, the
second for a shift of the mix that is worth reporting although no code did it. What moved in one slice is
drowned among all rows, so the slices that showed it best are tested by themselves too; and so are the few
rows that lie far beyond the others, which ranks hardly see.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from bisect_ml.populations import Sides, sides_of
from bisect_ml.row_window import RowWindow
from bisect_ml.types import FloatArray, Incident, Slice, ValueRange

IntArray = NDArray[np.intp]

HOUR_BLOCK_S = 3 * 3600.0
SHORTEST_BLOCK_S = 15 * 60.0
BLOCKS_A_SIDE = 6
DAY_S = 24 * 3600.0
EPOCH_WEEKDAY = 3  # 1970 began on a Thursday
HORIZONS_S = tuple(hours * 3600.0 for hours in (3, 6, 12, 24, 72, 168))
FARTHEST_S = HORIZONS_S[-1]
FULL_WEEK_S = 6.5 * DAY_S
SHARED_HOURS = 0.4
# Other traffic for some hours is the hour's, not the mix's.
SHORTEST_MIX_S = DAY_S / 2
# Batches come so far apart that a week holds too few of them: then as far as it takes for so many.
BATCHES_A_SIDE = 28
MOST_BATCHES_A_WEEK = 14
LONGEST_STRETCH = 4 * BATCHES_A_SIDE  # a batch in four weeks
# How far to look back and ahead. What lasted hours is told best from a longer stretch on its other side.
SPANS_S = tuple(
    span
    for horizon in HORIZONS_S
    for span in ((horizon, horizon), (4 * horizon, horizon), (horizon, 4 * horizon))
    if max(span) <= FARTHEST_S
)
MIN_BLOCKS = 3
MIN_ROWS = 15
TAIL = 0.05
# A row alone in its cell is always at its middle: a cell of fewer rows than this on average says too little.
ROWS_A_CELL = 8
TESTED_SLICES = 3
# One in a hundred thousand, after the correction for some eighty tests, since the place was chosen because
# something seemed to move there. Most real breaks pass by dozens of orders of magnitude.
LARGEST_P = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """How likely the rows around an incident are by chance: ranked inside cells, and among all rows."""

    inside_p: float
    overall_p: float

    @property
    def stands(self) -> bool:
        """Whether chance is no explanation."""
        return min(self.inside_p, self.overall_p) < LARGEST_P


def confirm(
    incidents: Sequence[Incident],
    strength: Callable[[Incident], float],
    window: Callable[[float, float], RowWindow],
    log_start: float,
    log_end: float,
) -> tuple[Incident, ...]:
    """Keep the incidents that the rows support, strongest first, each tested between its neighbours.

    Args:
        incidents: In the order in which they began.
        strength: How clearly an incident shows; decides who is tested first.
        window: The rows from an epoch second to before another.
        log_start: Epoch seconds of the first row.
        log_end: Epoch seconds of the last row.

    Returns:
        Those that stand, in their order, with their support.
    """

    @cache  # most are tested twice, and have the same neighbours both times
    def support_of(sides: Sides, slices: tuple[Slice, ...], ranges: tuple[ValueRange, ...]) -> Support:
        near = sides.within(FARTHEST_S)
        rows = window(near.start, near.end)
        stretch = _stretch(rows.times, near)
        if stretch > 1:
            near = sides.within(stretch * FARTHEST_S)
            rows = window(near.start, near.end)
        return supported(rows, near.low, near.high, slices, ranges, stretch)

    def tested(incident: Incident, others: Sequence[Incident]) -> Incident | None:
        sides = sides_of(incident, others, log_start, log_end)
        support = support_of(sides, _clearest_slices(incident), _ranges(incident))
        stands = replace(incident, inside_p=support.inside_p, overall_p=support.overall_p)
        return stands if support.stands else None

    accepted: list[Incident] = []
    for incident in sorted(incidents, key=strength, reverse=True):
        found = tested(incident, accepted)
        accepted += [found] if found else []
    accepted += _beside_neighbours(incidents, accepted, tested)
    # An early one may have lived on a later one's rows; now that all are known, each stands by itself.
    for incident in reversed(tuple(accepted)):
        others = [one for one in accepted if one is not incident]
        found = tested(incident, others)
        accepted = [*others, *([found] if found else [])]
    return tuple(sorted(accepted, key=lambda one: one.onset.at))


def _beside_neighbours(
    incidents: Sequence[Incident],
    accepted: Sequence[Incident],
    tested: Callable[[Incident, Sequence[Incident]], Incident | None],
) -> tuple[Incident, ...]:
    """Return the incidents that stand beside the one before or after them, and did not without it.

    A break that lasted hours is lost in the days of the old level that follow it, until its end is known;
    where both were refused, they stand together or not at all.
    """
    known = list(accepted)
    for pair in pairwise(incidents):
        held = {id(one.lead) for one in known}
        refused = [one for one in pair if id(one.lead) not in held]
        found = [tested(one, [*known, *refused]) for one in refused]
        if all(found):
            known += filter(None, found)
    return tuple(known[len(accepted) :])


def _clearest_slices(incident: Incident) -> tuple[Slice, ...]:
    """Return the slices that showed the incident, its lead's before those of the clearest symptoms."""
    shown = (each.series.slice for each in incident.all_symptoms)
    return tuple(dict.fromkeys(each for each in shown if each is not None))[:TESTED_SLICES]


def _stretch(times: FloatArray, sides: Sides) -> float:
    """Return how many times as far to look: farther than 1 where the rows come in few batches a week."""
    blocks = len(np.unique(times // HOUR_BLOCK_S))
    weeks = max((sides.low - sides.start + sides.end - sides.high) / FARTHEST_S, 1 / 7)
    a_week = blocks / weeks
    return 1.0 if a_week > MOST_BATCHES_A_WEEK else min(LONGEST_STRETCH, BATCHES_A_SIDE / max(a_week, 0.1))


def _ranges(incident: Incident) -> tuple[ValueRange, ...]:
    """Return the ranges of far values whose shares showed the incident."""
    shown = (each.series.within for each in incident.all_symptoms)
    return tuple(dict.fromkeys(each for each in shown if each is not None))


def supported(
    rows: RowWindow,
    low: float,
    high: float,
    slices: Sequence[Slice] = (),
    ranges: Sequence[ValueRange] = (),
    stretch: float = 1.0,
) -> Support:
    """Test the rows before `low` against those from `high` on (epoch seconds).

    All rows are tested, those of each slice, and which rows lie in each range of values. All spans are
    `stretch` times as long as for rows that come all the time.
    """
    calendar = _calendar(rows.times, low, high)
    classes, cells = len(rows.classes), rows.cells
    inside = _inside(rows.values, cells, calendar, classes)
    overall = channels(rows.values, calendar, classes)
    chances = [_smallest_p(rows.times, inside, low, high, stretch)]
    for each in slices:
        kept = rows.in_slice(each.column, each.value)
        own = _inside(rows.values[kept], cells[kept], calendar[kept], classes)
        chances.append(_smallest_p(rows.times[kept], own, low, high, stretch))
    times = rows.times
    for within in ranges:
        held = _inside(_held(rows.values, within), cells, calendar, 1)[:, :1]
        chances.append(_smallest_p(times, held, low, high, stretch, prior=np.inf))
    reach = min(low - float(times.min(initial=low)), float(times.max(initial=high)) - high)
    return Support(
        inside_p=min(1.0, min(chances) * len(chances)),
        overall_p=_smallest_p(times, overall, low, high, stretch) if reach >= SHORTEST_MIX_S else 1.0,
    )


def _held(values: FloatArray, within: ValueRange) -> FloatArray:
    """Take the rows inside a range for one class and those outside for another; NaN where null."""
    codes: FloatArray = np.where(np.isfinite(values), np.where(within.holds(values), 0.0, 1.0), np.nan)
    return codes


def _inside(values: FloatArray, cells: IntArray, calendar: IntArray, classes: int) -> FloatArray:
    """Return the channels of rows within their cells, at their time of day.

    Where cells are too thin to tell the hours apart in each of them, the hours are told apart over all.
    """
    cells = _renumbered(cells)
    crossed = _renumbered(cells * (calendar.max(initial=0) + 1) + calendar)
    if len(values) >= ROWS_A_CELL * (crossed.max(initial=0) + 1):
        return channels(values, crossed, classes)
    found = channels(values, cells, classes)
    return np.stack([_centred(each, calendar) for each in found.T], axis=1)


def _renumbered(codes: IntArray) -> IntArray:
    """The same codes without those that no row has, in their order; counting is quicker than sorting."""
    held = np.bincount(codes) > 0
    return np.asarray((np.cumsum(held) - 1)[codes])


def _calendar(times: FloatArray, low: float, high: float) -> IntArray:
    """A code per row for its three hours of the week, in UTC, as far as both sides share them.

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


def _shared(codes: IntArray, before: NDArray[np.bool_], after: NDArray[np.bool_]) -> float:
    """Return the share of the rows of either side, the lesser one, whose code the other side has too."""
    sides = codes[before], codes[after]
    if not all(map(len, sides)):
        return 1.0
    both = np.intersect1d(*sides)
    return min(float(np.isin(side, both).mean()) for side in sides)


def channels(values: FloatArray, cells: IntArray, classes: int) -> FloatArray:
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


def _centred(values: FloatArray, cells: IntArray) -> FloatArray:
    """Values less the mean of their cell; NaN stays NaN."""
    known = np.isfinite(values)
    sums = np.bincount(cells[known], weights=values[known], minlength=int(cells.max(initial=0)) + 1)
    counts = np.bincount(cells[known], minlength=len(sums))
    centred: FloatArray = values - (sums / np.maximum(counts, 1))[cells]
    return centred


def _where(null: NDArray[np.bool_], indicator: NDArray[np.bool_]) -> FloatArray:
    found: FloatArray = np.where(null, np.nan, indicator.astype(float))
    return found


def _ranks(values: FloatArray, cells: IntArray) -> FloatArray:
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


def _smallest_p(
    times: FloatArray,
    ranked: FloatArray,
    low: float,
    high: float,
    stretch: float,
    *,
    prior: float = MIN_ROWS,
) -> float:
    """The smallest chance over channels and spans, after Bonferroni's correction."""
    if not ((times < low).any() and (times >= high).any()):
        return 1.0
    reach = min(low - float(times[0]), float(times[-1]) - high)
    totals = [_totals(channel) for channel in ranked.T]
    usual = [_variance(total[:, -1]) for total in totals]
    chances = []
    for back, ahead in ((stretch * back, stretch * ahead) for back, ahead in SPANS_S):
        # A break that lasted hours has no room for blocks of three hours.
        length = float(np.clip(min(back, ahead, reach) / BLOCKS_A_SIDE, SHORTEST_BLOCK_S, HOUR_BLOCK_S))
        before = -np.minimum(length * np.arange(int(np.ceil(back / length)), -1, -1), back)
        after = np.minimum(length * np.arange(int(np.ceil(ahead / length)) + 1), ahead)
        edges = [np.searchsorted(times, low + before), np.searchsorted(times, high + after)]
        for total, variance in zip(totals, usual, strict=True):
            first, second = (np.diff(total[:, edge]) for edge in edges)
            chances.append(_chance(first, second, variance, prior))
    return min(1.0, min(chances) * len(chances))


def _totals(values: FloatArray) -> FloatArray:
    """How many numbers come before each place of the rows, and one place more; their sum and their squares'.

    The sums of any block are differences of these: a span of blocks costs no pass over the rows.
    """
    known = np.isfinite(values)
    numbers = np.where(known, values, 0.0)
    total = np.zeros((3, len(values) + 1))
    np.cumsum(np.stack([known, numbers, numbers**2]), axis=1, out=total[:, 1:])
    return total


def _variance(total: FloatArray) -> float:
    """The variance of rows by their number, their sum and the sum of their squares."""
    rows, sums, squares = (float(each) for each in total)
    return squares / rows - (sums / rows) ** 2 if rows else 0.0


def _chance(before: FloatArray, after: FloatArray, usual: float, prior: float) -> float:
    """Two-sided chance of the difference between the blocks before and those after.

    Each side has the number of rows, their sum and the sum of their squares, a column for every block;
    `usual` is the variance of all rows that are known, those outside the blocks too, and is believed like
    that of `prior` rows. Rows
    of the same hours share their weather, so they vary more between blocks than independent rows would. By
    how much is estimated from all blocks together, as the dispersion of a quasi-likelihood (Wedderburn
    1974), and never let under one.
    """
    used = [int(np.count_nonzero(side[0])) for side in (before, after)]
    if min(used) < MIN_BLOCKS or min(side[0].sum() for side in (before, after)) < MIN_ROWS:
        return 1.0
    spread, error, means = 0.0, 0.0, []
    variance_of_all = max(usual, _variance(before.sum(axis=1) + after.sum(axis=1)))
    for rows, sums, squares in (before, after):
        count = rows.sum()
        mean = sums.sum() / count
        variance = squares.sum() / count - mean**2
        # A few rows that happen to agree are not known to agree always: nulls, tails and classes that are
        # rare at some hours and common at others are centred hour by hour, and constant while none comes.
        variance = variance_of_all + (variance - variance_of_all) * count / (count + prior)
        between = np.sum((sums - mean * rows) ** 2 / np.maximum(rows, 1))
        spread += between / variance if variance > 0 else 0.0
        error += max(variance, 0.0) / count
        means.append(mean)
    freedom = sum(used) - 2
    difference = float(means[1] - means[0])
    if abs(difference) < np.finfo(float).eps or error == 0:
        return 1.0 if abs(difference) < np.finfo(float).eps else 0.0
    t = abs(difference) / float(np.sqrt(error * max(1.0, spread / freedom)))
    return float(2 * stdtr(freedom, -t))
