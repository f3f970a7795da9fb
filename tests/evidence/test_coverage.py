"""What of the code examples run, and whether it is what a commit changes."""

import pytest

from bisect_ml.evidence.coverage import covering, is_run, touched
from tests.evidence.cases import a_file

PYTHON = """\
LIMIT = 3

class Model:
    @property
    def rate(self):
        return self._rate

    @rate.setter
    def rate(self, value):
        self._rate = value + 1

def unasked():
    return 1
"""
SCRIPT = """\
class Cart {
  total(amount) {
    return amount * 2;
  }
}

class Order {
  total(amount) {
    return amount * 3;
  }
}
"""


@pytest.mark.parametrize(
    ("old", "new", "lines", "expected"),
    [
        ("value + 1", "value + 2", {5}, True),
        ("value + 1", "value + 2", {9}, True),
        ("value + 1", "value + 2", {12}, False),
        ("return 1", "return 2", {12}, True),
        ("return 1", "return 2", set(), False),
        ("LIMIT = 3", "LIMIT = 4", set(), True),
        ("    return 1", "    return (", set(), True),
    ],
)
def test_python_is_run_where_one_of_the_functions_of_that_name_is(
    old: str, new: str, lines: set[int], expected: bool
) -> None:
    change = a_file("app.py", PYTHON, PYTHON.replace(old, new))
    assert is_run(change, {("app.py", line) for line in lines}) is expected


@pytest.mark.parametrize(("lines", "expected"), [({2}, True), ({8}, True), ({1}, False)])
def test_javascript_is_run_where_a_method_that_begins_alike_is(lines: set[int], expected: bool) -> None:
    change = a_file("app.js", SCRIPT, SCRIPT.replace("* 3", "* 4"))
    assert is_run(change, {("app.js", line) for line in lines}) is expected


def _ran(*letters: str) -> list[frozenset[tuple[str, int]]]:
    return [frozenset(("a.py", ord(letter)) for letter in each) for each in letters]


@pytest.mark.parametrize(
    ("ran", "first", "most", "expected"),
    [
        (("a", "a", "ab", "c"), "", 2, [2, 3]),
        (("abc", "a", "a", "d"), "d", 2, [0, 3]),
        (("a", "a", "a", "a", "a", "a", "a"), "", 3, [0, 1, 4]),
        (("a", "b"), "", 5, [0, 1]),
        ((), "", 5, []),
    ],
)
def test_examples_that_run_most_are_chosen_and_others_evenly(
    ran: tuple[str, ...], first: str, most: int, expected: list[int]
) -> None:
    (wanted,) = _ran(first)
    assert covering(_ran(*ran), most, wanted) == expected


def test_what_changes_touch_is_found_in_each_version_where_it_stands_there() -> None:
    change = a_file("a.py", PYTHON, PYTHON.replace("value + 1", "value + 2"))
    earlier = "import this\n" + PYTHON
    places = touched([change], ({"a.py": PYTHON}, {"a.py": earlier, "b.py": PYTHON}))
    assert places == {("a.py", 5), ("a.py", 6), ("a.py", 9), ("a.py", 10)}
