import json

import pytest

from bisect_ml.evidence.inert import inert
from tests.evidence.cases import a_case, a_commit, a_file, candidates_of

CODE = '''"""Scores."""
import os
import re

def score(x: float) -> float:
    """Return a score."""
    logger.info("scoring %s", x)
    if x < 0:
        raise ValueError("negative")
    return x * 2
'''


RUST = "fn f() -> i32 {\n    1\n}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn t() {\n    "


def _notebook(code: str, title: str = "") -> str:
    cells = [
        {"cell_type": "markdown", "source": [title]},
        {"cell_type": "code", "source": [code], "outputs": [{"text": title}]},
    ]
    return json.dumps({"cells": cells})


def _said(path: str, before: str | None, after: str | None, old_path: str | None = None) -> bool:
    candidate = candidates_of([a_commit(a_file(path, before, after, old_path))])[0]
    said = inert(a_case(), candidate)
    return said is not None and said.llr < -2


@pytest.mark.parametrize(
    "after",
    [
        CODE.replace("Return a score.", "Return twice the input."),
        CODE.replace("    if x", "    # negative inputs\n    if x"),
        CODE.replace("x: float) -> float", "x)"),
        CODE.replace("scoring", "now scoring"),
        CODE.replace('    logger.info("scoring %s", x)\n', ""),
        CODE.replace('"negative"', 'f"negative: {x}"'),
        CODE.replace("import os\nimport re", "import re\nimport os"),
        CODE + '\nif __name__ == "__main__":\n    print(score(1))\n',
        CODE.replace("x * 2", "(x\n            * 2)"),
    ],
)
def test_what_leaves_the_syntax_tree_alone_is_inert(after: str) -> None:
    assert after != CODE
    assert _said("app/score.py", CODE, after)


@pytest.mark.parametrize(
    "after",
    [
        CODE.replace("x * 2", "x * 3"),
        CODE.replace("x < 0", "x <= 0"),
        CODE.replace("ValueError", "TypeError"),
        CODE.replace("    logger.info", "    x = logger.info"),
    ],
)
def test_what_changes_the_tree_is_not(after: str) -> None:
    assert not _said("app/score.py", CODE, after)


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "docs/guide.txt",
        "tests/test_score.py",
        ".github/workflows/ci.yml",
        "pkg/score_test.go",
        "pkg/split_test.go",
        "Rakefile",
        "Gruntfile.js",
        "karma.conf.js",
        "site/style.css",
        "LICENSE-MIT",
        "docs/conf.py",
        "dist/app.min.js",
        "packages/scoring/fixtures/log.json",
        "src/widgets/README.md",
        "scoring-test-util/src/main/java/Reader.java",
        "integration-tests/run.py",
    ],
)
def test_what_is_never_served_is_inert(path: str) -> None:
    assert _said(path, "old", "new")


@pytest.mark.parametrize(
    "path",
    [
        "resources/easy_words.txt",
        "app/rates.csv",
        "requirements.txt",
        "src/contest.py",
        "app/history_features.py",
        "security_score.ts",
        "authors.json",
        "app/ab_test.py",
        "app/ab_tests/assign.py",
        "contest/latest.py",
        "app/docs/ocr.py",
        "app/dist/beta.py",
        "src/fixtures/rates.json",
        "app/prompts/triage.md",
        "system_prompt.md",
    ],
)
def test_what_running_code_may_read_is_not(path: str) -> None:
    assert not _said(path, "a = 1", "a = 2")


def test_annotations_of_a_class_and_of_decorated_functions_are_read_by_frameworks() -> None:
    model = "class Request(BaseModel):\n    age: int\n"
    assert not _said("app/api.py", model, model.replace("int", "float"))
    route = "@app.post('/')\ndef score(age: int):\n    return age\n"
    assert not _said("app/api.py", route, route.replace("int", "float"))


def test_annotations_under_decorators_that_do_not_read_them_are_inert() -> None:
    before = "class A:\n    @lru_cache(maxsize=8)\n    def f(self, x):\n        return x\n"
    assert _said("app/a.py", before, before.replace("x):", "x: float) -> float:"))


def test_unparsable_and_unloaded_files_are_unknown_never_inert() -> None:
    assert not _said("app/old.py", "print 'a'", "print 'b'")
    assert not _said("app/score.py", None, None)


def test_a_moved_file_with_the_same_text_is_inert() -> None:
    assert _said("app/core/score.py", CODE, CODE, "app/score.py")


