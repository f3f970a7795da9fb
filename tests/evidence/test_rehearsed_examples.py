"""Where examples come from beside plain tests: prose, fixtures, data files, objects of the code itself."""

from collections.abc import Mapping

import pytest

from bisect_ml.evidence.callees import callee
from bisect_ml.evidence.examples import called_by_tests, made_up
from bisect_ml.evidence.prose import told_examples
from bisect_ml.evidence.python_code import PythonCode
from bisect_ml.evidence.rehearsed import rehearsed
from bisect_ml.evidence.stages import staged
from bisect_ml.types import Evidence
from tests.evidence.cases import a_case, a_commit, a_file, candidates_of

DOCUMENT = """\
Usage
=====

>>> from app.service import score
>>> score(1)
2
>>> for amount in (2, 3):
...     score(amount)

```python
from app.service import score
score(4)
```

```bash
score(5)
```

.. code-block:: python
   :linenos:

   score(
       6)

Text that says score(7).
"""
SERVICE = '''\
import os

def rates():
    with open(os.path.join(os.path.dirname(__file__), "rates.txt")) as file:
        return [float(line) for line in file]

def score(amount):
    """Return a score.

    >>> score(8)
    """
    return amount * rates()[0]
'''
TESTS = "from app.service import score\ndef test_score():\n    for x in range(20): score(x)\n"
TREE = {"app/__init__.py": "", "app/service.py": SERVICE, "tests/test_it.py": TESTS}


def _called(tree: Mapping[str, str], path: str, name: str) -> list[tuple[object, ...]]:
    asked = callee(tree[path], (path, name))
    assert asked is not None
    return [each.call.placed for each in called_by_tests(tree, [asked], 20)[0]]


def test_examples_in_documents_and_docstrings_are_heard() -> None:
    tree = {"README.md": DOCUMENT, "app/__init__.py": "", "app/service.py": SERVICE, "app/rates.txt": "2\n"}
    assert _called(tree, "app/service.py", "score") == [(1,), (2,), (3,), (4,), (6,), (8,)]


def test_prose_without_code_is_no_example() -> None:
    assert told_examples({"README.md": "score(7)\n", "a.py": "def score(): pass\n"}, ["score"]) == {}


def _heard(before: str, after: str) -> Evidence | None:
    commit = a_commit(a_file("app/rates.txt", before, after))
    case = a_case(commit, entry="app.service:score", tree=TREE, resources={"app/rates.txt": after})
    return rehearsed(case, candidates_of([commit])[0])


def test_a_file_that_the_code_opens_is_part_of_it() -> None:
    other, same = _heard("2\n", "3\n"), _heard("2\n5\n", "2\n6\n")
    assert other is not None
    assert other.facts["level"] == "many"
    assert "`score(1)` gave `2`, gives `3`" in other.sentence
    assert same is not None
    assert same.facts["level"] == "same"


OBJECTS = """\
import datetime, enum
from dataclasses import dataclass

class Unit(enum.Enum):
    KM = 1
    MILE = 2

@dataclass
class Place:
    at: float

class Base:
    def __init__(self, rate):
        self.rate = rate

class Model(Base):
    def score(self, place, unit=Unit.KM, day=None, key=None):
        assert isinstance(place, Place) and (day is None or isinstance(day, datetime.date))
        return place.at * self.rate * {Unit.KM: 1, Unit.MILE: 2}[unit]
"""
TESTS_OF_OBJECTS = """\
import datetime
from model import Model, Place, Unit

def test_score():
    for number in range(3):
        Model(2).score(Place(number), Unit.MILE, datetime.date(2020, 1, 1), key=Model)
"""


def test_objects_of_the_code_are_those_of_the_version_that_is_asked() -> None:
    tree = {"model.py": OBJECTS, "test_model.py": TESTS_OF_OBJECTS}
    language, asked = PythonCode(), callee(OBJECTS, ("model.py", "Model.score"))
    assert asked is not None
    (found,) = language.called_by_tests(tree, [asked], 10)
    assert [each.made.placed for each in found] == [(2,)] * 3
    answers = [language.answer(language.runs(tree), each) for each in found]
    assert [each and each.text for each in answers] == ["0", "4", "8"]


def test_calls_are_made_up_on_objects_that_were_made_in_tests() -> None:
    code = "class Model:\n    def __init__(self, rate): pass\n    def score(self, text): return text\n"
    tree = {"model.py": code, "test_model.py": "from model import Model\ndef test(): Model(2).score('a')\n"}
    asked = callee(code, ("model.py", "Model.score"))
    assert asked is not None
    (found,) = called_by_tests(tree, [asked], 10)
    varied, texts, _ = made_up(tree, asked, 5, found)
    assert {each.made.placed for each in texts} == {(2,)}
    assert not any(each.is_heard for each in (*varied, *texts))


