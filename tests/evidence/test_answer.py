"""The scorer of fixed answers: a branch that answers with what the level became."""

import pytest

from bisect_ml.evidence.answer import answer
from bisect_ml.types import Direction, Evidence, Series, Slice
from tests.evidence.cases import a_case, a_commit, a_file, a_series, candidates_of

GUARD = "def score(x):\n    if {condition}:\n        return {value}\n    return x * 2\n"
STUCK_AT_0 = [a_series(3.0, 0.0)]
LEFT_0 = [a_series(0.0, 3.0)]
MOVED = [a_series(3.0, 2.0)]


def _asked(
    before: str,
    after: str,
    moved: list[Series],
    path: str = "app/score.py",
    direction: Direction = "shipped",
) -> Evidence | None:
    commit = a_commit(a_file(path, before, after))
    return answer(a_case(commit, moved=moved), candidates_of([commit], direction=direction)[0])


def _guard(condition: str, value: str = "0") -> str:
    return GUARD.format(condition=condition, value=value)


@pytest.mark.parametrize(
    ("before", "after", "moved", "level"),
    [
        (_guard("not x"), _guard("x"), STUCK_AT_0, "becomes"),
        (_guard("not x"), _guard("x"), LEFT_0, "ceases"),
        (_guard("not x", "1"), _guard("not x", "0.0"), STUCK_AT_0, "becomes"),
        ("def score(x):\n    return x * 2\n", _guard("x > 1", "False"), STUCK_AT_0, "becomes"),
        (_guard("x > 1"), "def score(x):\n    return x * 2\n", LEFT_0, "ceases"),
    ],
)
def test_the_branch_whose_value_the_level_became_is_named(
    before: str, after: str, moved: list[Series], level: str
) -> None:
    said = _asked(before, after, moved)
    assert said is not None
    assert said.facts["level"] == level


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        (_guard("not x"), _guard("x"), MOVED),
        (_guard("not x", "7"), _guard("x", "7"), STUCK_AT_0),
        # A new guard makes more of its value, never less; a removed one the reverse.
        ("def score(x):\n    return x * 2\n", _guard("x > 1"), LEFT_0),
        (_guard("x > 1"), "def score(x):\n    return x * 2\n", STUCK_AT_0),
        # The guard stands, and something else was changed.
        (_guard("not x"), _guard("not x").replace("x * 2", "x * 3"), STUCK_AT_0),
    ],
)
def test_it_says_nothing_of_other_branches(before: str, after: str, moved: list[Series]) -> None:
    assert _asked(before, after, moved) is None


def test_what_a_rollback_takes_out_works_backwards() -> None:
    without = "def score(x):\n    return x * 2\n"
    assert _asked(without, _guard("x > 1"), STUCK_AT_0, direction="removed") is None
    said = _asked(without, _guard("x > 1"), LEFT_0, direction="removed")
    assert said is not None
    assert said.facts["level"] == "ceases"


def test_a_slice_that_became_the_value_counts_and_other_languages_are_read() -> None:
    before = "function score(x) {\n  if (x.pair === 'same') {\n    return 100;\n  }\n  return x.ratio;\n}\n"
    moved = [a_series(60.0, 70.0), a_series(50.0, 100.0, where=Slice(column="pair", value="other"))]
    said = _asked(before, before.replace("===", "!=="), moved, path="src/score.js")
    assert said is not None
    assert said.sentence == (
        "changes which inputs are answered with 100, and the mean of pair=other became 100"
    )