def test_one_live_file_makes_the_commit_live() -> None:
    files = (a_file("README.md", "a", "b"), a_file("app/score.py", CODE, CODE.replace("x * 2", "x * 3")))
    assert inert(a_case(), candidates_of([a_commit(*files)])[0]) is None


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("src/score.go", "func s() int { return 1 } // one", "func s() int {\n  return 1 // uno\n}"),
        ("src/score.js", "const a = 'x // y'; /* why */", "const a = 'x // y';"),
        ("src/score.js", "const half = (a + b) / 2 // of 1 / x", "const half = (a + b) / 2"),
        ("src/score.js", "const a = /[/]/.test(b) // why", "const a = /[/]/.test(b)"),
        ("q/users.sql", "SELECT a -- first\nFROM t", "SELECT a\n  FROM t"),
        ("conf/app.json", '{"a": 1, "b": 2}', '{"a": 1,\n "b": 2}'),
        ("src/score.ts", "const u = `http://x/${v}` // why", "const u = `http://x/${v}`"),
        (
            "src/lib.rs",
            "fn f<'a>(x: &'a str) -> &'a str { x } // it's",
            "fn f<'a>(x: &'a str) -> &'a str {\n x\n}",
        ),
        ("src/lib.rs", f"{RUST}    t(1);\n    }}\n}}\n", f"{RUST}    t(2);\n    }}\n}}\n"),
        ("src/Score.java", "/** Scores. */\nint f() {return 1;}", "int f() {\n  return 1;\n}"),
        ("lib/score.rb", "def f\n  1 # one\nend\n", "# Returns one\ndef f\n  1\n\nend\n"),
        ("src/Score.cs", "int F() => 1; // one", "int F() => 1;"),
        ("train.ipynb", _notebook("x = 1"), _notebook("x = 1  # one", "# a title")),
        ("conf/app.toml", "a = 1 # one", "a = 1"),
        ("conf/app.yaml", "a: 1 # one\n", "# first\na: 1\n"),
    ],
)
def test_comments_and_layout_of_other_languages_are_inert(path: str, before: str, after: str) -> None:
    assert _said(path, before, after)


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("src/score.js", "const a = 'x // y'", "const a = 'x // z'"),
        ("conf/app.yaml", "a:\n  b: 1\n", "a:\nb: 1\n"),
        ("src/score.go", "return 1", "return 2"),
        ("src/score.ts", "const u = `http://x/v1`", "const u = `http://x/v2`"),
        ("src/score.js", "return x", "return\nx"),
        ("src/score.js", r"s.replace(/https?:\/\//, 'a')", r"s.replace(/https?:\/\//, 'b')"),
        ("src/score.js", r"""s.split(/["']/).concat(a) // '""", r"""s.split(/["']/).concat(b) // '"""),
        ("src/score.ts", "const any = [\n  /[/*]x/,\n  1 ]", "const any = [\n  /[/*]x/,\n  2 ]"),
        ("src/score.js", "y = a - -b", "y = a-- -b"),
        ("src/score.js", "s = 'a  b'", "s = 'a b'"),
        ("src/score.go", "//go:embed v1.bin\nvar m []byte", "//go:embed v2.bin\nvar m []byte"),
        ("lib/score.rb", 'x = "#{a}"', 'x = "#{b}"'),
        ("lib/score.rb", "s = <<~SQL\n  # 1\nSQL", "s = <<~SQL\n  # 2\nSQL"),
        ("lib/score.rb", "s = %(in #{a} cents)", "s = %(in #{b} cents)"),
        ("lib/score.rb", "s =~ / #(\\d+)/", "s =~ / #(\\d\\d+)/"),
        ("lib/score.ex", "s = ~s(at #{a} or # 1)", "s = ~s(at #{a} or # 2)"),
        ("lib/score.pl", "$s = q( # 1)", "$s = q( # 2)"),
        ("conf/app.yaml", "sql: |\n  SELECT 1\n  # a\n", "sql: |\n  SELECT 1\n  # b\n"),
        ("conf/app.yaml", "url: http://x#a\n", "url: http://x#b\n"),
        ("conf/app.properties", "color=#fff\n", "color=#000\n"),
        ("conf/app.json", '{"age": 0, "income": 1}', '{"income": 1, "age": 0}'),
        ("q/users.sql", "SELECT /*+ INDEX(a) */ x", "SELECT /*+ INDEX(b) */ x"),
        ("q/users.sql", "WHERE a = '--x'", "WHERE a = '--y'"),
        ("train.ipynb", _notebook("x = 1"), _notebook("x = 2")),
        ("src/score.xyz", "a // b", "a // c"),
        ("app/a.py", "class A:\n    __call__ = score\n", "class A:\n    __call__ = other\n"),
        ("app/a.py", "log.info(stack.pop())\n", "log.info(stack)\n"),
        ("app/a.py", "f = 1\nlog.info(n := 2)\n", "f = 1\nlog.info(2)\n"),
    ],
)
def test_a_change_of_tokens_in_other_languages_is_not(path: str, before: str, after: str) -> None:
    assert not _said(path, before, after)


