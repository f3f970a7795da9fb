"""Shares of which a bucket holds next to no hits: missing predictions, labels that hardly ever occur."""

import numpy as np
import pytest

from bisect_ml.change_points import detect
from bisect_ml.types import ChangePoint, FloatArray

MONDAY_S = 1_700_438_400.0  # 2023-11-20 00:00 UTC
SIZE = 720


def found(hits: FloatArray, counts: FloatArray) -> list[ChangePoint]:
    times = MONDAY_S + 3600 * np.arange(len(hits))
    return detect(hits / counts, counts=counts, times=times)


def traffic(rng: np.random.Generator, rows: int) -> FloatArray:
    """Row counts with quiet nights."""
    night = np.where(np.arange(SIZE) % 24 < 6, 0.3, 1.0)
    return np.maximum(rng.poisson(rows * night), 1).astype(np.float64)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("rows", "usual", "broken", "hours"),
    [(100, 0, 0.005, 48), (100, 0, 0.008, 100), (200, 0.0005, 0.004, 48)],
)
def test_one_incident_has_one_start_and_one_end(
    seed: int, rows: int, usual: float, broken: float, hours: int
) -> None:
    rng = np.random.default_rng(seed)
    counts = traffic(rng, rows)
    chance = np.full(SIZE, usual, dtype=np.float64)
    chance[300 : 300 + hours] = broken
    start, end = found(rng.binomial(counts.astype(int), chance).astype(np.float64), counts)
    assert abs(start.index - 300) <= 7
    assert abs(end.index - 300 - hours) <= 7
    assert start.before <= 2 * usual + 1e-9
    assert broken / 2 < start.after < broken * 2


@pytest.mark.parametrize("seed", range(4))
def test_a_rate_that_lasts_is_one_change_from_the_rates_on_either_side(seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = traffic(rng, 100)
    chance = np.where(np.arange(SIZE) < 300, 0.0005, 0.005)
    (change,) = found(rng.binomial(counts.astype(int), chance).astype(np.float64), counts)
    assert change.interval[0] - 2 <= 300 <= change.interval[1] + 2
    assert change.after > 4 * change.before > 0


@pytest.mark.parametrize("seed", range(4))
def test_hours_and_bad_batches_are_no_changes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = traffic(rng, 200)
    hourly = np.where((np.arange(SIZE) + 7) % 24 < 4, 0.012, 0.0004)
    hits = rng.binomial(counts.astype(int), hourly).astype(np.float64)
    hits[rng.integers(0, SIZE, 5)] += 8
    assert found(hits, counts) == []
