"""What is reached from the entry point that somebody named, and what is not known to be."""

from dataclasses import replace

import pytest

from bisect_ml.evidence import program
from bisect_ml.evidence.reach import names_entry, reach
from bisect_ml.types import Evidence
from bisect_ml.weights import WEIGHTS
from tests.evidence.cases import a_case, a_commit, a_file, candidates_of
from tests.evidence.service import level_of

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


def _reach(
    path: str, old: str, new: str, entry: str | None = "app.service:Service.predict"
) -> Evidence | None:
    text = TREE.get(path, old)
    assert old in text
    commit = a_commit(a_file(path, text, text.replace(old, new)))
    candidate = candidates_of([commit])[0]
    return reach(a_case(commit, candidates=[candidate], tree=TREE, entry=entry), candidate)


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
    said = _reach(path, old, new)
    assert said is not None
    expected = {"near"} if level == "far" else {level}
    assert said.facts["level"] in expected


def test_an_unqualified_entry_is_any_function_of_that_name() -> None:
    said = _reach("app/features.py", "clean(row) * SCALE", "clean(row)", entry="encode")
    assert said is not None
    assert said.facts["level"] == "entry"


def test_dots_lead_to_the_module_as_well() -> None:
    said = _reach("app/features.py", "clean(row) * SCALE", "clean(row)", entry="app.features.encode")
    assert said is not None
    assert said.facts["level"] == "entry"


@pytest.mark.parametrize("entry", ["nowhere:nothing", None])
def test_a_function_that_is_named_as_usual_stands_in_for_the_entry_point(entry: str | None) -> None:
    on_path = _reach("app/features.py", "clean(row) * SCALE", "clean(row)", entry=entry)
    beside = _reach("app/audit.py", "return 1", "return 2", entry=entry)
    assert on_path is not None
    assert beside is not None
    assert on_path.sentence == "changes encode, 1 call from Service.predict, the entry point by its name"
    assert on_path.llr < WEIGHTS["reach"]["near"]
    assert beside.facts["level"] == "guessed_none"


def test_files_that_are_not_understood_are_unknown_not_unreached() -> None:
    assert _reach("app/core.rs", "1", "2") is None


def test_where_files_could_not_be_read_what_is_not_reached_is_unknown() -> None:
    text = TREE["app/audit.py"]
    commit = a_commit(a_file("app/audit.py", text, text.replace("return 1", "return 2")))
    whole = a_case(commit, tree=TREE, entry="app.service:Service.predict")
    for unread, silent in (("app/links.py", True), ("tests/test_links.py", False), ("web/app.js", False)):
        case = replace(whole, unread=frozenset({unread}))
        assert (reach(case, case.candidates[0]) is None) == silent


def test_a_program_that_is_too_large_is_read_in_part_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "MAX_CHARS", sum(map(len, TREE.values())) + 500)
    text = TREE["app/audit.py"]
    commit = a_commit(a_file("app/audit.py", text, text.replace("return 1", "return 2")))
    whole = a_case(commit, tree=TREE, entry="app.service:Service.predict")
    part = a_case(commit, tree={**TREE, "app/tables.py": "X = 1\n" * 500}, entry=whole.entry)
    assert reach(whole, whole.candidates[0]) is not None
    assert reach(part, part.candidates[0]) is None


@pytest.mark.parametrize(
    ("entry", "is_there"),
    [("app.service:Service.predict", True), (None, True), ("app.service:Service.guess", False)],
)
def test_an_entry_point_that_the_sources_lack_is_noticed(entry: str | None, is_there: bool) -> None:
    assert names_entry(a_case(tree=TREE, entry=entry)) is is_there


COLOURS = {
    "app/color.py": """
class Color:
    def __init__(self, value):
        self.value = value

    def hex(self):
        return text_of(self.value)

    def mix(self, other):
        return self.value + other

def text_of(value):
    return str(value)
""",
    "src/color.js": """
class Color {
  constructor(value) {
    this.value = value;
  }
  hex() {
    return textOf(this.value);
  }
  mix(other) {
    return this.value + other;
  }
}

function textOf(value) {
  return String(value);
}
""",
}


def _of_colours(path: str, old: str, new: str, entry: str) -> str:
    tree = {path: COLOURS[path]}
    assert old in tree[path]
    commit = a_commit(a_file(path, tree[path], tree[path].replace(old, new)))
    case = a_case(commit, tree=tree, entry=entry)
    said = reach(case, case.candidates[0])
    return str(said.facts["level"]) if said else ""


@pytest.mark.parametrize(("path", "holder"), [("app/color.py", "self"), ("src/color.js", "this")])
def test_one_method_beside_its_class_as_entry_points_leaves_the_other_methods_out(
    path: str, holder: str
) -> None:
    mixes = (f"{holder}.value + other", f"{holder}.value - other")
    made = (f"{holder}.value = value", f"{holder}.value = [value]")
    for both in ("Color.hex,Color", "Color, Color.hex"):
        assert _of_colours(path, *mixes, both) == "none"
        assert _of_colours(path, "tring(value)" if "js" in path else "str(value)", "other", both) == "near"
        assert _of_colours(path, *made, both) in {"entry", "near"}
    assert _of_colours(path, *mixes, "Color") == "entry"
    assert _of_colours(path, *mixes, "Color.hex,Color.mix,Color") == "entry"


def test_two_methods_of_a_class_are_both_entry_points() -> None:
    text = (
        "class Url:\n    def __init__(self, x):\n        self.x = x\n\n"
        "    def child(self):\n        return 1\n\n    def text(self):\n        return 2\n"
    )
    for old, new in (("return 1", "return 3"), ("return 2", "return 4")):
        commit = a_commit(a_file("app/url.py", text, text.replace(old, new)))
        case = a_case(commit, tree={"app/url.py": text}, entry="Url.child,Url.text")
        said = reach(case, candidates_of([commit])[0])
        assert said is not None
        assert said.facts["level"] == "entry"


def test_an_entry_point_is_named_by_its_function() -> None:
    case = a_case(entry="app.url:Url.child, Url#text,Page::render(),score")
    assert case.entry_functions == ("child", "text", "render", "score")


PARSED = {
    "src/price.js": """\
export default class Price {
  constructor(amount) {
    this.amount = amount;
  }
  static parse(text) {
    return new Price(Number(text));
  }
  total() {
    return this.amount * 2;
  }
}
""",
    "src/order.js": """\
export default class Order {
  static parse(text) {
    return new Order(text.length);
  }
  total() {
    return 7;
  }
}
""",
}


@pytest.mark.parametrize(
    ("path", "old", "level"),
    [("src/price.js", "* 2", "entry"), ("src/order.js", "7", "none")],
    ids=["of what the other makes", "of another class"],
)
def test_a_bare_method_beside_what_makes_its_object_is_of_that_object(
    path: str, old: str, level: str
) -> None:
    commit = a_commit(a_file(path, PARSED[path], PARSED[path].replace(old, "+ 1")))
    case = a_case(commit, entry="Price.parse,total", tree=PARSED)
    assert level_of(reach(case, candidates_of([commit])[0])) == level
