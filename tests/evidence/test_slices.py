"""The scorers that compare slices and nulls with the diff: specificity, nulls."""

import pytest

from bisect_ml.evidence.nulls import nulls
from bisect_ml.evidence.specificity import specificity
from bisect_ml.types import Evidence, FileChange, Series, Slice
from tests.evidence.cases import a_case, a_commit, a_file, a_series, candidates_of


def _series(moved: str, *still: str) -> list[Series]:
    def one(value: str, after: float) -> Series:
        return a_series(1.0, after, where=Slice(column="lang", value=value), noise=0.01)

    return [*(one(value, 2.0) for value in moved.split()), *(one(value, 1.0) for value in still)]


def _said(change: FileChange, series: list[Series]) -> Evidence | None:
    tree = {"app/lang/it.py": "", "app/lang/fr.py": ""}
    return specificity(
        a_case(moved=series[:1], still=series[1:], tree=tree), candidates_of([a_commit(change)])[0]
    )


def test_a_file_named_like_the_slice_that_moved_accuses() -> None:
    said = _said(a_file("app/lang/it.py", "x = 1", "x = 2"), _series("it", "fr", "de"))
    assert said is not None
    assert said.facts["level"] == "only"
    assert said.sentence == "singles out lang=it; the shift is confined to lang=it"


def test_a_file_of_another_slice_is_cleared() -> None:
    said = _said(a_file("app/lang/fr.py", "x = 1", "x = 2"), _series("it", "fr", "de"))
    assert said is not None
    assert said.facts["level"] == "other"


def test_a_file_in_the_row_of_another_value_is_cleared_though_the_log_holds_none() -> None:
    said = _said(a_file("app/lang/sv.py", "x = 1", "x = 2"), _series("it", "fr", "de"))
    assert said is not None
    assert said.facts["level"] == "other"
    assert said.sentence == "singles out lang=sv, but the shift is confined to lang=it"


def test_a_file_that_its_siblings_mention_belongs_to_them_too() -> None:
    change, series = a_file("app/lang/romance.py", "x = 1", "x = 2"), _series("it", "fr", "de")
    tree = {"app/lang/it.py": "from app.lang import romance", "app/lang/fr.py": "", "app/lang/romance.py": ""}
    case = a_case(moved=series[:1], still=series[1:], tree=tree)
    assert specificity(case, candidates_of([a_commit(change)])[0]) is None


def test_the_file_of_one_value_is_not_cleared_where_that_of_the_moved_one_falls_back_on_it() -> None:
    change, series = a_file("app/lang/fr.py", "x = 1", "x = 2"), _series("it", "fr", "de")
    tree = {"app/lang/it.py": "from app.lang.fr import words", "app/lang/fr.py": ""}
    case = a_case(moved=series[:1], still=series[1:], tree=tree)
    assert specificity(case, candidates_of([a_commit(change)])[0]) is None


def test_code_for_one_slice_cannot_move_all() -> None:
    said = _said(a_file("app/lang/fr.py", "x = 1", "x = 2"), _series("it fr de"))
    assert said is not None
    assert said.facts["level"] == "broad"


@pytest.mark.parametrize(("moved", "level"), [("it", "only"), ("it fr de", "broad"), ("", None)])
def test_the_share_of_a_class_moves_a_slice_too(moved: str, level: str | None) -> None:
    """Predictions that are labels have no mean; where no slice moved for certain, nothing is said."""
    values = ["it", "fr", "de"]
    series = [
        a_series(
            0.2,
            0.6 if value in moved.split() else 0.2,
            metric="share[approve]",
            where=Slice(column="lang", value=value),
            noise=0.01,
        )
        for value in values
    ]
    lead = a_series(0.2, 0.3, metric="share[approve]", noise=0.01)
    case = a_case(moved=[lead], still=series, tree={"app/lang/it.py": "", "app/lang/fr.py": ""})
    said = specificity(case, candidates_of([a_commit(a_file("app/lang/it.py", "x = 1", "x = 2"))])[0])
    assert (None if said is None else said.facts["level"]) == level


def test_the_branch_around_a_changed_line_counts() -> None:
    lines = [
        "def f(lang):",
        "    if lang == 'it':",
        *["        a = 1"] * 3,
        "        return 4",
        "    return 5",
    ]
    before = "\n".join(lines)
    said = _said(
        a_file("app/core.py", before, before.replace("return 4", "return 6")), _series("it", "fr", "de")
    )
    assert said is not None
    assert said.facts["level"] == "only"
    assert (
        _said(
            a_file("app/core.py", before, before.replace("return 5", "return 6")), _series("it", "fr", "de")
        )
        is None
    )


