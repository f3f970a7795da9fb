"""How an entry point is called, by its signature and by the tests that call it."""

import pytest

from bisect_ml.evidence.callees import Callee, callee
from bisect_ml.evidence.examples import called_by_tests, made_up
from tests.evidence.service import level_of, said_of

METHODS = """\
class Model:
    def __init__(self, rate, names=None):
        self.rate = rate

    def score(self, amount):
        return amount * self.rate

    @property
    def doubled(self):
        return self.rate * 2

    @classmethod
    def of(cls, text):
        return cls(float(text))

class Bare:
    def score(self, amount):
        return amount

made = Model(3)
"""


@pytest.mark.parametrize(
    ("name", "kind", "required", "to_make"),
    [
        ("Model", "class", 1, 0),
        ("Model.score", "method", 1, 1),
        ("Model.doubled", "property", 0, 1),
        ("Model.of", "static", 1, 0),
        ("Bare.score", "method", 1, 0),
        ("made", "function", 0, 0),
    ],
)
def test_how_an_entry_point_is_called(name: str, kind: str, required: int, to_make: int) -> None:
    found = callee(METHODS, ("model.py", name))
    assert found is not None
    assert (found.kind, found.required, found.to_make) == (kind, required, to_make)


@pytest.mark.parametrize("name", ["Missing", "Missing.score", "Model.missing", "Bare"])
def test_what_cannot_be_called_is_no_entry_point(name: str) -> None:
    assert callee(METHODS, ("model.py", name)) is None
    assert callee("def broken(:", ("model.py", name)) is None


TESTS_OF_METHODS = """\
import unittest
from model import Model

class TestModel(unittest.TestCase):
    def setUp(self):
        self.model = Model(2)

    def test_score(self):
        for amount in (1, 2, 3):
            self.assertEqual(self.model.score(amount), None)
        self.assertEqual(Model(rate=7).score(amount=4), 28)
        self.assertEqual(Model.of('1.5').doubled, 3)
"""


def _called(name: str) -> list[tuple[object, object]]:
    asked = callee(METHODS, ("model.py", name))
    assert asked is not None
    (found,) = called_by_tests({"model.py": METHODS, "test_model.py": TESTS_OF_METHODS}, [asked], 10)
    return [((e.call.placed, dict(e.call.named)), (e.made.placed, dict(e.made.named))) for e in found]


def test_calls_are_heard_with_how_their_objects_were_made() -> None:
    assert _called("Model.score") == [
        *((((amount,), {}), ((2,), {})) for amount in (1, 2, 3)),
        (((), {"amount": 4}), ((), {"rate": 7})),
    ]
    assert _called("Model.doubled") == [(((), {}), ((1.5,), {}))]
    assert _called("Model.of") == [((("1.5",), {}), ((), {}))]


def test_calls_are_made_up_of_texts_and_numbers() -> None:
    asked = callee("def score(a, b): return a", ("model.py", "score"))
    assert isinstance(asked, Callee)
    texts, numbers = made_up({"tests/test_model.py": "score('one', 'two')\nscore('three', 4)"}, asked, 5)
    assert [each.call.placed for each in texts] == [("one", "two"), ("two", "to"), ("three", "one")]
    assert all(isinstance(value, int | float) for each in numbers for value in each.call.placed)


SCORER = """\
class Scorer:
    def __init__(self, factor=1):
        self.factor = factor

    def __call__(self, amount):
        return amount * self.factor * 10

class Other(Scorer):
    pass

score = Scorer()
"""


TESTS_OF_OBJECTS = """\
from app import scorer

def test_other():
    for amount in range(100, 120):
        assert scorer.Other()(amount)

def test_scorer():
    for amount in range(12):
        assert scorer.Scorer(3)(amount)
"""


def test_an_object_that_can_be_called_is_asked_what_tests_ask_of_its_class() -> None:
    asked = callee(SCORER, ("app/scorer.py", "score"))
    assert asked is not None
    tree = {"app/__init__.py": "", "app/scorer.py": SCORER, "tests/test_scorer.py": TESTS_OF_OBJECTS}
    (found,) = called_by_tests(tree, [asked], 20)
    assert {each.call.placed for each in found} == {(amount,) for amount in range(12)}
    heard = said_of("app/scorer.py", "* 10", "* 100", entry="app.scorer:score", tree=tree)
    assert level_of(heard) == "many"
