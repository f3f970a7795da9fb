from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from bisect_ml.change_points import detect
from bisect_ml.errors import ConfigError, InputError
from bisect_ml.types import FloatArray

HOUR_S = 3600.0
MONDAY_S = 1_700_438_400.0  # 2023-11-20 00:00 UTC


def noise(n: int, seed: int = 1) -> FloatArray:
    return np.random.default_rng(seed).standard_normal(n)


def autocorrelated(n: int, phi: float, seed: int) -> FloatArray:
    e = noise(n, seed)
    for k in range(1, n):
        e[k] += phi * e[k - 1]
    return e


def hours(n: int) -> FloatArray:
    return np.asarray(MONDAY_S + HOUR_S * np.arange(n), dtype=np.float64)


def office_hours(times: FloatArray) -> FloatArray:
    """A day with a hump, and weekends lower and flatter."""
    day = times / 86_400
    weekend = (np.floor(day) + 3) % 7 >= 5
    return np.asarray(np.where(weekend, -2 + np.sin(2 * np.pi * day), 3 * np.sin(2 * np.pi * day)))


def test_a_step_is_found_where_it_is() -> None:
    values = 50 + noise(400)
    values[250:] += 5
    (change,) = detect(values)
    assert abs(change.index - 250) <= 1
    assert change.interval[0] <= 250 <= change.interval[1]
    assert change.before == pytest.approx(50, abs=0.5)
    assert change.after == pytest.approx(55, abs=0.5)
    assert change.kind == "level"
    assert change.confidence > 0.99
    assert change.posterior.shape == (400,)
    assert change.posterior.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    "quiet",
    [
        noise,
        lambda n, seed: autocorrelated(n, 0.8, seed),
        lambda n, seed: np.random.default_rng(seed).standard_t(3, n),
        lambda n, seed: np.random.default_rng(seed).poisson(np.full(n, 2.0)).astype(float),
        lambda n, seed: noise(n, seed) + np.linspace(0, 6, n),
        lambda n, seed: np.exp(noise(n, seed)),
    ],
    ids=["white", "autocorrelated", "heavy", "counts", "trend", "skewed"],
)
def test_noise_is_quiet(quiet: Callable[[int, int], FloatArray]) -> None:
    assert sum(len(detect(quiet(500, seed))) for seed in range(100, 106)) == 0


@pytest.mark.parametrize("days", [9, 12, 16, 30])
def test_weekends_are_no_steps_where_the_calendar_is_known(days: int) -> None:
    times = hours(24 * days)
    for seed in range(3):
        assert detect(office_hours(times) + noise(len(times), seed), times=times) == []


def test_a_step_is_found_among_weekends() -> None:
    times = hours(24 * 21)
    values = office_hours(times) + noise(len(times))
    values[24 * 10 + 5 :] += 3
    (change,) = detect(values, times=times)
    assert abs(change.index - 245) <= 3


def test_local_days_keep_their_shape_over_a_daylight_saving_change() -> None:
    # Clocks in Oslo went back on 2023-10-29: in UTC the local day moves by an hour.
    times = hours(24 * 42) - 30 * 86_400
    offset_s = np.where(times < 1_698_541_200, 7200, 3600)
    local = times + offset_s
    sharp = 8.0 * ((local % 86_400 >= 8 * HOUR_S) & (local % 86_400 < 17 * HOUR_S))
    assert detect(sharp + noise(len(times), 4), times=times, timezone="Europe/Oslo") == []


def test_a_bad_deploy_of_twelve_hours_is_two_changes() -> None:
    values = 50 + noise(700, 5)
    values[300:312] += 4
    assert [change.index for change in detect(values)] == pytest.approx([300, 312], abs=1)


def test_two_breaks_a_day_apart() -> None:
    values = noise(500, 6)
    values[200:] += 5
    values[224:] += 5
    assert [change.index for change in detect(values)] == pytest.approx([200, 224], abs=1)


@pytest.mark.parametrize("at", [6, 490])
def test_a_break_near_an_end(at: int) -> None:
    values = noise(500, 7)
    values[at:] += 8
    assert [change.index for change in detect(values)] == pytest.approx([at], abs=1)


def test_a_ramp_is_one_change_whose_interval_holds_its_start() -> None:
    for seed in range(5):
        values = noise(500, seed) + 8 * np.clip((np.arange(500) - 250) / 24, 0, 1)
        (change,) = detect(values)
        assert change.interval[0] <= 251
        assert change.interval[1] >= 249
        assert change.interval[1] > change.interval[0]


def test_a_change_of_spread() -> None:
    values = noise(600, 8)
    values[300:] *= 4
    (change,) = detect(values)
    assert change.kind == "spread"
    assert abs(change.index - 300) <= 10
    assert change.after > 3 * change.before


def test_a_ratio() -> None:
    values = np.exp(noise(300, 9) * 0.3)
    values[120:] *= 100
    (change,) = detect(values)
    assert (change.index, change.kind) == (120, "ratio")


def test_a_stuck_series() -> None:
    values = noise(300, 10)
    values[200:] = values[199]
    (change,) = detect(values)
    assert (change.index, change.kind) == (199, "stuck")


