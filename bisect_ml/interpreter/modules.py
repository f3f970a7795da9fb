"""Modules of a source tree, and how code finds them."""

import ast
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from bisect_ml.interpreter.compiling import statement
from bisect_ml.interpreter.held import is_held
from bisect_ml.interpreter.library import library_name, library_path, library_text
from bisect_ml.interpreter.machine import Execute, Exhausted, Frame, Machine, Module, Unsupported
from bisect_ml.interpreter.mangling import mangle
from bisect_ml.interpreter.module_names import PACKAGE, dotted, named
from bisect_ml.interpreter.packages import PACKAGES
from bisect_ml.interpreter.portable import named_in
from bisect_ml.interpreter.scopes import Scope, bound_in
from bisect_ml.interpreter.shelves import Shelf, Volume, shelf
from bisect_ml.interpreter.standard import STANDARD
from bisect_ml.interpreter.unknown import Unknown

_CODE = ".py"
# A file of the tree that is named like a module of the standard library is not what is meant by its parts.
_SHADOWED = frozenset(STANDARD)
_PRIVATE = re.compile(r"\b__\w*[^\W_]\w*")


class Modules:
    """The modules of a source tree; each is run when it is first asked for.

    Args:
        sources: Texts of Python files by their paths, and of others that these may open.
    """

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = {path: text for path, text in sources.items() if path.endswith(_CODE)}
        self._paths, self._folders = named(frozenset(self._sources))
        self._loaded: dict[str, Module] = {}
        self._made: dict[str, Module] = {}
        self._by_name: dict[str, Module] = {}
        self._library: dict[str, Module] = {}
        self._tables: dict[str, dict[str, Any]] = {}
        self._arrays: dict[str, dict[str, Any]] = {}
        self._failed: set[str] = set()
        self._is_loading = False
        self.machine = Machine(self.find, texts=sources, run=self._run_again)

    @property
    def loaded(self) -> frozenset[str]:
        """The files that were run or opened so far."""
        return frozenset(self._loaded) | self.machine.opened

    def source(self, path: str) -> str:
        """Return the text of a file of Python."""
        return self._sources[path]

    def at(self, path: str) -> Module:
        """Return the module of a file.

        Raises:
            Unsupported: The file cannot be parsed.
            Exhausted: The budget is spent.
        """
        name = dotted(path, self._sources)
        # As Python does: packages first, which may well ask for the module themselves.
        above = name.rpartition(".")[0]
        while above and above not in self._paths:
            above = above.rpartition(".")[0]
        if above and self._paths[above] not in self._loaded:
            self.at(self._paths[above])
        if path in self._failed:
            raise Exhausted
        if path not in self._loaded:
            names: dict[str, Any] = {
                "__name__": name,
                "__file__": path,
                "__package__": name if path.endswith(PACKAGE) else name.rpartition(".")[0],
            }
            self._loaded[path] = self._by_name[name] = Module(names)
            with self._budget(path):
                self._run(path, self._sources[path], names)
            package, _, last = name.rpartition(".")
            around = self._paths.get(package)
            if around in self._loaded:
                self._loaded[around].names.setdefault(last, self._loaded[path])
        return self._loaded[path]

    @contextmanager
    def _budget(self, path: str) -> Iterator[None]:
        """Have a module pay from what is there for loading; one that is not loaded to its end is none."""
        machine, outer, is_first = self.machine, self.machine.left, not self._is_loading
        if is_first and machine.to_load is not None:
            machine.left = machine.to_load
        self._is_loading = True
        try:
            yield
        except Exhausted:
            if machine.to_load is not None:
                self._failed.add(path)
            raise
        finally:
            if is_first and machine.to_load is not None:
                machine.to_load, machine.left = max(machine.left, 0), outer
            self._is_loading = not is_first

    def successor(self, value: Any) -> Any:
        """Return what has the name of a class or a function of another version here; itself if nothing.

        An array is copied, for this run to pay for.
        """
        if is_held(value):
            return value.again(self.machine)
        path = self._paths.get(value.__module__) if isinstance(value.__module__, str) else None
        try:
            found = named_in(self.at(path).names, value.__qualname__) if path else None
        except Unsupported:
            return value
        return found if isinstance(found, type) is isinstance(value, type) and callable(found) else value

    def around(self, path: str, name: str) -> list[str]:
        """Return the files of a name in the folder of a file and in those around it, the nearest first."""
        folders = PurePosixPath(path).parents
        return [each for each in ((folder / name).as_posix() for folder in folders) if each in self._sources]

    def find(self, name: str, asker: str, level: int) -> Module:
        """Return a module by its name: of the tree, of the standard library, or one that nobody knows.

        Raises:
            ImportError: It would be in the tree, and is not.
        """
        volume = library_name(asker)
        if volume is not None:
            return self._within_library(name, volume, level)
        if level:
            return self._relative(name, asker, level)
        path = self._paths.get(name)
        if path is not None:
            found = self.at(path)
            package, _, last = name.rpartition(".")
            if package in self._paths or package in self._folders:
                self.find(package, asker, 0).names.setdefault(last, found)
            return found
        if name in self._folders:
            return self._folder(name)
        top = name.partition(".")[0]
        if top not in _SHADOWED and (top in self._paths or top in self._folders):
            raise ModuleNotFoundError(f"No module named {name!r}")
        return self._from_outside(name)

    def _from_outside(self, name: str) -> Module:
        """Return a module that the tree does not have."""
        if name == "sys":
            return shelf(name, {**STANDARD[name], "modules": self._by_name})
        names = STANDARD.get(name) or PACKAGES.get(name) or self._of_numpy(name)
        if name not in self._tables:
            self._tables[name] = {key: list(each) for key, each in names.items() if type(each) is list}
        known = {**names, **self._tables[name]}
        text = library_text(name)
        if text is None:
            return shelf(name, known)
        return Volume(name, known, lambda: self._read(name, text)) if names else self._read(name, text)

    def _within_library(self, name: str, asker: str, level: int) -> Module:
        """Return a module that one of the standard library asks for.

        Raises:
            ImportError: It is written in C, to be quicker than what asks for it.
        """
        if level:
            around = asker.split(".")
            name = ".".join([*around[: len(around) - level], name]).rstrip(".")
        found = self._from_outside(name)
        if name.startswith("_") and isinstance(found, Shelf) and len(found.names) == 1:
            raise ModuleNotFoundError(f"No module named {name!r}")
        return found

    def _read(self, name: str, text: str) -> Module:
        """Return a module of the standard library whose text is read."""
        if name not in self._library:
            path = library_path(name)
            names: dict[str, Any] = {"__name__": name, "__package__": name}
            self._library[name] = Module(names)
            with self._budget(path):
                self._run(path, text, names)
            above, _, last = name.rpartition(".")
            if above:
                self._from_outside(above).names.setdefault(last, self._library[name])
        if library_path(name) in self._failed:
            raise Exhausted
        return self._library[name]

    def _run_again(self, path: str, names: dict[str, Any]) -> None:
        """Run the text of a module with other names than it has as a module.

        Raises:
            Unsupported: Nobody knows the text.
        """
        name = library_name(path)
        text = library_text(name) if name else self._sources.get(path)
        if text is None:
            raise Unsupported
        self.machine.enter((path, 0))
        try:
            self._run(path, text, names)
        finally:
            self.machine.depth -= 1

    def _run(self, path: str, text: str, names: dict[str, Any]) -> None:
        frame = Frame(self.machine, names, names)
        for run, bound in compiled(path, text):
            self.machine.spend()
            _tolerantly(run, frame, bound)

    def _of_numpy(self, name: str) -> dict[str, Any]:
        """Return what is known of a module of numpy, which takes its time to load; nothing of others."""
        if name.partition(".")[0] != "numpy":
            return {}
        if not self._arrays:
            from bisect_ml.interpreter.arrays.room import modules_for

            self._arrays = modules_for(self.machine)
        return self._arrays.get(name, {})

    def _folder(self, name: str) -> Module:
        """Return the module of a folder that is no package, within those of the folders around it."""
        if name not in self._made:
            self._made[name] = Module({"__name__": name})
            around, _, last = name.rpartition(".")
            if around:
                self._folder(around).names[last] = self._made[name]
        return self._made[name]

    def _relative(self, name: str, asker: str, level: int) -> Module:
        folders = [each.as_posix() for each in PurePosixPath(asker).parents]
        if level > len(folders):
            raise ImportError("attempted relative import beyond top-level package")
        base = "" if folders[level - 1] == "." else f"{folders[level - 1]}/"
        stem = base + name.replace(".", "/") if name else base.rstrip("/")
        path = next((each for each in (f"{stem}.py", f"{stem}/{PACKAGE}") if each in self._sources), None)
        if path is None and stem.replace("/", ".") not in self._folders:
            raise ModuleNotFoundError(f"No module named {stem!r}")
        found = self.at(path) if path else self._folder(stem.replace("/", "."))
        package = f"{base}{PACKAGE}"
        if name and "." not in name and package in self._loaded:
            self._loaded[package].names.setdefault(name, found)
        return found


def _tolerantly(run: Execute, frame: Frame, bound: frozenset[str]) -> None:
    """Run a statement of a module; what it would have bound is unknown where it fails."""
    try:
        run(frame)
    except Exhausted:
        raise
    except (Exception, Unsupported):  # noqa: BLE001 - code may raise anything
        for name in bound:
            frame.module.setdefault(name, Unknown(f"{frame.module['__name__']}.{name}"))


@lru_cache(maxsize=512)
def compiled(path: str, text: str) -> tuple[tuple[Execute, frozenset[str]], ...]:
    """Return the statements of a file, compiled, with the names that each binds.

    Raises:
        Unsupported: The file cannot be parsed.
    """
    try:
        with warnings.catch_warnings():
            # What Python thinks of the style of the code is no business of who runs this.
            warnings.simplefilter("ignore")
            body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Unsupported from error
    if _PRIVATE.search(text):
        mangle(body)
    scope = Scope(kind="module", path=path)
    return tuple((statement(each, scope), bound_in([each])[0]) for each in body)
