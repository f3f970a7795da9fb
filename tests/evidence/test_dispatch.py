"""Calls of methods that many classes have, and methods that the language runs by itself."""

import pytest

from bisect_ml.evidence.definitions import IMPORTS
from bisect_ml.evidence.program import Program

COUNT = 9
PYTHON = {
    "app/steps.py": "".join(
        f"""
class Step{n}:
    def transform(self, x):
        return x + {n}
    def fit(self, x):
        return self
"""
        for n in range(COUNT)
    ),
    "app/serve.py": """
from app.steps import Step0, Step1, Step2
STEPS = [Step0(), Step1()]
def predict(x):
    for step in STEPS:
        x = step.transform(x)
    return x
def train(x):
    return Step2().fit(x)
""",
}
JAVA = {
    f"src/Step{n}.java": f"""
class Step{n} implements Step {{
  public double transform(double x) {{
    return x + {n};
  }}
  public void fit(double x) {{
    this.x = x;
  }}
}}
"""
    for n in range(COUNT)
} | {
    "src/Scorer.java": """
class Scorer {
  private final List<Step> steps = List.of(new Step0(), new Step1());
  public double predict(double x) {
    for (Step step : steps) {
      x = step.transform(x);
    }
    return x;
  }
}
"""
}
RUST = {
    f"src/step{n}.rs": f"""
pub struct Step{n} {{}}
impl Step for Step{n} {{
    fn transform(&self, x: f64) -> f64 {{
        x + {n}.0
    }}
    fn fit(&mut self, x: f64) {{
        self.x = x;
    }}
}}
"""
    for n in range(COUNT)
} | {
    "src/lib.rs": """
pub fn predict(x: f64) -> f64 {
    let steps: Vec<Box<dyn Step>> = vec![Box::new(Step0 {}), Box::new(Step1 {})];
    steps.iter().fold(x, |y, step| step.transform(y))
}
"""
}
PYTHON_OPERATOR = """
class Vec:
    def __mul__(self, n):
        return n
    def __repr__(self):
        return ""
    def scaled(self):
        return 1
def predict(x):
    return Vec() * x
"""
RUST_OPERATOR = """
pub struct Vec3 {}
impl Mul<f64> for Vec3 {
    fn mul(self, n: f64) -> Vec3 {
        n
    }
    fn scaled(self) -> f64 {
        1.0
    }
}
pub fn predict(x: f64) -> f64 {
    Vec3 {} * x
}
"""
CPP_OPERATOR = """
struct Vec {
  Vec operator*(double n) const {
    return n;
  }
  double scaled() {
    return 1;
  }
};
double predict(double x) {
  Vec v;
  return v * x;
}
"""


def _reached(sources: dict[str, str], entry: str) -> dict[str, int]:
    graph = Program(sources.items())
    return {
        name: steps for (_, name), steps in graph.reached(graph.entries(entry)).items() if name != IMPORTS
    }


@pytest.mark.parametrize(
    ("sources", "entry"), [(PYTHON, "app.serve:predict"), (JAVA, "Scorer.predict"), (RUST, "predict")]
)
def test_a_method_of_many_classes_is_that_of_those_the_reached_code_names(
    sources: dict[str, str], entry: str
) -> None:
    """Two of nine classes are made: their `transform` runs, no other one does, and nobody calls `fit`."""
    found = _reached(sources, entry)
    assert {name for name in found if name.endswith(".transform")} == {"Step0.transform", "Step1.transform"}
    assert not any(name.endswith(".fit") for name in found)
    made = max(found["Step0"], found[entry.rpartition(":")[2]])
    assert found["Step0.transform"] == made + 1


def test_what_is_made_before_the_call_and_after_it_are_the_same() -> None:
    """A class that is named further away than the call still gets it, one step behind its name."""
    sources = PYTHON | {
        "app/serve.py": ("from app.more import chosen\ndef predict(x):\n    return chosen().transform(x)\n"),
        "app/more.py": """
from app.steps import Step7
def chosen():
    return made()
def made():
    return Step7()
""",
    }
    found = _reached(sources, "app.serve:predict")
    assert found["Step7.transform"] == found["Step7"] + 1
    assert "Step0.transform" not in found


