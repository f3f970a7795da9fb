"""Whom a call leads to: bases, overrides, namesakes, and what is named at run time only."""

import pytest

from bisect_ml.evidence.reach import reach
from tests.evidence.cases import a_case, a_commit, a_file, candidates_of


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


@pytest.mark.parametrize("plugins", [2, 9])
def test_a_plugin_is_called_where_only_its_base_is_imported(plugins: int) -> None:
    base = "class Extension:\n    def extend(self, text):\n        pass\n"
    engine = (
        "from .base import Extension\n\nclass Engine:\n    def __init__(self, extensions):\n"
        "        self.extensions = extensions\n\n    def convert(self, text):\n"
        "        for each in self.extensions:\n            text = each.extend(text)\n        return text\n"
    )
    tree = {"app/__init__.py": "", "app/base.py": base, "app/engine.py": engine}
    for number in range(plugins):
        tree[f"app/plugin{number}.py"] = (
            "from .base import Extension\n\nclass Plugin(Extension):\n    def extend(self, text):\n"
            f"        return text + '{number}'\n\ndef make():\n    return Plugin()\n"
        )
    path = "app/plugin1.py"
    commit = a_commit(a_file(path, tree[path], tree[path].replace("'1'", "'x'")))
    case = a_case(commit, tree=tree, entry="Engine.convert,app.plugin1:make")
    said = reach(case, candidates_of([commit])[0])
    assert said is not None
    assert said.facts["level"] in {"near", "far"}