@pytest.mark.parametrize(
    ("path", "before", "old", "new"),
    [
        ("app/a.py", 'RATES = {"it": 1.0, "fr": 2.0, "de": 3.0}', "1.0", "100.0"),
        ("app/a.py", 'KNOWN = {"fr", "de"}', '"fr", ', '"fr", "it", '),
        ("app/a.py", 'if lang in ("fr", "de", "it"):', ', "it"', ""),
        ("app/a.ts", "const names = { 'fr': 'f', 'it': 'i', 'de': 'd' };", "'i'", "'j'"),
        ("conf/a.yaml", "left_out:\n  - es\n  - fr\n", "  - es", "  - it"),
        ("conf/a.yaml", "left_out:\n- es\n- fr\n", "- es", "- it\n- es"),
        ("conf/a.json", '{"left_out": ["fr", "de"]}', '["fr"', '["it", "fr"'),
    ],
)
def test_of_a_table_or_a_list_only_what_changed_is_singled_out(
    path: str, before: str, old: str, new: str
) -> None:
    said = _said(a_file(path, before, before.replace(old, new)), _series("it", "fr", "de", "es", "pt"))
    assert said is not None
    assert "lang=it" in said.sentence
    assert "lang=fr" not in said.sentence
    assert said.facts["level"] in {"only", "same"}


def test_a_line_with_several_values_and_another_number_singles_out_all_of_them() -> None:
    before = 'if lang in ("it", "fr") and x > 3:'
    said = _said(a_file("app/a.py", before, before.replace("3", "4")), _series("it", "fr", "de"))
    assert said is not None
    assert said.sentence.startswith("singles out lang=fr, lang=it")


def test_a_short_word_inside_a_path_is_no_slice() -> None:
    assert _said(a_file("app/it/core.py", "x = 1", "x = 2"), _series("it", "fr", "de")) is None


GUARDED = "def f(x):\n    if x is None:\n        return None\n    return x * 2\n"


def _nulls(after_nulls: float, new: str) -> Evidence | None:
    commit = a_commit(a_file("app/core.py", GUARDED, new))
    series = (
        [a_series(1.0, 2.0), a_series(0.0, after_nulls, "null_rate")] if after_nulls else [a_series(1.0, 2.0)]
    )
    return nulls(a_case(commit, moved=series), candidates_of([commit])[0])


def test_guards_go_with_nulls_and_not_with_values() -> None:
    unguarded = GUARDED.replace("    if x is None:\n        return None\n", "")
    with_nulls, without = _nulls(0.4, unguarded), _nulls(0.0, unguarded)
    assert with_nulls is not None
    assert without is not None
    assert (with_nulls.facts["level"], without.facts["level"]) == ("guard_and_more", "guard_only")
    assert with_nulls.sentence == "the null rate moved by +40.0 points and it changes a guard"
    assert _nulls(0.4, GUARDED.replace("x * 2", "x * 3")) is None


def test_a_message_that_tells_of_errors_goes_with_guards_that_act_so() -> None:
    before, after = "def f(x):\n    raise ValueError\n", "def f(x):\n    return 0.0\n"
    series = [a_series(1.0, 1.0), a_series(0.3, 0.02, "null_rate")]
    for subject, level in (("Return 0 instead of raising", "told"), ("Tidy", "agrees")):
        commit = a_commit(a_file("app/core.py", before, after), subject=subject)
        said = nulls(a_case(commit, moved=series), candidates_of([commit])[0])
        assert said is not None
        assert said.facts["level"] == level


def test_a_value_that_is_only_a_default_or_an_argument_singles_nothing_out() -> None:
    series = _series("it", "fr", "de")
    for before, after in (("def f(lang='it'):", "def f(x, lang='it'):"), ("set_up('it')", "set_up('it', 1)")):
        assert _said(a_file("app/core.py", before, after), series) is None
    for before, after in (
        ("RATE = {'it': 1}", "RATE = {'it': 2}"),
        ("x = r['it']", "x = 2 * r['it']"),
        ("NAMES = []", "NAMES = ['it', 'it_it']"),
    ):
        said = _said(a_file("app/core.py", before, after), series)
        assert said is not None
        assert said.facts["level"] == "only"


def test_one_of_several_slices_that_moved_is_one_among_them() -> None:
    series = _series("it es pt nl", "fr", "de", "pl", "ru")
    said = _said(a_file("app/lang/it.py", "x = 1", "x = 2"), series)
    assert said is not None
    assert said.facts["level"] == "among"


FOLDERS = {"app/locales/it/words.py": "a = 1", "app/locales/de/words.py": "a = 1"}


