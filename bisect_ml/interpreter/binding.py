"""What interpreted code made, and what it may bind there: values that all runs share stay as they are."""

import collections
import types
from typing import Any

from bisect_ml.interpreter.machine import Module, Unsupported
from bisect_ml.interpreter.tables import plain, words
from bisect_ml.interpreter.unknown import Unknown

_NEVER_BOUND = words(
    "__class__ __bases__ __code__ __globals__ __closure__ __defaults__ __kwdefaults__ __del__ __reduce__ "
    "__reduce_ex__ __getstate__ __interpreted__ __parameters__ __optional__ __place__ __mro__ __builtins__"
)
_OF_FUNCTIONS = words(
    "__name__ __qualname__ __doc__ __module__ __wrapped__ __annotations__ __rows__ __signature__"
)


def made_here(kind: type) -> bool:
    """Return whether a class came out of interpreted code, or a class that it derives from did."""
    return "__interpreted__" in kind.__dict__ or any(
        "__interpreted__" in each.__dict__ for each in kind.__mro__
    )


def is_own_function(value: Any) -> bool:
    """Return whether interpreted code made a function."""
    return isinstance(value, types.FunctionType) and "__parameters__" in value.__dict__


def class_names(names: Any) -> Any:
    """Mark the names of a class as interpreted, without those that Python itself would call unasked."""
    for name in _NEVER_BOUND:
        if name in names and name not in {"__class__", "__doc__"}:
            del names[name]
    if any(type(name) is not str for name in names):
        raise Unsupported
    names["__interpreted__"] = True
    return names


def write(owner: Any, name: str, value: Any) -> None:
    """Bind an attribute of an object that interpreted code made."""
    name = plain(name)
    if type(owner) is Module:
        owner.names[name] = value
        return
    if type(owner) is Unknown:
        return
    if type(owner) is collections.defaultdict and name == "default_factory" and _is_cheap(value):
        owner.default_factory = value
        return
    must_be_own(owner, name)
    setattr(owner, name, value)


def _is_cheap(function: Any) -> bool:
    """Return whether Python may call a function without arguments unasked: it takes no time, or pays."""
    wrapped = isinstance(function, types.MethodWrapperType) and function.__name__ in {"__len__", "__next__"}
    return wrapped or is_own_function(function) or function in (None, int, float, str, list, dict, set, tuple)


def remove(owner: Any, name: str) -> None:
    """Delete an attribute of an object that interpreted code made."""
    name = plain(name)
    if type(owner) is Module:
        delattr(owner, name)
        return
    if type(owner) is Unknown:
        return
    must_be_own(owner, name)
    delattr(owner, name)


def must_be_own(owner: Any, name: str) -> None:
    """Values that all runs share, such as a class of the standard library, stay as they are."""
    if is_own_function(owner):
        own = name[:2] != "__" or name in _OF_FUNCTIONS
    else:
        own = isinstance(owner, types.SimpleNamespace | Unknown | BaseException) or made_here(
            owner if isinstance(owner, type) else type(owner)
        )
    if not own or name in _NEVER_BOUND:
        raise Unsupported
