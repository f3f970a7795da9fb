"""Node's `fs`, which sees the files of the tree and nothing else, and changes none."""

import posixpath
from collections.abc import Callable, Mapping
from typing import Any

from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.library.paths import within
from bisect_ml.javascript.objects import UNDEFINED, Invoke, JSArray, JSFunction, JSObject
from bisect_ml.javascript.promises import settled
from bisect_ml.javascript.values import Thrown, at, bounded, error_of, made_object, native

_SILENT = ("writeFile", "mkdir", "unlink", "rm", "rmdir", "appendFile", "copyFile")
Noted = Callable[[str], None]
"""Is told of each file that is read."""


class Files:
    """The module `fs` of a tree.

    Args:
        sources: Texts of files by their paths.
        noted: Is told of each file that is read.
    """

    def __init__(self, sources: Mapping[str, str], noted: Noted) -> None:
        self._sources, self._noted = sources, noted
        self._folders: dict[str, set[str]] = {}

    def module(self) -> JSObject:
        """Return what `require("fs")` gives."""
        made, later = made_object(), made_object()
        made.proto = later.proto = Unknown("fs")
        table: dict[str, Invoke] = {
            "readFile": self._read,
            "readdir": self._listed,
            "stat": self._told,
            "lstat": self._told,
            "access": self._told,
            "exists": self._exists,
            "realpath": lambda _, args: f"/{within(at(args, 0))}",
            **dict.fromkeys(_SILENT, lambda *_: UNDEFINED),
        }
        for name, run in table.items():
            made.props[f"{name}Sync"] = native(f"{name}Sync", 1, run)
            made.props[name] = native(name, 2, _called_back(run))
            later.props[name] = native(name, 1, _promised(run))
        made.props["promises"] = later
        made.props["default"] = made
        return made

    def promised(self) -> JSObject:
        """Return what `require("fs/promises")` gives."""
        found: JSObject = self.module().props["promises"]
        found.props["default"] = found
        return found

    def _read(self, _: Any, args: list[Any]) -> Any:
        if type(at(args, 0)) is Unknown:
            return Unknown(f"file {args[0].key}")
        path = within(at(args, 0))
        if path not in self._sources:
            raise _missing("open", path)
        self._noted(path)
        return bounded(self._sources[path])

    def _listed(self, _: Any, args: list[Any]) -> Any:
        if type(at(args, 0)) is Unknown:
            return Unknown(f"folder {args[0].key}")
        path = within(at(args, 0))
        names = self._all_folders().get(path)
        if names is None:
            raise _missing("scandir", path)
        return JSArray(sorted(names))

    def _exists(self, _: Any, args: list[Any]) -> bool:
        path = within(at(args, 0))
        return path in self._sources or path in self._all_folders()

    def _told(self, this: Any, args: list[Any]) -> JSObject:
        path = within(at(args, 0))
        if not self._exists(this, args):
            raise _missing("stat", path)
        is_file = path in self._sources
        return made_object(
            {
                "isFile": native("isFile", 0, lambda *_: is_file),
                "isDirectory": native("isDirectory", 0, lambda *_: not is_file),
                "size": float(len(self._sources.get(path, ""))),
            }
        )

    def _all_folders(self) -> dict[str, set[str]]:
        """Return the names in each folder."""
        if not self._folders:
            for path in self._sources:
                inside = path
                while inside:
                    folder, name = posixpath.split(inside)
                    self._folders.setdefault(folder, set()).add(name)
                    inside = folder
        return self._folders


def _missing(what: str, path: str) -> Thrown:
    error = error_of("Error", f"ENOENT: no such file or directory, {what} '/{path}'")
    error.value.props["code"] = "ENOENT"
    return error


def _called_back(run: Invoke) -> Invoke:
    def call_back(this: Any, args: list[Any]) -> Any:
        then = args[-1] if args and isinstance(args[-1], JSFunction) else None
        try:
            given = [None, run(this, args)]
        except Thrown as error:
            given = [error.value]
        return then.invoke(UNDEFINED, given) if then is not None else UNDEFINED

    return call_back


def _promised(run: Invoke) -> Invoke:
    def promise(this: Any, args: list[Any]) -> Any:
        try:
            return settled(run(this, args))
        except Thrown as error:
            return settled(error.value, failed=True)

    return promise
