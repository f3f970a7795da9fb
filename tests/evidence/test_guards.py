"""Under which conditions code fails, before and after: wider, narrower, or neither."""

import pytest

from bisect_ml.evidence.definitions import changed_definitions
from bisect_ml.evidence.guards import way_of_definition
from bisect_ml.evidence.outlines import changed_parts
from bisect_ml.evidence.token_guards import way_of_part
from tests.evidence.cases import a_file

PYTHON = "def f(a, b):\n    {}\n    return a\n"
RAISES = "if {}:\n        raise ValueError(a)"
BRACES = "function f(a, b) {{\n  {}\n  return a;\n}}\n"
THROWS = "if ({}) {{\n    throw new Error(a);\n  }}"


def _python(before: str, after: str) -> int:
    changed = changed_definitions(a_file("f.py", PYTHON.format(before), PYTHON.format(after)))
    assert changed
    return sum(map(way_of_definition, changed))


def _other(path: str, before: str, after: str) -> int:
    parts = changed_parts(a_file(path, before, after))
    assert parts
    return sum(way_of_part(path, old, new) for old, new in parts)


TESTS = [
    ("a < 0", "a < 0 {and} b", -1),
    ("a < 0 {and} b", "a < 0", 1),
    ("a < 0", "a < 0 {or} b", 1),
    ("a < 0 {or} b", "b", -1),
    ("a {and} b", "a {and} (b {or} a > 9)", 1),
    ("a {and} b", "b {and} a", 0),
    ("a < 0", "a < 1", 0),
]


@pytest.mark.parametrize(("before", "after", "way"), TESTS)
def test_conditions_are_compared_as_sets_of_what_must_hold(before: str, after: str, way: int) -> None:
    old, new = (each.format(**{"and": "and", "or": "or"}) for each in (before, after))
    if way:
        assert _python(RAISES.format(old), RAISES.format(new)) == way
    old, new = (each.format(**{"and": "&&", "or": "||"}) for each in (before, after))
    sides = [BRACES.format(THROWS.format(each)) for each in (old, new)]
    assert _other("f.js", *sides) == way
    assert _other("f.php", *sides) == way


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        ("raise ValueError", "if DEBUG:\n        raise ValueError", -1),
        ("if a:\n        return None", "if a or b:\n        return None", 1),
        (
            "try:\n        a()\n    except OSError:\n        raise KeyError",
            "try:\n        a()\n    except OSError:\n        if b:\n            raise KeyError",
            -1,
        ),
        ("if a:\n        raise ValueError", "if a:\n        raise KeyError", 0),
        ("if a:\n        b = 1\n    else:\n        raise KeyError", "if a:\n        raise KeyError", 0),
    ],
)
def test_what_stands_around_a_failure_counts(before: str, after: str, way: int) -> None:
    assert _python(before, after) == way


@pytest.mark.parametrize(
    ("path", "before", "after", "way"),
    [
        (
            "f.go",
            "func f(a int) (*T, error) {\n\tif a < 0 {\n\t\treturn nil, bad\n\t}\n}\n",
            "func f(a int) (*T, error) {\n\tif a < 0 && b {\n\t\treturn nil, bad\n\t}\n}\n",
            -1,
        ),
        (
            "f.go",
            "func f(a int) error {\n\tif a < 0 {\n\t\treturn nil\n\t}\n}\n",
            "func f(a int) error {\n\tif a < 0 || b {\n\t\treturn nil\n\t}\n}\n",
            0,
        ),
        (
            "f.js",
            "function f(a) {\n  throw new Bad()\n}\n",
            "function f(a) {\n  if (verbose) log(a)\n  throw new Bad()\n}\n",
            0,
        ),
        (
            "f.kt",
            "fun f(a: Int): Int {\n  if (a) return 0\n  throw E()\n}\n",
            "fun f(a: Int): Int {\n  if (a || b) return 0\n  throw E()\n}\n",
            0,
        ),
        (
            "F.java",
            "class F {\n  int f(int a) {\n    if (a) { throw new E(); }\n  }\n}\n",
            "class F {\n  int f(int a) {\n    if (a || b && c) { throw new E(); }\n  }\n}\n",
            1,
        ),
        (
            "F.java",
            "class F {\n  int f(int a) {\n    if (!ok) { throw new E(); }\n  }\n}\n",
            "class F {\n  int f(int a) {\n    if (missing || strict && !ok) { throw new E(); }\n  }\n}\n",
            0,
        ),
        (
            "f.php",
            "function f($a) {\n  if ($a) { throw new E(); }\n}\n",
            "function f($a) {\n  if ($z) { g(); } elseif ($a) { throw new E(); }\n}\n",
            -1,
        ),
        (
            "f.js",
            "function f(a) {\n  if (a) { throw new E(); }\n}\n",
            "function f(a) {\n  if (a||!b) { throw new E(); }\n}\n",
            1,
        ),
        (
            "f.js",
            "function f(a) {\n  if (a) return null === x;\n}\n",
            "function f(a) {\n  if (a || b) return null === x;\n}\n",
            0,
        ),
        (
            "f.rb",
            "def f(a)\n  return if a\nend\n",
            "def f(a)\n  return if a || b\nend\n",
            1,
        ),
        (
            "f.rb",
            "def f(a)\n  raise ArgumentError, a if a.nil?\nend\n",
            "def f(a)\n  raise ArgumentError, a if a.nil? || a.empty?\nend\n",
            1,
        ),
        (
            "f.rb",
            "def f(a)\n  raise ArgumentError, a unless a\nend\n",
            "def f(a)\n  raise ArgumentError, a unless a || b\nend\n",
            -1,
        ),
        (
            "f.js",
            "function f(a) {\n  if (a) g(); else throw Error(a);\n  return 1;\n}\n",
            "function f(a) {\n  if (a) g(); else if (b) throw Error(a);\n  return 1;\n}\n",
            -1,
        ),
        (
            "f.js",
            "function f(a) {\n  if (a) return;\n  h(a);\n}\n",
            "function f(a) {\n  if (a && b) return;\n  h(a);\n}\n",
            -1,
        ),
    ],
)
def test_each_language_in_its_own_way(path: str, before: str, after: str, way: int) -> None:
    assert _other(path, before, after) == way


def test_a_text_that_ends_too_early_says_nothing() -> None:
    assert _other("f.js", "function f(a) {\n  if ((a\n}\n", "function f(a) {\n  if ((b\n}\n") == 0


def test_long_chains_and_deep_brackets_are_read_all_the_same() -> None:
    chain = "".join(f"    elif a == {each}:\n        raise KeyError\n" for each in range(140))
    python = f"def f(a, b):\n    if a:\n        return None\n{chain}    return b\n"
    changed = changed_definitions(a_file("f.py", python, python.replace("if a:", "if a or b:", 1)))
    assert changed
    assert sum(map(way_of_definition, changed)) == 1
    deep = "(" * 5_000 + "a" + ")" * 5_000
    text = "function f(a) {{\n  if ({}) throw Error(a);\n}}\n"
    assert _other("f.js", text.format("a < 1"), text.format(deep)) == 0
