import numpy as np
import pytest

from bisect_ml.change_points import detect_all
from bisect_ml.change_points.many import extra_price
from bisect_ml.types import FloatArray, Series


def series(values: FloatArray, metric: str = "mean", counts: FloatArray | None = None) -> Series:
    n = len(values)
    return Series(
        metric=metric,
        slice=None,
        times=np.asarray(1.7e9 + 3600.0 * np.arange(n), dtype=np.float64),
        width_s=3600.0,
        values=values,
        counts=np.full(n, 100.0) if counts is None else counts,
    )


def noise(seed: int, n: int = 600) -> FloatArray:
    return np.random.default_rng(seed).standard_normal(n)


def test_each_series_keeps_its_place() -> None:
    changed = noise(1)
    changed[300:] += 5
    found = detect_all([series(noise(2)), series(changed), series(noise(3))])
    assert [[change.index for change in one] for one in found] == [[], pytest.approx([300], abs=1), []]


def test_many_quiet_series_give_no_false_change() -> None:
    assert sum(map(len, detect_all([series(noise(seed)) for seed in range(300)]))) == 0


def test_the_bar_rises_with_the_number_of_series() -> None:
    prices = [extra_price(count, 0.05) for count in (1, 10, 100, 1000)]
    assert prices == sorted(prices)
    assert prices[-1] - prices[-2] == pytest.approx(2 * np.log(10))
    assert extra_price(100, 0.01) > extra_price(100, 0.1)


def test_the_traffic_alone_never_breaks() -> None:
    rows = np.full(600, 100.0)
    rows[300:] = 1000
    assert detect_all([series(rows, "count", rows)]) == ((),)


@pytest.mark.parametrize(("metric", "kind"), [("null_rate", "null rate"), ("share[spam]", "share")])
def test_rates_are_named_for_what_they_are(metric: str, kind: str) -> None:
    rng = np.random.default_rng(4)
    chance = np.where(np.arange(600) < 250, 0.05, 0.3)
    values = rng.binomial(100, chance) / 100
    ((change,),) = detect_all([series(values, metric)])
    assert (change.index, change.kind) == (250, kind)


def test_predictions_that_all_become_null_are_a_change_of_the_null_rate() -> None:
    values = np.zeros(600)
    values[400:] = 1
    ((change,),) = detect_all([series(values, "null_rate")])
    assert (change.index, change.kind) == (400, "null rate")


def test_no_series() -> None:
    assert detect_all([]) == ()
