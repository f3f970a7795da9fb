"""Steps in AR(1) noise: exact sums of squares for any set of steps, in closed form.

With noise e_i = phi^gap e_{i-1} + innovation, the innovations of a series with level m are
v_i - m g_i, where v_i = r_i - p_i r_{i-1} and g_i = 1 - p_i. Within a segment that is a regression
through the origin, so cumulative sums give the cost of any segment at once. Only the first point of
a segment depends on the level before it, which makes the normal equations of all levels together
tridiagonal. (Romano et al. 2022 treat the same model, with drift, by dynamic programming.)
"""

import numpy as np
from scipy.linalg import solveh_banded

from bisect_ml.change_points.observed import IntArray
from bisect_ml.types import FloatArray

RIDGE, TINY = 1e-10, 1e-300
DENSE = 40  # levels, up to which a full inverse is quicker than a banded one
EDGE = 12  # points on either side that stand for the unknown level at a segment's first point


class Whitened:
    """A residual series under AR(1) noise of coefficient `phi`.

    Args:
        residuals: The series without season and drift.
        step: When each point was taken, in buckets; a gap of k buckets correlates as phi^k.
        precision: Relative precision of each point (1 is usual).
        phi: Correlation of neighbouring buckets, 0 to below 1.
    """

    def __init__(self, residuals: FloatArray, step: FloatArray, precision: FloatArray, phi: float) -> None:
        self.residuals = residuals
        self.phi = phi
        self._step, self._precision = step, precision
        n = len(residuals)
        self.carry = np.zeros(n)
        self.weight = precision
        if phi > 0:
            self.carry[1:] = phi ** np.diff(step)
            self.weight = precision * (1 - phi * phi) / (1 - self.carry * self.carry)
        self.innovation = residuals.copy()
        self.innovation[1:] -= self.carry[1:] * residuals[:-1]
        self.gain = 1 - self.carry
        self._vv = _running(self.weight * self.innovation * self.innovation)
        self._gv = _running(self.weight * self.gain * self.innovation)
        self._gg = _running(self.weight * self.gain * self.gain)
        self.log_determinant = -float(np.log(self.weight).sum())

    def __len__(self) -> int:
        return len(self.residuals)

    def less(self, known: FloatArray) -> "Whitened":
        """The same noise around what is left of the series without `known`."""
        return Whitened(self.residuals - known, self._step, self._precision, self.phi)

    def with_memory(self, phi: float) -> "Whitened":
        """The same series under another noise coefficient."""
        return Whitened(self.residuals, self._step, self._precision, phi)

    def segment_cost(self, start: IntArray, stop: IntArray) -> FloatArray:
        """Sum of squares of segments [start, stop) about their own level, without the first point."""
        first = np.where(start == 0, 0, start + 1)
        weight = np.maximum(self._gg[stop] - self._gg[first], 1e-12)
        cross = self._gv[stop] - self._gv[first]
        return np.maximum(self._vv[stop] - self._vv[first] - cross * cross / weight, 0.0)

    def entry_cost(self, start: IntArray) -> FloatArray:
        """Cost of the first point of segments that start at `start`, by the means on either side."""
        n = len(self)
        total = _running(self.residuals)
        left, right = np.maximum(start - EDGE, 0), np.minimum(start + EDGE, n)
        before = (total[start] - total[left]) / (start - left)
        after = (total[right] - total[start]) / (right - start)
        miss = self.innovation[start] - after + self.carry[start] * before
        cost: FloatArray = self.weight[start] * miss * miss
        return cost

    def levels(self, steps: list[int]) -> tuple[FloatArray, float, FloatArray]:
        """Levels of the segments, the sum of squares, and what each step saves of it.

        The saving of a step is the exact rise of the sum of squares when its two segments become
        one: for a linear constraint that is the squared contrast over its variance.
        """
        edges = np.array([0, *steps, len(self)])
        inverse = _inverse(self._step_design(edges))
        cross = self._with_entries(_between(self._gv, edges)[:, None], self.innovation[:, None], edges)[:, 0]
        level = inverse @ cross
        rss = max(float(self._vv[-1] - cross @ level), 0.0)
        return level, rss, _savings(level, inverse)

    def levels_beside(
        self, steps: list[int], columns: FloatArray
    ) -> tuple[FloatArray, float, FloatArray, FloatArray]:
        """The same when smooth `columns` (n, k) are fitted beside the levels; their coefficients last."""
        edges = np.array([0, *steps, len(self)])
        inverse = _inverse(self._step_design(edges))
        whitened = columns.copy()
        whitened[1:] -= self.carry[1:, None] * columns[:-1]
        both = np.column_stack([whitened, self.innovation])
        weighted = both * self.weight[:, None]
        inside = np.add.reduceat(self.gain[:, None] * weighted, edges[:-1], axis=0)
        inside[1:] -= self.gain[edges[1:-1], None] * weighted[edges[1:-1]]
        cross = self._with_entries(inside, both, edges)
        k = columns.shape[1]
        share = inverse @ cross
        gram = whitened.T @ weighted - cross[:, :k].T @ share
        # Steps may leave nothing of a column: the ridge then gives it no share.
        left = gram[:, :k] + np.diag(RIDGE * (whitened * weighted[:, :k]).sum(axis=0) + TINY)
        coefficients = np.asarray(np.linalg.solve(left, gram[:, k]), dtype=np.float64)
        level = share[:, k] - share[:, :k] @ coefficients
        rss = max(float(self._vv[-1] - cross[:, k] @ share[:, k] - coefficients @ gram[:, k]), 0.0)
        covariance = inverse + share[:, :k] @ np.linalg.solve(left, share[:, :k].T)
        return level, rss, _savings(level, covariance), coefficients

    def _step_design(self, edges: IntArray) -> FloatArray:
        """The step design against itself, upper banded."""
        inner = edges[1:-1]
        banded = np.zeros((2, len(edges) - 1))
        off, main = banded
        main[:] = _between(self._gg, edges)
        weight, carry = self.weight[inner], self.carry[inner]
        main[1:] += weight
        main[:-1] += weight * carry * carry
        off[1:] = -weight * carry
        return banded

    def _with_entries(self, inside: FloatArray, columns: FloatArray, edges: IntArray) -> FloatArray:
        """Sums over segments, completed by the first points, at which the level before counts too."""
        inner = edges[1:-1]
        entry = self.weight[inner, None] * columns[inner]
        inside[1:] += entry
        inside[:-1] -= self.carry[inner, None] * entry
        return inside

    def innovations_left(self, steps: list[int], level: FloatArray) -> FloatArray:
        """What the fit leaves, in units of the innovation's deviation."""
        fitted = np.repeat(level, np.diff([0, *steps, len(self)]))
        before = np.concatenate([[0.0], fitted[:-1]])
        left: FloatArray = (self.innovation - fitted + self.carry * before) * np.sqrt(self.weight)
        return left

    def profile(self, start: int, stop: int, low: int, high: int) -> tuple[FloatArray, FloatArray]:
        """One step at each place of [low, high) between `start` and `stop`.

        Returns the sum of squares of each place and the determinant of its normal equations.
        """
        first = start + (start > 0)
        at = np.arange(low, high)
        weight, carry, innovation = self.weight[at], self.carry[at], self.innovation[at]
        s11 = self._gg[at] - self._gg[first] + weight * carry * carry
        s22 = self._gg[stop] - self._gg[at + 1] + weight
        s12 = -weight * carry
        b1 = self._gv[at] - self._gv[first] - weight * carry * innovation
        b2 = self._gv[stop] - self._gv[at + 1] + weight * innovation
        determinant = np.maximum(s11 * s22 - s12 * s12, 1e-12)
        explained = (s22 * b1 * b1 - 2 * s12 * b1 * b2 + s11 * b2 * b2) / determinant
        return self._vv[stop] - self._vv[first] - explained, determinant


def _running(values: FloatArray) -> FloatArray:
    total = np.zeros(len(values) + 1)
    np.cumsum(values, out=total[1:])
    return total


def _between(total: FloatArray, edges: IntArray) -> FloatArray:
    """Sums of the segments without their first points, but for that of the series."""
    return np.asarray(total[edges[1:]] - total[edges[:-1] + (edges[:-1] > 0)])


def _savings(level: FloatArray, covariance: FloatArray) -> FloatArray:
    diagonal, beside = np.diag(covariance), np.diag(covariance, 1)
    contrast = np.diff(level)
    return np.asarray(contrast * contrast / (diagonal[1:] + diagonal[:-1] - 2 * beside))


def _inverse(banded: FloatArray) -> FloatArray:
    """The inverse of a tridiagonal matrix, of which the upper band is given."""
    off, main = banded
    k = len(main)
    if k > DENSE:
        return np.asarray(solveh_banded(banded, np.eye(k)), dtype=np.float64)
    full = np.diag(main)
    full.flat[1 :: k + 1] = full.flat[k :: k + 1] = off[1:]
    return np.linalg.inv(full)
