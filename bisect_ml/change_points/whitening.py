"""Steps in AR(1) noise: exact sums of squares for any set of steps, in closed form.

With noise e_i = phi^gap e_{i-1} + innovation, the innovations of a series with level m are
v_i - m g_i, where v_i = r_i - p_i r_{i-1} and g_i = 1 - p_i. Within a segment that is a regression
through the origin, so cumulative sums give the cost of any segment at once. Only the first point of
a segment depends on the level before it, which makes the normal equations of all levels together
tridiagonal. (Romano et al. 2022 treat the same model, with drift, by dynamic programming.)
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import solveh_banded

from bisect_ml.change_points.observed import IntArray
from bisect_ml.types import FloatArray

RIDGE, TINY = 1e-10, 1e-300
DENSE = 40  # levels, up to which a full matrix is quicker than a banded one
EDGE = 12  # points on either side that stand for the unknown level at a segment's first point


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Noise:
    """AR(1) noise at the points of a series: all that does not depend on its values, so it is made once.

    `carry` is the correlation of a point with the one before it, `weight` the precision of its innovation,
    `gain` how much of a level its innovation shows, and `gg` the running sum of the squares of that.
    """

    phi: float
    step: FloatArray
    precision: FloatArray
    carry: FloatArray
    weight: FloatArray
    gain: FloatArray
    weighted_gain: FloatArray
    gg: FloatArray
    log_determinant: float

    def whiten(self, columns: FloatArray) -> "Columns":
        """Smooth columns (n, k) as the innovations see them."""
        whitened = whitened_columns(columns, self.carry[None])[0]
        weighted = whitened * self.weight[:, None]
        inside = np.zeros((len(columns) + 1, columns.shape[1]))
        np.cumsum(self.gain[:, None] * weighted, axis=0, out=inside[1:])
        return Columns(
            columns=columns, whitened=whitened, weighted=weighted, inside=inside, gram=whitened.T @ weighted
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """Smooth `columns` under a noise: whitened, weighted, their products and running sums over the level."""

    columns: FloatArray
    whitened: FloatArray
    weighted: FloatArray
    inside: FloatArray
    gram: FloatArray


def noise_at(step: FloatArray, precision: FloatArray, phi: float) -> Noise:
    """Noise of coefficient `phi`.

    Args:
        step: When each point was taken, in buckets; a gap of k buckets correlates as phi^k.
        precision: Relative precision of each point (1 is usual).
        phi: Correlation of neighbouring buckets, 0 to below 1.
    """
    carry, weight = np.zeros(len(step)), precision
    if phi > 0:
        carry[1:] = phi ** np.diff(step)
        weight = precision * (1 - phi * phi) / (1 - carry * carry)
    gain = 1 - carry
    weighted_gain = weight * gain
    return Noise(
        phi=phi,
        step=step,
        precision=precision,
        carry=carry,
        weight=weight,
        gain=gain,
        weighted_gain=weighted_gain,
        gg=_running(weighted_gain * gain),
        log_determinant=-float(np.log(weight).sum()),
    )


def whitened_columns(columns: FloatArray, carry: FloatArray) -> FloatArray:
    """Columns (n, k) as the innovations see them under each of some noises, of which `carry` has a row."""
    before = np.concatenate([np.zeros_like(columns[:1]), columns[:-1]])
    return np.asarray(columns - carry[:, :, None] * before)


def entry_means(residuals: FloatArray, start: IntArray) -> tuple[FloatArray, FloatArray]:
    """The means of a few points before and after each `start`, for series that are rows."""
    n = residuals.shape[1]
    total = np.zeros((len(residuals), n + 1))
    np.cumsum(residuals, axis=1, out=total[:, 1:])
    left, right = np.maximum(start - EDGE, 0), np.minimum(start + EDGE, n)
    here = total.take(start, axis=1)
    before = (here - total.take(left, axis=1)) / (start - left)
    after = (total.take(right, axis=1) - here) / (right - start)
    return before, after


class Whitened:
    """A residual series, without season and drift, under some noise."""

    def __init__(self, residuals: FloatArray, noise: Noise) -> None:
        self.residuals, self.noise = residuals, noise
        self.phi, self.log_determinant = noise.phi, noise.log_determinant
        self.carry, self.weight, self.gain = noise.carry, noise.weight, noise.gain
        self.innovation = residuals.copy()
        self.innovation[1:] -= self.carry[1:] * residuals[:-1]
        self._vv = _running(self.weight * self.innovation * self.innovation)
        self._gv = _running(noise.weighted_gain * self.innovation)
        self._gg = noise.gg

    def __len__(self) -> int:
        return len(self.residuals)

    def less(self, known: FloatArray) -> "Whitened":
        """The same noise around what is left of the series without `known`."""
        return Whitened(self.residuals - known, self.noise)

    def with_memory(self, phi: float) -> "Whitened":
        """The same series under another noise coefficient."""
        return Whitened(self.residuals, noise_at(self.noise.step, self.noise.precision, phi))

    def segment_cost(self, start: IntArray, stop: IntArray) -> FloatArray:
        """Sum of squares of segments [start, stop) about their own level, without the first point."""
        first = np.where(start == 0, 0, start + 1)
        weight = np.maximum(self._gg[stop] - self._gg[first], 1e-12)
        cross = self._gv[stop] - self._gv[first]
        return np.maximum(self._vv[stop] - self._vv[first] - cross * cross / weight, 0.0)

    def entry_cost(self, start: IntArray) -> FloatArray:
        """Cost of the first point of segments that start at `start`, by the means on either side."""
        before, after = entry_means(self.residuals[None], start)
        miss = self.innovation[start] - after[0] + self.carry[start] * before[0]
        cost: FloatArray = self.weight[start] * miss * miss
        return cost

    def levels(self, steps: list[int]) -> tuple[FloatArray, float, FloatArray]:
        """Levels of the segments, the sum of squares, and what each step saves of it.

        The saving of a step is the exact rise of the sum of squares when its two segments become
        one: for a linear constraint that is the squared contrast over its variance.
        """
        edges = np.array([0, *steps, len(self)])
        inverse = _inverse(self._step_design(edges))
        cross = self._level_cross(edges)
        level = inverse @ cross
        rss = max(float(self._vv[-1] - cross @ level), 0.0)
        return level, rss, _savings(level, inverse)

    def levels_beside(
        self, steps: list[int], columns: Columns
    ) -> tuple[FloatArray, float, FloatArray, FloatArray]:
        """The same as `levels` when smooth columns are fitted beside the levels; their coefficients last."""
        edges = np.array([0, *steps, len(self)])
        inverse = _inverse(self._step_design(edges))
        cross = self._level_cross(edges)
        smooth = self._with_entries(_between(columns.inside, edges), columns.whitened, edges)
        level, share = inverse @ cross, inverse @ smooth
        gram = columns.gram - smooth.T @ share
        # Steps may leave nothing of a column: the ridge then gives it no share.
        gram += np.diag(RIDGE * np.diag(columns.gram) + TINY)
        wanted = columns.weighted.T @ self.innovation - smooth.T @ level
        coefficients = np.asarray(np.linalg.solve(gram, wanted), dtype=np.float64)
        rss = max(float(self._vv[-1] - cross @ level - coefficients @ wanted), 0.0)
        level = level - share @ coefficients
        covariance = inverse + share @ np.linalg.solve(gram, share.T)
        return level, rss, _savings(level, covariance), coefficients

    def _level_cross(self, edges: IntArray) -> FloatArray:
        """The step design against the innovations."""
        return self._with_entries(_between(self._gv, edges)[:, None], self.innovation[:, None], edges)[:, 0]

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
    k = banded.shape[1]
    if k > DENSE:
        return np.asarray(solveh_banded(banded, np.eye(k)), dtype=np.float64)
    return np.asarray(np.linalg.inv(_full(banded)), dtype=np.float64)


def _full(banded: FloatArray) -> FloatArray:
    """A tridiagonal matrix, of which the upper band is given."""
    off, main = banded
    k = len(main)
    full = np.diag(main)
    full.flat[1 :: k + 1] = full.flat[k :: k + 1] = off[1:]
    return full
