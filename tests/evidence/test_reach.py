import pytest

from bisect_ml.evidence.centrality import centrality
from bisect_ml.evidence.reach import reach
from bisect_ml.types import Evidence
from tests.evidence.cases import a_case, a_commit, a_file, candidates_of

TREE = {
    "app/__init__.py": "from .service import Service\n",
    "app/service.py": """
from app import features as f
from app.model import Model, load
import app.audit

class Service(Base):
    def __init__(self):
        self.model = load("model.bin")

    def predict(self, row):
        return self.model.score(f.encode(row))

    def health(self):
        return app.audit.ping()

class Base:
    def predict(self, row):
        return unrelated(row)

def unrelated(row):
    return row
""",
    "app/features.py": """
SCALE = 60

def encode(row):
    return clean(row) * SCALE

def clean(row):
    return open("rates.csv").read()

def other(row):
    return row
""",
    "app/model.py": """
class Model:
    def __init__(self, path):
        self.path = path

    def score(self, x):
        return x * 2

def load(path):
    return Model(path)
""",
    "app/audit.py": "def ping():\n    return 1\n\ndef score(x):\n    return x\n",
}


def _said(
    path: str, old: str, new: str, entry: str | None = "app.service:Service.predict"
) -> Evidence | None:
    text = TREE.get(path, old)
    assert old in text
    commit = a_commit(a_file(path, text, text.replace(old, new)))
    scorer = reach if entry else centrality
    candidate = candidates_of([commit])[0]
    return scorer(a_case(commit, candidates=[candidate], tree=TREE, entry=entry), candidate)


@pytest.mark.parametrize(
    ("path", "old", "new", "level"),
    [
        ("app/service.py", "f.encode(row)", "f.encode(row, 1)", "entry"),
        ("app/features.py", "clean(row) * SCALE", "clean(row)", "near"),
        ("app/features.py", "SCALE = 60", "SCALE = 1", "near"),
        ("app/model.py", "x * 2", "x * 3", "near"),
        ("app/features.py", "def other(row):\n    return row", "def other(row):\n    return 1", "none"),
        ("app/audit.py", "return 1", "return 2", "none"),
        ("app/service.py", "return unrelated(row)", "return row", "none"),
        ("rates.csv", "1", "2", "far"),
    ],
)
def test_calls_are_followed_from_the_entry_point(path: str, old: str, new: str, level: str) -> None:
    said = _said(path, old, new)
    assert said is not None
    expected = {"near"} if level == "far" else {level}
    assert said.facts["level"] in expected


def test_an_unqualified_entry_is_any_function_of_that_name() -> None:
    said = _said("app/features.py", "clean(row) * SCALE", "clean(row)", entry="encode")
    assert said is not None
    assert said.facts["level"] == "entry"


def test_dots_lead_to_the_module_as_well() -> None:
    said = _said("app/features.py", "clean(row) * SCALE", "clean(row)", entry="app.features.encode")
    assert said is not None
    assert said.facts["level"] == "entry"


def test_an_unknown_entry_point_says_nothing() -> None:
    assert _said("app/features.py", "clean(row) * SCALE", "clean(row)", entry="nowhere:nothing") is None


def test_files_that_are_not_understood_are_unknown_not_unreached() -> None:
    assert _said("app/core.rs", "1", "2") is None


def test_without_an_entry_point_shared_code_counts() -> None:
    shared = _said("app/features.py", "clean(row) * SCALE", "clean(row)", entry=None)
    assert shared is not None
    assert "public functions" in shared.sentence


def test_recursion_ends() -> None:
    tree = {"a.py": "def f(x):\n    return g(x)\n\ndef g(x):\n    return f(x)\n"}
    commit = a_commit(a_file("a.py", tree["a.py"], tree["a.py"].replace("g(x)\n\n", "g(x + 1)\n\n")))
    said = reach(a_case(commit, tree=tree, entry="a:f"), candidates_of([commit])[0])
    assert said is not None
    assert said.facts["level"] == "entry"


FAMILY = {
    "num/base.py": """
class Base:
    def __init__(self):
        self.setup()

    def setup(self):
        pass

    def to_words(self, n):
        return self.merge(n)

    def merge(self, n):
        return n
""",
    "num/en.py": """
from .base import Base

class English(Base):
    def merge(self, n):
        return n + 1

    def to_year(self, n):
        return n

    @property
    def last(self):
        return self.parts

    def setup(self):
        self.parts = 3
""",
    "num/api.py": """
from . import en

TABLE = {"en": en.English()}

def words(n, kind):
    return getattr(TABLE["en"], "to_" + kind)(n)
""",
}


@pytest.mark.parametrize(
    ("entry", "old", "new"),
    [
        ("num.base:Base.to_words", "n + 1", "n + 2"),
        (
            "num.api:words",
            "def to_year(self, n):\n        return n",
            "def to_year(self, n):\n        return -n",
        ),
        ("num.api:words", "n + 1", "n + 2"),
        ("num.en:English.last", "self.parts = 3", "self.parts = 4"),
        ("num.en:English", "n + 1", "n + 2"),
    ],
)
def test_overrides_lookups_by_name_and_constructors_are_followed(entry: str, old: str, new: str) -> None:
    before = FAMILY["num/en.py"]
    assert old in before
    commit = a_commit(a_file("num/en.py", before, before.replace(old, new)))
    said = reach(a_case(commit, tree=FAMILY, entry=entry), candidates_of([commit])[0])
    assert said is not None
    assert said.facts["level"] != "none"
