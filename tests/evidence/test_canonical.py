"""Two ways of writing one thing are one form; two things are two."""

import ast

import pytest

from bisect_ml.evidence.definitions import changed_definitions
from bisect_ml.evidence.syntax import bare
from bisect_ml.types import FileChange

SAME = {
    "a result with a name": ("return f(x)", "found = f(x)\n    return found"),
    "an else after a return": (
        "if x:\n        return 1\n    else:\n        return 2",
        "if x:\n        return 1\n    return 2",
    ),
    "elif after a return": (
        "if x:\n        return 1\n    elif y:\n        return 2\n    return 3",
        "if x:\n        return 1\n    if y:\n        return 2\n    return 3",
    ),
    "nested conditions": (
        "if x:\n        if y and z:\n            f()",
        "if x and y and z:\n        f()",
    ),
    "a negated comparison": ("return not x == y", "return x != y"),
    "a negated membership": ("return not x in y", "return x not in y"),
    "an annotated local": ("y: int = x\n    f(y)", "y = x\n    f(y)"),
    "an annotation alone": ("y: int\n    f(x)", "f(x)"),
    "a local annotated in a branch": ("if x:\n        y: int = 1", "if x:\n        y = 1"),
    "format and f-string": ('return "{} of {n:.2f}!".format(x, n=y)', 'return f"{x} of {y:.2f}!"'),
    "numbered places": ('return "{1}{0}".format(x, y)', 'return f"{y}{x}"'),
    "percent and f-string": ('return "100%% %s (%r)" % (x, y)', 'return f"100% {x} ({y!r})"'),
    "text of a value": ('return f"{x!s}"', 'return f"{x}"'),
    "keys of a loop": ("for k in x.keys():\n        f(k)", "for k in x:\n        f(k)"),
    "a divisor with a point": ("return x / 30", "return x / 30.0"),
    "a bound with a point": ("return 0 < x <= 1", "return 0.0 < x <= 1.0"),
    "membership of keys": ("return y in x.keys()", "return y in x"),
    "a set of a list": ("return set([x, y])", "return {x, y}"),
    "a set of a loop": ("return set(f(i) for i in x)", "return {f(i) for i in x}"),
    "a dictionary of a loop": ("return dict((i, f(i)) for i in x)", "return {i: f(i) for i in x}"),
    "empty collections": ("return dict(), list(), tuple()", "return {}, [], ()"),
    "a product of numbers": ("return x / (60 * 60)", "return x / 3600"),
    "a cast": ("return typing.cast(int, x)", "return x"),
    "returning nothing": ("f(x)\n    return None", "f(x)"),
    "a unicode prefix": ("return u'a'", "return 'a'"),
}

OTHER = {
    "another name is returned": ("return f(x)", "found = f(x)\n    return x"),
    "an else after a branch that stays": (
        "if x:\n        f()\n    else:\n        g()",
        "if x:\n        f()\n    g()",
    ),
    "a branch with an else inside": (
        "if x:\n        if y:\n            f()\n        else:\n            g()",
        "if x and y:\n        f()\n    else:\n        g()",
    ),
    "a negated order, which NaN tells apart": ("return not x < y", "return x >= y"),
    "an array that is changed in place": ("x = x + 1\n    f(x)", "x += 1\n    f(x)"),
    "the super of another class": ("return super(A, self).f(x)", "return super(B, self).f(x)"),
    "another column of a query": ("return cast(x, Float)", "return cast(y, Float)"),
    "a list that grows in place": ("x = x + y\n    f(x)", "x += y\n    f(x)"),
    "a format with another width": ('return "{:.2f}".format(x)', 'return f"{x:.3f}"'),
    "values in another order": ('return "%s %s" % (x, y)', 'return f"{y} {x}"'),
    "a value that goes unused": ('return "{}".format(x, y)', 'return f"{x}"'),
    "a percent that rounds": ('return "%d" % (x,)', 'return f"{x}"'),
    "values and not keys": ("for k in x.values():\n        f(k)", "for k in x:\n        f(k)"),
    "a whole division": ("return x // 30", "return x // 30.0"),
    "a factor with a point": ("return x * 30", "return x * 30.0"),
    "another product": ("return x / (60 * 60)", "return x / 60"),
    "a value in place of nothing": ("f(x)\n    return 0", "f(x)"),
}


def _form(body: str) -> str:
    acting = bare(ast.parse(f"def g(x, y, z):\n    {body}").body[0])
    assert acting is not None
    return ast.dump(acting)


@pytest.mark.parametrize(("before", "after"), SAME.values(), ids=SAME)
def test_the_same_thing_written_twice(before: str, after: str) -> None:
    assert _form(before) == _form(after)


@pytest.mark.parametrize(("before", "after"), OTHER.values(), ids=OTHER)
def test_another_thing(before: str, after: str) -> None:
    assert _form(before) != _form(after)


def _changed(before: str, after: str, path: str = "score.py") -> list[str]:
    change = FileChange(path=path, old_path=None, status="M", added=1, removed=1, before=before, after=after)
    return [each.name for each in changed_definitions(change) or ()]


def test_annotations_of_a_module_and_of_a_plain_class_are_never_read() -> None:
    before = "LIMIT = 3\nclass A(object):\n    size = 2\n"
    after = "from typing import Final\nLIMIT: Final[int] = 3\nclass A:\n    size: int = 2\n"
    assert _changed(before, after) == []


def test_annotations_of_a_model_are_what_it_is_made_of() -> None:
    before = "class A(Model):\n    size: int = 2\n"
    after = "class A(Model):\n    size: float = 2\n"
    assert _changed(before, after) == ["A.size"]


def test_imports_that_nothing_uses_come_and_go() -> None:
    before = "import os\nfrom a import b\ndef f(x):\n    return b(x)\n"
    after = "from a import b, c\ndef f(x):\n    return b(x)\n"
    assert _changed(before, after) == []
    assert _changed(before, after.replace("from a", "from d")) == ["<imports>"]
    assert _changed(before, after, "pack/__init__.py") == ["<imports>"]


def test_what_only_type_checkers_import_is_not_imported() -> None:
    before = "def f(x):\n    return x\n"
    guarded = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a import B\n"
    after = guarded + "def f(x: 'B'):\n    return x\n"
    assert _changed(before, after, "pack/__init__.py") == ["<imports>"]
    assert _changed(before, after) == []
