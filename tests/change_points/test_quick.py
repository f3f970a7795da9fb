"""What was made quick gives what the plain way gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.ndimage import median_filter

from bisect_ml.change_points.candidates import candidate_steps
from bisect_ml.change_points.clip import (
    MAD_TO_SIGMA,
    NEIGHBOURHOOD,
    REACH,
    WIDTH,
    clip_outliers,
    median,
    robust_sigma,
)


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=40))
def test_the_median_is_that_of_numpy(values: list[float]) -> None:
    assert median(np.array(values)) == np.median(values)


@pytest.mark.parametrize("points", [9, 31, 32, 400])
def test_clipping_is_to_the_louder_of_the_series_and_the_neighbourhood(points: int) -> None:
    rng = np.random.default_rng(points)
    values = rng.standard_t(1.5, points) * np.where(np.arange(points) < points / 2, 1, 6)
    middle = median_filter(values, WIDTH, mode="mirror")
    off = values - middle
    sigma = np.full(points, robust_sigma(off))
    if points > NEIGHBOURHOOD:
        around = median_filter(np.abs(off), NEIGHBOURHOOD, mode="mirror")
        sigma = np.maximum(sigma, MAD_TO_SIGMA * around)
    expected = middle + np.clip(off, -REACH * sigma, REACH * sigma)
    assert (expected != values).sum() > 0
    assert clip_outliers(values) == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("points", [400, 1500, 4000])
def test_candidates_are_to_the_point_in_series_that_are_cut_into_blocks(points: int) -> None:
    rng = np.random.default_rng(points)
    # Of random signs, so that the largest jumps are not those of the steps.
    truth = np.arange(61, points - 30, 67)
    level = np.cumsum(np.bincount(truth, rng.choice([-5.0, 5.0], len(truth)), points))
    values = level + rng.standard_normal(points)
    found = candidate_steps(values, 3)
    assert np.mean([np.abs(found - at).min() <= 1 for at in truth]) >= 0.95
    assert np.mean(np.isin(truth, found)) >= 0.85
