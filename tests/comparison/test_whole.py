from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from bisect_ml.check_settings import CheckSettings
from bisect_ml.comparison import compare, noise_of
from bisect_ml.saved_check import Comparison, Noise, Result
from bisect_ml.types import FloatArray, Slice
from tests.tallied import paired, tallies_of, unpaired

DEFAULT = CheckSettings()
SLICES = tuple(Slice(column="region", value=name) for name in "abcd")


def lognormal(seed: int, rows: int = 5_000) -> FloatArray:
    values: FloatArray = np.random.default_rng(seed).lognormal(3, 0.5, rows)
    return values


def found(comparison: Comparison, metric: str, name: str | None = None) -> Result:
    (only,) = (one for one in comparison.results if (one.metric, one.slice) == (metric, name))
    return only


def test_a_pass_must_be_proved() -> None:
    few, many = lognormal(1, 60), lognormal(1, 60_000)
    unproved = compare(tallies_of(unpaired(few, lognormal(2, 60))), DEFAULT)
    proved = compare(tallies_of(unpaired(many, lognormal(2, 60_000))), DEFAULT)
    assert (unproved.verdict, proved.verdict) == ("inconclusive", "pass")
    mean = found(unproved, "mean")
    assert mean.mde is not None
    assert mean.mde > 0.02
    assert mean.rows_needed is not None
    assert 60 < mean.rows_needed < 60_000


def test_every_passing_result_lies_inside_its_margin_and_every_failing_one_outside() -> None:
    shifted = lognormal(3) * np.where(np.arange(5_000) < 250, 1.5, 1.0)
    tallies = tallies_of(
        paired(lognormal(3), shifted), *(paired(lognormal(4, 300), lognormal(4, 300), one) for one in SLICES)
    )
    for one in compare(tallies, DEFAULT).results:
        assert one.interval is not None
        low, high = one.interval
        if one.verdict == "pass":
            assert -one.margin <= low <= high <= one.margin
        if one.verdict == "fail":
            assert low > one.margin or high < -one.margin
            assert one.q is not None
            assert one.q < 0.05


def test_slices_picked_for_failing_have_intervals_that_allow_for_that() -> None:
    many = tuple(Slice(column="shop", value=str(one)) for one in range(40))
    parts = [
        paired(lognormal(at, 400), (1.2 if at < 2 else 1.0) * lognormal(at, 400), one)
        for at, one in enumerate(many)
    ]
    shares = [unpaired(lognormal(1), lognormal(2)), *(replace(part, pair=None) for part in parts)]
    results = compare(tallies_of(*shares), DEFAULT).results
    failed = [one for one in results if one.verdict == "fail"]
    assert {one.slice for one in failed} == {"shop=0", "shop=1"}
    for one in failed:
        assert one.interval is not None
        assert one.adjusted is not None
        # As many as two of 123 tests: a tail of 0.05 times that, instead of 0.05.
        assert one.adjusted[0] < one.interval[0] < one.interval[1] < one.adjusted[1]
    assert all(one.adjusted is None for one in results if one.verdict != "fail")


def test_picked_intervals_miss_as_seldom_as_they_say() -> None:
    generator, missed, picked = np.random.default_rng(11), {"plain": 0, "adjusted": 0}, 0
    for _ in range(40):
        truths = np.where(np.arange(60) < 4, 1.06, 1.0)
        parts = []
        for at, truth in enumerate(truths):
            base = generator.lognormal(3, 0.25, 500)
            head = truth * generator.lognormal(3, 0.25, 500)
            parts.append(unpaired(base, head, Slice(column="shop", value=str(at))))
        whole = unpaired(lognormal(1), lognormal(1))
        for one in compare(tallies_of(whole, *parts), DEFAULT).results:
            if one.verdict == "fail" and one.slice and one.metric == "mean":
                assert one.interval is not None
                assert one.adjusted is not None
                effect = truths[int(one.slice.partition("=")[2])] - 1
                picked += 1
                missed["plain"] += not one.interval[0] <= effect <= one.interval[1]
                missed["adjusted"] += not one.adjusted[0] <= effect <= one.adjusted[1]
    assert picked > 20
    assert missed["adjusted"] <= 0.1 * picked < missed["plain"]


