"""Whether examples run what a commit changes."""

import pytest

from bisect_ml.evidence.coverage import is_run
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