def _of_folders(paths: str, tree: dict[str, str] = FOLDERS) -> str:
    series = _series("it", "de", "fr")
    commit = a_commit(*(a_file(path, "a = 1", "a = 2") for path in paths.split()))
    said = specificity(a_case(moved=series[:1], still=series[1:], tree=tree), candidates_of([commit])[0])
    return str(said.facts["level"]) if said else ""


@pytest.mark.parametrize(
    ("paths", "level"),
    [
        ("app/locales/it/words.py", "only"),
        ("app/locales/it/other.py", "only"),
        ("app/locales/it/words.py app/core.py", "same"),
        ("app/locales/it/words.py app/locales/de/words.py", "same"),
        ("app/locales/de/words.py", "other"),
        ("app/locales/sv/words.py", "other"),
        ("app/core.py", ""),
    ],
)
def test_a_folder_named_like_a_slice_value_holds_code_of_that_slice(paths: str, level: str) -> None:
    assert _of_folders(paths) == level


def test_a_file_in_such_a_folder_counts_though_its_neighbour_mentions_it() -> None:
    tree = FOLDERS | {"app/locales/it/locale.py": "from .words import a"}
    assert _of_folders("app/locales/it/words.py", tree) == "only"


def test_one_folder_alone_is_no_row_of_slices() -> None:
    assert _of_folders("app/locales/it/words.py", {"app/locales/it/words.py": "a = 1"}) == ""


SHORT = 'TABLE = {"a": 1}\n\ndef f(x):\n    return TABLE.get(x)\n'
LONG = SHORT.replace('"a": 1', '"a": 1, "b": 2')


@pytest.mark.parametrize(
    ("before", "after", "was", "now", "level"),
    [
        (SHORT, LONG, 0.3, 0.1, "table"),
        (LONG, SHORT, 0.1, 0.3, "table"),
        (SHORT, LONG, 0.1, 0.3, ""),
        (LONG, SHORT, 0.3, 0.1, ""),
        (SHORT, LONG, 0.1, 0.1, ""),
        (SHORT, SHORT.replace("1}", "2}"), 0.3, 0.1, ""),
    ],
)
def test_a_table_that_gains_entries_goes_with_fewer_nulls(
    before: str, after: str, was: float, now: float, level: str
) -> None:
    commit = a_commit(a_file("app/core.py", before, after))
    series = [a_series(1.0, 1.0), a_series(was, now, "null_rate")]
    said = nulls(a_case(commit, moved=series), candidates_of([commit])[0])
    assert (str(said.facts["level"]) if said else "") == level


@pytest.mark.parametrize(
    ("subject", "was", "now", "level"),
    [
        ("Fix a crash", 0.3, 0.1, "repairs"),
        ("Fix a crash", 0.1, 0.3, ""),
        ("Fix a crash", 0.1, 0.1, ""),
        ("Only throw on a bad value where asked to", 0.3, 0.1, "promised"),
        ("Run on Python 3", 0.95, 0.0, "platform"),
        ("Fix compatibility issues", 0.95, 0.0, "platform"),
        ("Run on Python 3", 0.3, 0.1, ""),
        ("Run on Python 3", 0.0, 0.95, ""),
        ("Don't fail on odd hosts", 0.3, 0.1, "promised"),
        ("Accept words for numbers", 0.3, 0.1, "promised"),
        ("Accept words for numbers", 0.1, 0.3, ""),
        ("Raise ValueError on bad hosts", 0.1, 0.3, "promised"),
        ("Raise ValueError on bad hosts", 0.3, 0.1, ""),
        ("No longer raises", 0.1, 0.3, ""),
        ("Use other words", 0.3, 0.1, ""),
    ],
)
def test_a_repair_goes_with_fewer_nulls(subject: str, was: float, now: float, level: str) -> None:
    change = a_file("app/core.py", "def f(x):\n    return x + 1\n", "def f(x):\n    return x + 2\n")
    commit = a_commit(change, subject=subject)
    series = [a_series(1.0, 1.0), a_series(was, now, "null_rate")]
    said = nulls(a_case(commit, moved=series), candidates_of([commit])[0])
    assert (str(said.facts["level"]) if said else "") == level


def test_a_folder_beside_those_of_slice_values_is_none_of_them() -> None:
    series = _series("it", "fr", "de")
    tree = {"src/it/words.py": "", "src/fr/words.py": "", "src/scoring/scale.py": "", "setup.py": ""}
    for path in ("src/scoring/scale.py", "src/pipeline.py", "setup.py"):
        case = a_case(moved=series[:1], still=series[1:], tree=tree)
        assert specificity(case, candidates_of([a_commit(a_file(path, "x = 1", "x = 2"))])[0]) is None
