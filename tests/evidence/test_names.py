from collections.abc import Sequence

import pytest

from bisect_ml.evidence.names import names
from bisect_ml.types import Evidence, Series, Slice
from tests.evidence.cases import a_case, a_commit, a_file, a_series, candidates_of


def _slices(moved: str, *still: str) -> tuple[list[Series], list[Series]]:
    """Return series of the slices of one column, of which the first value moved."""
    changed = a_series(1.0, 2.0, where=Slice(column="country", value=moved), noise=0.01)
    return [changed], [
        a_series(1.0, 1.0, where=Slice(column="country", value=each), noise=0.01) for each in still
    ]


def _said(diff: str, subject: str, moved: list[Series], still: list[Series]) -> Evidence | None:
    commit = a_commit(a_file("app/a.py", "x = 1\n", f"{diff}\n"), subject=subject)
    return names(
        a_case(moved=moved, still=still, entry="pkg.scores:reading_ease"), candidates_of([commit])[0]
    )


def test_the_slice_that_moved_is_found_in_the_diff_and_in_the_message() -> None:
    in_diff = _said("brazil = 2", "Tidy", *_slices("brazil", "france", "spain"))
    in_message = _said("x = 2", "Fix Brazil", *_slices("brazil", "france", "spain"))
    assert in_diff is not None
    assert in_message is not None
    assert "brazil" in in_diff.sentence
    assert (in_diff.facts["level"], in_message.facts["level"]) == ("diff", "message")


def test_short_words_match_everything_and_do_not_count() -> None:
    assert _said("it = 2", "Make it so", *_slices("it", "en", "fr")) is None


def test_slices_say_nothing_where_most_of_the_column_moved() -> None:
    moved, _ = _slices("brazil")
    also, still = _slices("france", "spain")
    assert _said("brazil = 2", "Tidy", [*moved, *also], still) is None


def test_the_whole_name_of_the_entry_point_counts_more_than_a_word_of_it() -> None:
    word = _said("reading = 2", "Tidy", [a_series(1.0, 2.0)], [])
    whole = _said("x = 2", "Change how reading ease is rounded", [a_series(1.0, 2.0)], [])
    assert word is not None
    assert whole is not None
    assert (word.facts["level"], whole.facts["level"]) == ("diff", "whole")


def test_an_inert_commit_is_not_searched() -> None:
    moved, still = _slices("brazil", "peru", "spain")
    commit = a_commit(a_file("docs/brazil.md", "a", "Brazil"), subject="Describe Brazil")
    assert names(a_case(moved=moved, still=still), candidates_of([commit])[0]) is None


NUMBERS = {
    "app/num.py": """
def toNumber(text):
    return clean(text)

def clean(text):
    return collapse_spaces(text)

def collapse_spaces(text):
    return text

def numberFormat(number):
    return str(number)

def split_words(text):
    return text
""",
    "app/stats.py": "def count(rows):\n    return rows\n",
}


def _level(
    subject: str, entry: str, others: Sequence[str] = (), diff: str = "x = 2", other_diff: str = "y = 2"
) -> str:
    commit = a_commit(a_file("app/z.py", "x = 1\n", f"{diff}\n"), subject=subject)
    rest = [
        a_commit(a_file("app/y.py", "y = 1\n", f"{other_diff}\n"), sha=f"{n:040x}", subject=each)
        for n, each in enumerate(others)
    ]
    case = a_case(commit, *rest, tree=NUMBERS, entry=entry)
    said = names(case, case.candidates[0])
    return str(said.facts["level"]) if said else ""


@pytest.mark.parametrize(
    ("subject", "level"),
    [
        ("Fix toNumber", "message"),
        ("Fix how a number is read", "message"),
        ("Fix numberFormat", "other"),
        ("Fix numberFormat and toNumber", "message"),
        ("Fix split_words", "other"),
        ("Fix split_words after collapse_spaces", ""),
        ("Fix collapse_spaces", ""),
        ("Fix unheard_of", ""),
        ("Fix splits", ""),
    ],
)
def test_a_function_that_no_prediction_runs_through_is_another(subject: str, level: str) -> None:
    assert _level(subject, "app.num:toNumber") == level


def test_a_message_that_names_another_function_does_not_clear_without_an_entry_point() -> None:
    commit = a_commit(a_file("app/z.py", "x = 1\n", "x = 2\n"), subject="Fix split_words")
    guessed = {"app/serve.py": "from app.num import toNumber\n\ndef predict(x):\n    return toNumber(x)\n"}
    for tree, entry, level in (
        (NUMBERS, None, ""),
        (NUMBERS | guessed, None, ""),
        (NUMBERS | guessed, "app.serve:predict", "other"),
    ):
        case = a_case(commit, tree=tree, entry=entry)
        said = names(case, case.candidates[0])
        assert (str(said.facts["level"]) if said else "") == level


def test_an_entry_point_of_one_common_word_is_found_by_it() -> None:
    assert _level("Round the count", "app.stats:count") == "message"
    assert _level("Round the rest", "app.stats:count") == ""


@pytest.mark.parametrize(
    ("users", "rest", "level"), [(1, 0, "message"), (2, 6, "message"), (3, 8, "message"), (5, 6, "")]
)
def test_a_word_that_a_third_of_the_candidates_use_tells_none_of_them(
    users: int, rest: int, level: str
) -> None:
    others = ["Change the count"] * users + ["Change the rest"] * rest
    assert _level("Round the count", "app.stats:count", others) == level


def test_a_word_that_a_third_of_the_diffs_use_tells_none_of_them() -> None:
    asked = ("Tidy", "app.num:toNumber", ["Tidy"] * 5)
    assert _level(*asked, diff="number = 2") == "diff"
    assert _level(*asked, diff="number = 2", other_diff="number = 3") == ""


@pytest.mark.parametrize(
    ("subject", "diff", "level"),
    [("Handle nicknames", "x = 2", "message"), ("Do not panick", "x = 2", ""), ("Tidy", "nicknames = 2", "")],
)
def test_the_value_of_a_slice_may_begin_a_longer_word_of_the_message(
    subject: str, diff: str, level: str
) -> None:
    said = _said(diff, subject, *_slices("nick", "full", "title"))
    assert (str(said.facts["level"]) if said else "") == level
