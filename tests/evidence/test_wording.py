import pytest

from bisect_ml.evidence.wording import counted, number, points, times


@pytest.mark.parametrize(
    ("ratio", "told"), [(1000.0, "×1000"), (0.009941, "÷100.6"), (-1.0, "×−1"), (-0.01, "÷−100"), (0.0, "×0")]
)
def test_a_ratio_below_one_is_divided_by(ratio: float, told: str) -> None:
    assert times(ratio) == told


def test_signs_are_true_minus_signs_and_shares_move_in_points() -> None:
    assert number(-0.26234) == "−0.2623"
    assert (points(-0.131), points(0.131)) == ("−13.1 points", "+13.1 points")


@pytest.mark.parametrize(
    ("value", "told"), [(33642.0, "33,640"), (-146_100.0, "−146,100"), (9999.7, "10,000"), (3e-07, "3e−07")]
)
def test_large_numbers_are_written_out(value: float, told: str) -> None:
    assert number(value) == told


def test_one_is_singular() -> None:
    assert [counted(n, "commit") for n in (0, 1, 24)] == ["0 commits", "1 commit", "24 commits"]
