import math

import numpy as np
import pytest
from scipy import stats

from bisect_ml.comparison.changes import mcnemar
from bisect_ml.comparison.estimates import NormalEstimate, ShareEstimate
from bisect_ml.comparison.levels import mean_change, median_change
from bisect_ml.comparison.multiplicity import false_discovery
from bisect_ml.comparison.shares import paired_difference, unpaired_difference, wilson
from bisect_ml.sources.pair_samples import LEVELS
from tests.tallied import paired, unpaired


@pytest.mark.parametrize(("hits", "rows"), [(0, 50), (3, 60), (56, 70), (50, 50)])
def test_intervals_of_a_share_are_those_of_scipy(hits: int, rows: int) -> None:
    test = stats.binomtest(hits, rows)
    exact, score = test.proportion_ci(0.9, "exact"), test.proportion_ci(0.9, "wilson")
    assert ShareEstimate(hits=hits, rows=rows).interval == pytest.approx((exact.low, exact.high))
    assert wilson(hits, rows) == pytest.approx((score.low, score.high))


def test_the_p_value_of_a_share_is_the_binomial_tail() -> None:
    expected = stats.binomtest(7, 200, 0.01, alternative="greater").pvalue
    assert ShareEstimate(hits=7, rows=200).p_beyond(0.01) == pytest.approx(expected)
    assert ShareEstimate(hits=0, rows=200).p_beyond(0.01) == 1.0


def test_mcnemar_is_the_exact_binomial_test() -> None:
    for lost, gained in [(0, 0), (5, 0), (12, 3), (300, 280), (4, 4)]:
        expected = stats.binomtest(lost, lost + gained).pvalue if lost + gained else 1.0
        assert mcnemar(lost, gained) == pytest.approx(expected)
        assert mcnemar(gained, lost) == pytest.approx(expected)


def test_false_discoveries_are_those_of_scipy(rng: np.random.Generator) -> None:
    p = rng.random(60) ** 3
    assert false_discovery(p.tolist()) == pytest.approx(stats.false_discovery_control(p).tolist())
    assert false_discovery([]) == ()


def test_newcombe_joins_the_score_limits() -> None:
    found = unpaired_difference(48, 80, 56, 70)
    assert found is not None
    low, high = found.interval
    one, other = wilson(48, 80), wilson(56, 70)
    assert low == pytest.approx(0.2 - math.hypot(0.8 - other[0], one[1] - 0.6))
    assert high == pytest.approx(0.2 + math.hypot(other[1] - 0.8, 0.6 - one[0]))
    assert unpaired_difference(0, 0, 1, 5) is None


def test_a_paired_share_is_exact_and_its_error_never_zero() -> None:
    found = paired_difference(0, 0, 1_000)
    assert found is not None
    assert found.effect == 0
    assert 0 < found.interval[1] < 0.005
    assert paired_difference(0, 0, 0) is None


def test_a_minimum_effect_is_held_against_the_margin_not_against_zero() -> None:
    at_margin = NormalEstimate(estimate=0.02, below=0.001, above=0.001)
    assert at_margin.p_beyond(0.02) == pytest.approx(0.5)
    assert at_margin.p_beyond(0.01) < 1e-20
    assert at_margin.p_beyond(0.03) > 0.999


def test_an_effect_without_error_is_certain() -> None:
    certain = NormalEstimate(estimate=0.05, below=0.0, above=0.0)
    assert certain.interval == (0.05, 0.05)
    assert certain.p_beyond(0.02) == 0
    assert certain.p_beyond(0.06) == 1
    assert certain.rows_needed(100, 0.05) is None


def test_the_mean_of_pairs_has_the_interval_of_student() -> None:
    rng = np.random.default_rng(5)
    base = rng.normal(0, 1, 40)
    head = base + rng.normal(0.1, 0.2, 40)
    found = mean_change(paired(base, head))
    assert found is not None
    assert found.scale == "linear"
    expected = stats.ttest_rel(head, base).confidence_interval(0.9)
    size = np.abs(base).mean()
    assert found.interval == pytest.approx((expected.low / size, expected.high / size))


@pytest.mark.parametrize("rows", [60, 1_000])
def test_rows_needed_are_enough(rows: int) -> None:
    few = ShareEstimate(hits=0, rows=rows)
    needed = few.rows_needed(rows, 0.001)
    assert needed is not None
    assert ShareEstimate(hits=0, rows=needed).interval[1] <= 0.001
    assert ShareEstimate(hits=0, rows=0.9 * needed).interval[1] > 0.001


@pytest.mark.slow
@pytest.mark.parametrize("size", [200, 3_000])
@pytest.mark.parametrize("pairs", [True, False])
def test_intervals_cover_the_true_effect(size: int, pairs: bool) -> None:
    rng = np.random.default_rng(11)
    true = 0.03
    inside = {"mean": 0, "median": 0}
    runs = 1_000
    for _ in range(runs):
        base = rng.lognormal(3, 0.5, size)
        noise = np.exp(rng.normal(0, 0.2, size) - 0.02)
        head = base * noise * (1 + true) if pairs else rng.lognormal(3, 0.5, size) * (1 + true)
        tally = (paired if pairs else unpaired)(base, head)
        for metric, found in (("mean", mean_change(tally)), ("median", median_change(tally, LEVELS))):
            # The noise has a mean of one, not a median of one: the median moves by a little less.
            wanted = true if metric == "mean" or not pairs else (1 + true) * math.exp(-0.02) - 1
            assert found is not None
            inside[metric] += found.interval[0] <= wanted <= found.interval[1]
    # Three standard errors of a coverage of 90 % in so many runs.
    for covered in inside.values():
        assert abs(covered / runs - 0.9) < 0.03


def test_rows_beyond_all_numbers_are_not_told() -> None:
    hopeless = NormalEstimate(estimate=1.0, below=1e200, above=1e200)
    assert hopeless.rows_needed(100, 0.0) is None
