from bisect_ml.evidence.names import names
from bisect_ml.types import Evidence, Series, Slice
from tests.evidence.cases import a_case, a_commit, a_file, a_series, candidates_of


def _series(column: str, *values: str) -> list[Series]:
    return [a_series(1.0, 2.0, where=Slice(column=column, value=value)) for value in values]


def _said(path: str, diff: str, subject: str, moved: list[Series], still: list[Series]) -> Evidence | None:
    commit = a_commit(a_file(path, "x = 1\n", f"{diff}\n"), subject=subject)
    return names(
        a_case(moved=moved, still=still, entry="pkg.scores:reading_ease"), candidates_of([commit])[0]
    )


def test_the_slice_that_moved_is_found_in_the_diff_and_in_the_message() -> None:
    still = _series("country", "france", "spain")
    in_diff = _said("app/a.py", "if country == 'brazil': x = 2", "Tidy", _series("country", "brazil"), still)
    in_message = _said("app/a.py", "x = 2", "Fix Brazil", _series("country", "brazil"), still)
    assert in_diff is not None
    assert in_message is not None
    assert "brazil" in in_diff.sentence
    assert in_message.llr > in_diff.llr > 0


def test_short_values_count_as_file_names_only() -> None:
    moved, still = _series("lang", "it"), _series("lang", "en", "fr")
    assert _said("app/a.py", "it = 2", "Make it so", moved, still) is None
    named = _said("app/lang/it.py", "x = 2", "Tidy", moved, still)
    assert named is not None
    assert named.facts["level"] == "file"


def test_slices_say_nothing_where_most_of_the_column_moved() -> None:
    moved, still = _series("country", "brazil", "france"), _series("country", "spain")
    assert _said("app/a.py", "if country == 'brazil': x = 2", "Tidy", moved, still) is None


def test_the_words_of_the_entry_point_count() -> None:
    said = _said("app/a.py", "reading = 2", "Tidy", [a_series(1.0, 2.0)], [])
    assert said is not None
    assert said.facts["level"] == "entry_diff"


def test_an_inert_commit_is_not_searched() -> None:
    moved = _series("country", "brazil")
    assert (
        _said("docs/brazil.md", "Brazil", "Describe Brazil", moved, _series("country", "peru", "spain"))
        is None
    )
