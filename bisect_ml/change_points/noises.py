"""Several noise coefficients at once: the best steps for each of them.

Series are short and steps few, so that what a fit costs is mostly the calls of numpy, and a call for eight
coefficients costs little more than one for one: a fit of 750 points took .8 ms alone and takes .1 ms so.
"""

from collections.abc import Sequence
from functools import cache, partial

import numpy as np

from bisect_ml.change_points.observed import IntArray
from bisect_ml.change_points.partition import cheapest_steps
from bisect_ml.change_points.whitening import (
    DENSE,
    RIDGE,
    TINY,
    Noise,
    entry_means,
    noise_at,
    whitened_columns,
)
from bisect_ml.types import FloatArray

AT_ONCE = 100_000  # costs of segments that are weighed together; more leave the processor's cache


class Noises:
    """Some noises of one series; every array has a row for each."""

    def __init__(self, noises: Sequence[Noise]) -> None:
        self.phi = np.array([one.phi for one in noises])
        self.carry = np.array([one.carry for one in noises])
        self.weight = np.array([one.weight for one in noises])
        self.gain = np.array([one.gain for one in noises])
        self.weighted_gain = np.array([one.weighted_gain for one in noises])
        self.gg = np.array([one.gg for one in noises])
        self.log_determinant = np.array([one.log_determinant for one in noises])

    def __len__(self) -> int:
        return len(self.phi)


class Memories:
    """The noises of one series for any coefficients, each made once.

    Args:
        step: When each point was taken, in buckets.
        precision: Relative precision of each point (1 is usual).
    """

    def __init__(self, step: FloatArray, precision: FloatArray) -> None:
        self.noise = cache(partial(noise_at, step, precision))
        self._noises: dict[tuple[float, ...], Noises] = {}

    def noises(self, phis: Sequence[float]) -> Noises:
        """The noises of some coefficients."""
        key = tuple(phis)
        if key not in self._noises:
            self._noises[key] = Noises([self.noise(phi) for phi in phis])
        return self._noises[key]


