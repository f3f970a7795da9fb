"""What must not depend on the unit, the hour or the order in which series come."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from bisect_ml.change_points import detect, detect_all
from bisect_ml.types import ChangePoint, FloatArray, Series

QUICK = settings(max_examples=15, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
HOURS = 3600.0 * np.arange(240)

seeds = st.integers(0, 2**31)
shifts = st.sampled_from([0.0, 4.0, -6.0, 20.0])


def stepped(seed: int, shift: float, n: int = 240) -> FloatArray:
    rng = np.random.default_rng(seed)
    values = rng.standard_normal(n)
    values[int(rng.integers(n // 5, n - n // 5)) :] += shift
    return values


def places(found: list[ChangePoint]) -> list[tuple[int, tuple[int, int], str]]:
    return [(change.index, change.interval, change.kind) for change in found]


def indices(found: list[ChangePoint]) -> list[int]:
    return [change.index for change in found]


@QUICK
@given(seeds, shifts, st.floats(-1e3, 1e3), st.floats(1e-3, 1e3))
def test_unit_and_origin_do_not_matter(seed: int, shift: float, origin: float, unit: float) -> None:
    # Values of both signs stay of both signs: a log scale would change what a series looks like.
    values = stepped(seed, shift)
    assert indices(detect(values * unit)) == indices(detect(values))
    if values.min() + origin < 0:
        assert indices(detect(values + origin)) == pytest.approx(indices(detect(values)), abs=3)


@QUICK
@given(seeds, shifts, st.floats(-1e9, 1e9))
def test_positions_do_not_depend_on_when_irregular_points_were_taken(
    seed: int, shift: float, start: float
) -> None:
    values = stepped(seed, shift)
    times = np.cumsum(np.random.default_rng(seed).exponential(1e4, len(values)) + 1)
    assert places(detect(values, times=times)) == places(detect(values, times=times + round(start)))


@QUICK
@given(seeds, shifts, st.integers(-500, 500))
def test_whole_weeks_do_not_matter(seed: int, shift: float, weeks: int) -> None:
    values = stepped(seed, shift)
    times = 1.6e9 + HOURS
    moved = times + weeks * 7 * 86_400.0
    assert places(detect(values, times=times)) == places(detect(values, times=moved))


@QUICK
@given(seeds, shifts, st.integers(1, 10_000))
def test_a_constant_row_count_says_nothing(seed: int, shift: float, rows: int) -> None:
    values = stepped(seed, shift)
    assert places(detect(values, counts=np.full(len(values), rows))) == places(detect(values))


@QUICK
@given(seeds, st.sampled_from([0.0, 6.0, -20.0]))
def test_reversed_time_mirrors_the_steps(seed: int, shift: float) -> None:
    values = stepped(seed, shift)
    mirrored = sorted(len(values) - index for index in indices(detect(values[::-1])))
    assert mirrored == pytest.approx(indices(detect(values)), abs=2)


@QUICK
@given(seeds, st.permutations(range(6)))
def test_the_order_of_series_does_not_matter(seed: int, order: list[int]) -> None:
    series = [hourly(stepped(seed + k, shift)) for k, shift in enumerate((0, 4, -6, 20, 0, 8))]
    found = detect_all(series)
    again = detect_all([series[k] for k in order])
    assert [places(list(one)) for one in again] == [places(list(found[k])) for k in order]


@settings(QUICK, max_examples=150)
@given(
    hnp.arrays(
        np.float64,
        st.integers(0, 60),
        elements=st.one_of(
            st.floats(allow_nan=True, allow_infinity=True),
            st.sampled_from([0.0, 1.0, 5e-324, 1e308, -1e308, np.nan]),
        ),
    ),
    st.booleans(),
)
def test_no_array_of_numbers_raises(values: FloatArray, with_counts: bool) -> None:
    counts = np.arange(len(values)) % 3 if with_counts else None
    for change in detect(values, counts=counts):
        low, high = change.interval
        assert 0 < low <= change.index <= high < len(values)
        assert change.posterior.shape == values.shape
        assert change.posterior.sum() == pytest.approx(1)
        assert change.posterior[low : high + 1].sum() >= 0.9 - 1e-9
        assert 0 <= change.confidence <= 1
        assert np.isfinite([change.before, change.after]).all()


def hourly(values: FloatArray, metric: str = "mean") -> Series:
    return Series(
        metric=metric,
        slice=None,
        times=np.asarray(1.6e9 + 3600.0 * np.arange(len(values)), dtype=np.float64),
        width_s=3600.0,
        values=values,
        counts=np.full(len(values), 50.0),
    )
