import re
from dataclasses import replace

import pytest

from bisect_ml.evidence import program
from bisect_ml.evidence.centrality import centrality
from bisect_ml.evidence.entry_points import guesses
from bisect_ml.evidence.reach import names_entry, reach
from bisect_ml.types import Evidence, Slice
from bisect_ml.weights import WEIGHTS
from tests.evidence.cases import a_case, a_commit, a_file, a_series, candidates_of

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


def test_files_that_are_not_understood_are_unknown_not_unreached() -> None:
    assert _reach("app/core.rs", "1", "2") is None


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


NAMESAKES = {
    "app/serve.py": """
from app.models import Churn, Fraud, load, usual
from app import audit

shared = Fraud()

class Service:
    limit: "audit.Audit"

    def __init__(self):
        self.model = load("churn")

    def predict(self, row):
        return self.model.score(row)

    def with_variable(self, row):
        model = Churn()
        return model.score(row)

    def with_annotation(self, model: Churn | None, row):
        return model.score(row)

    def with_attribute(self, row):
        return self.limit.score(row)

    def with_module_variable(self, row):
        return shared.score(row)

    def with_variable_of_a_module(self, row):
        return usual.score(row)

    def score(self, row):
        return 0

    def unknown(self, model, row):
        return model.score(row)
""",
    "app/models.py": """
class Model:
    def score(self, row):
        return self.weigh(row) + 1

class Churn(Model):
    def weigh(self, row):
        return 2

class Fraud(Model):
    def score(self, row):
        return 3

def load(name):
    return Churn()

usual = load("usual")
""",
    "app/audit.py": "class Audit:\n    def score(self, row):\n        return 4\n",
    "app/far.py": "class Far:\n    def score(self, row):\n        return 5\n",
}


@pytest.mark.parametrize(
    ("method", "reached"),
    [
        ("predict", {"return 2", "+ 1"}),
        ("with_variable", {"return 2", "+ 1"}),
        ("with_annotation", {"return 2", "+ 1"}),
        ("with_attribute", {"return 4"}),
        ("with_module_variable", {"return 3"}),
        ("with_variable_of_a_module", {"return 2", "+ 1"}),
        ("unknown", {"return 0", "return 2", "return 3", "return 4", "+ 1"}),
    ],
)
def test_a_method_is_that_of_the_class_and_not_of_a_namesake(method: str, reached: set[str]) -> None:
    found = set()
    for path, text in NAMESAKES.items():
        for old in ("return 0", "return 2", "return 3", "return 4", "return 5", "+ 1"):
            if old not in text:
                continue
            other = text.replace(old, old.replace("return", "return 7 +").replace("+ 1", "- 1"))
            commit = a_commit(a_file(path, text, other))
            case = a_case(commit, tree=NAMESAKES, entry=f"app.serve:Service.{method}")
            said = reach(case, case.candidates[0])
            assert said is not None
            found |= {old} if said.llr > 0 else set()
    assert found == reached


@pytest.mark.parametrize(
    ("entry", "is_there"),
    [("app.service:Service.predict", True), (None, True), ("app.service:Service.guess", False)],
)
def test_an_entry_point_that_the_sources_lack_is_noticed(entry: str | None, is_there: bool) -> None:
    assert names_entry(a_case(tree=TREE, entry=entry)) is is_there


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


CALLS = "TABLE = {{}}\n\ndef predict(x):\n    {}\n\ndef export(x):\n    return x\n"
SCRIPT_CALLS = (
    "const table = {{}};\n\nexport function predict(x) {{\n  {}\n}}\n\n"
    "export function far(x) {{\n  return x;\n}}\n"
)


@pytest.mark.parametrize(
    ("path", "call", "level"),
    [
        ("app/a.py", "return TABLE[x](x)", "dynamic"),
        ("app/a.py", "return [each(x) for each in TABLE]", "dynamic"),
        ("app/a.py", "return getattr(x, x.kind)(x)", "dynamic"),
        ("app/a.py", "return __import__(x)", "dynamic"),
        ("app/a.py", "return TABLE[x]", "none"),
        ("app/a.py", "return x.kind(x)", "none"),
        ("app/a.py", "return getattr(x, 'to_' + x.kind)", "none"),
        ("src/a.js", "return table[x](x);", "dynamic"),
        ("src/a.js", "return x.fns[x].apply(this, x);", "dynamic"),
        ("src/a.js", "return table[0](x) + table['a'](x) + table.a(x);", "none"),
    ],
)
def test_calls_that_are_named_at_run_time_only_clear_less(path: str, call: str, level: str) -> None:
    text = (CALLS if path.endswith(".py") else SCRIPT_CALLS).format(call)
    commit = a_commit(
        a_file(path, text, text.replace("return x\n", "return 2\n").replace("return x;", "return 2;"))
    )
    case = a_case(commit, tree={path: text}, entry="predict")
    said = reach(case, case.candidates[0])
    assert said is not None
    assert said.facts["level"] == level
    assert said.llr < 0


def test_code_beside_what_is_called_at_run_time_is_not_cleared_less() -> None:
    text = CALLS.format("return 1").replace("def export(x):", "def export(x):\n    TABLE[x](x)")
    commit = a_commit(a_file("app/a.py", text, text.replace("return x\n", "return 2\n")))
    case = a_case(commit, tree={"app/a.py": text}, entry="predict")
    said = reach(case, case.candidates[0])
    assert said is not None
    assert said.facts["level"] == "none"


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
