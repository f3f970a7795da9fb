"""Code that is no Python file: definitions and calls by names."""

import json

import pytest

from bisect_ml.evidence.canonical_tokens import token_form
from bisect_ml.evidence.centrality import centrality
from bisect_ml.evidence.outlines import changed_parts, outline
from bisect_ml.evidence.reach import reach
from bisect_ml.types import Evidence
from tests.evidence.cases import a_case, a_commit, a_file
from tests.evidence.programs import COMMON_JS, GO, HUNG, JAVA, RUBY, RUST, SCRIPT, SHARP, TABLE


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
