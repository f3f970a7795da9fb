"""Noise coefficients weighed together give what each gives alone."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from bisect_ml.change_points.noises import Noises, WhitenedByEach
from bisect_ml.change_points.partition import criterion_of
from bisect_ml.change_points.whitening import Noise, Whitened, noise_at
from bisect_ml.types import FloatArray

STEPS: list[list[int]] = [[], [7, 30], [12, 20, 41]]


def some_series() -> tuple[FloatArray, list[Noise]]:
    """A series with a gap and buckets of unlike precision, and three noises for it."""
    rng = np.random.default_rng(3)
    step = np.concatenate([np.arange(20.0), np.arange(25.0, 65.0)])
    precision = rng.uniform(0.3, 2.0, 60)
    values = rng.standard_normal(60) + 9 * (np.arange(60) >= 30)
    return values, [noise_at(step, precision, phi) for phi in (0.0, 0.4, 0.85)]


def test_sums_of_squares_are_those_of_each_noise_alone() -> None:
    values, noises = some_series()
    together = WhitenedByEach(values, Noises(noises)).sums_of_squares(STEPS)
    alone = [Whitened(values, noise).levels(steps)[1] for noise, steps in zip(noises, STEPS, strict=True)]
    assert together == pytest.approx(alone, rel=1e-9)


def test_many_levels_are_solved_as_few_are() -> None:
    values, noises = some_series()
    steps = [list(range(1, 60)), [7, 30], []]
    together = WhitenedByEach(values, Noises(noises)).sums_of_squares(steps)
    alone = [Whitened(values, noise).levels(found)[1] for noise, found in zip(noises, steps, strict=True)]
    assert together == pytest.approx(alone, rel=1e-6, abs=1e-9)


def test_drift_beside_steps_is_that_of_each_noise_alone() -> None:
    values, noises = some_series()
    u = np.linspace(-1, 1, len(values))
    powers = np.column_stack([u, u * u])
    drifts = np.array([0.1 * k * u for k in range(3)])
    rss, more = WhitenedByEach(values - drifts, Noises(noises)).sums_beside(STEPS, powers)
    for k, noise in enumerate(noises):
        alone = Whitened(values - drifts[k], noise).levels_beside(STEPS[k], noise.whiten(powers))
        assert rss[k] == pytest.approx(alone[1], rel=1e-9)
        assert more[k] == pytest.approx(alone[3], rel=1e-6)


def test_the_steps_are_the_cheapest_of_all_that_there_are() -> None:
    values, noises = some_series()
    n, price, candidates = len(values), 6.0, [5, 12, 29, 30, 31, 44, 52]
    found = WhitenedByEach(values, Noises(noises)).partitions(
        np.array(candidates), penalty=price, min_size=3, parameters=np.array([1, 2, 2]), floor=1e-12
    )
    for noise, steps, parameters in zip(noises, found, (1, 2, 2), strict=True):
        whitened = Whitened(values, noise)

        def criterion(
            inner: tuple[int, ...], whitened: Whitened = whitened, fitted: int = parameters
        ) -> float:
            edges = np.array([0, *inner, n])
            cost = whitened.segment_cost(edges[:-1], edges[1:]).sum() + whitened.entry_cost(edges[1:-1]).sum()
            least = criterion_of(n, np.array([cost]), len(inner), np.array([fitted]), 1e-12)
            return float(least[0]) + price * len(inner)

        allowed = [
            inner
            for size in range(len(candidates) + 1)
            for inner in combinations(candidates, size)
            if all(b - a >= 3 for a, b in pairwise([0, *inner, n]))
        ]
        assert tuple(steps) == min(allowed, key=criterion)
        assert 30 in steps
