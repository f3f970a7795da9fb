"""Modules of a source tree, and how code finds them."""

import ast
from collections.abc import Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from bisect_ml.interpreter.compiling import statement
from bisect_ml.interpreter.machine import Execute, Exhausted, Frame, Machine, Module, Unsupported
from bisect_ml.interpreter.scopes import Scope, bound_in
from bisect_ml.interpreter.standard import STANDARD, shelf
from bisect_ml.interpreter.unknown import Unknown

_PACKAGE = "__init__.py"


class Modules:
    """The modules of a source tree; each is run when it is first asked for.

    Args:
        sources: Texts of Python files by their paths.
    """

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._paths = {dotted(path, sources): path for path in sorted(sources, key=len, reverse=True)}
        self._loaded: dict[str, Module] = {}
        self.machine = Machine(self.find)

    @property
    def loaded(self) -> frozenset[str]:
        """The files that were run so far."""
        return frozenset(self._loaded)

    def at(self, path: str) -> Module:
        """Return the module of a file.

        Raises:
            Unsupported: The file cannot be parsed.
            Exhausted: The budget is spent.
        """
        if path not in self._loaded:
            name = dotted(path, self._sources)
            names: dict[str, Any] = {
                "__name__": name,
                "__file__": path,
                "__package__": name.rpartition(".")[0],
            }
            self._loaded[path] = Module(names)
            frame = Frame(self.machine, names, names)
            for run, bound in compiled(path, self._sources[path]):
                self.machine.spend()
                _tolerantly(run, frame, bound)
        return self._loaded[path]

    def find(self, name: str, asker: str, level: int) -> Module:
        """Return a module by its name: of the tree, of the standard library, or one that nobody knows."""
        if level:
            folder = PurePosixPath(asker).parents[level - 1].as_posix()
            base = "" if folder == "." else f"{folder}/"
            stem = base + name.replace(".", "/") if name else base.rstrip("/")
            path = next(
                (each for each in (f"{stem}.py", f"{stem}/{_PACKAGE}") if each in self._sources), None
            )
            return self.at(path) if path else shelf(stem.replace("/", "."), {})
        path = self._paths.get(name)
        if path is not None:
            found = self.at(path)
            package, _, last = name.rpartition(".")
            if package in self._paths:
                self.find(package, asker, 0).names.setdefault(last, found)
            return found
        return shelf(name, STANDARD.get(name, {}))


def dotted(path: str, sources: Mapping[str, str]) -> str:
    """Return the name by which a file is imported: from the outermost folder that is a package on."""
    at = PurePosixPath(path)
    parts = [] if at.name == _PACKAGE else [at.stem]
    folder = at.parent
    while folder.name and f"{folder}/{_PACKAGE}" in sources:
        parts.append(folder.name)
        folder = folder.parent
    return ".".join(reversed(parts))


def _tolerantly(run: Execute, frame: Frame, bound: frozenset[str]) -> None:
    """Run a statement of a module; what it would have bound is unknown where it fails."""
    try:
        run(frame)
    except Exhausted:
        raise
    except (Exception, Unsupported):
        for name in bound:
            frame.module.setdefault(name, Unknown(f"{frame.module['__name__']}.{name}"))


@lru_cache(maxsize=512)
def compiled(path: str, text: str) -> tuple[tuple[Execute, frozenset[str]], ...]:
    """Return the statements of a file, compiled, with the names that each binds.

    Raises:
        Unsupported: The file cannot be parsed.
    """
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Unsupported from error
    scope = Scope(kind="module", path=path)
    return tuple((statement(each, scope), bound_in([each])[0]) for each in body)
