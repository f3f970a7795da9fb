"""Tests run for what they ask of the code: what they assert of the answers does not matter."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from bisect_ml.interpreter.machine import Module, Stopped
from bisect_ml.interpreter.modules import Modules
from bisect_ml.interpreter.standard import STANDARD, shelf
from bisect_ml.interpreter.unknown import Unknown

_STEPS_A_TEST = 20_000
_MOST_ROWS = 12


def run_tests(modules: Modules, path: str, until: Callable[[], bool]) -> None:
    """Run the tests of a file, each within its own budget, whatever becomes of them, until there are enough.

    Functions and methods that are named `test…` are run as pytest and unittest would: once for each row of
    `parametrize`, with fixtures that the file itself defines. Other fixtures are unknown.
    """
    machine = modules.machine
    whole = machine.left
    machine.forgiven.add(path)
    try:
        module = modules.at(path)
    except Stopped:
        return
    spent = whole - machine.left
    for test in _tests(module):
        machine.left = min(_STEPS_A_TEST, whole - spent)
        given = machine.left
        if given <= 0 or until():
            break
        try:
            test()
        except (Exception, Stopped):
            pass
        spent += given - max(machine.left, 0)
    machine.left = max(whole - spent, 0)


def _tests(module: Module) -> Iterator[Any]:
    for name, value in list(module.names.items()):
        if isinstance(value, type) and "test" in name.lower():
            yield from _methods(value, module)
        elif name.startswith("test") and callable(value) and not isinstance(value, Unknown):
            yield from _rows(value, module, ())


def _methods(kind: type, module: Module) -> Iterator[Any]:
    for name in dir(kind):
        if name.startswith("test"):
            try:
                made = kind()
                for before in ("setUp", "setup_method", "setup"):
                    if before in dir(kind):
                        getattr(made, before)()
            except (Exception, Stopped):
                continue
            yield from _rows(getattr(kind, name), module, (made,))


def _rows(test: Any, module: Module, own: tuple[Any, ...]) -> Iterator[Any]:
    rows = getattr(test, "__rows__", [{}])
    for row in rows[:_MOST_ROWS]:
        yield lambda row=row: test(*own, **_filled(test, module, row, len(own)))


def _filled(test: Any, module: Module, row: dict[str, Any], own: int) -> dict[str, Any]:
    """Return the arguments of a test: those of its row, and what fixtures give for the others."""
    names = getattr(test, "__parameters__", ())[own:]
    return {name: row[name] if name in row else _fixture(name, module) for name in names}


def _fixture(name: str, module: Module) -> Any:
    made = module.names.get(name)
    if made is None or isinstance(made, Unknown) or not callable(made):
        return Unknown(f"fixture {name}")
    value = made(
        **{each: _fixture(each, module) for each in getattr(made, "__parameters__", ()) if each != name}
    )
    return next(value) if hasattr(value, "__next__") else value


class _Row:
    """A row of `parametrize` that is written as `pytest.param`."""

    def __init__(self, *values: Any, **_: Any) -> None:
        self.values = values


def _parametrize(names: Any, rows: Any, **_: Any) -> Any:
    """Note the rows of a test, as `pytest.mark.parametrize` does; several multiply."""
    listed = [each.strip() for each in names.split(",")] if isinstance(names, str) else list(names)
    made = []
    for row in list(rows):
        alone = isinstance(names, str) and len(listed) == 1
        values = row.values if isinstance(row, _Row) else (row,) if alone else row
        made.append(dict(zip(listed, values, strict=False)))

    def mark(test: Any) -> Any:
        before = getattr(test, "__rows__", [{}])
        test.__rows__ = [{**old, **new} for new in made for old in before]
        return test

    return mark


@contextmanager
def _raises(*_: Any, **__: Any) -> Iterator[None]:
    with suppress(Exception):
        yield


PYTEST: dict[str, Any] = {
    "mark": shelf("pytest.mark", {"parametrize": _parametrize}),
    "param": _Row,
    "fixture": Unknown("pytest.fixture"),
    "raises": _raises,
}
"""The module `pytest`, as far as tests need it to be run."""
STANDARD["pytest"] = PYTEST
