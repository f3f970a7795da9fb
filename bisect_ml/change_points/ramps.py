"""Changes that take their time: a roll-out over hours, a cache that drains.

A ramp from one level to the other is a step whose first buckets are on the way. Its start is what a deploy
explains, so the onset's posterior is a mixture over step and ramps of some lengths.
"""

import numpy as np

from bisect_ml.change_points.observed import IntArray
from bisect_ml.change_points.whitening import Whitened
from bisect_ml.types import FloatArray

LENGTHS = (6, 12, 24, 48, 96)
PRIOR = 0.05  # of a ramp of any length
SMOOTHER = 2.0  # in log n: the price of a ramp's length


def weigh_starts(
    whitened: Whitened,
    start: int,
    stop: int,
    low: int,
    high: int,
    variance: float,
    beside: tuple[FloatArray, FloatArray] | None = None,
) -> tuple[IntArray, FloatArray]:
    """The posterior of the start of one change over the places [low, high) between `start` and `stop`.

    Both levels are integrated out, hence the determinants; all places are equally likely beforehand. `beside`
    are cost and determinant of a step at each place where more than the levels was fitted to it; both may
    differ from those of the levels alone by what all places share.
    """
    cost, determinant = whitened.profile(start, stop, low, high)
    if beside is not None:
        best = int(cost.argmin())
        cost = beside[0] + (cost[best] - beside[0][best])
        determinant = beside[1] * (determinant[best] / beside[1][best])
    evidence = [_evidence(cost, determinant, variance) + np.log(1 - PRIOR)]
    for length in LENGTHS:
        if stop - start > 2 * length:
            cost, determinant = ramp_costs(whitened, start, stop, low, high, length)
            evidence.append(_evidence(cost, determinant, variance) + np.log(PRIOR / len(LENGTHS)))
    joint = np.logaddexp.reduce(evidence, axis=0)
    mass = np.exp(joint - joint.max())
    return np.arange(low, high), mass / mass.sum()


def _evidence(cost: FloatArray, determinant: FloatArray, variance: float) -> FloatArray:
    return np.asarray(-cost / (2 * max(variance, 1e-300)) - 0.5 * np.log(determinant))


def ramp_costs(
    whitened: Whitened, start: int, stop: int, low: int, high: int, length: int
) -> tuple[FloatArray, FloatArray]:
    """Sum of squares of a ramp of `length` buckets from each start in [low, high), and the determinant.

    Within the ramp the whitened column is ((i - a) gain + 1) / (length + 1), for start a; beyond it, the
    gain: sums of powers of i give all starts at once.
    """
    first = start + (start > 0)
    window = slice(first, stop)
    w, g, v = whitened.weight[window], whitened.gain[window], whitened.innovation[window]
    i = np.arange(stop - first, dtype=np.float64)
    a = np.arange(low, high) - first
    a = np.maximum(a, 0)
    end = np.minimum(a + length + 1, len(i))

    def between(terms: FloatArray) -> FloatArray:
        total = np.concatenate([[0.0], np.cumsum(terms)])
        return np.asarray(total[end] - total[a])

    def beyond(terms: FloatArray) -> FloatArray:
        total = np.concatenate([[0.0], np.cumsum(terms)])
        return np.asarray(total[-1] - total[end])

    wg, wgg, wgv = w * g, w * g * g, w * g * v
    slope = 1 / (length + 1)
    gg, i_gg = between(wgg), between(i * wgg)
    xv = slope * (between(i * wgv) - a * between(wgv) + between(w * v)) + beyond(wgv)
    gx = slope * (i_gg - a * gg + between(wg)) + beyond(wgg)
    squares = between(i * i * wgg) - 2 * a * i_gg + a * a * gg
    xx = slope**2 * (squares + 2 * (between(i * wg) - a * between(wg)) + between(w)) + beyond(wgg)
    gg_all, gv_all = float(wgg.sum()), float(wgv.sum())
    determinant = np.maximum(gg_all * xx - gx * gx, 1e-12)
    explained = (xx * gv_all**2 - 2 * gx * gv_all * xv + gg_all * xv * xv) / determinant
    return float((w * v * v).sum()) - explained, determinant


def join_staircases(
    whitened: Whitened, steps: list[int], level: FloatArray, variance: float, price: float
) -> list[int]:
    """Keep the first of several steps the same way where one ramp fits as well as all of them do."""
    edges = [0, *steps, len(whitened)]
    up = np.sign(np.diff(level))
    kept, first = [], 0
    while first < len(steps):
        last = first
        while (
            last + 1 < len(steps)
            and up[last + 1] == up[first]
            and steps[last + 1] - steps[first] <= LENGTHS[-1]
        ):
            last += 1
        while last > first and not _is_ramp(whitened, edges[first : last + 3], variance, price):
            last -= 1
        kept.append(steps[first])
        first = last + 1
    return kept


def _is_ramp(whitened: Whitened, edges: list[int], variance: float, price: float) -> bool:
    """Whether a ramp is likelier than all inner `edges` as steps, at the price of one and of a length."""
    start, *steps, stop = edges
    room = steps[-1] - steps[0]
    low, high = max(steps[0] - room, start + 2), steps[-1]
    fits = [length for length in LENGTHS if length <= 3 * room + LENGTHS[0] and stop - start > 2 * length]
    if high <= low or not fits:
        return False
    ramp = min(float(ramp_costs(whitened, start, stop, low, high, length)[0].min()) for length in fits)
    apart = float(whitened.segment_cost(np.array(edges[:-1]), np.array(edges[1:])).sum())
    apart += float(whitened.entry_cost(np.array(steps)).sum())
    return bool((ramp - apart) / variance < price * (len(steps) - 1) - SMOOTHER * np.log(len(whitened)))
