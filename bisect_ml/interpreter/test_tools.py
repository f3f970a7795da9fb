"""What tests are written with: pytest, unittest and their kin, as far as it takes to run them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from bisect_ml.interpreter.binding import is_own_function, made_here
from bisect_ml.interpreter.shelves import shelf
from bisect_ml.interpreter.unknown import Unknown

ROWS, FIXTURE = "__rows__", "__fixture__"
"""The names under which tests keep the rows that they are run for, and fixtures what was said of them."""
TOLD = "."
"""What stands before the name of a fixture in a row that says what the fixture is told."""
Row = dict[str, Any]


class _Given:
    """A row that is written as a call: `pytest.param` or `parameterized.param`."""

    def __init__(self, *values: Any, **named: Any) -> None:
        self.values, self.named = values, named


class TestCase:
    """`unittest.TestCase`, to which every assertion holds."""

    __test__ = False

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def setUp(self) -> None:
        """Do nothing before a test."""

    def tearDown(self) -> None:
        """Do nothing after a test."""

    def subTest(self, *_: Any, **__: Any) -> Any:  # noqa: N802 - named by unittest
        """Return what a part of a test stands in."""
        return _expecting()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("assert") and any(each in name for each in ("Raises", "Warns", "Logs")):
            return _raises
        if name.startswith(("assert", "fail")):
            return _hold
        if name.startswith("__"):
            raise AttributeError(name)
        return Unknown(f"TestCase.{name}")


def _hold(*_: Any, **__: Any) -> None:
    return None


@contextmanager
def _expecting() -> Iterator[Unknown]:
    with suppress(Exception):
        yield Unknown("an error")


def _raises(*given: Any, **__: Any) -> Any:
    """Return a context that lets errors pass; or call what is given after the kinds of errors."""
    if len(given) < len(("kinds", "function")) or not callable(given[1]):
        return _expecting()
    with suppress(Exception):
        given[1](*given[2:])
    return Unknown("an error")


def parametrize(names: Any, rows: Any, indirect: Any = False, **_: Any) -> Callable[[Any], Any]:
    """Note the rows of a test, as `pytest.mark.parametrize` does; several multiply."""
    listed = [each.strip() for each in names.split(",")] if isinstance(names, str) else list(names)
    told = listed if indirect is True else indirect or ()
    keys = [f"{TOLD}{each}" if each in told else each for each in listed if each]
    made = []
    for row in list(rows):
        alone = isinstance(names, str) and len(keys) == 1
        values = row.values if isinstance(row, _Given) else (row,) if alone else row
        made.append(dict(zip(keys, values, strict=False)))
    return _marking(lambda _: made)


def _marking(rows_of: Callable[[Any], list[Row]]) -> Callable[[Any], Any]:
    """Return a decorator that gives a test, or a class of tests, rows beside those that it has."""

    def mark(test: Any) -> Any:
        if not (is_own_function(test) or (isinstance(test, type) and made_here(test))):
            return test
        before = vars(test).get(ROWS, [{}])
        setattr(test, ROWS, [{**old, **new} for new in rows_of(test) for old in before])
        return test

    return mark


def _expanded(rows: Any, **_: Any) -> Callable[[Any], Any]:
    """Give a test its arguments row by row, as `parameterized` does."""
    listed = list(rows() if callable(rows) else rows)
    return _marking(lambda test: [_by_place(test, each) for each in listed])


def _by_place(test: Any, row: Any) -> Row:
    names = [each for each in vars(test).get("__parameters__", ()) if each != "self"]
    if isinstance(row, _Given):
        return {**dict(zip(names, row.values, strict=False)), **row.named}
    return dict(zip(names, row if isinstance(row, tuple | list) else (row,), strict=False))


class _Parameterized:
    """The decorator `parameterized`, and the one of methods in it."""

    expand = staticmethod(_expanded)

    def __call__(self, rows: Any, **_: Any) -> Callable[[Any], Any]:
        return _expanded(rows)


def _of_classes(names: Any, rows: Any = None, **_: Any) -> Callable[[Any], Any]:
    """Leave a class of tests as it is, with the attributes of the first row."""
    first: Any = next(iter(rows or ()), ()) if rows is not None else next(iter(names), {})
    values = first if isinstance(first, dict) else dict(zip(_listed(names), first, strict=False))

    def mark(kind: Any) -> Any:
        if isinstance(kind, type) and made_here(kind):
            for name, value in values.items():
                if type(name) is str and not name.startswith("_"):
                    setattr(kind, name, value)
        return kind

    return mark


def _listed(names: Any) -> list[Any]:
    return [names] if isinstance(names, str) else list(names)


def _data(*values: Any) -> Callable[[Any], Any]:
    """Give a test one argument, as the package `ddt` does; `unpack` beside it makes several of it."""

    def rows(test: Any) -> list[Row]:
        several = _UNPACKED in vars(test)
        return [_by_place(test, each if several else (each,)) for each in values]

    return _marking(rows)


def _unpack(test: Any) -> Any:
    if is_own_function(test):
        setattr(test, _UNPACKED, True)
        given = [next(iter(each.values())) for each in vars(test).get(ROWS, ())]
        vars(test).update({ROWS: [_by_place(test, each) for each in given]} if given else {})
    return test


_UNPACKED = "__unpacked__"


def _example(*placed: Any, **named: Any) -> Callable[[Any], Any]:
    """Add one row to a test, as `hypothesis.example` does."""

    def mark(test: Any) -> Any:
        if is_own_function(test):
            row = {**_by_place(test, placed), **named}
            setattr(test, ROWS, [*vars(test).get(ROWS, ()), row])
        return test

    return mark


def _fixture(function: Any = None, **options: Any) -> Any:
    """Note that a function is a fixture, and what was said of it."""
    if not is_own_function(function):
        return lambda made: _fixture(made, **options)
    setattr(function, FIXTURE, options)
    return function


_PARAMETERIZED = _Parameterized()
_PATCHING = {"patch": Unknown("mock.patch"), "Mock": Unknown("Mock"), "MagicMock": Unknown("MagicMock")}
TEST_TOOLS: dict[str, dict[str, Any]] = {
    "ddt": {"ddt": lambda kind: kind, "data": _data, "unpack": _unpack},
    "hypothesis": {"example": _example, "given": Unknown("hypothesis.given")},
    "parameterized": {
        "parameterized": _PARAMETERIZED,
        "param": _Given,
        "parameterized_class": _of_classes,
    },
    "pytest": {
        "mark": shelf("pytest.mark", {"parametrize": parametrize}),
        "param": _Given,
        "fixture": _fixture,
        "yield_fixture": _fixture,
        "raises": _raises,
        "warns": _raises,
    },
    "unittest": {"TestCase": TestCase, "main": _hold, "mock": shelf("unittest.mock", _PATCHING)},
    "unittest.case": {"TestCase": TestCase},
    "unittest.mock": _PATCHING,
}
"""Modules by their names."""
