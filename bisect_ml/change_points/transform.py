"""The scale on which a series looks most like steps and Gaussian noise.

A step of ten times dwarfs the noise before it and drowns in the noise after it unless logarithms
are taken. Each scale is judged by the Gaussian likelihood of the first differences, corrected by
the Jacobian of the transform as in Box and Cox (1964); differences, because they hardly see steps.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from bisect_ml.types import FloatArray

ScaleName = Literal["identity", "log", "logit", "asinh", "arcsine"]

TINY = 1e-150
FEWEST_HITS = 3.0  # a bucket, of the rarer outcome
MARGIN = 3.0  # nats by which another scale must beat the plain one


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scaled:
    """A series on its working scale: centred on its median, with unit deviation."""

    scale: ScaleName
    values: FloatArray


def rescale(values: FloatArray, rows: FloatArray | None = None) -> Scaled:
    """Choose the scale and standardise; `values` are finite and not all equal."""
    forms = _forms(values)
    if rows is not None and _is_rate(values, rows):
        # Anscombe (1948): the variance of this form hangs on the rows alone.
        forms = {
            "arcsine": (np.arcsin(np.sqrt((values * rows + 0.375) / (rows + 0.75))), np.zeros_like(values))
        }
    name = max(forms, key=lambda form: _likelihood(*forms[form]) - (0.0 if form == "identity" else MARGIN))
    centred = forms[name][0] - np.median(forms[name][0])
    return Scaled(scale=name, values=centred / (float(np.std(centred)) or 1.0))


def _forms(values: FloatArray) -> dict[ScaleName, tuple[FloatArray, FloatArray]]:
    """Each scale that is defined for these values, with the log of its derivative.

    The derivatives are taken by `values` over their largest size, so that neither the smallest nor
    the largest doubles leave the range of a double on the way.
    """
    size = float(np.abs(values).max())
    y = values / size
    low = float(y.min())
    forms: dict[ScaleName, tuple[FloatArray, FloatArray]] = {"identity": (y, np.zeros_like(y))}
    if low > TINY:
        forms["log"] = (np.log(y), -np.log(y))
    if values.min() > TINY and size < 1:
        odds = values / (1 - values)
        forms["logit"] = (np.log(odds), np.log(size) - np.log(values * (1 - values)))
    bend = float(np.quantile(np.abs(y), 0.2)) if low <= 0 else 0.0
    if bend > TINY:
        forms["asinh"] = (np.arcsinh(y / bend), -np.log(np.hypot(y, bend)))
    return forms


def _likelihood(z: FloatArray, log_derivative: FloatArray) -> float:
    """Log-likelihood of the differences; a derivative at both ends counts half for each."""
    differences = np.diff(z)
    variance = float(np.mean(differences * differences))
    jacobian = float(log_derivative.mean()) * len(differences)
    return jacobian - 0.5 * len(differences) * float(np.log(variance + TINY))


def _is_rate(values: FloatArray, rows: FloatArray) -> bool:
    """Whether the values are shares of the rows, and not too rare.

    Where a bucket has next to no hits, the form hangs on the rows too, and weekends look like steps.
    """
    hits = values * rows
    rarer = min(float(hits.mean()), float((rows - hits).mean()))
    return rarer >= FEWEST_HITS and are_shares(values, rows)


def are_shares(values: FloatArray, rows: FloatArray) -> bool:
    """Whether each value is a whole number of hits out of its rows."""
    hits = values * rows
    return bool(
        values.min() >= 0
        and values.max() <= 1
        and np.abs(hits - np.round(hits)).max() < 1e-6 * max(float(rows.max()), 1.0)
    )