@pytest.mark.parametrize("rows", [2, 3, 5])
def test_a_handful_of_rows_proves_no_median(rows: int) -> None:
    one, other = np.arange(1.0, rows + 1), np.arange(11.0, rows + 11)
    for tally in (unpaired(one, other), paired(one, other)):
        assert found(compare(tallies_of(tally), DEFAULT), "median").verdict == "inconclusive"
    enough = np.arange(1.0, 31.0)
    assert found(compare(tallies_of(unpaired(enough, 100 + enough)), DEFAULT), "median").verdict == "fail"


def test_deciles_show_which_part_moved() -> None:
    base = np.sort(lognormal(6))
    tail = np.where(np.arange(5_000) < 4_200, base, 2 * base)
    told = compare(tallies_of(paired(base, tail)), DEFAULT).deciles
    assert [one.level for one in told] == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    assert all(one.head == pytest.approx(one.base) for one in told[:8])
    assert told[8].head == pytest.approx(2 * told[8].base)


def test_where_all_rows_fail_alike_no_slice_is_told() -> None:
    base = lognormal(5)
    parts = [paired(lognormal(seed, 500), 1.1 * lognormal(seed, 500), one) for seed, one in enumerate(SLICES)]
    comparison = compare(tallies_of(paired(base, 1.1 * base), *parts), DEFAULT)
    failed = [one for one in comparison.results if one.verdict == "fail"]
    assert {one.slice for one in failed} == {None}
    assert comparison.computed == 20
    assert len(comparison.results) < 20


def test_a_slice_that_fails_otherwise_than_all_rows_is_told() -> None:
    base = lognormal(5)
    parts = [paired(lognormal(seed, 500), 1.1 * lognormal(seed, 500), one) for seed, one in enumerate(SLICES)]
    parts[2] = paired(lognormal(2, 500), 60 * lognormal(2, 500), SLICES[2])
    comparison = compare(tallies_of(paired(base, 1.1 * base), *parts), DEFAULT)
    first = comparison.results[0]
    assert (first.slice, first.metric) == ("region=c", "mean")


def test_a_critical_metric_must_be_proved_in_every_slice() -> None:
    whole, part = lognormal(6, 60_000), unpaired(lognormal(7, 200), lognormal(8, 200), SLICES[0])
    tallies = tallies_of(unpaired(whole, lognormal(9, 60_000)), part)
    assert compare(tallies, DEFAULT).verdict == "pass"
    critical = compare(tallies, CheckSettings(critical=("null_rate",)))
    assert critical.verdict == "inconclusive"
    assert found(critical, "null_rate", "region=a").critical


def test_what_the_base_does_to_itself_is_no_failure() -> None:
    base = lognormal(10)
    rng = np.random.default_rng(1)
    again, head = (np.where(rng.random(5_000) < 0.04, base * 1.5, base) for _ in range(2))
    once = tallies_of(paired(base, head))
    assert compare(once, DEFAULT).verdict == "fail"
    noise = noise_of([tallies_of(paired(base, again))])
    assert noise is not None
    assert noise.runs == 2
    assert noise.changed == pytest.approx(0.04, abs=0.01)
    noisy = compare(once, DEFAULT, noise)
    assert found(noisy, "rows").verdict == "inconclusive"
    assert noisy.verdict == "inconclusive"
    worse = compare(tallies_of(paired(base, 1.2 * base)), DEFAULT, noise)
    assert found(worse, "mean").verdict == "fail"


def test_three_runs_of_the_base_are_compared_pairwise() -> None:
    base = lognormal(10)
    three = noise_of([tallies_of(paired(base, base))] * 3)
    assert three == Noise(runs=3, changed=0.0, floors={})
    assert noise_of([]) is None