@pytest.mark.parametrize(("turns", "answer"), [(50_000, "0"), (150_000, None)])
def test_loading_is_paid_for_apart_and_never_half_done(turns: int, answer: str | None) -> None:
    code = "def score(x):\n    import lazy\n    return lazy.f(x)\n"
    tree = {"model.py": code, "lazy.py": f"def f(x): return x * 2\nfor _ in range({turns}): pass\n"}
    language, asked = PythonCode(), callee(code, ("model.py", "score"))
    assert asked is not None
    example = made_up({}, asked, 1)[1][0]
    runs = language.runs(tree)
    answers = [language.answer(runs, example) for _ in range(3)]
    assert [each and each.text for each in answers] == [answer] * 3


def test_a_coroutine_is_asked_for_what_it_gives() -> None:
    code = "import asyncio\nasync def score(x):\n    await asyncio.sleep(1)\n    return x * 2\n"
    tests = "import asyncio\nfrom model import score\nasync def test_a():\n    assert await score(3) == 6\n"
    tree = {"model.py": code, "test_model.py": tests}
    language, asked = PythonCode(), callee(code, ("model.py", "score"))
    assert asked is not None
    ((example,),) = language.called_by_tests(tree, [asked], 5)
    answer = language.answer(language.runs(tree), example)
    assert answer is not None
    assert answer.text == "6"


MADE_BY_NEW = """\
class Address:
    __slots__ = ("text",)

    def __new__(cls, text=""):
        self = super().__new__(cls)
        self.text = text
        return self

    @property
    def host(self):
        return self.text.partition("/")[0]
"""


def test_objects_that_new_makes_are_made_as_tests_make_them() -> None:
    tests = "from app import Address\ndef test_it():\n    for x in 'a/b', 'c/d': assert Address(x).host\n"
    tree = {"app.py": MADE_BY_NEW, "tests/test_it.py": tests}
    language, asked = PythonCode(), callee(MADE_BY_NEW, ("app.py", "Address.host"))
    assert asked is not None
    assert asked.to_make == 1
    (found,) = language.called_by_tests(tree, [asked], 10)
    assert [each.made.placed for each in found] == [("a/b",), ("c/d",)]
    answers = [language.answer(language.runs(tree), each) for each in found]
    assert [each and each.text for each in answers] == ["'a'", "'c'"]


def test_objects_of_several_methods_are_made_as_tests_make_them() -> None:
    code = "class Rate:\n    def __init__(self, rate):\n        self.rate = rate\n\n"
    code += "".join(
        f"    def {name}(self, x):\n        return x * self.rate\n\n" for name in ("tax", "price")
    )
    tests = "from app import Rate\ndef test_it():\n    for x in 2, 3: Rate(x).tax(x) + Rate(x + 2).price(x)\n"
    asked = [callee(code, ("app.py", f"Rate.{name}")) for name in ("tax", "price")]
    tree = {"app.py": code, "tests/test_it.py": tests}
    heard = called_by_tests(tree, [each for each in asked if each], 20)
    assert [[each.made.placed for each in examples] for examples in heard] == [[(2,), (3,)], [(4,), (5,)]]


COLORS = """\
KNOWN = {"red": 1, "green": 2, "blue": 3}

def number(name):
    return KNOWN.get(name)
"""


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["no color", "a word", "nothing"], ["red", "green", "blue"]),
        (["red", "blue", "a word", "green"], ["red", "blue", "a word", "green", "red green blue"]),
    ],
)
def test_where_all_texts_are_answered_alike_those_of_its_own_file_are_asked(
    texts: list[str], wanted: list[str]
) -> None:
    tree = {"app/__init__.py": "", "app/colors.py": COLORS, "tests/test_it.py": f"TEXTS = {texts}\n"}
    asked = callee(COLORS, ("app/colors.py", "number"))
    assert asked is not None
    examples, _ = staged(PythonCode(), tree, tree, [asked], 10)
    assert [each.call.placed for each in examples] == [(each,) for each in wanted]


def test_where_all_are_answered_alike_those_of_the_tests_stay() -> None:
    code = "def number(name):\n    return [name, 'word'] and None\n"
    tree = {"app.py": code, "test_app.py": "TEXTS = ['one', 'two', 'three']\n"}
    asked = callee(code, ("app.py", "number"))
    assert asked is not None
    examples, _ = staged(PythonCode(), tree, tree, [asked], 10)
    assert [each.call.placed for each in examples] == [("one",), ("two",), ("three",), ("word",)]
