"""`importlib.metadata.entry_points`: what the packages of the tree say that can be plugged in."""

import ast
import configparser
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from bisect_ml.interpreter.attributes import read
from bisect_ml.interpreter.machine import Exhausted, Frame
from bisect_ml.interpreter.toml import read_toml
from bisect_ml.interpreter.unknown import Unknown

_READ_IN_A_STEP = 16
_LONGEST = 100_000
_Declared = tuple[str, str, str]
"""A group, a name in it and what that leads to."""


class EntryPoint:
    """What a package gives to others under a name."""

    __slots__ = ("group", "name", "value")

    def __init__(self, name: Any = "", value: Any = "", group: Any = "") -> None:
        self.name, self.value, self.group = name, value, group

    @property
    def module(self) -> Any:
        """The name of the module that has it."""
        return self.value.partition(":")[0].strip()

    @property
    def attr(self) -> Any:
        """What it is called there."""
        return self.value.partition(":")[2].partition("[")[0].strip()

    def load(self) -> Any:
        """Stand for what is given the frame that it is called in."""
        return Unknown("an entry point")


class EntryPoints(tuple[EntryPoint, ...]):
    """Several of them, which earlier versions of Python have as a dictionary of groups."""

    __slots__ = ()

    def select(self, *, group: Any = None, name: Any = None) -> "EntryPoints":
        """Return those of a group, or of a name."""
        return EntryPoints(each for each in self if group in (None, each.group) and name in (None, each.name))

    def get(self, group: Any, default: Any = ()) -> Any:
        """Return those of a group."""
        return self.select(group=group) or default

    @property
    def groups(self) -> set[str]:
        """The groups of all."""
        return {each.group for each in self}

    @property
    def names(self) -> set[str]:
        """The names of all."""
        return {each.name for each in self}

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, str):
            return super().__getitem__(key)
        named = [each for each in self if each.name == key]
        if not named and key not in self.groups:
            raise KeyError(key)
        return named[0] if named else self.select(group=key)


def entry_points(**_: Any) -> Any:
    """Stand for what is given the frame that it is called in."""
    return Unknown("entry points")


def iter_entry_points(*_: Any, **__: Any) -> Any:
    """Stand for what is given the frame that it is called in."""
    return Unknown("entry points")


def _declared(frame: Frame, **wanted: Any) -> EntryPoints:
    """Return what the files at the top of the tree declare; what other packages do, nobody knows."""
    machine = frame.machine
    found: list[_Declared] = []
    for path, parts in _DECLARING.items():
        text = machine.texts.get(path)
        if text is None or len(text) > _LONGEST:
            continue
        machine.spend(1 + len(text) // _READ_IN_A_STEP)
        machine.opened.add(path)
        with suppress(SyntaxError, ValueError, RecursionError, MemoryError, configparser.Error, Exhausted):
            found += parts(text)
    every = (EntryPoint(name, value, group) for group, name, value in dict.fromkeys(found))
    return EntryPoints(every).select(**wanted)


def _of_setup(text: str) -> Iterator[_Declared]:
    """Yield what a call of `setup` is given as it stands there."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.keyword) and node.arg == "entry_points" and isinstance(node.value, ast.Dict):
            for key, value in zip(node.value.keys, node.value.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(value, ast.List | ast.Tuple):
                    whole = [each.value for each in value.elts if isinstance(each, ast.Constant)]
                    yield from _lines(str(key.value), map(str, whole))


def _of_config(text: str) -> Iterator[_Declared]:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(text)
    if parser.has_section("options.entry_points"):
        for group, lines in parser.items("options.entry_points"):
            yield from _lines(group, lines.splitlines())


def _of_project(text: str) -> Iterator[_Declared]:
    told = read_toml(text)
    places = (("project", "entry-points"), ("tool", "poetry", "plugins"))
    for groups in (_inside(told, place) for place in places):
        for group in groups:
            named = _inside(groups, [group])
            yield from ((group, name, value) for name, value in named.items() if isinstance(value, str))


def _inside(told: Any, names: Iterable[str]) -> Mapping[str, Any]:
    for name in names:
        told = told.get(name, {}) if isinstance(told, dict) else {}
    return told if isinstance(told, dict) else {}


def _lines(group: str, lines: Iterable[str]) -> Iterator[_Declared]:
    for line in lines:
        name, sign, value = line.partition("=")
        if sign:
            yield group, name.strip(), value.strip()


_DECLARING: dict[str, Callable[[str], Iterator[_Declared]]] = {
    "setup.py": _of_setup,
    "setup.cfg": _of_config,
    "pyproject.toml": _of_project,
}


def _loaded(frame: Frame, point: Any) -> Any:
    found: Any = frame.machine.find(point.module, str(frame.module.get("__file__", "")), 0)
    for name in filter(None, point.attr.split(".")):
        found = read(found, name)
    return found


METADATA: dict[str, Any] = {"entry_points": entry_points, "EntryPoint": EntryPoint}
"""The module `importlib.metadata`, as far as it computes."""
WITH_ENTRY_POINTS: dict[Any, Callable[..., Any]] = {
    entry_points: _declared,
    iter_entry_points: lambda frame, group, name=None: iter(_declared(frame, group=group, name=name)),
    EntryPoint.load: _loaded,
}
"""What is called in place of a function that needs to know the tree."""
