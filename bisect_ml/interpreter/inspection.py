"""What code may learn about modules, classes and functions: names, members and parameters."""

import inspect
import types
from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.attributes import read, unshared
from bisect_ml.interpreter.binding import is_own_function, made_here
from bisect_ml.interpreter.files import absolute
from bisect_ml.interpreter.machine import Module, Unsupported
from bisect_ml.interpreter.portable import place_of
from bisect_ml.interpreter.shelves import EXISTING
from bisect_ml.interpreter.unknown import Unknown


def names_of(owner: Any) -> list[str]:
    """Return what `dir` gives."""
    return sorted(owner.names) if isinstance(owner, Module) else dir(owner)


def variables(owner: Any) -> Any:
    """Return what `vars` gives, of modules and of what interpreted code made.

    Raises:
        Unsupported: It is of something else, whose names all runs share.
    """
    if isinstance(owner, Module):
        return read(owner, "__dict__")
    if isinstance(owner, types.SimpleNamespace):
        return vars(owner)
    if not made_here(owner if isinstance(owner, type) else type(owner)):
        raise Unsupported
    return unshared(vars(owner))


def members(owner: Any, predicate: Callable[[Any], bool] | None = None) -> list[tuple[str, Any]]:
    """Return what `inspect.getmembers` gives."""
    found = []
    for name in names_of(owner):
        try:
            value = read(owner, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            found.append((name, value))
    return found


def _argument_names(function: Any) -> inspect.FullArgSpec:
    if isinstance(function, types.MethodType):
        function = function.__func__
    names = list(getattr(function, "__parameters__", ()))
    return inspect.FullArgSpec(names, None, None, None, [], None, {})


def _is_method(value: Any) -> bool:
    return isinstance(value, types.MethodType) and is_own_function(value.__func__)


def _file_of(value: Any) -> Any:
    """Return the path of the file that a function or a module stands in; of what else, nobody knows it."""
    if isinstance(value, Module):
        return value.names.get("__file__", Unknown("a file"))
    place = place_of(value)
    return Unknown("a file") if place is None else absolute(place[0])


INSPECTION: dict[str, Any] = {
    "getfullargspec": _argument_names,
    "getmembers": members,
    "getfile": _file_of,
    "getsourcefile": _file_of,
    "getdoc": lambda it: inspect.cleandoc(getattr(it, "__doc__", None) or "") or None,
    "cleandoc": inspect.cleandoc,
    "isfunction": is_own_function,
    "ismethod": _is_method,
    "isroutine": lambda it: (
        is_own_function(it) or _is_method(it) or isinstance(it, types.BuiltinFunctionType)
    ),
    "isclass": lambda it: isinstance(it, type),
    "isgenerator": lambda it: isinstance(it, types.GeneratorType),
    "ismodule": lambda it: isinstance(it, Module),
    "iscoroutinefunction": lambda _: False,
    "isawaitable": lambda it: hasattr(it, "__await__"),
}
"""The module `inspect`."""
EXISTING["inspect"] = frozenset(dir(inspect))
