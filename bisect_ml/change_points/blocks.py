"""Series too long for the whole model: fitted on block means, each step then placed among the buckets.

A step that is worth reporting lasts for many blocks, so the means lose nothing but its exact place, and that
is a question about the buckets near it alone.
"""

from dataclasses import replace

import numpy as np

from bisect_ml.change_points.clip import clip_outliers
from bisect_ml.change_points.clock import Clock
from bisect_ml.change_points.location import NEARBY, Located, in_order, likeliest
from bisect_ml.change_points.observed import IntArray
from bisect_ml.change_points.ramps import weigh_starts
from bisect_ml.change_points.steps import StepFit
from bisect_ml.change_points.whitening import Whitened, noise_at
from bisect_ml.types import FloatArray

LONGEST = 10_000  # points that are fitted as they are
BLOCKS = 5_000
NEAR = 2_000  # buckets on either side that tell the levels beside a step
BLOCKS_AROUND = 2  # how far from its block a step may turn out to be
LARGEST_PHI = 0.95


def block_size(points: int) -> int:
    """How many points to average, 1 for series that are short enough."""
    return 1 if points <= LONGEST else -(-points // BLOCKS)


def block_means(values: FloatArray, weights: FloatArray, size: int) -> tuple[FloatArray, FloatArray]:
    """Weighted means of `size` points in a row, and their weights; the last block may be shorter."""
    starts = np.arange(0, len(values), size)
    total = np.add.reduceat(weights, starts)
    return np.add.reduceat(values * weights, starts) / total, total


def block_clock(clock: Clock, size: int) -> Clock:
    """The clock of the blocks: their first points, in blocks since the first."""
    starts = np.arange(0, len(clock.step), size, dtype=np.int64)
    coarse = clock.at(starts)
    cycles = tuple(replace(cycle, length=cycle.length / size) for cycle in coarse.cycles)
    return replace(coarse, step=np.round(coarse.step / size), cycles=cycles)


def place_steps(
    values: FloatArray, clock: Clock, fit: StepFit, located: list[Located], size: int
) -> list[Located]:
    """Place each step of a fit of blocks among the buckets."""
    n = len(values)
    centres = np.arange(len(fit.season)) * size + (size - 1) / 2
    flat = clip_outliers(values - np.interp(np.arange(n), centres, fit.season + fit.drift))
    edges = [0, *(one.at * size for one in located), n]
    placed = [
        _place(
            flat,
            clock.step,
            one,
            size,
            max(edges[k], edges[k + 1] - NEAR),
            min(edges[k + 2], edges[k + 1] + NEAR),
        )
        for k, one in enumerate(located)
    ]
    return in_order(placed, edges[1:-1])


def _place(flat: FloatArray, step: FloatArray, one: Located, size: int, start: int, stop: int) -> Located:
    """The places of one step among the buckets [start, stop)."""
    at = one.at * size - start
    near = flat[start:stop]
    left = near - np.concatenate([np.full(at, near[:at].mean()), np.full(len(near) - at, near[at:].mean())])
    phi = float(np.clip(left[1:] @ left[:-1] / max(float(left @ left), 1e-300), 0.0, LARGEST_PHI))
    whitened = Whitened(near, noise_at(step[start:stop], np.ones_like(near), phi))
    reach = BLOCKS_AROUND * size
    low, high = max(at - reach, 1), min(at + reach, len(near) - 1)
    variance = float(left @ left) * (1 - phi * phi) / len(left)
    places, mass = weigh_starts(whitened, 0, len(near), low, high, variance)
    best: IntArray = places + start
    return replace(one, at=int(best[likeliest(mass, NEARBY)]), places=best, mass=mass)
