import pytest

from bisect_ml.check_settings import CheckSettings
from bisect_ml.comparing import compare_predictions, effect_of
from bisect_ml.saved_check import Comparison, Result
from tests.prediction_pairs import (
    SHIFTED,
    make_predictions,
    scaled,
    swapped,
    with_float_noise,
    with_nulls,
)

BASE = make_predictions()
TIGHT = CheckSettings(margins={"mean": 0.005, "median": 0.005})
UNPAIRED = CheckSettings(key=())


def result(comparison: Comparison, metric: str, name: str | None = None) -> Result:
    """The only result of a metric and a slice."""
    (found,) = (one for one in comparison.results if (one.metric, one.slice) == (metric, name))
    return found


def test_the_same_predictions_pass_and_say_so_exactly() -> None:
    comparison = compare_predictions(BASE, BASE)
    assert comparison.verdict == "pass"
    assert comparison.coverage.key == ("order_id",)
    assert {one.effect for one in comparison.results} == {0.0}
    assert all(one.exact for one in comparison.results)
    assert [one.changed for one in comparison.rows] == [0]


def test_a_unit_mistake_in_one_slice_is_named_first() -> None:
    comparison = compare_predictions(BASE, scaled(BASE, 1000, "region-07"))
    first = comparison.results[0]
    assert comparison.verdict == "fail"
    assert (first.metric, first.slice, first.signature) == ("mean", SHIFTED, "x1000")
    assert first.effect == pytest.approx(999)


def test_a_unit_mistake_is_found_in_unpaired_samples_too() -> None:
    head = scaled(make_predictions(seed=1), 1000, "region-07")
    comparison = compare_predictions(BASE, head, UNPAIRED)
    first = comparison.results[0]
    assert (first.slice, first.verdict, first.signature) == (SHIFTED, "fail", "x1000")
    assert not first.exact


def test_a_jump_of_nulls_is_told_once_not_for_each_slice() -> None:
    comparison = compare_predictions(BASE, with_nulls(BASE, 0.03))
    failed = [one for one in comparison.results if one.verdict == "fail"]
    assert [(one.metric, one.slice) for one in failed] == [("null_rate", None), ("rows", None)]
    assert failed[0].effect == pytest.approx(0.03, abs=0.003)
    assert comparison.rows[0].value_to_null == pytest.approx(600, abs=60)
    assert comparison.rows[0].null_to_value == 0
    assert comparison.rows[0].mcnemar_p is not None
    assert comparison.rows[0].mcnemar_p < 1e-100


def test_a_small_shift_of_one_slice_is_found_in_pairs() -> None:
    first = compare_predictions(BASE, scaled(BASE, 1.05, "region-07")).results[0]
    assert (first.metric, first.slice, first.verdict) == ("mean", SHIFTED, "fail")
    assert first.effect == pytest.approx(0.05)


def test_swapped_rows_fail_though_no_average_moves() -> None:
    comparison = compare_predictions(BASE, swapped(BASE, 0.05))
    failed = [one for one in comparison.results if one.verdict == "fail"]
    assert [(one.metric, one.slice) for one in failed] == [("rows", None)]
    assert failed[0].effect == pytest.approx(0.049, abs=0.002)
    assert result(comparison, "mean").verdict == "pass"


def test_rounding_passes_and_changes_no_row() -> None:
    comparison = compare_predictions(BASE, with_float_noise(BASE))
    assert comparison.verdict == "pass"
    assert comparison.rows[0].changed == 0


def test_the_margin_decides_about_one_per_cent() -> None:
    head = scaled(BASE, 1.01)
    assert compare_predictions(BASE, head).verdict == "pass"
    comparison = compare_predictions(BASE, head, TIGHT)
    assert comparison.verdict == "fail"
    assert result(comparison, "mean").effect == pytest.approx(0.01)


def test_the_effect_of_one_slice_alone() -> None:
    head = scaled(BASE, 1.05, "region-07")
    found = effect_of(BASE, head, "mean", SHIFTED)
    assert found is not None
    assert found.estimate is not None
    assert found.estimate.effect == pytest.approx(0.05)
    assert effect_of(BASE, head, "mean", "region=nowhere") is None
    assert effect_of(BASE, head, "flips", None) is None
