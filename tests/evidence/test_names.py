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
