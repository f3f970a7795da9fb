"""What a senior engineer sees in a diff, on diffs written to mislead."""

import pytest

from bisect_ml.evidence import SCORERS
from bisect_ml.evidence.direction import direction
from bisect_ml.evidence.inert import inert
from bisect_ml.types import Evidence, Series, Slice
from tests.evidence.cases import a_case, a_commit, a_file, a_series, candidates_of


def _asked(
    scorer: str, path: str, before: str, after: str, moved: list[Series], still: list[Series] | None = None
) -> Evidence | None:
    assert before != after
    commit = a_commit(a_file(path, before, after))
    return SCORERS[scorer](a_case(commit, moved=moved, still=still or []), candidates_of([commit])[0])


NULLS_UP = [a_series(1.0, 1.0), a_series(0.02, 0.3, "null_rate")]
NULLS_DOWN = [a_series(1.0, 1.0), a_series(0.3, 0.02, "null_rate")]
LESS, MORE = [a_series(0.5, 0.3)], [a_series(0.5, 0.7)]


@pytest.mark.parametrize(
    ("before", "after", "moved", "level"),
    [
        ("x.rolling(7, min_periods=3)", "x.rolling(7, min_periods=7)", NULLS_UP, "agrees"),
        ("x.rolling(7, min_periods=3)", "x.rolling(7, min_periods=1)", NULLS_UP, "contradicts"),
        ("MIN_HISTORY_DAYS = 3", "MIN_HISTORY_DAYS = 1", NULLS_DOWN, "agrees"),
        ("threshold = 0.5", "threshold = 0.7", LESS, "agrees"),
        ("threshold = 0.5", "threshold = 0.7", MORE, "contradicts"),
        ("return p > cutoff or 0.5", "return p > cutoff or 0.3", MORE, "agrees"),
        ("y = min(y, MAX_SCORE or 100)", "y = min(y, MAX_SCORE or 10)", [a_series(50.0, 9.0)], "agrees"),
        ("clip(lower=0, upper=1)", "clip(lower=0.2, upper=1)", MORE, "agrees"),
        ("cap = 10", "cap = 20", [a_series(50.0, 9.0)], "contradicts"),
        ('limits["cap"] = 0.5', 'limits["cap"] = 0.3', LESS, "agrees"),
        ('x = limits.get("cap", 0.5)', 'x = limits.get("cap", 0.3)', LESS, "agrees"),
        ("y = max(f(x), 0.5)", "y = max(f(x), 0.3)", LESS, "agrees"),
    ],
)
def test_the_way_of_a_limit_is_compared_with_the_way_of_the_shift(
    before: str, after: str, moved: list[Series], level: str
) -> None:
    said = _asked("direction", "app/score.py", before, after, moved)
    assert said is not None
    assert said.facts["level"] == level
    assert (said.llr > 0) == (level == "agrees")


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ("min_periods = 3", "min_periods = 7", MORE),
        ("a = 3", "a = 7", MORE),
        ("threshold = 3", "threshold = other", MORE),
        ("max_rows = 10", "max_rows = 20", MORE),
        ("x = a / max(1, b) + c / 30", "x = a / max(1, b) + c / 22", MORE),
        ("f(cap=1, weight=3)", "f(cap=1, weight=4)", MORE),
        ("g(f(a, cap), 3)", "g(f(a, cap), 4)", MORE),
        ("threshold = 0.5", "threshold = 0.7", [a_series(300.0, 900.0)]),
        ("threshold = 0.5", "threshold = 0.3", [a_series(0.0, 0.1, "values[-999]")]),
    ],
)
def test_other_changes_have_no_direction(before: str, after: str, moved: list[Series]) -> None:
    assert _asked("direction", "app/score.py", before, after, moved) is None


def test_the_direction_says_what_it_saw() -> None:
    commit = a_commit(a_file("conf/app.yaml", "min_samples: 3\n", "min_samples: 30\n"))
    said = direction(a_case(commit, moved=NULLS_UP), candidates_of([commit])[0])
    assert said is not None
    assert said.sentence == "raises min_samples from 3 to 30, and the share of missing predictions rose"


