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

    def normal_equations(self, steps: list[int], columns: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The step design against itself (upper banded) and against innovations in `columns` (n, k)."""
        edges = np.array([0, *steps, len(self)])
        first = edges[:-1] + (np.arange(len(edges) - 1) > 0)
        sums = np.vstack(
            [np.zeros((1, columns.shape[1])), np.cumsum((self.weight * self.gain)[:, None] * columns, 0)]
        )
        main = self._gg[edges[1:]] - self._gg[first]
        cross = sums[edges[1:]] - sums[first]
        off = np.zeros(len(main))
        inner = edges[1:-1]
        weight, carry = self.weight[inner], self.carry[inner]
        main[1:] += weight
        main[:-1] += weight * carry * carry
        off[1:] = -weight * carry
        cross[1:] += weight[:, None] * columns[inner]
        cross[:-1] -= (weight * carry)[:, None] * columns[inner]
        return np.vstack([off, main]), cross

    def levels(self, steps: list[int]) -> tuple[FloatArray, float, FloatArray]:
        """Levels of the segments, the sum of squares, and what each step saves of it.

        The saving of a step is the exact rise of the sum of squares when its two segments become
        one: for a linear constraint that is the squared contrast over its variance.
        """
        banded, cross = self.normal_equations(steps, self.innovation[:, None])
        inverse = _solve(banded, np.eye(len(cross)))
        level = inverse @ cross[:, 0]
        rss = max(float(self._vv[-1] - cross[:, 0] @ level), 0.0)
        diagonal, beside = np.diag(inverse), np.diag(inverse, 1)
        contrast = np.diff(level)
        return level, rss, contrast * contrast / (diagonal[1:] + diagonal[:-1] - 2 * beside)

    def innovations_left(self, steps: list[int], level: FloatArray) -> FloatArray:
        """What the fit leaves, in units of the innovation's deviation."""
        fitted = np.repeat(level, np.diff([0, *steps, len(self)]))
        before = np.concatenate([[0.0], fitted[:-1]])
        left: FloatArray = (self.innovation - fitted + self.carry * before) * np.sqrt(self.weight)
        return left

    def regress(self, steps: list[int], columns: FloatArray) -> FloatArray:
        """Coefficients of smooth `columns` (n, k) fitted together with the levels, by least squares."""
        whitened = columns.copy()
        whitened[1:] -= self.carry[1:, None] * columns[:-1]
        both = np.column_stack([whitened, self.innovation])
        banded, cross = self.normal_equations(steps, both)
        k = columns.shape[1]
        gram = (whitened * self.weight[:, None]).T @ both - cross[:, :k].T @ _solve(banded, cross)
        return np.asarray(np.linalg.pinv(gram[:, :k]) @ gram[:, k], dtype=np.float64)

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
    return np.concatenate([[0.0], np.cumsum(values)])


def _solve(banded: FloatArray, right: FloatArray) -> FloatArray:
    if banded.shape[1] == 1:
        return np.asarray(right / banded[1][:, None], dtype=np.float64)
    return np.asarray(solveh_banded(banded, right), dtype=np.float64)
