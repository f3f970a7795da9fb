import numpy as np
import pytest

from bisect_ml.change_points import detect
from bisect_ml.change_points.blocks import block_means, block_size
from bisect_ml.change_points.clip import clip_outliers
from bisect_ml.change_points.drafts import Search
from bisect_ml.change_points.location import settle_steps
from bisect_ml.change_points.noises import Memories
from bisect_ml.change_points.steps import fit_steps


def test_short_series_are_left_as_they_are() -> None:
    assert block_size(10_000) == 1
    assert block_size(10_001) > 1


def test_block_means_weigh_their_points() -> None:
    means, weights = block_means(np.array([1.0, 3.0, 10.0]), np.array([1.0, 3.0, 2.0]), 2)
    assert means.tolist() == [2.5, 10.0]
    assert weights.tolist() == [4.0, 2.0]


def test_steps_of_a_long_series_are_placed_to_the_bucket() -> None:
    values = np.random.default_rng(1).standard_normal(40_000)
    values[10_007:] += 5
    values[30_001:] -= 5
    assert [change.index for change in detect(values)] == pytest.approx([10_007, 30_001], abs=1)
    assert all(change.posterior.shape == (40_000,) for change in detect(values))


def test_a_long_season_is_no_step() -> None:
    n = 30_000
    values = np.random.default_rng(2).standard_normal(n) + 3 * np.sin(2 * np.pi * np.arange(n) / 1440)
    assert detect(values, period=1440) == []


def test_many_steps_of_a_long_series_stay_in_order() -> None:
    rng = np.random.default_rng(1)
    levels = np.repeat(rng.normal(0, 3, 60), 500)
    found = [change.index for change in detect(levels + rng.standard_normal(30_000))]
    assert found == sorted(set(found))
    clear = [at for at in range(500, 30_000, 500) if abs(levels[at] - levels[at - 1]) > 2]
    assert sum(min(abs(at - one) for one in found) <= 3 for at in clear) >= 0.95 * len(clear)


def test_what_is_taken_off_and_what_is_left_make_up_the_series() -> None:
    n = 300
    rng = np.random.default_rng(5)
    values = rng.standard_normal(n) + np.linspace(0, 6, n) + 4 * (np.arange(n) >= 180)
    search = Search(
        memories=Memories(np.arange(n, dtype=np.float64), np.ones(n)),
        price=14.0,
        min_size=3,
        floor=1e-12,
    )
    fit = settle_steps(fit_steps(values, [], search), search.price, search.min_size)
    assert fit.steps
    assert np.ptp(fit.drift) > 3
    assert fit.whitened.residuals + fit.drift + fit.season == pytest.approx(clip_outliers(values))
