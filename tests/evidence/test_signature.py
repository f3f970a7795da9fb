import pytest

from bisect_ml.evidence.signature import signature
from bisect_ml.types import Evidence
from tests.evidence.cases import a_case, a_commit, a_file, a_series, candidates_of


def _said(before: str, after: str, ratio: float) -> Evidence | None:
    commit = a_commit(a_file("app/score.py", before, after))
    return signature(a_case(moved=[a_series(2.0, 2.0 * ratio)]), candidates_of([commit])[0])


@pytest.mark.parametrize(
    ("before", "after", "ratio", "level"),
    [
        ("y = x", "y = x * 1000", 1000.0, "factor"),
        ("y = x / 60", "y = x", 60.0, "factor"),
        ("y = x", "y = x * 0.001", 0.001, "factor"),
        ("y = x * 5", "y = x * 500", 100.0, "factor"),
        ("y = x", "y = -x", -1.0, "sign"),
        ("y = wait_seconds", "y = wait_ms", 1000.0, "unit"),
        ("y = math.log(x)", "y = x", 7.0, "log"),
    ],
)
def test_the_diff_that_makes_the_ratio_is_found(before: str, after: str, ratio: float, level: str) -> None:
    said = _said(before, after, ratio)
    assert said is not None
    assert said.llr > 0
    assert said.facts["level"] == level
    assert "app/score.py:1" in said.sentence


@pytest.mark.parametrize(
    ("before", "after", "ratio"),
    [("y = x", "y = x * 1000", 1.3), ("y = a", "y = b", 1000.0), ("y = x", "y = x * 1000", 60.0)],
)
def test_another_ratio_or_another_diff_says_nothing(before: str, after: str, ratio: float) -> None:
    assert _said(before, after, ratio) is None


@pytest.mark.parametrize("path", ["package-lock.json", "requirements.txt"])
def test_versions_are_no_factors(path: str) -> None:
    commit = a_commit(a_file(path, '"version": "5.0"', '"version": "10.0"'))
    assert signature(a_case(moved=[a_series(2.0, 4.0)]), candidates_of([commit])[0]) is None
