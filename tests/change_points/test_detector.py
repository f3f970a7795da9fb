import numpy as np
import pytest

from bisect_ml.change_points import detect
from bisect_ml.errors import ConfigError, InputError


def noise(n: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(n)


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


def test_white_noise_is_quiet() -> None:
    assert [detect(noise(500, seed)) for seed in range(5)] == [[]] * 5


@pytest.mark.parametrize("n", range(9))
def test_few_points_never_raise(n: int) -> None:
    assert detect(noise(n)) == []
    assert detect(np.full(n, np.nan)) == []
    assert detect(np.full(n, np.inf)) == []


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


def test_arrays_that_do_not_fit_are_refused() -> None:
    with pytest.raises(InputError, match="counts has 3"):
        detect(noise(10), counts=[1, 2, 3])
    with pytest.raises(InputError, match="one dimension"):
        detect(noise(10).reshape(5, 2))
    with pytest.raises(InputError, match="increase"):
        detect(noise(3), times=[3, 2, 1])
    with pytest.raises(ConfigError, match="time zone"):
        detect(noise(3), times=[1, 2, 3], timezone="Mars/Olympus")
