"""The arguments of tests: what rows say, and what fixtures give for the others."""

import types
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from bisect_ml.interpreter.binding import is_own_function
from bisect_ml.interpreter.machine import Module
from bisect_ml.interpreter.test_tools import FIXTURE, ROWS, TOLD, Row
from bisect_ml.interpreter.unknown import Unknown

_MOST_ROWS = 24
_DEEPEST = 12


class Fixtures:
    """The fixtures that the tests of a file may use.

    Args:
        modules: The file itself and those named `conftest.py` around it, the nearest first.
    """

    def __init__(self, modules: Sequence[Module]) -> None:
        self._modules = modules
        self._kept: dict[str, Any] = {}

    def rows(self, test: Any, kind: type | None) -> list[Row]:
        """Return what a test is run for: some of its rows, with what its fixtures are told."""
        own = vars(test).get(ROWS) or [{}]
        around: list[Row] = (vars(kind).get(ROWS) if kind else None) or [{}]
        told = [[{f"{TOLD}{name}": each} for each in values] for name, values in self._told(test, kind)]
        found = list(_some(own, _MOST_ROWS))
        for more in (around, *told):
            found = [{**old, **new} for old, new in product(found, list(_some(more, _MOST_ROWS)))]
            found = list(_some(found, _MOST_ROWS))
        return found

    def arguments(self, test: Any, row: Mapping[str, Any], own: Any = None) -> Row:
        """Return the arguments of a test, a method of `own` if that is given."""
        asking = _Asking(self, row, own)
        for name in self._always():
            asking.value(name)
        taken = vars(test).get("__parameters__", ())
        wanted = [*_needed(test, bound=own is not None), *(each for each in row if each in taken)]
        return {name: asking.value(name) for name in wanted}

    def named(self, name: str, own: Any) -> Any:
        """Return a fixture; None where nobody has it, or it is no function."""
        found = getattr(type(own), name, None) if own is not None else None
        if found is None:
            found = next((each.names[name] for each in self._modules if name in each.names), None)
        return found if found is None or is_own_function(found) else None

    def kept(self, name: str) -> Any:
        """Return what a fixture gave for all tests of the file; None where it is made for each."""
        return self._kept.get(name)

    def keep(self, name: str, value: Any) -> None:
        """Keep what a fixture gave for all tests."""
        self._kept[name] = value

    def _always(self) -> Iterator[str]:
        for module in self._modules:
            for name, value in list(module.names.items()):
                if is_own_function(value) and vars(value).get(FIXTURE, {}).get("autouse") is True:
                    yield name

    def _told(self, test: Any, kind: type | None) -> Iterator[tuple[str, list[Any]]]:
        """Yield the fixtures that a test needs, directly or through others, and that have parameters."""
        waiting, seen = list(_needed(test, bound=kind is not None)), set()
        while waiting:
            name = waiting.pop()
            found = None if name in seen else self.named(name, None)
            seen.add(name)
            if found is None:
                continue
            waiting += _needed(found, bound=False)
            parameters = vars(found).get(FIXTURE, {}).get("params")
            if isinstance(parameters, list | tuple):
                yield name, [getattr(each, "values", (each,))[0] for each in parameters]


class _Asking:
    """One run of a test, for which every fixture gives one value."""

    def __init__(self, fixtures: Fixtures, row: Mapping[str, Any], own: Any) -> None:
        self._fixtures, self._row, self._own = fixtures, row, own
        self._values: Row = {}
        self._depth = 0

    def value(self, name: str) -> Any:
        """Return what stands in the row or what the fixture of that name gives; else it is unknown."""
        if name in self._row:
            return self._row[name]
        if name not in self._values:
            self._values[name] = self._made(name)
        return self._values[name]

    def _made(self, name: str) -> Any:
        kept = self._fixtures.kept(name)
        if kept is not None:
            return kept
        found = self._fixtures.named(name, self._own)
        if found is None or self._depth >= _DEEPEST:
            return Unknown(f"fixture {name}")
        self._depth += 1
        given = {each: self._given(each, name) for each in _needed(found, bound=False)}
        made = found(**given)
        value = next(made) if hasattr(made, "__next__") else made
        self._depth -= 1
        if vars(found).get(FIXTURE, {}).get("scope") in {"session", "module", "package", "class"}:
            self._fixtures.keep(name, value)
        return value

    def _given(self, name: str, asker: str) -> Any:
        if name == "self":
            return self._own
        if name == "request" and f"{TOLD}{asker}" in self._row:
            return types.SimpleNamespace(param=self._row[f"{TOLD}{asker}"])
        return Unknown(f"fixture {name}") if name == asker else self.value(name)


def _needed(function: Any, *, bound: bool) -> list[str]:
    """Return the parameters of a function that have no value of their own."""
    names = vars(function).get("__parameters__", ())[int(bound) :]
    optional = vars(function).get("__optional__", ())
    return [each for each in names if each not in optional]


def _some(values: Sequence[Any], most: int) -> Iterator[Any]:
    """Yield values, evenly taken from all where they are too many."""
    count = min(most, len(values))
    yield from (values[place * len(values) // count] for place in range(count))