LOCK = """{"version": "1.0.0", "packages": {"": {"version": "1.0.0"},
 "node_modules/a": {"version": "2.0.0"}, "node_modules/b": {"version": "3.0.0", "dev": true}}}"""
PROJECT = """[project]
version = "1.0.0"
dependencies = ["numpy==1.0.0"]
[tool.ruff]
line-length = 99
[tool.poetry.group.dev.dependencies]
pytest = "8.0"
[tool.setuptools]
zip-safe = true
"""


@pytest.mark.parametrize(
    ("path", "before", "old", "new", "is_inert"),
    [
        ("package.json", '{"version": "1.0.0", "main": "a.js"}', "1.0.0", "1.1.0", True),
        ("package.json", '{"devDependencies": {"mocha": "1"}, "main": "a.js"}', '"1"', '"2"', True),
        ("package.json", '{"dependencies": {"bessel": "1"}, "main": "a.js"}', '"1"', '"2"', False),
        ("package.json", '{"version": "1.0.0", "main": "a.js"}', "a.js", "b.js", False),
        ("bower.json", '{"name": "a", "main": "a.js"}', '"a"', '"b"', True),
        ("package-lock.json", LOCK, "1.0.0", "1.1.0", True),
        ("package-lock.json", LOCK, "3.0.0", "3.1.0", True),
        ("package-lock.json", LOCK, "2.0.0", "2.1.0", False),
        ("package-lock.json", LOCK, LOCK, "not json", False),
        ("pyproject.toml", PROJECT, '"1.0.0"', '"1.1.0"', True),
        ("pyproject.toml", PROJECT, "99", "110", True),
        ("pyproject.toml", PROJECT, '"8.0"', '"9.0"', True),
        ("pyproject.toml", PROJECT, "numpy==1.0.0", "numpy==2.0.0", False),
        ("pyproject.toml", PROJECT, "zip-safe = true", "zip-safe = false", False),
    ],
)
def test_a_manifest_is_inert_where_it_installs_the_same(
    path: str, before: str, old: str, new: str, is_inert: bool
) -> None:
    assert _said(path, before, before.replace(old, new)) is is_inert


def test_a_commit_whose_files_were_not_loaded_is_not_judged() -> None:
    assert inert(a_case(), candidates_of([a_commit()])[0]) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            'VERSION = "2026-01"\nMODEL = load(f"/models/{VERSION}.joblib")\n',
            'VERSION = "2026-03"\nMODEL = load(f"/models/{VERSION}.joblib")\n',
        ),
        (
            "def score(x):\n    warnings = []\n    return len(warnings)\n",
            "def score(x):\n    warnings = []\n    warnings.append(x)\n    return len(warnings)\n",
        ),
        (
            "def f():\n    return 1\n",
            "import warnings\nwarnings.simplefilter('error')\ndef f():\n    return 1\n",
        ),
        (
            "def f(x):\n    return x\nif __name__ == '__main__':\n    save(f(1))\n",
            "def f(x):\n    return x\nif __name__ == '__main__':\n    save(f(2))\n",
        ),
    ],
)
def test_what_only_looks_like_talk_is_not_inert(before: str, after: str) -> None:
    """A version that names a model, a list called `warnings`, warnings that raise, and what a script does."""
    assert not _said("app/score.py", before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("VERSION = (1, 2)\n__version__ = str(VERSION)\n", "VERSION = (1, 3)\n__version__ = str(VERSION)\n"),
        ("import warnings\n", "import warnings\nwarnings.filterwarnings('ignore')\n"),
        ("import warnings\nx = 1\n", "import warnings\nx = 1\nwarnings.warn('old', DeprecationWarning)\n"),
    ],
)
def test_a_release_and_a_warning_are_inert(before: str, after: str) -> None:
    """A version that only says itself, and what the module `warnings` does."""
    assert _said("app/score.py", before, after)