def test_what_keeps_a_comparison_from_deciding_keeps_it_from_passing() -> None:
    base = lognormal(11)
    sound = tallies_of(paired(base, base))
    holed = replace(sound, coverage=replace(sound.coverage, problems=("keys are missing",)))
    assert compare(sound, DEFAULT).verdict == "pass"
    assert compare(holed, DEFAULT).verdict == "inconclusive"
    broken = tallies_of(paired(base, 2 * base))
    broken = replace(broken, coverage=holed.coverage)
    assert compare(broken, DEFAULT).verdict == "fail"


def test_small_slices_are_counted_not_judged() -> None:
    base = lognormal(12)
    tallies = tallies_of(paired(base, base), paired(base[:49], 3 * base[:49], SLICES[0]))
    comparison = compare(tallies, DEFAULT)
    assert comparison.verdict == "pass"
    assert comparison.computed == 4
    assert "1 of 1 slices have fewer than 50 rows and were not judged" in comparison.warnings
    assert comparison.rows[1].changed == 49


def test_nothing_decides_without_tallies() -> None:
    empty = replace(tallies_of(paired(lognormal(1), lognormal(1))), tallies=())
    assert compare(empty, DEFAULT).verdict == "inconclusive"


numbers = st.floats(-1e6, 1e6).map(lambda value: 0.0 if abs(value) < 1e-6 else value)
samples = arrays.arrays(np.float64, st.integers(2, 40), elements=numbers)


@settings(max_examples=60)
@given(samples, samples, st.booleans())
def test_swapping_the_sides_mirrors_the_effects(base: FloatArray, head: FloatArray, pairs: bool) -> None:
    size = min(len(base), len(head))
    make = paired if pairs else unpaired
    there = compare(tallies_of(make(base[:size], head[:size])), DEFAULT)
    back = compare(tallies_of(make(head[:size], base[:size])), DEFAULT)
    for one in there.results:
        other = found(back, one.metric)
        assert (one.effect is None) == (other.effect is None)
        if one.effect is None or other.effect is None:
            continue
        if one.metric in ("rows", "flips"):
            assert one.effect == pytest.approx(other.effect)
        elif one.unit == "points":
            assert one.effect == pytest.approx(-other.effect)
        else:
            # A ratio and its inverse, or differences on the scale of either side.
            assert np.sign(one.effect) == -np.sign(other.effect)


@settings(max_examples=60)
@given(samples, samples, st.booleans(), st.sampled_from([1e-9, 0.1, 7.0, 1e9]))
def test_the_unit_changes_no_verdict(base: FloatArray, head: FloatArray, pairs: bool, unit: float) -> None:
    size = min(len(base), len(head))
    make = paired if pairs else unpaired
    plain = compare(tallies_of(make(base[:size], head[:size])), DEFAULT)
    scaled = compare(tallies_of(make(unit * base[:size], unit * head[:size])), DEFAULT)
    assert {(one.metric, one.verdict) for one in plain.results} == {
        (one.metric, one.verdict) for one in scaled.results
    }


@settings(max_examples=60)
@given(st.permutations(range(4)))
def test_the_order_of_slices_changes_nothing(order: list[int]) -> None:
    whole = paired(lognormal(1), lognormal(1))
    parts = [
        paired(lognormal(seed, 400), (1 + 0.01 * seed) * lognormal(seed, 400), one)
        for seed, one in enumerate(SLICES)
    ]
    plain = compare(tallies_of(whole, *parts), DEFAULT)
    assert compare(tallies_of(whole, *(parts[at] for at in order)), DEFAULT) == plain


odd = st.one_of(numbers, st.sampled_from([np.nan, 0.0, 1e149, -1e149, 5e-324]))
odd_samples = arrays.arrays(np.float64, st.integers(2, 12), elements=odd)


@settings(max_examples=150)
@given(odd_samples, odd_samples)
def test_no_numbers_make_it_raise(base: FloatArray, head: FloatArray) -> None:
    comparison = compare(tallies_of(unpaired(base, head)), DEFAULT)
    assert comparison.results
    for one in comparison.results:
        assert one.effect is None or not np.isnan(one.effect)
        assert one.q is None or 0 <= one.q <= 1
