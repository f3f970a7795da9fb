"""Bases that are not in the tree: what they may call back of a class."""

import pytest

from bisect_ml.evidence.call_graph import CallGraph
from bisect_ml.evidence.callees import callee

PARSER = """
from html.parser import HTMLParser
from app.base import Known

class Pages(HTMLParser):
    def __init__(self):
        self.out = print
    {}
    def handle_data(self, text):
        return clean(text)

class Links(Pages):
    def handle_tag(self, text):
        return text

class Plain:
    def run(self, text):
        return self.feed(text)
    def other(self):
        return 1

class Derived(Known):
    def run(self, text):
        return self.feed(text)
    def other(self):
        return 1

def clean(text):
    return text

def read(text):
    pages = Pages()
    pages.feed(text)
    return pages.out

def shown(text):
    pages = Pages()
    return pages.out
"""
BASE = "class Known:\n    def feed(self, text):\n        return text\n"


def _used(name: str, method: str = "pass") -> set[str]:
    sources = [("app/pages.py", PARSER.format(method)), ("app/base.py", BASE)]
    return {used for _, used in CallGraph(sources).uses(("app/pages.py", name))}


@pytest.mark.parametrize("call", ["self.feed(x)", "super().feed(x)", "HTMLParser.feed(self, x)"])
def test_a_base_from_elsewhere_may_call_back_what_the_class_and_its_heirs_define(call: str) -> None:
    used = _used("Pages.handle", f"def handle(self, x):\n        {call}")
    assert {"Pages.handle_data", "Links.handle_tag"} <= used


@pytest.mark.parametrize(
    "call",
    ["self.out(x)", "self.handle_data(x)", "super().__init__()", "return self.missing", "other.feed(x)"],
)
def test_other_calls_run_no_base(call: str) -> None:
    assert "Links.handle_tag" not in _used("Pages.handle", f"def handle(self, x):\n        {call}")


def test_a_base_that_is_known_calls_what_its_text_says() -> None:
    assert "Derived.other" not in _used("Derived.run")
    assert "Plain.other" not in _used("Plain.run")


def test_an_instance_that_is_handed_to_its_base_calls_back_too() -> None:
    assert {"Pages.handle_data", "Links.handle_tag"} <= _used("read")
    assert "Pages.handle_data" not in _used("shown")


def test_what_one_version_defines_and_another_imports_is_both() -> None:
    old, new = "def split(x):\n    return x\n", "from app.fast import split\n"
    caller = "def parse(x):\n    return split(x)\n"
    graph = CallGraph(
        [
            ("app/url.py", old + caller),
            ("app/url.py", new + caller),
            ("app/fast.py", "def split(x):\n    return x + 1\n"),
        ]
    )
    assert graph.uses(("app/url.py", "parse")) == (("app/fast.py", "split"), ("app/url.py", "split"))


def test_classes_that_versions_derive_from_each_other_in_a_circle_are_no_trouble() -> None:
    first = "class A(B):\n    def run(self):\n        return self.feed()\nclass B(Parser):\n    pass\n"
    second = "class A(Parser):\n    pass\nclass B(A):\n    def told(self):\n        return 1\n"
    graph = CallGraph([("a.py", first), ("a.py", second), ("b.py", "class C(C):\n    pass\n")])
    assert ("a.py", "B.told") in graph.uses(("a.py", "A.run"))


FRAMES = {
    "app/frames.py": """
import app.known as known
from app.known import Known as Other
from frame import Module, View

class Config(dict):
    def limit(self):
        return self.get("limit")
    def dump(self):
        return 1

class Base(Module):
    def __init__(self):
        self.encode = make()

class Net(Base):
    def predict(self, x):
        return self.encode(x)
    def export(self):
        return 1

class Dotted(known.Known):
    def predict(self, x):
        return self.feed(x)
    def export(self):
        return 1

class Renamed(Other):
    def predict(self, x):
        return self.feed(x)
    def export(self):
        return 1

class Page(View):
    def predict(self, x):
        return self.render(x)
    def shown(self):
        return 1
""",
    "app/known.py": BASE,
    "app/other.py": ("class Page:\n    pass\n\nclass Leaf(Page):\n    def vacuum(self):\n        return 1\n"),
}


@pytest.mark.parametrize(
    ("name", "aside"),
    [
        ("Config.limit", "Config.dump"),
        ("Net.predict", "Net.export"),
        ("Dotted.predict", "Dotted.export"),
        ("Renamed.predict", "Renamed.export"),
        ("Page.predict", "Leaf.vacuum"),
    ],
)
def test_what_no_base_from_elsewhere_runs_is_not_reached(name: str, aside: str) -> None:
    used = {each for _, each in CallGraph(FRAMES.items()).uses(("app/frames.py", name))}
    assert aside not in used


def test_methods_are_found_through_whole_modules_and_other_names() -> None:
    graph = CallGraph(FRAMES.items())
    for name in ("Dotted.predict", "Renamed.predict"):
        assert ("app/known.py", "Known.feed") in graph.uses(("app/frames.py", name))
    assert ("app/frames.py", "Page.shown") in graph.uses(("app/frames.py", "Page.predict"))


BASES = """
class Base:
    def __init__(self, rate):
        self.rate = rate
    def score(self, x):
        return self.part(x) * self.rate
    def part(self, x):
        return x

class Other:
    def score(self, x):
        return 0

class Model(Base):
    def part(self, x):
        return x + 1

class Own(Model):
    def score(self, x):
        return 1
"""


@pytest.mark.parametrize("entry", ["app.model:Model.score", "Model.score", "model:Model.score()"])
def test_an_entry_point_may_be_what_a_class_has_from_its_base(entry: str) -> None:
    graph = CallGraph([("app/model.py", BASES), ("app/other.py", BASES.replace("Model", "Another"))])
    named = graph.entries(entry)
    assert {name for _, name in named} == {"Base", "Base.__init__", "Base.score", "Model"}
    assert {path for path, _ in named} == {"app/model.py"}
    assert {name for _, name in graph.entries("app.model:Own.score")} == {
        "Base",
        "Base.__init__",
        "Own.score",
    }


def test_what_a_class_has_from_its_base_is_called_on_an_object_of_the_class() -> None:
    asked = callee(BASES, ("app/model.py", "Model.score"))
    assert asked is not None
    lines = BASES.splitlines()
    assert lines[asked.function[1] - 1] == "    def score(self, x):"
    assert (asked.node[1], asked.kind, asked.required, asked.to_make) == ("Model.score", "method", 1, 1)
    assert asked.constructor is not None
    assert lines[asked.constructor[1] - 1] == "    def __init__(self, rate):"
    assert callee(BASES, ("app/model.py", "Model.unknown")) is None
