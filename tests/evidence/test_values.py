"""What single values of the rows say: answers that more rows have, and rounding."""

from dataclasses import replace

import pytest

from bisect_ml.evidence.answer import answer
from bisect_ml.evidence.rounding import rounding
from bisect_ml.types import Evidence, ValueContrast, ValueShare
from tests.evidence.cases import a_case, a_commit, a_file, a_series, candidates_of

MORE_0 = ValueContrast(
    decimals_before=2, decimals_after=2, moved=(ValueShare(value=0.0, before=0.01, after=0.2),)
)
FEWER_0 = ValueContrast(
    decimals_before=2, decimals_after=2, moved=(ValueShare(value=0.0, before=0.2, after=0.01),)
)
PLAIN = "def f(x):\n    {}\n"


def _answer(old: str, new: str, values: ValueContrast | None) -> str:
    commit = a_commit(a_file("app/a.py", PLAIN.format(old), PLAIN.format(new)))
    case = replace(a_case(commit, moved=[a_series(3.0, 2.0)]), values=values)
    said = answer(case, candidates_of([commit])[0])
    return str(said.facts["level"]) if said else ""


@pytest.mark.parametrize(
    "new",
    [
        "if not x:\n        return 0.0",
        "try:\n        y = g(x)\n    except ZeroDivisionError:\n        y = 0.0",
        "y = x ?? 0;",
        "y = x or 0",
        "y = rates.get(x, 0)",
        "y = max(x, 0)",
    ],
)
def test_a_value_that_more_rows_have_is_found_where_the_code_answers_with_it(new: str) -> None:
    assert _answer("y = x", new, MORE_0) == "more"
    assert _answer(new, "y = x", FEWER_0) == "fewer"
    assert _answer("y = x", new, FEWER_0) == ""
    assert _answer("y = x", new, None) == ""


@pytest.mark.parametrize("new", ["count = 0", "y = x or 1", "if not x:\n        return 0.5", "y = x == 0"])
def test_other_values_and_counters_answer_nothing(new: str) -> None:
    assert _answer("y = x", new, MORE_0) == ""


def test_the_shares_of_the_rows_are_told() -> None:
    commit = a_commit(
        a_file("app/a.py", PLAIN.format("y = x"), PLAIN.format("if not x:\n        return 0.0"))
    )
    case = replace(a_case(commit, moved=[a_series(3.0, 2.0)]), values=MORE_0)
    said = answer(case, candidates_of([commit])[0])
    assert said is not None
    assert "1.0% → 20.0% of the rows" in said.sentence


def _rounding(old: str, new: str, before: int | None, after: int | None) -> Evidence | None:
    commit = a_commit(a_file("app/a.py", PLAIN.format(old), PLAIN.format(new)))
    values = ValueContrast(decimals_before=before, decimals_after=after)
    return rounding(replace(a_case(commit), values=values), candidates_of([commit])[0])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return round(x, 2)", "return x"),
        ("return x", "return round(x, 2)"),
        ("return round(x, 2)", "return round(x, 1)"),
        ("return x.toFixed(2);", "return x;"),
        ("return x / 2", "return int(x / 2)"),
        ("return legacy_round(x)", "return x"),
    ],
)
def test_other_decimals_accuse_what_rounds_otherwise(old: str, new: str) -> None:
    said = _rounding(old, new, 2, None)
    assert said is not None
    assert said.facts["level"] == "rounds"
    assert "2 decimals to no rounding" in said.sentence


@pytest.mark.parametrize(
    ("old", "new"), [("return x", "return x * 2"), ("return round(x, 2)", "return self._round(x, 2)")]
)
def test_what_rounds_as_before_is_cleared_a_little(old: str, new: str) -> None:
    said = _rounding(old, new, 0, 1)
    assert said is not None
    assert said.facts["level"] == "silent"
    assert said.llr < 0


def test_rounding_says_nothing_of_the_same_decimals() -> None:
    assert _rounding("return x", "return round(x, 2)", 2, 2) is None
    commit = a_commit(a_file("app/a.py", "x = 1", "x = round(2.5)"))
    assert rounding(a_case(commit), candidates_of([commit])[0]) is None


GUARD = "if not x:\n        return 0.0"


@pytest.mark.parametrize(("values", "level"), [(MORE_0, ""), (FEWER_0, "fewer")])
def test_an_answer_that_a_rollback_takes_out_is_given_less_often(values: ValueContrast, level: str) -> None:
    commit = a_commit(a_file("app/a.py", PLAIN.format("y = x"), PLAIN.format(GUARD)))
    candidates = candidates_of([commit], direction="removed")
    case = replace(a_case(commit, moved=[a_series(3.0, 2.0)], candidates=candidates), values=values)
    said = answer(case, candidates[0])
    assert (str(said.facts["level"]) if said else "") == level


def test_another_condition_may_answer_more_or_fewer_rows() -> None:
    other = GUARD.replace("not x", "x < 1")
    assert _answer(GUARD, other, MORE_0) == "more"
    assert _answer(GUARD, other, FEWER_0) == "fewer"
    assert _answer(GUARD, GUARD + "\n    y = x + 1", MORE_0) == ""


def test_a_level_that_became_the_answer_says_more_than_the_rows() -> None:
    commit = a_commit(a_file("app/a.py", PLAIN.format("y = x"), PLAIN.format(GUARD)))
    case = replace(a_case(commit, moved=[a_series(3.0, 0.0)]), values=MORE_0)
    said = answer(case, candidates_of([commit])[0])
    assert said is not None
    assert said.facts["level"] == "becomes"


@pytest.mark.parametrize("path", ["README.md", "tests/test_a.py", "conf/a.yaml"])
def test_only_code_rounds(path: str) -> None:
    commit = a_commit(a_file(path, "x: round(1)", "x: 1"))
    values = ValueContrast(decimals_before=0, decimals_after=2)
    assert rounding(replace(a_case(commit), values=values), candidates_of([commit])[0]) is None
