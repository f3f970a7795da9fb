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
