"""Code that is not Python: definitions and calls by names, and settings by the names that code reads."""

import json

import pytest

from bisect_ml.evidence.canonical_tokens import token_form
from bisect_ml.evidence.centrality import centrality
from bisect_ml.evidence.outlines import changed_parts, outline
from bisect_ml.evidence.reach import reach
from bisect_ml.types import Evidence
from tests.evidence.cases import a_case, a_commit, a_file

SCRIPT = {
    "src/server.ts": """
import { encode } from "./features";
import config from "./config.json";

app.post("/predict", async (req, res) => {
  res.json({ score: score(req.body) });
});

export const score = (row: Row): number => {
  return Math.min(encode(row) * config.scale, LIMIT);
};

const LIMIT = 100;

export function health(): string {
  return "ok";
}
""",
    "src/features.ts": """
export function encode(row) {
  return clean(row) * 60;
}

function clean(row) {
  return row.age;
}

export function unused(row) {
  return row;
}
""",
    "src/other.ts": "export function clean(row) {\n  return 0;\n}\n",
}
COMMON_JS = {
    "lib/score.js": """
var encode = require('./encode');

module.exports = function (row) {
    return encode(row) * 2;
};
""",
    "lib/exports.js": "module.exports = function() {\n  return {};\n};\n",
    "lib/encode.js": """
function clean(row) {
    return row.age;
}

module.exports = function encodeRow(row) {
    return clean(row);
};

module.exports.other = function () {
    return 1;
};
""",
}
GO = {
    "scorer/scorer.go": """package scorer

type Scorer struct{ scale float64 }

func (s *Scorer) Predict(row Row) float64 {
	return s.weigh(row) * s.scale
}

func (s *Scorer) weigh(row Row) float64 {
	return features.Encode(row)
}

func (a *Audit) weigh(row Row) float64 {
	return 0
}
""",
    "features/features.go": """package features

const minutes = 60

func Encode(row Row) float64 {
	return row.Age * minutes
}

func Decode(row Row) float64 {
	return 1
}
""",
}
JAVA = {
    "src/main/java/app/Scorer.java": """package app;

import app.features.Encoder;

public class Scorer {
    private static final double SCALE = 60.0;
    private final Encoder encoder = new Encoder();

    @Override
    public double predict(Row row) {
        return encoder.encode(row) * SCALE;
    }

    public String name() {
        return "scorer";
    }
}
""",
    "src/main/java/app/features/Encoder.java": """package app.features;

public class Encoder
{
    public double encode(Row row)
    {
        return clean(row) * 2;
    }

    private double clean(Row row)
    {
        return row.age;
    }

    public double other(Row row)
    {
        return 1;
    }
}
""",
}
RUST = {
    "src/lib.rs": """
use crate::features::encode;

pub struct Scorer { scale: f64 }

impl Scorer {
    pub fn predict(&self, row: &Row) -> f64 {
        encode(row) * self.scale
    }

    pub fn name(&self) -> &'static str {
        "scorer"
    }
}
""",
    "src/features.rs": """
const MINUTES: f64 = 60.0;

pub fn encode(row: &Row) -> f64 {
    row.age * MINUTES
}

pub fn other() -> f64 {
    1.0
}
""",
}
RUBY = {
    "lib/scorer.rb": """
require_relative "features"

class Scorer
  def predict(row)
    Features.encode(row) * 2
  end

  def name
    "scorer"
  end
end
""",
    "lib/features.rb": """
module Features
  MINUTES = 60

  def self.encode(row)
    row.age * MINUTES
  end

  def self.other
    1
  end
end
""",
}
SHARP = {
    "Scoring/Scorer.cs": """using System;

namespace Scoring
{
    public class Scorer
    {
        public double Predict(Row row)
        {
            return Encoder.Encode(row) * 2;
        }

        public string Name() => "scorer";
    }
}
""",
    "Scoring/Encoder.cs": """namespace Scoring
{
    public static class Encoder
    {
        public const double Minutes = 60;

        public static double Encode(Row row) => row.Age * Minutes;

        public static double Other(Row row)
        {
            return 1;
        }
    }
}
""",
}


TABLE = {
    "src/format.js": """
import types from "./types";

export default function(locale) {
  var group = grouped(locale);

  function format(value) {
    return types[value.kind](group(value));
  }

  return format;
}

function grouped(locale) {
  return locale.group;
}
""",
    "src/types.js": 'import plain from "./plain";\n\nexport default {\n  "": plain,\n};\n',
    "src/plain.js": "export default function(value) {\n  return value + 1;\n}\n",
}


HUNG = {
    "lib/lines.js": """
import Diff from './base';

const lines = new Diff();

lines.split = function(text) {
  return text.trim();
};

lines.load = () => {
  window.onload = function() {
    return 5;
  };
};

export function score(a, b) {
  return lines.diff(a, b) + Diff.cost(a);
}
""",
    "lib/base.js": """
export default function Diff() {}

Diff.prototype.diff = function(a, b) {
  return this.split(a) === this.split(b) ? 0 : 1;
};

Diff.cost = function(a) {
  return 2;
};

Diff.unused = function(a) {
  return 3;
};
""",
}


