"""One more step at every place at once, beside other steps and smooth columns that are fitted anew each time.

What a drift was fitted to leans on the steps that were known then: with the drift held, a step that it has
partly drawn in gains too little, and is placed too near to where the drift bends. By the theorem of Frisch,
Waugh and Lovell the exact sums need the columns to be projected off only once for all places.
"""

import numpy as np

from bisect_ml.change_points.whitening import Columns, Whitened
from bisect_ml.types import FloatArray

SLIGHT = 1e-9  # share of a step's own size that the rest leaves of it: less is nothing


def profile_beside(whitened: Whitened, steps: list[int], columns: Columns) -> tuple[FloatArray, FloatArray]:
    """A step at each place of the series, beside `steps` and smooth columns.

    Returns the sum of squares of the whole series for each place, and what the rest leaves of the step's own
    sum of squares (its determinant given the rest). Linear in the points, square in steps and columns.
    """
    root = np.sqrt(whitened.weight)
    levels = np.zeros((len(whitened), len(steps) + 1))
    for k, at in enumerate([0, *steps]):
        levels[at:, k] = whitened.gain[at:]
        levels[at, k] = 1.0
    basis = np.linalg.qr(root[:, None] * np.column_stack([levels, columns.whitened]))[0]
    target = root * whitened.innovation
    left = target - basis @ (basis.T @ target)
    both = np.column_stack([basis, left])
    after = _sums_after(root[:, None] * whitened.gain[:, None] * both) + root[:, None] * both
    own = _sums_after(whitened.weight * whitened.gain * whitened.gain) + whitened.weight
    shared, cross = after[:, :-1], after[:, -1]
    free = np.maximum(own - np.einsum("ij,ij->i", shared, shared), SLIGHT * own)
    return float(left @ left) - cross * cross / free, free


def _sums_after(terms: FloatArray) -> FloatArray:
    """The sum of the terms behind each place, its own left out."""
    return np.asarray(np.cumsum(terms[::-1], axis=0)[::-1] - terms)
