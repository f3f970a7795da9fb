"""Tests run for what they ask of the code: what they assert of the answers does not matter."""

import re
import types
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from bisect_ml.interpreter.binding import is_own_function, made_here
from bisect_ml.interpreter.fixtures import Fixtures
from bisect_ml.interpreter.machine import Module, Stopped
from bisect_ml.interpreter.modules import Modules
from bisect_ml.interpreter.portable import place_of

_FUNCTION = re.compile(r"\s*(?:async\s+)?def\s+(\w+)")
_STEPS_A_TEST = 20_000
_MOST_YIELDED = 30
_SET_UP = ("setUp", "setup_method", "setup")


def run_tests(modules: Modules, path: str, until: Callable[[], bool], names: Collection[str] = ()) -> None:
    """Run the tests of a file, each within its own budget, whatever becomes of them, until there are enough.

    Functions and methods that are named `test…` are run as pytest and unittest would: once for each of their
    rows, with the fixtures of the file and of the files `conftest.py` around it. Other fixtures are unknown.
    Those in whose text one of the `names` stands are run before all others.
    """
    machine = modules.machine
    whole = machine.left
    machine.forgiven.add(path)
    try:
        module = modules.at(path)
        fixtures = Fixtures([module, *_around(modules, path)])
    except Stopped:
        return
    spent = whole - machine.left
    naming = _naming(modules.source(path), names)
    tests = (test for are_first in (True, False) for test in _tests(module, fixtures, naming, are_first))
    for test in tests:
        machine.left, machine.depth = min(_STEPS_A_TEST, whole - spent), 0
        given = machine.left
        if given <= 0 or until():
            break
        with suppress(Exception, Stopped):
            test()
        spent += given - max(machine.left, 0)
    machine.left = max(whole - spent, 0)


def _around(modules: Modules, path: str) -> Iterator[Module]:
    for each in modules.around(path, "conftest.py"):
        with suppress(Exception):
            yield modules.at(each)


def _naming(source: str, names: Collection[str]) -> frozenset[int | str]:
    """Return where functions begin in whose text one of the names stands, and what they are called.

    A decorator may put another function in the place of one, which begins on another line.
    """
    found = set[int | str]()
    begins: tuple[int | str, ...] = ()
    for number, line in enumerate(source.splitlines(), 1):
        if function := _FUNCTION.match(line):
            begins = number, function[1]
        if any(name in line for name in names):
            found.update(begins)
    return frozenset(found)


def _tests(
    module: Module, fixtures: Fixtures, naming: Collection[int | str], are_first: bool
) -> Iterator[Callable[[], None]]:
    """Yield the tests that begin in one of some lines or are called so, or all others."""

    def is_chosen(name: str, test: Any) -> bool:
        return (_line(test) in naming or name in naming) is are_first

    for name, value in list(module.names.items()):
        if isinstance(value, type):
            if made_here(value) and ("test" in name.lower() or hasattr(value, "assertEqual")):
                chosen = [each for name, each in _methods(value) if is_chosen(name, each)]
                yield from _of_class(value, chosen, fixtures)
        elif name.startswith("test") and is_own_function(value) and is_chosen(name, value):
            yield from (partial(_run_function, value, fixtures, row) for row in fixtures.rows(value, None))


def _line(test: Any) -> int:
    place = place_of(test)
    return place[1] if place else 0


def _methods(kind: type) -> Iterator[tuple[str, Any]]:
    for name in dir(kind):
        found = vars(kind).get(name) or getattr(kind, name, None)
        test = found.__func__ if isinstance(found, staticmethod | classmethod) else found
        if name.startswith("test") and is_own_function(test):
            yield name, test


def _of_class(kind: type, methods: Sequence[Any], fixtures: Fixtures) -> Iterator[Callable[[], None]]:
    if methods:
        yield lambda: _for_all(kind)
    for test in methods:
        yield from (partial(_run_method, kind, test, fixtures, row) for row in fixtures.rows(test, kind))


def _for_all(kind: type) -> None:
    for before in ("setUpClass", "setup_class"):
        found = getattr(kind, before, None)
        if isinstance(found, types.MethodType):
            found()


def _run_function(test: Any, fixtures: Fixtures, row: dict[str, Any]) -> None:
    _run(test, fixtures.arguments(test, row))


def _run_method(kind: type, test: Any, fixtures: Fixtures, row: dict[str, Any]) -> None:
    own = kind()
    for before in _SET_UP:
        found = getattr(own, before, None)
        if isinstance(found, types.MethodType):
            found(*([test] if before == "setup_method" and _takes_one(found) else []))
    bound = vars(test).get("__parameters__", ())[:1] == ("self",)
    given = fixtures.arguments(test, row, own if bound else None)
    _run(types.MethodType(test, own) if bound else test, given)


def _takes_one(method: Any) -> bool:
    return len(getattr(method, "__parameters__", ())) > 1


def _run(test: Any, given: dict[str, Any]) -> None:
    made = test(**given)
    if not hasattr(made, "__next__"):
        return
    # As nose has it: a test may yield others, with their arguments.
    for each, _ in zip(made, range(_MOST_YIELDED), strict=False):
        if isinstance(each, tuple) and each and callable(each[0]):
            with suppress(Exception):
                each[0](*each[1:])