def _said(tree: dict[str, str], path: str, old: str, new: str, entry: str | None) -> Evidence | None:
    assert old in tree[path]
    commit = a_commit(a_file(path, tree[path], tree[path].replace(old, new)))
    case = a_case(commit, tree=tree, entry=entry)
    return reach(case, case.candidates[0]) or centrality(case, case.candidates[0])


@pytest.mark.parametrize(
    ("tree", "entry", "path", "old", "new", "level"),
    [
        (SCRIPT, "src/server:score", "src/server.ts", "encode(row) *", "2 * encode(row) *", "entry"),
        (SCRIPT, "src/server:score", "src/server.ts", "LIMIT = 100", "LIMIT = 1", "near"),
        (SCRIPT, "server.ts:score", "src/features.ts", "* 60", "* 1", "near"),
        (SCRIPT, "score", "src/features.ts", "row.age", "row.years", "near"),
        (SCRIPT, "score", "src/features.ts", "  return row;", "  return 1;", "none"),
        (SCRIPT, "score", "src/other.ts", "return 0", "return 1", "none"),
        (SCRIPT, "score", "src/server.ts", '"ok"', '"fine"', "none"),
        (SCRIPT, "/predict", "src/features.ts", "row.age", "row.years", "far"),
        (TABLE, "format", "src/plain.js", "value + 1", "value + 2", "near"),
        (TABLE, "format", "src/format.js", "locale.group;", "locale.groups;", "near"),
        (HUNG, "score", "lib/lines.js", "text.trim", "text.trimStart", "near"),
        (HUNG, "score", "lib/lines.js", "return 5", "return 6", "near"),
        (HUNG, "score", "lib/base.js", "return 2", "return 4", "near"),
        (HUNG, "score", "lib/base.js", "return 3", "return 4", "none"),
        (COMMON_JS, "lib/score:score", "lib/score.js", "* 2", "* 3", "entry"),
        (COMMON_JS, "score", "lib/encode.js", "row.age", "row.years", "near"),
        (COMMON_JS, "score", "lib/encode.js", "return 1", "return 2", "none"),
        (COMMON_JS, "score", "lib/exports.js", "return {}", "return []", "none"),
        (GO, "Scorer.Predict", "scorer/scorer.go", "* s.scale", "/ s.scale", "entry"),
        (GO, "scorer:Predict", "features/features.go", "row.Age * minutes", "row.Age", "near"),
        (GO, "Predict", "features/features.go", "minutes = 60", "minutes = 1", "far"),
        (GO, "Predict", "features/features.go", "return 1", "return 2", "none"),
        (JAVA, "app.Scorer:predict", "src/main/java/app/Scorer.java", "* SCALE", "", "entry"),
        (JAVA, "Scorer.predict", "src/main/java/app/Scorer.java", "SCALE = 60.0", "SCALE = 1", "near"),
        (JAVA, "predict", "src/main/java/app/features/Encoder.java", "* 2", "* 3", "near"),
        (JAVA, "predict", "src/main/java/app/features/Encoder.java", "row.age", "row.years", "near"),
        (JAVA, "predict", "src/main/java/app/features/Encoder.java", "return 1", "return 2", "none"),
        (JAVA, "predict", "src/main/java/app/Scorer.java", '"scorer"', '"s"', "none"),
        (RUST, "Scorer::predict", "src/lib.rs", "* self.scale", "", "entry"),
        (RUST, "predict", "src/features.rs", "60.0", "1.0", "near"),
        (RUST, "predict", "src/features.rs", "    1.0", "    2.0", "none"),
        (RUBY, "Scorer#predict", "lib/scorer.rb", "* 2", "* 3", "entry"),
        (RUBY, "predict", "lib/features.rb", "row.age *", "row.years *", "near"),
        (RUBY, "predict", "lib/features.rb", "    1\n", "    2\n", "none"),
        (SHARP, "Scorer.Predict", "Scoring/Scorer.cs", "* 2", "* 3", "entry"),
        (SHARP, "Predict", "Scoring/Encoder.cs", "row.Age *", "row.Years *", "near"),
        (SHARP, "Predict", "Scoring/Encoder.cs", "Minutes = 60", "Minutes = 1", "near"),
        (SHARP, "Predict", "Scoring/Encoder.cs", "return 1", "return 2", "none"),
    ],
)
def test_calls_are_followed_by_name(
    tree: dict[str, str], entry: str, path: str, old: str, new: str, level: str
) -> None:
    said = _said(tree, path, old, new, entry)
    assert said is not None
    assert said.facts["level"] == level


