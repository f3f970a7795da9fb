"""Examples that tell what serves now from what served before, where those asked anyway do not."""

import pytest

from bisect_ml.evidence.foretold import foretold
from bisect_ml.evidence.rehearsed import rehearsed
from bisect_ml.types import Evidence
from tests.evidence.cases import a_case, a_commit, a_file, a_series, candidates_of
from tests.evidence.service import ENTRY, OF_TEXTS, level_of

PATH = "app/service.py"
RARE = OF_TEXTS.replace("    return", "    if text == 'word137':\n        return 0\n    return")
TIDIED = RARE.replace("total * 2", "2 * total")
WORDS = ", ".join(f"'word{number}'" for number in range(300))
TESTS = f"""\
from app.service import score

WORDS = [{WORDS}]

def test_score():
    for text in ['a', 'bb', 'ccc', 'dddd', 'eeeee', 'ffffff', 'ggggggg', 'hhhhhhhh']:
        assert score(text)
"""


def _heard(rare: str = RARE, tidied: str = TIDIED) -> list[Evidence | None]:
    """Return what is said of a commit that changes a rare answer, and of one after it that changes none."""
    tree = {"app/__init__.py": "", PATH: tidied, "tests/test_score.py": TESTS}
    commits = [a_commit(a_file(PATH, rare, tidied), sha="b" * 40), a_commit(a_file(PATH, OF_TEXTS, rare))]
    candidates = candidates_of(commits)
    case = a_case(*commits, candidates=candidates, entry=ENTRY, tree=tree)
    tidying, culprit = (rehearsed(case, each) for each in candidates)
    return [culprit, tidying]


def test_a_rare_answer_is_looked_for_and_found() -> None:
    culprit, _ = _heard()
    assert culprit is not None
    assert culprit.facts["level"] == "sought"
    assert culprit.llr > 0
    assert "1 of 1 examples that were looked for: `score('word137')` gave `14`, gives `0`" in culprit.sentence


def test_what_leaves_such_an_answer_as_it_is_passed() -> None:
    _, tidying = _heard()
    assert tidying is not None
    assert tidying.facts["level"] == "passed"
    assert tidying.llr < 0
    assert "and in 1 example whose results the deploy changes" in tidying.sentence


def test_nothing_is_looked_for_where_many_examples_tell_the_ends_apart() -> None:
    culprit, _ = _heard(RARE.replace("* 2", "* 3"), TIDIED.replace("2 * total", "3 * total"))
    assert culprit is not None
    assert culprit.facts["level"] == "many"


def test_two_kinds_of_errors_are_one_answer() -> None:
    both = _heard(OF_TEXTS.replace("ValueError(", "TypeError("), OF_TEXTS.replace("ValueError(", "KeyError("))
    assert [level_of(each) for each in both] == ["same", "same"]


@pytest.mark.parametrize(("answer", "level"), [("99", "agrees_sought"), ("0", "contradicts_sought")])
def test_what_was_sought_foretells_which_way_predictions_go(answer: str, level: str) -> None:
    rare = RARE.replace("return 0", f"return {answer}")
    tree = {"app/__init__.py": "", PATH: rare, "tests/test_score.py": TESTS}
    commit = a_commit(a_file(PATH, OF_TEXTS, rare))
    moved = [a_series(14.0, 15.0, noise=0.01)]
    case = a_case(commit, moved=moved, entry=ENTRY, tree=tree)
    said = foretold(case, candidates_of([commit])[0])
    assert said is not None
    assert said.facts["level"] == level


def test_a_default_that_changes_is_found_where_tests_say_every_option() -> None:
    code = "def score(text, rate=2):\n    return len(text) * rate if len(text) > 9 else 0\n"
    tests = """
from app.service import score

def test_score():
    for number in range(1, 9):
        score("ab" * 3 * number, number % 3)
"""
    changed = code.replace("rate=2", "rate=3")
    tree = {"app/__init__.py": "", PATH: changed, "tests/test_score.py": tests}
    commit = a_commit(a_file(PATH, code, changed))
    said = rehearsed(a_case(commit, entry=ENTRY, tree=tree), candidates_of([commit])[0])
    assert level_of(said) == "sought"