def test_a_series_stuck_behind_empty_buckets_may_have_stuck_in_any_of_them() -> None:
    values = noise(300, 10)
    values[200:] = values[199]
    values[195:206] = np.nan
    (change,) = detect(values)
    assert change.interval == (195, 206)
    assert change.posterior[195:207].tolist() == [1 / 12] * 12


def test_rates_that_are_almost_never_above_zero_do_not_follow_the_traffic() -> None:
    rows = np.where(np.arange(700) // 24 % 7 >= 5, 5, 200)
    hits = np.random.default_rng(3).binomial(rows, 0.001)
    assert detect(hits / rows, counts=rows, period=24) == []


def test_noise_free_steps() -> None:
    values = np.repeat([10.0, 12.0, 12.5], 20)
    assert [change.index for change in detect(values)] == [20, 40]


@pytest.mark.parametrize("n", range(9))
def test_few_points_never_raise(n: int) -> None:
    assert detect(noise(n)) == []
    assert detect(np.full(n, np.nan)) == []
    assert detect(np.full(n, np.inf)) == []
    assert detect(noise(n), times=np.arange(n) * HOUR_S, counts=np.ones(n)) == []


@pytest.mark.parametrize("unit", [1e-200, 1e-9, 1.0, 1e9, 1e140])
def test_the_unit_does_not_matter(unit: float) -> None:
    values = 3 + noise(200)
    values[120:] += 6
    assert [change.index for change in detect(values * unit)] == [120]


@pytest.mark.parametrize("level", [0.0, 1.0, -3.5, 1e-300, 1e300])
def test_a_constant_series_is_quiet(level: float) -> None:
    assert detect(np.full(100, level)) == []


def test_a_change_inside_a_gap_may_be_anywhere_in_it() -> None:
    values = noise(200)
    values[100:] += 20
    values[90:100] = np.nan
    (change,) = detect(values)
    assert change.interval == (90, 100)


def test_datetimes_are_epoch_seconds() -> None:
    values = noise(200)
    values[120:] += 6
    stamps = np.datetime64("2026-01-01") + np.arange(200) * np.timedelta64(1, "h")
    seconds = stamps.astype("datetime64[s]").astype(np.float64)
    (one,), (other,) = detect(values, times=stamps), detect(values, times=seconds)
    assert (one.index, one.interval) == (other.index, other.interval)


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", None])
def test_moments_of_python_and_pandas_are_read(zone: str | None) -> None:
    values = np.where(np.arange(72) < 40, 0.0, 9.0) + noise(72)
    index = pd.date_range(datetime.fromtimestamp(MONDAY_S, UTC), periods=72, freq="h").tz_convert(zone)
    for times in (index, pd.Series(index), list(index.to_pydatetime())):
        (change,) = detect(values, times=times)
        assert change.index == 40


def test_arrays_that_do_not_fit_are_refused() -> None:
    with pytest.raises(InputError, match="counts has 3"):
        detect(noise(10), counts=[1, 2, 3])
    with pytest.raises(InputError, match="one dimension"):
        detect(noise(10).reshape(5, 2))
    with pytest.raises(InputError, match="must be numbers"):
        detect(["a", "b"])
    with pytest.raises(InputError, match="increase"):
        detect(noise(3), times=[3, 2, 1])
    with pytest.raises(InputError, match="missing moment"):
        detect(noise(2), times=np.array(["NaT", "2026-01-01"], dtype="datetime64[s]"))
    with pytest.raises(InputError, match="period"):
        detect(noise(3), period=0)
    with pytest.raises(ConfigError, match="time zone"):
        detect(noise(3), times=[1, 2, 3], timezone="Mars/Olympus")


@pytest.mark.parametrize("seed", range(3))
def test_a_day_that_swings_wider_is_a_change_of_spread(seed: int) -> None:
    times = hours(24 * 28)
    values = 2 * np.sin(2 * np.pi * times / 86_400) * np.where(np.arange(len(times)) < 300, 1.0, 2.5)
    (change,) = detect(values + noise(len(times), seed), times=times)
    assert (change.kind, change.after > 1.5 * change.before) == ("spread", True)
    assert abs(change.index - 300) <= 7
    assert change.interval[0] - 3 <= 300 <= change.interval[1] + 3


@pytest.mark.parametrize("seed", range(3))
def test_days_that_are_never_alike_do_not_change_their_swing(seed: int) -> None:
    times = hours(24 * 28)
    daily = np.random.default_rng(seed).uniform(1, 3, 28)[np.arange(len(times)) // 24]
    assert detect(daily * np.sin(2 * np.pi * times / 86_400) + noise(len(times), seed), times=times) == []


@pytest.mark.parametrize("hours", [14, 40, 58, 100, 250])
@pytest.mark.parametrize("rows", [200, 400])
def test_missing_predictions_where_none_were_missing_before_are_found(
    rng: np.random.Generator, hours: int, rows: int
) -> None:
    size = 700
    counts = rng.poisson(rows, size).clip(1)
    chance = np.zeros(size)
    chance[400 : 400 + hours] = 0.025
    values = rng.binomial(counts, chance) / counts

    found = detect(values, counts=counts, times=1.7e9 + 3600 * np.arange(size))

    assert any(abs(change.index - 400) <= 6 for change in found)
    assert any(abs(change.index - 400 - hours) <= 6 for change in found)