@pytest.mark.parametrize(
    ("tree", "path", "old", "new", "accused"),
    [
        (SCRIPT, "src/features.ts", "row.age", "row.years", True),
        (SCRIPT, "src/features.ts", "  return row;", "  return 1;", False),
        (GO, "features/features.go", "row.Age * minutes", "row.Age", True),
        (JAVA, "src/main/java/app/features/Encoder.java", "return 1", "return 2", False),
        (RUST, "src/features.rs", "60.0", "1.0", True),
    ],
)
def test_the_entry_point_is_guessed_there_too(
    tree: dict[str, str], path: str, old: str, new: str, accused: bool
) -> None:
    said = _said(tree, path, old, new, None)
    assert said is not None
    assert (said.llr > 0) == accused


def test_a_comment_that_moves_between_functions_changes_none() -> None:
    text = GO["features/features.go"]
    commit = a_commit(a_file("features/features.go", text, text.replace("func Decode", "// D.\nfunc Decode")))
    case = a_case(commit, tree=GO, entry="Predict")
    assert reach(case, case.candidates[0]) is None


def test_a_function_that_leaves_a_wrapper_by_its_indentation_is_the_same_one() -> None:
    inside = "var lib = {\n  one: 1,\n    score: function(x) {\n      return x;\n    }\n};\n"
    loose = "var lib = {\n};\n    score: function(x) {\n      return x;\n    }\n"
    for before, after in ((inside, loose), (loose, inside)):
        parts = changed_parts(a_file("lib.js", before, after))
        assert parts is not None
        assert not any("score" in part.name for pair in parts for part in pair if part)


def test_another_language_than_the_reached_one_is_unknown_not_unreached() -> None:
    tree = {"app.py": "import core\n\ndef predict(x):\n    return core.run(x)\n", **RUST}
    said = _said(tree, "src/features.rs", "60.0", "1.0", "app:predict")
    assert said is None or said.scorer == "centrality"


PYTHON = {
    "app/score.py": """
import json

def predict(row):
    return load()["threshold"] * row.age

def load():
    return json.load(open("conf/model.json"))
"""
}


@pytest.mark.parametrize(
    ("path", "before", "after", "reached"),
    [
        ("conf/model.json", '{"a": 1}', '{"a": 2}', True),
        ("conf/prod.yaml", "model:\n  threshold: 0.5\n", "model:\n  threshold: 0.05\n", True),
        ("conf/prod.yaml", "mail:\n  sender: a\n", "mail:\n  sender: b\n", False),
    ],
)
def test_settings_are_reached_by_the_name_of_their_file_or_key(
    path: str, before: str, after: str, reached: bool
) -> None:
    commit = a_commit(a_file(path, before, after))
    case = a_case(commit, tree=PYTHON, entry="predict")
    said = reach(case, case.candidates[0])
    assert (said is not None and said.llr > 0) == reached


def test_a_notebook_is_read_by_its_code_cells() -> None:
    def notebook(code: str) -> str:
        return json.dumps({"cells": [{"cell_type": "code", "source": [code]}]})

    before, after = notebook("def predict(x):\n    return x"), notebook("def predict(x):\n    return 2 * x")
    commit = a_commit(a_file("serve.ipynb", before, after))
    case = a_case(commit, tree={"serve.ipynb": before}, entry="predict")
    said = reach(case, case.candidates[0])
    assert said is not None
    assert said.facts["level"] == "entry"


def test_a_file_that_is_too_large_or_of_another_language_has_no_outline() -> None:
    assert outline("a.js", "x;" * 300_000) is None
    assert outline("a.zig", "fn f() void {}") is None


@pytest.mark.parametrize(
    "repeated",
    [
        "(",
        "function ",
        "a.b:",
        "public static ",
        " ",
        "a<",
        "@A ",
        "x\n",
        "/*",
        "'",
        '"',
        '"""',
        "`",
        'r#"',
        "--[[",
        "(/[",
        "=/a",
        "$a.",
    ],
)
def test_hostile_sources_are_read_in_linear_time(repeated: str) -> None:
    """A pattern that goes back and forth would take minutes."""
    text = 5_000 * repeated
    for path in ("a.ts", "A.java", "a.go", "a.rs", "a.rb", "a.php", "a.lua"):
        assert outline(path, text) is not None
        assert token_form(path, text) is not None


def test_a_method_that_hands_on_to_another_of_its_name_reaches_it() -> None:
    tree = {
        "src/ScoreController.java": "public class ScoreController {\n    private final Scorer scorer;\n\n"
        "    public double score(Order order) {\n        return scorer.score(order);\n    }\n\n"
        "    public String health() {\n        return health.check();\n    }\n}\n",
        "src/Scorer.java": "public class Scorer {\n    public double score(Order order) {\n"
        "        return order.cents / 100.0;\n    }\n}\n",
    }
    before = tree["src/Scorer.java"]
    commit = a_commit(a_file("src/Scorer.java", before, before.replace("100", "10")))
    for entry, level in (("score", "near"), ("health", "none")):
        case = a_case(commit, tree=tree, entry=f"src/ScoreController.java:{entry}")
        said = reach(case, case.candidates[0])
        assert said is not None
        assert said.facts["level"] == level
