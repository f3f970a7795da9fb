"""Ranks, classes and nulls inside cells: what traffic between the cells cannot move."""

import numpy as np
import pytest

from bisect_ml.confirmation.channels import channels


def test_ranks_are_even_inside_each_cell(rng: np.random.Generator) -> None:
    values, cells = rng.normal(size=1_000), rng.integers(0, 3, 1_000)
    values[::50] = np.nan
    ranked = channels(values, cells, classes=0)
    for cell in range(3):
        ranks = ranked[cells == cell, 0]
        known = np.sort(ranks[np.isfinite(ranks)])
        assert known == pytest.approx((np.arange(len(known)) + 0.5) / len(known))
    assert np.isnan(ranked[::50, :4]).all()
    assert (ranked[::50, 4] > 0.9).all()


def test_ties_share_their_middle_rank() -> None:
    ranked = channels(np.array([1.0, 1.0, 1.0, 2.0]), np.zeros(4, dtype=np.intp), classes=0)
    assert ranked[:, 0].tolist() == [0.375, 0.375, 0.375, 0.875]


def test_labels_are_followed_class_by_class() -> None:
    ranked = channels(np.array([0.0, 1.0, np.nan, 1.0]), np.zeros(4, dtype=np.intp), classes=2)
    assert ranked[:, 2].tolist() == [-0.25, -0.25, 0.75, -0.25]
    assert ranked[[0, 1, 3], 1] == pytest.approx([-2 / 3, 1 / 3, 1 / 3])


@pytest.mark.parametrize("classes", [0, 2])
def test_traffic_that_moves_between_slices_moves_nothing_inside_them(classes: int) -> None:
    """One slice is always null (or always the second class); it doubles, and nothing else happens."""
    cells = np.repeat([0, 1, 0, 1], [200, 100, 200, 200]).astype(np.intp)
    values = np.where(cells == 1, 1.0 if classes else np.nan, 0.0)
    assert not np.nan_to_num(channels(values, cells, classes=classes)[:, [-1, 1 if classes else -1]]).any()
