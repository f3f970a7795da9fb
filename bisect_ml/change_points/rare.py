"""Shares of which a bucket holds next to no hits: steps of the rate, by the likelihood of the counts.

On any scale such values are noughts and outliers, and a rise from none to half a hit a bucket comes in pieces
or not at all. The counts themselves say how sure a change is: hits out of rows are binomial, or vary more
than that by a factor (the quasi-likelihood of Wedderburn 1974) that windows of many lengths tell.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, xlogy

from bisect_ml.change_points.candidates import candidate_steps
from bisect_ml.change_points.clock import Clock
from bisect_ml.change_points.flapping import without_flapping
from bisect_ml.change_points.location import NEARBY, Located, in_order, likeliest
from bisect_ml.change_points.observed import IntArray
from bisect_ml.change_points.transform import FEWEST_HITS, are_shares
from bisect_ml.types import FloatArray

RARE = 0.1  # share of the rows, at most
MIN_SIZE = 3
HIT_BUCKETS = 3  # with a hit, that a passing rise must have: one bucket is an accident
CLOSE = 4  # buckets on either side that may vouch for the hits of one
FEWEST_WINDOWS, PRIOR_WINDOWS = 6, 6.0
DAILY_COLUMNS = 4  # what the shape of a day costs, in log n
SHAPE_PRIOR = 10.0  # hits, by which the rate of an hour is drawn to that of all
FEWEST_DAYS = 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counts:
    """Hits out of trials in each bucket, with their running sums."""

    hits: FloatArray
    trials: FloatArray
    all_hits: FloatArray
    all_trials: FloatArray

    def __len__(self) -> int:
        return len(self.hits)

    def likelihood(self, start: IntArray, stop: IntArray) -> FloatArray:
        """Log-likelihood of segments [start, stop) at their own rates."""
        hits = self.all_hits[stop] - self.all_hits[start]
        trials = np.maximum(self.all_trials[stop] - self.all_trials[start], 1e-9)
        rate = np.minimum(hits / trials, 1.0)
        return np.asarray(xlogy(hits, rate) + xlogy(trials - hits, 1 - rate))

    def evidence(self, start: IntArray, stop: IntArray) -> FloatArray:
        """The same with the rate integrated out under the prior of Jeffreys."""
        hits = self.all_hits[stop] - self.all_hits[start]
        misses = np.maximum(self.all_trials[stop] - self.all_trials[start] - hits, 0.0)
        return np.asarray(gammaln(hits + 0.5) + gammaln(misses + 0.5) - gammaln(hits + misses + 1))


def is_rare(values: FloatArray, rows: FloatArray | None) -> bool:
    """Whether the values are shares of the rows with next to no hits in a bucket."""
    if rows is None or not are_shares(values, rows):
        return False
    hits = float((values * rows).sum())
    return 0 < hits < FEWEST_HITS * len(values) and hits <= RARE * float(rows.sum())


def rare_steps(values: FloatArray, rows: FloatArray, clock: Clock, price: float) -> list[Located]:
    """Steps of a rare share, oldest first.

    Args:
        values: Shares for which `is_rare` holds.
        rows: The rows of each bucket.
        clock: When the buckets were taken; the rate may follow the day.
        price: Of a step, in units of twice the log-likelihood.
    """
    hits = _vouched(np.round(values * rows))
    plain = _counts(hits, rows)
    steps = _settled(plain, _cheapest(plain, price), price)
    tried = [(plain, steps, 0)]
    for levels in [steps, []] if steps else [[]]:
        shape = _daily_shape(plain, levels, clock)
        if shape is not None:
            daily = _counts(hits, np.maximum(rows * shape, hits))
            tried.append((daily, _settled(daily, _cheapest(daily, price), price), DAILY_COLUMNS))
    dispersion = min(_largest_dispersion(counts, steps) for counts, steps, _ in tried)
    log_n = float(np.log(len(hits)))
    counts, steps, _ = min(
        tried, key=lambda one: one[2] * log_n + price * len(one[1]) - 2 * _likelihood(*one[:2]) / dispersion
    )
    return _located(counts, without_flapping(steps, _rates(counts, steps), len(hits)), price)


def _counts(hits: FloatArray, trials: FloatArray) -> Counts:
    return Counts(hits=hits, trials=trials, all_hits=_running(hits), all_trials=_running(trials))


def _running(values: FloatArray) -> FloatArray:
    return np.concatenate([[0.0], np.cumsum(values)])


def _vouched(hits: FloatArray) -> FloatArray:
    """Hits without what no bucket near by vouches for: one bad batch is not a change of rate."""
    padded = np.pad(hits, CLOSE)
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * CLOSE + 1)
    others = np.delete(around, CLOSE, axis=1).max(axis=1)
    return np.asarray(np.minimum(hits, 1 + 2 * others))


def _cheapest(counts: Counts, price: float) -> list[int]:
    """The best partition over some places, by dynamic programming."""
    n = len(counts)
    scaled = counts.hits / np.sqrt(np.maximum(counts.trials, 1e-9))
    inner = candidate_steps(scaled / (float(np.std(scaled)) or 1.0), MIN_SIZE)
    places = np.concatenate([[0], inner, [n]])
    cost = -2 * counts.likelihood(places[:, None], np.maximum(places[None, :], places[:, None]))
    cost[places[None, :] - places[:, None] < MIN_SIZE] = np.inf
    best = np.full(len(places), np.inf)
    best[0], back = -price, np.zeros(len(places), dtype=np.int64)
    for k in range(1, len(places)):
        through = best[:k] + cost[:k, k] + price
        back[k] = int(through.argmin())
        best[k] = through[back[k]]
    steps, k = [], int(back[-1])
    while k > 0:
        steps.append(int(places[k]))
        k = int(back[k])
    return steps[::-1]


def _settled(counts: Counts, steps: list[int], price: float) -> list[int]:
    """Each step at its likeliest place, without those that do not earn their price."""
    steps = _relocated(counts, steps)
    while steps:
        margins = _gains(counts, steps) - price
        margins[_accidents(counts, steps)] = -np.inf
        weakest = int(margins.argmin())
        if margins[weakest] >= 0:
            break
        steps = _relocated(counts, steps[:weakest] + steps[weakest + 1 :])
    return steps


def _relocated(counts: Counts, steps: list[int]) -> list[int]:
    edges = [0, *steps, len(counts)]
    for _ in range(2):
        for k in range(1, len(edges) - 1):
            places, evidence = _profile(counts, edges, k)
            edges[k] = int(places[evidence.argmax()])
    return edges[1:-1]


def _profile(counts: Counts, edges: list[int], k: int) -> tuple[IntArray, FloatArray]:
    """The places of step `k` between its neighbours, and the log evidence of each."""
    places = np.arange(edges[k - 1] + MIN_SIZE, edges[k + 1] - MIN_SIZE + 1)
    if not len(places):
        places = np.array([edges[k]])
    start, stop = np.array(edges[k - 1]), np.array(edges[k + 1])
    return places, counts.evidence(start, places) + counts.evidence(places, stop)


def _gains(counts: Counts, steps: list[int]) -> FloatArray:
    """Twice the log-likelihood that each step gains, over the dispersion of windows as long as it lasts."""
    edges = np.array([0, *steps, len(counts)])
    apart = counts.likelihood(edges[:-1], edges[1:])
    together = counts.likelihood(edges[:-2], edges[2:])
    widths, dispersions = _dispersions(counts, steps)
    length = np.diff(edges)
    shorter = np.minimum(length[:-1], length[1:])
    largest = np.maximum.accumulate(dispersions)
    known = np.maximum(np.searchsorted(widths, shorter, side="right") - 1, 0)
    return np.asarray(2 * (apart[:-1] + apart[1:] - together) / largest[known])


def _dispersions(counts: Counts, steps: list[int]) -> tuple[FloatArray, FloatArray]:
    """Widths of windows, and the factor, at least 1, by which their hits vary more than by chance."""
    rates = np.repeat(_rates(counts, steps), np.diff([0, *steps, len(counts)]))
    expected = _running(counts.trials * rates)
    widths: list[float] = []
    factors: list[float] = []
    width = 1
    while not widths or width * FEWEST_WINDOWS <= len(counts):
        at = np.arange(0, len(counts) + 1, width)
        meant = np.diff(expected[at])
        seen = np.diff(counts.all_hits[at])[meant > 0]
        meant = meant[meant > 0]
        squares = float(((seen - meant) ** 2 / meant).sum())
        widths.append(float(width))
        factors.append(max(1.0, (squares + PRIOR_WINDOWS) / (len(meant) + PRIOR_WINDOWS)))
        width *= 2
    return np.array(widths), np.array(factors)


def _accidents(counts: Counts, steps: list[int]) -> list[int]:
    """The first steps of rises that pass and have hits in too few buckets."""
    edges, rates = [0, *steps, len(counts)], _rates(counts, steps)
    return [
        k - 1
        for k in range(1, len(rates) - 1)
        if rates[k] > max(rates[k - 1], rates[k + 1])
        and np.count_nonzero(counts.hits[edges[k] : edges[k + 1]]) < HIT_BUCKETS
    ]


def _largest_dispersion(counts: Counts, steps: list[int]) -> float:
    return float(_dispersions(counts, steps)[1].max())


def _likelihood(counts: Counts, steps: list[int]) -> float:
    """Log-likelihood of the hits at the rates between the steps, for any shape of the day."""
    edges = np.array([0, *steps, len(counts)])
    exposure = float(xlogy(counts.hits, np.maximum(counts.trials, 1e-9)).sum())
    return float(counts.likelihood(edges[:-1], edges[1:]).sum()) + exposure


def _rates(counts: Counts, steps: list[int]) -> FloatArray:
    """The rate of each segment."""
    edges = np.array([0, *steps, len(counts)])
    return np.asarray(np.diff(counts.all_hits[edges]) / np.maximum(np.diff(counts.all_trials[edges]), 1e-9))


def _daily_shape(counts: Counts, steps: list[int], clock: Clock) -> FloatArray | None:
    """The relative rate of each hour of the day beside the steps, or None where it cannot be told."""
    day = next((cycle for cycle in clock.cycles if cycle.name == "day"), None)
    if day is None or clock.span < FEWEST_DAYS * day.length or day.length < 2:
        return None
    expected = counts.trials * np.repeat(_rates(counts, steps), np.diff([0, *steps, len(counts)]))
    hours = int(np.ceil(day.length))
    slot = np.minimum((day.phase % 1.0 * hours + 1e-6).astype(np.int64), hours - 1)
    seen = np.bincount(slot, counts.hits, hours) + SHAPE_PRIOR
    return np.asarray((seen / (np.bincount(slot, expected, hours) + SHAPE_PRIOR))[slot])


def _located(counts: Counts, steps: list[int], price: float) -> list[Located]:
    """Where each step may be; the likelihood of a place counts for less where hits come in bursts."""
    if not steps:
        return []
    edges, rates, gains = [0, *steps, len(counts)], _rates(counts, steps), _gains(counts, steps)
    dispersion = _largest_dispersion(counts, steps)
    found = []
    for k in range(1, len(edges) - 1):
        places, evidence = _profile(counts, edges, k)
        mass = np.exp((evidence - evidence.max()) / dispersion)
        mass /= mass.sum()
        found.append(
            Located(
                at=int(places[likeliest(mass, NEARBY)]),
                places=places,
                mass=mass,
                shift=float(rates[k] - rates[k - 1]),
                excess=float(gains[k - 1] - price),
            )
        )
    return in_order(found, steps)
