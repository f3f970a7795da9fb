"""The measures of the public benchmark, against values worked out by hand."""

import pytest

from benchmarks.turing import covering, f1, true_positives


def test_a_found_point_counts_for_one_truth_only() -> None:
    assert true_positives({0, 50, 53}, {0, 52}) == 2
    assert true_positives({0, 50}, {0, 56}) == 1


def test_f1_takes_the_first_point_for_granted() -> None:
    # Precision 2/3; recall 1 for the first annotator, 1/2 for the second.
    assert f1([{50}, {80}], {52, 20}) == pytest.approx(2 * (2 / 3) * 0.75 / (2 / 3 + 0.75))
    assert f1([set(), set()], set()) == 1


def test_covering_is_the_overlap_of_the_best_segments() -> None:
    assert covering([{50}], {50}, 100) == 1
    assert covering([{50}], set(), 100) == 0.5
    assert covering([{50}, set()], {25}, 100) == pytest.approx(
        ((25 / 50 * 0.5) + (50 / 75 * 0.5) + 0.75) / 2, abs=1e-9
    )
