"""Tests run for what they ask of the code: what they assert of the answers does not matter."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from bisect_ml.interpreter.machine import Module, Stopped
from bisect_ml.interpreter.modules import Modules
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
        with suppress(Exception, Stopped):
            test()
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
            with suppress(Exception, Stopped):
                yield from _rows(getattr(kind, name), module, (_set_up(kind),))


def _set_up(kind: type) -> Any:
    made = kind()
    for before in ("setUp", "setup_method", "setup"):
        if before in dir(kind):
            getattr(made, before)()
    return made


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
