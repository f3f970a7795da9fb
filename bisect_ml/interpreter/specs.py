"""`importlib.util`: modules that code finds before it loads them, and loads as copies of its own."""

import pathlib
import types
from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.files import absolute
from bisect_ml.interpreter.library import library_path, library_text
from bisect_ml.interpreter.machine import Frame, Module, Unsupported
from bisect_ml.interpreter.shelves import Shelf
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.interpreter.within_frames import absolute_name


class Loader:
    """What runs a module.

    Args:
        path: Of its file in the tree, or what stands for that of a module of the standard library.
    """

    __slots__ = ("path",)

    def __init__(self, path: Any = None) -> None:
        self.path = path

    def exec_module(self, *_: Any) -> None:
        """Stand for what is given the frame that it is called in.

        Raises:
            Unsupported: Something else calls it.
        """
        raise Unsupported


def find_spec(name: Any, *_: Any, **__: Any) -> Any:
    """Stand for what is given the frame that it is called in."""
    return Unknown("importlib.util.find_spec")(name)


def _found(frame: Frame, name: Any, package: Any = None) -> Any:
    """Return what leads to a module: None if the tree lacks it, unknown if nobody knows the package."""
    if not isinstance(name, str):
        return find_spec(name)
    whole = absolute_name(name, package)
    if library_text(whole) is not None:
        return _spec(whole, library_path(whole))
    try:
        module = frame.machine.find(whole, str(frame.module.get("__file__", "")), 0)
    except ImportError:
        return None
    if isinstance(module, Shelf):
        return find_spec(name) if len(module.names) == 1 else _spec(whole, None)
    return _spec(whole, module.names.get("__file__"))


def _spec(name: str, path: Any) -> types.SimpleNamespace:
    return types.SimpleNamespace(name=name, origin=path, loader=Loader(path))


def _spec_of_file(name: Any, path: Any = None, **_: Any) -> Any:
    known = isinstance(name, str) and isinstance(path, str | pathlib.PurePath)
    return _spec(name, absolute(path).strip("/")) if known else Unknown("a module")


def _module_of(spec: Any) -> Any:
    """Return a module that holds nothing yet."""
    if type(spec) is not types.SimpleNamespace:
        return Unknown("a module")
    return Module({"__name__": spec.name, "__file__": spec.origin, "__spec__": spec})


def _executed(frame: Frame, loader: Any, module: Any) -> None:
    """Run the text of a module, with the names of a copy of it.

    Raises:
        Unsupported: It has no text that is read step by step.
    """
    if type(loader.path) is str and type(module) is Module:
        frame.machine.run(loader.path, module.names)
    elif not isinstance(module, Unknown):
        raise Unsupported


UTIL: dict[str, Any] = {
    "find_spec": find_spec,
    "module_from_spec": _module_of,
    "spec_from_file_location": _spec_of_file,
}
"""The module by its names."""
WITH_SPECS: dict[Any, Callable[..., Any]] = {find_spec: _found, Loader.exec_module: _executed}
"""What is called in place of a function that needs to know where it stands."""