class WhitenedByEach:
    """Residual series, one for all (n) or one for each (k, n), under some noises."""

    def __init__(self, residuals: FloatArray, noises: Noises) -> None:
        self.noises, self._residuals = noises, np.atleast_2d(residuals)
        self.innovation: FloatArray = np.empty(noises.carry.shape)
        self.innovation[:, 0] = self._residuals[:, 0]
        np.multiply(noises.carry[:, 1:], self._residuals[:, :-1], out=self.innovation[:, 1:])
        np.subtract(self._residuals[:, 1:], self.innovation[:, 1:], out=self.innovation[:, 1:])
        self._vv = _running(noises.weight * self.innovation * self.innovation)
        self._gv = _running(noises.weighted_gain * self.innovation)

    def partitions(
        self, candidates: IntArray, *, penalty: float, min_size: int, parameters: IntArray, floor: float
    ) -> list[list[int]]:
        """The steps, ascending, with the least criterion for each noise.

        Args:
            candidates: Ascending places where a segment may start.
            penalty: Price of a step, in units of n log(variance).
            min_size: Fewest points of a segment.
            parameters: How many numbers were fitted besides the steps, for each noise.
            floor: Least variance that the noise can have.
        """
        n = self.innovation.shape[1]
        places = np.concatenate([[0], candidates, [n]]).astype(np.int64)
        together = max(1, AT_ONCE // len(places) ** 2)
        found: list[list[int]] = []
        for k in range(0, len(self.noises), together):
            rows = slice(k, k + together)
            arriving = self._segment_costs(rows, places, min_size)
            found += cheapest_steps(
                arriving, places, n, penalty=penalty, parameters=parameters[rows], floor=floor
            )
        return found

    def _segment_costs(self, rows: slice, places: IntArray, min_size: int) -> FloatArray:
        """Cost of each segment to one place (second axis) from an earlier one; infinite where too short."""
        start, first = places[:-1], np.where(places[:-1] == 0, 0, places[:-1] + 1)

        def between(total: FloatArray) -> FloatArray:
            # Unlike indexing, `take` leaves the arrays in the order that the search reads them in.
            return np.asarray(total.take(places, axis=1)[:, :, None] - total.take(first, axis=1)[:, None, :])

        cross = between(self._gv[rows])
        cross *= cross
        cross /= np.maximum(between(self.noises.gg[rows]), 1e-12)
        cost = between(self._vv[rows])
        cost -= cross
        np.maximum(cost, 0.0, out=cost)
        cost += np.where(places[:, None] - start >= min_size, 0.0, np.inf)
        cost[:, :, 1:] += self._entry_costs(rows, start[1:])[:, None, :]
        return cost

    def _entry_costs(self, rows: slice, start: IntArray) -> FloatArray:
        """Cost of the first point of segments that start at `start`, by the means on either side."""
        residuals = self._residuals if len(self._residuals) == 1 else self._residuals[rows]
        before, after = entry_means(residuals, start)
        noises = self.noises
        carry, weight = noises.carry[rows].take(start, axis=1), noises.weight[rows].take(start, axis=1)
        miss = self.innovation[rows].take(start, axis=1) - after + carry * before
        return np.asarray(weight * miss * miss)

    def sums_of_squares(self, found: list[list[int]]) -> FloatArray:
        """What the best levels between the steps leave of the sum of squares, for each noise."""
        main, beside, cross, _ = self._normal_equations(found, np.zeros((*self.innovation.shape, 0)))
        level = _solution(main, beside, cross)
        return np.asarray(np.maximum(self._vv[:, -1] - (cross * level).sum(axis=(1, 2)), 0.0))

    def sums_beside(self, found: list[list[int]], columns: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The same where smooth `columns` (n, k) are fitted beside the levels, and their coefficients."""
        whitened = whitened_columns(columns, self.noises.carry)
        weighted = whitened * self.noises.weight[:, :, None]
        main, beside, cross, smooth = self._normal_equations(found, whitened)
        share = _solution(main, beside, np.concatenate([cross, smooth], axis=2))
        level, share = share[:, :, :1], share[:, :, 1:]
        full = weighted.transpose(0, 2, 1) @ whitened
        gram = full - smooth.transpose(0, 2, 1) @ share
        # Steps may leave nothing of a column: the ridge then gives it no share.
        every = np.arange(columns.shape[1])
        gram[:, every, every] += RIDGE * full[:, every, every] + TINY
        wanted = weighted.transpose(0, 2, 1) @ self.innovation[:, :, None] - smooth.transpose(0, 2, 1) @ level
        coefficients = np.linalg.solve(gram, wanted)
        saved = (cross * level).sum(axis=(1, 2)) + (coefficients * wanted).sum(axis=(1, 2))
        return np.maximum(self._vv[:, -1] - saved, 0.0), coefficients[:, :, 0]

    def _normal_equations(
        self, found: list[list[int]], whitened: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """The step design against itself (its diagonals), the innovations and whitened columns.

        Where a noise has fewer steps than another, its last levels are empty and come out as nought.
        """
        n, most = self.innovation.shape[1], max(map(len, found))
        edges = np.array([[0, *steps, *[n] * (most + 1 - len(steps))] for steps in found])
        each = np.arange(len(found))[:, None]
        start, stop = edges[:, :-1], edges[:, 1:]
        first = np.minimum(start + (start > 0), n)

        def between(total: FloatArray) -> FloatArray:
            return np.asarray(total[each, stop] - total[each, first])

        inner = np.minimum(start[:, 1:], n - 1)
        weight = self.noises.weight[each, inner] * (start[:, 1:] < n)
        carry = self.noises.carry[each, inner]
        main = between(self.noises.gg) + (start == n)
        main[:, 1:] += weight
        main[:, :-1] += weight * carry * carry
        both = np.concatenate([self.innovation[:, :, None], whitened], axis=2)
        columns = _running(self.noises.weighted_gain[:, :, None] * whitened)
        cross = between(np.concatenate([self._gv[:, :, None], columns], axis=2))
        entry = weight[:, :, None] * both[each, inner]
        cross[:, 1:] += entry
        cross[:, :-1] -= carry[:, :, None] * entry
        return main, -weight * carry, cross[:, :, :1], cross[:, :, 1:]


def _solution(main: FloatArray, beside: FloatArray, right: FloatArray) -> FloatArray:
    """The solutions of symmetric tridiagonal systems, of which the diagonals are given."""
    models, levels = main.shape
    if levels <= DENSE:
        full, every = np.zeros((models, levels, levels)), np.arange(levels)
        full[:, every, every] = main
        full[:, every[1:], every[:-1]] = full[:, every[:-1], every[1:]] = beside
        return np.asarray(np.linalg.solve(full, right), dtype=np.float64)
    pivot, found = main[:, :, None].copy(), right.copy()
    factor = beside[:, :, None]
    for k in range(1, levels):
        share = factor[:, k - 1] / pivot[:, k - 1]
        pivot[:, k] -= share * factor[:, k - 1]
        found[:, k] -= share * found[:, k - 1]
    found[:, -1] /= pivot[:, -1]
    for k in range(levels - 2, -1, -1):
        found[:, k] = (found[:, k] - factor[:, k] * found[:, k + 1]) / pivot[:, k]
    return found


def _running(values: FloatArray) -> FloatArray:
    """Sums along the second axis, from none on."""
    total = np.zeros((values.shape[0], values.shape[1] + 1, *values.shape[2:]))
    np.cumsum(values, axis=1, out=total[:, 1:])
    return total
