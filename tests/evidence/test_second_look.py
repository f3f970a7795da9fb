"""A second look at commits that answer alike all that is asked of each."""

import pytest

from bisect_ml.evidence.known_texts import Quoted, texts_about
from bisect_ml.evidence.rehearsed import rehearsed
from bisect_ml.types import Commit, Direction
from tests.evidence.cases import a_case, a_commit, a_file, candidates_of
from tests.evidence.service import ENTRY, OF_TEXTS, level_of

PATH = "app/service.py"
LOUD = OF_TEXTS.replace("* 2", "* 3")
NARROW = LOUD.replace("    return", "    if text.startswith('wide '):\n        return 0\n    return")
TIDIED = NARROW.replace("total * 3", "3 * total")
TESTS = """\
from app.service import score

def test_score():
    for text in ['a', 'bb', 'ccc', 'dddd', 'eeeee', 'ffffff', 'ggggggg', 'hhhhhhhh', 'iiiiiiiii', 'jj']:
        assert score(text)
"""


def _levels(*texts: str, tests: str = TESTS, direction: Direction = "shipped") -> list[str | None]:
    """Return what is said of each step from one text of the service to the next, the oldest first."""
    commits: list[Commit] = [
        a_commit(a_file(PATH, *texts[number : number + 2]), sha=f"{number:040x}")
        for number in reversed(range(len(texts) - 1))
    ]
    chosen = candidates_of(commits, direction=direction)
    serves = texts[0] if direction == "removed" else texts[-1]
    tree = {"app/__init__.py": "", PATH: serves, "tests/test_score.py": tests}
    case = a_case(*commits, candidates=chosen, entry=ENTRY, tree=tree)
    said = [rehearsed(case, each) for each in reversed(chosen)]
    return [level_of(each) for each in said]


@pytest.mark.parametrize("direction", ["shipped", "removed"])
def test_a_narrow_change_beside_one_of_all_answers_is_found(direction: Direction) -> None:
    assert _levels(OF_TEXTS, LOUD, NARROW, TIDIED, direction=direction) == ["many", "sought", "same"]


def test_what_a_later_commit_takes_back_says_nothing() -> None:
    narrow = OF_TEXTS.replace("    return", "    if text.startswith('wide '):\n        return 0\n    return")
    assert _levels(OF_TEXTS, narrow, OF_TEXTS) == [None, None]


@pytest.mark.parametrize(("quoted", "level"), [("needle", "sought"), ("thread", "same")])
def test_texts_come_from_the_tests_of_what_changes(quoted: str, level: str) -> None:
    parts = ["def part(text):\n    return len(text)\n", "def part(text):\n    return len(text) * 2\n"]
    codes = ", ".join(map(ascii, b"needle"))
    parts.append(
        parts[1].replace("    return", f"    if [*text.encode()] == [{codes}]:\n        return 0\n    return")
    )
    words = ", ".join(f"'word{number}'" for number in range(1001))
    commits = [
        a_commit(a_file("app/parts.py", *parts[number : number + 2]), sha=f"{number:040x}")
        for number in (1, 0)
    ]
    tree = {
        "app/__init__.py": "",
        PATH: "from app.parts import part\n\ndef score(text):\n    return part(text) + 1\n",
        "app/parts.py": parts[-1],
        "tests/test_score.py": f"{TESTS}\nWORDS = [{words}]\n",
        "tests/test_parts.py": f"PARTS = [{quoted!r}]\n",
    }
    case = a_case(*commits, entry=ENTRY, tree=tree)
    said = [rehearsed(case, each) for each in candidates_of(commits)]
    assert [level_of(each) for each in said] == [level, "many"]


def test_texts_are_those_of_the_files_that_are_called_so() -> None:
    tree = {
        "tests/test_parse.py": "'parse' 'one' 'two' 'three' 'four'",
        "tests/test_others.py": "'parse' 'parse' 'parse' 'five'",
        "tests/test_more.py": "'parse' 'six'",
        "tests/test_score.py": "'seven'",
        "app/parse.py": "'eight'",
    }

    def told(most: int) -> tuple[str, ...]:
        return texts_about(tree, {"parse"}, most, Quoted((".py",), lambda _, text: text.split("'")[1::2]))

    assert told(20) == ("parse", "one", "two", "three", "four", "five")
    assert told(3) == ("parse", "two", "four")


def test_a_function_of_a_module_is_asked_beside_a_method_of_a_plain_name() -> None:
    methods = "class Model:\n    def rate(self, text):\n        return len(text)\n"
    after = f"{OF_TEXTS}\n{methods}"
    before = after.replace("return len(text)\n", "return len(text) * 5\n")
    tests = f"{TESTS}\ndef test_model():\n    for text in ['a', 'bb', 'ccc']:\n        Model().rate(text)\n"
    tests = tests.replace("import score", "import Model, score")
    commit = a_commit(a_file(PATH, before, after))
    tree = {"app/__init__.py": "", PATH: after, "tests/test_score.py": tests}
    case = a_case(commit, entry="app.service:score, Model.rate", tree=tree)
    said = rehearsed(case, candidates_of([commit])[0])
    assert said is not None
    assert said.facts["level"] in {"many", "some"}
    assert "Model.rate(" in said.sentence
