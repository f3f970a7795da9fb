import numpy as np
import pandas as pd
import pytest

from bisect_ml.check_settings import CheckSettings
from bisect_ml.checks.comparing import compare_predictions, effect_of
from bisect_ml.saved_check import Comparison, Result
from bisect_ml.types import FloatArray
from tests.prediction_pairs import (
    SHIFTED,
    Shape,
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


def assert_alike(found: Comparison, expected: Comparison) -> None:
    """Both say the same, but for the last digits of their sums."""
    assert [(one.metric, one.slice, one.verdict) for one in found.results] == [
        (one.metric, one.slice, one.verdict) for one in expected.results
    ]
    one, other = numbers_of(found), numbers_of(expected)
    np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-9)


def numbers_of(comparison: Comparison) -> FloatArray:
    return np.array(
        [[one.effect, *(one.interval or ()), one.p, one.mde] for one in comparison.results], dtype=float
    )


@pytest.mark.parametrize("settings", [CheckSettings(), UNPAIRED])
def test_the_order_of_rows_and_columns_changes_nothing(settings: CheckSettings) -> None:
    head = swapped(scaled(BASE, 1.05, "region-07"), 0.02)
    plain = compare_predictions(BASE, head, settings)
    mixed = head.sample(frac=1.0, random_state=5)[["eta", "region", "order_id"]]
    again = compare_predictions(BASE.sample(frac=1.0, random_state=6), mixed, settings)
    assert_alike(again, plain)


@pytest.mark.parametrize("unit", [1e-3, 60.0])
def test_the_unit_of_the_predictions_changes_nothing(unit: float) -> None:
    head = swapped(scaled(BASE, 1.05, "region-07"), 0.02)
    plain = compare_predictions(BASE, head)
    other = compare_predictions(scaled(BASE, unit), scaled(head, unit))
    assert_alike(other, plain)
    assert other.rows[0].changed == plain.rows[0].changed


def test_swapping_the_sides_mirrors_what_is_said() -> None:
    head = with_nulls(scaled(BASE, 1.05), 0.03)
    there, back = compare_predictions(BASE, head), compare_predictions(head, BASE)
    assert there.verdict == back.verdict == "fail"
    assert (there.rows[0].value_to_null, there.rows[0].null_to_value) == (
        back.rows[0].null_to_value,
        back.rows[0].value_to_null,
    )
    for metric in ("mean", "median"):
        one, other = result(there, metric).effect, result(back, metric).effect
        assert one is not None
        assert other is not None
        assert (1 + one) * (1 + other) == pytest.approx(1.0)
    assert result(there, "rows").effect == result(back, "rows").effect


COLUMNS = {
    "constant": [5.0] * 8,
    "zero": [0.0] * 8,
    "missing": [np.nan] * 8,
    "huge": [1e149, -1e149] * 4,
    "odd": [np.inf, -np.inf, np.nan, 1.0] * 2,
    "varied": [1.0, 2.0, 3.5, -4.0, 0.25, 7.0, 8.0, 9.5],
    "whole": [1, 2, 3, 4, 5, 6, 7, 8],
    "truth": [True, False] * 4,
    "label": ["cat", "dog", None, "cat"] * 2,
    "blank": [None] * 8,
}


@pytest.mark.parametrize("key", [("id",), ()])
def test_no_predictions_make_it_raise(key: tuple[str, ...]) -> None:
    settings = CheckSettings(key=key, prediction="score", threshold=0.5)
    varied = COLUMNS["varied"]
    for values in COLUMNS.values():
        for one, other in ((values, values), (values, varied), (varied, values)):
            base, head = (pd.DataFrame({"id": range(8), "score": each}) for each in (one, other))
            comparison = compare_predictions(base, head, settings)
            # So few rows prove nothing: they may show that something is wrong, never that all is well.
            assert comparison.verdict != "pass"


def test_one_row_proves_nothing() -> None:
    one = pd.DataFrame({"id": [1], "score": [0.5]})
    assert compare_predictions(one, one, CheckSettings(key=("id",))).verdict == "inconclusive"


def test_all_predictions_lost_is_a_failure_however_many_rows() -> None:
    comparison = compare_predictions(BASE, BASE.assign(eta=np.nan))
    assert comparison.verdict == "fail"
    assert (comparison.results[0].metric, comparison.results[0].head) == ("null_rate", 1.0)


def test_missing_partners_withhold_a_pass_and_are_said() -> None:
    comparison = compare_predictions(BASE, BASE[: round(0.97 * len(BASE))])
    assert comparison.verdict == "inconclusive"
    assert comparison.coverage.problems[0].startswith("only 97.0% of the rows have a partner")


def test_repeated_runs_of_the_base_set_a_floor() -> None:
    rng = np.random.default_rng(8)

    def noisy() -> pd.DataFrame:
        moved = rng.random(len(BASE)) < 0.03
        return BASE.assign(eta=BASE["eta"] * np.where(moved, 1.3, 1.0))

    base, again, head = noisy(), noisy(), noisy()
    assert compare_predictions(base, head).verdict == "fail"
    comparison = compare_predictions(base, head, repeats=[again])
    assert comparison.verdict == "inconclusive"
    assert comparison.noise is not None
    assert comparison.noise.runs == 2
    assert comparison.noise.changed == pytest.approx(0.058, abs=0.01)


@pytest.mark.slow
@pytest.mark.parametrize("settings", [CheckSettings(), UNPAIRED])
def test_the_same_model_never_fails(settings: CheckSettings) -> None:
    failed = 0
    for seed in range(100):
        base = make_predictions(Shape(rows=10_000), seed=2 * seed)
        head = make_predictions(Shape(rows=10_000), seed=2 * seed + 1) if settings.key == () else base
        failed += compare_predictions(base, head, settings).verdict == "fail"
    assert failed <= 1