@pytest.mark.parametrize(
    ("path", "text", "run", "quiet"),
    [
        ("a.py", PYTHON_OPERATOR, "Vec.__mul__", {"Vec.__repr__", "Vec.scaled"}),
        ("a.rs", RUST_OPERATOR, "Vec3.mul", {"Vec3.scaled"}),
        ("a.cpp", CPP_OPERATOR, "Vec.operator*", {"Vec.scaled"}),
    ],
)
def test_an_operator_runs_the_method_behind_it(path: str, text: str, run: str, quiet: set[str]) -> None:
    """The method of an operator has no call by its name; others of the class stay out."""
    found = _reached({path: text}, "predict")
    assert run in found
    assert not quiet & found.keys()


def test_a_generic_of_r_leads_to_its_methods() -> None:
    """`predict(model)` runs the one of a dozen `predict.…` that belongs to the model."""
    kinds = [f"kind{n}" for n in range(12)]
    sources = {
        "R/models.R": "\n".join(
            f"predict.{kind} <- function(object) {{\n  {n}\n}}" for n, kind in enumerate(kinds)
        ),
        "R/serve.R": "score <- function(model) {\n  predict(model)\n}\n",
    }
    assert {name for name in _reached(sources, "score") if "." in name} == {
        f"predict.{kind}" for kind in kinds
    }


INTERFACE = {
    "core/Node.java": "abstract class Node {\n  abstract void accept(Visitor visitor);\n}\n",
    "core/Walker.java": (
        "class Walker implements Visitor {\n  public void visit(Node node) {\n    down(node);\n  }\n}\n"
    ),
    "core/Text.java": (
        "class Text extends Node {\n  void accept(Visitor visitor) {\n    visitor.visit(this);\n  }\n}\n"
    ),
    "out/Writer.java": (
        "class Writer implements Visitor {\n  public void visit(Node node) {\n    write(node);\n  }\n}\n"
    ),
    "out/Counter.java": (
        "class Counter implements Visitor {\n  public void visit(Node node) {\n    count(node);\n  }\n}\n"
    ),
    "out/Render.java": (
        "class Render {\n  private final Writer writer = new Writer();\n"
        "  public String render(Node node) {\n    node.accept(writer);\n    return writer.text();\n  }\n}\n"
    ),
}


def test_a_visitor_is_followed_to_the_classes_that_are_made() -> None:
    """A call on an object leads to the class made far away, besides those beside the call."""
    found = _reached(INTERFACE, "Render.render")
    assert "Writer.visit" in found
    assert "Counter.visit" not in found


def test_the_class_around_an_entry_point_was_made_before() -> None:
    """What a class holds and what its constructor runs is in reach of its methods."""
    sources = {
        "a.java": (
            "class Scorer extends Base {\n  public Scorer() {\n    prepare();\n  }\n"
            "  public double predict(double x) {\n    return x;\n  }\n}\n"
        ),
        "b.java": "class Base {\n  static final double SCALE = 2;\n}\n",
        "c.java": "class Other {\n  public static void prepare() {\n    load();\n  }\n}\n",
    }
    found = _reached(sources, "Scorer.predict")
    assert {"Scorer", "Scorer.Scorer", "Base", "Other.prepare"} <= found.keys()


def test_a_qualified_name_leads_to_its_own_class_among_many() -> None:
    """`Table.Factory` is one of nine factories."""
    sources = {
        f"src/Kind{n}.java": (
            f"class Kind{n} {{\n  static class Factory {{\n    Kind start() {{\n      return new Kind{n}();\n"
            "    }\n  }\n}\n"
        )
        for n in range(COUNT)
    } | {
        "lib/Reader.java": (
            "class Reader {\n  public Kind read(String x) {\n    return begin(new Kind3.Factory());\n  }\n"
            "  Kind begin(Factory factory) {\n    return factory.start();\n  }\n}\n"
        )
    }
    found = _reached(sources, "Reader.read")
    assert {name for name in found if name.endswith(".start")} == {"Kind3.Factory.start"}


def test_java_names_a_function_to_call_it_only() -> None:
    """A field, a parameter or a variable that is called like a method of another class is no call."""
    sources = {
        "a/Scorer.java": (
            "class Scorer {\n  public double predict(double rate, Map<String, Double> state) {\n"
            "    double size = rate * 2;\n    return state.map(Scale::times) + size;\n  }\n}\n"
        ),
        "a/Other.java": (
            "class Other {\n  public double size() {\n    return 1;\n  }\n"
            "  public double state() {\n    return 2;\n  }\n}\n"
        ),
        "a/Scale.java": "class Scale {\n  public static double times(double x) {\n    return x;\n  }\n}\n",
    }
    found = _reached(sources, "Scorer.predict")
    assert "Scale.times" in found
    assert not {"Other.size", "Other.state"} & found.keys()
