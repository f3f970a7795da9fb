import pytest

from bisect_ml.evidence import gather
from bisect_ml.evidence.definitions import changed_definitions, definitions
from tests.evidence.cases import a_case, a_commit, a_file

CODE = '''
import re
LIMIT = 3

class Scorer(Base):
    weight = 2

    def score(self, x):
        """Doc."""
        return x * self.weight

def helper(x):
    return x + LIMIT

if __name__ == "__main__":
    print(helper(1))
'''


def _changed(before: str | None, after: str | None) -> set[str] | None:
    found = changed_definitions(a_file("app/score.py", before, after))
    return None if found is None else {each.name for each in found}


def test_functions_methods_classes_and_names_are_definitions() -> None:
    found = definitions("app/score.py", CODE)
    assert found is not None
    names = {"<imports>", "LIMIT", "Scorer", "Scorer.weight", "Scorer.score", "helper", "__main__"}
    assert set(found) == names


def test_only_what_behaves_differently_is_changed() -> None:
    assert _changed(CODE, CODE.replace("x + LIMIT", "x - LIMIT")) == {"helper"}
    assert _changed(CODE, CODE.replace("Doc.", "Other doc.")) == set()
    assert _changed(CODE, CODE.replace("weight = 2", "weight = 3")) == {"Scorer.weight"}
    assert _changed(CODE, CODE.replace("(Base)", "(Other)")) == {"Scorer"}
    assert _changed(CODE, CODE.replace("helper(1)", "helper(2)")) == set()


def test_added_and_removed_definitions_are_changed() -> None:
    assert _changed(CODE, CODE + "\ndef new():\n    return 1\n") == {"new"}
    assert _changed(None, "def new():\n    return 1\n") == {"new"}


def test_what_cannot_be_parsed_or_was_not_loaded_is_unknown() -> None:
    assert _changed("print 'a'", "print('a')") is None
    assert _changed(None, None) is None
    assert changed_definitions(a_file("app/score.go", "a", "b")) is None


@pytest.mark.parametrize(
    "source",
    [
        "if x:\n    y = 0\n" + "".join(f"elif x == {each}:\n    y = {each}\n" for each in range(2_000)),
        "y = " + " + ".join(f"x{each}" for each in range(3_000)) + "\n",
    ],
    ids=["elif", "sum"],
)
def test_what_is_too_deep_to_walk_is_unknown(source: str) -> None:
    change = a_file("app/core.py", source, source.replace("y = ", "z = "))
    assert changed_definitions(change) is None
    commit = a_commit(change)
    assert len(gather(a_case(commit, tree={"app/core.py": source}, entry="app.core:f"))) == 2
