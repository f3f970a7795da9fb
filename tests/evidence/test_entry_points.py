"""Where predictions probably start, when nobody said it."""

import re

import pytest

from bisect_ml.evidence.centrality import centrality
from bisect_ml.evidence.entry_points import guesses
from bisect_ml.evidence.reach import reach
from bisect_ml.types import Evidence, Slice
from tests.evidence.cases import a_case, a_commit, a_file, a_series, candidates_of

PLAIN = {
    "stats/core.py": """
def syllables(text):
    return len(text)

def flesch(text):
    return 206 - syllables(text)

def fog(text):
    return 0.4 * syllables(text)

def words(text):
    return text.split()

def churn(text):
    return words(text)
"""
}


def _central(old: str, new: str, *hints: str) -> Evidence | None:
    text = PLAIN["stats/core.py"]
    assert old in text
    commit = a_commit(a_file("stats/core.py", text, text.replace(old, new)))
    candidate = candidates_of([commit])[0]
    case = a_case(commit, candidates=[candidate], tree=PLAIN, hints=hints)
    return centrality(case, candidate) or reach(case, candidate)


def test_where_no_function_stands_out_all_of_them_count() -> None:
    shared, corner = _central("len(text)", "2 * len(text)"), _central("text.split()", "text.split(' ')")
    assert shared is not None
    assert corner is not None
    assert shared.facts["level"] == "core"
    assert corner.facts["level"] == "shared"
    assert re.fullmatch(r"changes syllables, which \d+% of the likely entry points use", shared.sentence)


@pytest.mark.parametrize("hint", ["churn_score", "churn-service", "ChurnPredictions"])
def test_a_name_of_the_log_points_at_the_function_of_that_name(hint: str) -> None:
    found = _central("text.split()", "text.split(' ')", hint)
    other = _central("len(text)", "2 * len(text)", hint)
    assert found is not None
    assert other is not None
    assert found.facts["level"] == "guessed_near"
    assert other.facts["level"] == "guessed_none"


PACKAGE = {
    "spell/__init__.py": """
from spell.rules import ORDINALS

def spell(number, lang="en"):
    return convert(number, lang)

def convert(number, lang):
    return ORDINALS[lang](number)
""",
    "spell/rules.py": """
ORDINALS = {}

def register(name):
    return name

def score_rules():
    return 1
""",
    "spell/zscore.py": "def z_score(values):\n    return 1\n",
}


def test_the_function_that_a_package_is_named_after_is_a_likely_entry_point() -> None:
    case = a_case(tree=PACKAGE, moved=[a_series(1.0, 2.0, where=Slice(column="lang", value="it"))])
    (likeliest, probability), (_, next_best) = list(guesses(case).items())[:2]
    assert likeliest == ("spell/__init__.py", "spell")
    assert probability > 2 * next_best


def test_what_tests_call_often_is_a_likely_entry_point() -> None:
    node = ("spell/__init__.py", "convert")
    tests = "from spell import convert\n\ndef test_it():\n" + "    assert convert(1, 'it')\n" * 9
    tested = a_case(tree={**PACKAGE, "tests/test_convert.py": tests})
    assert guesses(tested)[node] > 2 * guesses(a_case(tree=PACKAGE))[node]


def test_what_the_readme_names_is_a_likely_entry_point() -> None:
    node = ("spell/__init__.py", "convert")
    told = a_case(tree=PACKAGE, resources={"README.md": "Call `convert` with a number."})
    assert guesses(told)[node] > guesses(a_case(tree=PACKAGE))[node]


def test_parameters_named_like_columns_of_the_log_point_at_a_function() -> None:
    with_column = a_case(tree=PACKAGE, moved=[a_series(1.0, 2.0, where=Slice(column="lang", value="it"))])
    without = a_case(tree=PACKAGE, moved=[a_series(1.0, 2.0, where=Slice(column="device", value="web"))])
    node = ("spell/__init__.py", "convert")
    assert guesses(with_column)[node] > guesses(without)[node]


def test_a_route_of_a_web_framework_is_a_likely_entry_point() -> None:
    tree = {
        "app/web.py": """
@app.post("/quote")
def quote(row):
    return premium(row)

def premium(row):
    return row * 2

def rebuild(row):
    return export(row)

def export(row):
    return row

@app.get("/health")
def health():
    return "ok"
"""
    }
    texts = {
        name: tree["app/web.py"].replace(old, new)
        for name, old, new in (
            ("premium", "row * 2", "row * 3"),
            ("export", "    return row\n\n@", "    return 2 * row\n\n@"),
        )
    }
    said = []
    for text in texts.values():
        commit = a_commit(a_file("app/web.py", tree["app/web.py"], text))
        candidate = candidates_of([commit])[0]
        said.append(reach(a_case(commit, candidates=[candidate], tree=tree), candidate))
    assert [each and each.facts["level"] for each in said] == ["guessed_near", "guessed_none"]


def test_without_an_entry_point_what_calls_the_one_that_stands_out_counts_too() -> None:
    tree = {
        "app/api.py": '@app.post("/score")\ndef score(row):\n    return row * 2\n',
        "app/serve.py": "from app.api import score\n\n"
        "def predict(row):\n    return score(row) + note(row)\n\n"
        "def note(row):\n    return row + 1\n\ndef export(row):\n    return row - 1\n",
    }
    before = tree["app/serve.py"]

    def level(old: str, new: str) -> object:
        commit = a_commit(a_file("app/serve.py", before, before.replace(old, new)))
        case = a_case(commit, tree=tree)
        said = reach(case, case.candidates[0])
        assert said is not None
        return said.facts["level"]

    assert level("row + 1", "row + 2") == "guessed_near"
    assert level("row - 1", "row - 2") == "guessed_none"