@pytest.mark.parametrize(
    ("before", "after", "ratio", "level"),
    [
        ("    return spent - earned", "    return earned - spent", -1.0, "sign"),
        ("    return spent - earned", "    return spent + earned", -1.0, "sign"),
        ("def f(x, days=30):", "def f(x,\n      days=45):", 1.5, "constant"),
        ("WEIGHT = 0.25", "WEIGHT = 0.5", 2.0, "constant"),
        ("timeout_s = 5", "timeout_s = 50", 10.0, "factor"),
        ("age = (now - born).days", "age = (now - born).seconds", 86400.0, "unit"),
    ],
)
def test_constants_defaults_and_signs_are_compared_with_the_ratio(
    before: str, after: str, ratio: float, level: str
) -> None:
    said = _asked("signature", "app/score.py", before, after, [a_series(2.0, 2.0 * ratio)])
    assert said is not None
    assert said.facts["level"] == level


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (
            "src/score.ts",
            "function f(c) {\n  if (c === 'brazil') {\n    let a = 1;\n    return a;\n  }\n  return 2;\n}",
            "function f(c) {\n  if (c === 'brazil') {\n    let a = 1;\n    return 3*a;\n  }\n  return 2;\n}",
        ),
        (
            "scorer.go",
            'switch c {\ncase "brazil":\n\tx := 1\n\n\treturn x\n}',
            'switch c {\ncase "brazil":\n\tx := 1\n\n\treturn 2\n}',
        ),
        ("conf/rates.yaml", "rates:\n  brazil: 1.0\n  peru: 1.0\n", "rates:\n  brazil: 5.0\n  peru: 1.0\n"),
        ("conf/rates.json", '{"brazil": {"rate": 1}}', '{"brazil": {"rate": 5}}'),
        ("app/rates.py", 'RATES = {\n    "brazil": 1,\n}', 'RATES = {\n    "brazil": 5,\n}'),
    ],
)
def test_code_and_settings_of_one_slice_are_told_from_the_rest(path: str, before: str, after: str) -> None:
    def country(value: str, after: float) -> Series:
        return a_series(1.0, after, where=Slice(column="country", value=value), noise=0.01)

    moved, others = country("brazil", 2.0), [country("peru", 1.0), country("chile", 1.0)]
    said = _asked("specificity", path, before, after, [moved], others)
    assert said is not None
    assert said.facts["level"] == "only"
    elsewhere = _asked("specificity", path, before, after, [country("peru", 2.0)], [country("brazil", 1.0)])
    assert elsewhere is None or elsewhere.llr < 0


@pytest.mark.parametrize(
    ("path", "before", "after", "level"),
    [
        (
            "a.js",
            "f = (x) => {\n  if (x == null) return null;\n  return x;\n}",
            "f = (x) => {\n  return x;\n}",
            "guard_and_more",
        ),
        (
            "a.go",
            "func f(x *int) int {\n\treturn *x\n}",
            "func f(x *int) int {\n\tif x == nil { return 0 }\n\treturn *x\n}",
            "contradicts",
        ),
        (
            "a.py",
            "def f(x):\n    return x\n",
            "def f(x):\n    try:\n        return x\n    except KeyError:\n        return None\n",
            "guard_and_more",
        ),
    ],
)
def test_guards_of_any_language_go_with_nulls(path: str, before: str, after: str, level: str) -> None:
    said = _asked("nulls", path, before, after, NULLS_UP)
    assert said is not None
    assert said.facts["level"] == level


@pytest.mark.parametrize(
    ("path", "before", "after", "moved", "level"),
    [
        (
            "a.py",
            "if x < 0:\n        raise ValueError",
            "if x < 0:\n        return 0.0",
            NULLS_DOWN,
            "agrees",
        ),
        (
            "a.py",
            "if x < 0:\n        raise ValueError",
            "if x < 0:\n        return 0.0",
            NULLS_UP,
            "contradicts",
        ),
        ("a.py", "y = x", "if not x:\n        raise ValueError", NULLS_UP, "agrees"),
        ("a.py", "y = x", "if x is None:\n        x = 0.0", NULLS_DOWN, "agrees"),
        ("a.py", "y = x", "if x is None:\n        return None", NULLS_DOWN, "guard_and_fewer"),
    ],
)
def test_the_way_of_a_guard_is_compared_with_the_way_of_the_nulls(
    path: str, before: str, after: str, moved: list[Series], level: str
) -> None:
    function = "def f(x):\n    {}\n    return x\n"
    said = _asked("nulls", path, function.format(before), function.format(after), moved)
    assert said is not None
    assert said.facts["level"] == level


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from a import f\n", "from b import f\n"),
        ("x = f(a, b)\n", "x = f(b, a)\n"),
        ("x = [1, 2]\n", "x = [2, 1]\n"),
        ("x = {**a, **b}\n", "x = {**b, **a}\n"),
        ("x = 'a'\n", "x = 'a '\n"),
        ("x = 1\n", "x = 1.0\n"),
        ("x = a and b\n", "x = b and a\n"),
        ("def f(x=[]):\n    return x\n", "def f(x=None):\n    return x\n"),
        ("class A(B, C):\n    pass\n", "class A(C, B):\n    pass\n"),
        ("@cache\ndef f(x):\n    return x\n", "def f(x):\n    return x\n"),
        ("async def f(x):\n    return x\n", "def f(x):\n    return x\n"),
        ("def f(x):\n    return x\n", "def f(x):\n    yield x\n"),
        ("for x in y:\n    a()\nb()\n", "for x in y:\n    a()\n    b()\n"),
        ("assert x\n", "assert y\n"),
        ("def f(x):\n    return x\nf = g(f)\n", "def f(x):\n    return x\n"),
    ],
)
def test_small_differences_that_act_are_not_inert(before: str, after: str) -> None:
    commit = a_commit(a_file("app/score.py", before, after))
    assert inert(a_case(), candidates_of([commit])[0]) is None
