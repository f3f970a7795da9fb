"""Values that can be given to another version of the code, in its own classes."""

import collections
import datetime
import decimal
import enum
import fractions
import re
import types
from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.binding import is_own_function, made_here
from bisect_ml.interpreter.held import is_held
from bisect_ml.interpreter.machine import Place
from bisect_ml.interpreter.unknown import Unknown

_LONGEST_TEXT = 3_000
_DEEPEST = 8
_PLAIN: frozenset[Any] = frozenset(
    {
        *(str, int, float, bool, bytes, complex, type(None), type(Ellipsis), range),
        *(datetime.date, datetime.datetime, datetime.time, datetime.timedelta, datetime.timezone),
        *(decimal.Decimal, fractions.Fraction, re.Pattern),
    }
)
_CONTAINERS = (list, tuple, set, frozenset, dict, collections.OrderedDict, collections.Counter)
_NAMES = (type, types.FunctionType, types.BuiltinFunctionType)
Successor = Callable[[Any], Any]
"""Takes a class or a function, and returns what has its name in another version of the code."""


def is_portable(value: Any) -> bool:
    """Return whether a value consists of plain values, containers, and objects of interpreted classes."""
    stack, count = [(value, 0)], 0
    while stack:
        at, depth = stack.pop()
        count += 1
        if count > _LONGEST_TEXT:
            return False
        if isinstance(at, str | bytes):
            if len(at) > _LONGEST_TEXT:
                return False
        elif is_held(at):
            size = at.size_told()
            count += _LONGEST_TEXT if size is None else size
        elif not _is_plain(at):
            inner = _inside(at)
            if inner is None or depth > _DEEPEST or len(inner) > _LONGEST_TEXT:
                return False
            stack.extend((each, depth + 1) for each in inner)
    return count <= _LONGEST_TEXT


def _is_plain(value: Any) -> bool:
    return type(value) in _PLAIN or isinstance(value, (*_NAMES, enum.Enum))


def _inside(value: Any) -> list[Any] | None:
    """Return what a container or an object holds; None of what is neither."""
    if type(value) in _CONTAINERS:
        return [*value.keys(), *value.values()] if isinstance(value, dict) else list(value)
    if is_object(value):
        return list(vars(value).values())
    return list(value) if _is_named_tuple(value) else None


def is_object(value: Any) -> bool:
    """Return whether a value is an object of an interpreted class that derives from no built-in one."""
    kind = type(value)
    return made_here(kind) and kind.__new__ is vars(object)["__new__"] and hasattr(value, "__dict__")


def _is_named_tuple(value: Any) -> bool:
    return isinstance(value, tuple) and hasattr(type(value), "_fields") and made_here(type(value))


def copied(value: Any, successor: Successor = lambda it: it) -> Any:
    """Return a portable value again, which what is done to the first does not change."""
    if is_held(value):
        made = successor(value)
        return value.again() if made is value else made
    if type(value) in _CONTAINERS:
        if isinstance(value, dict):
            pairs = [(copied(key, successor), copied(each, successor)) for key, each in value.items()]
            return type(value)(dict(pairs))
        return type(value)([copied(each, successor) for each in value])
    if isinstance(value, enum.Enum):
        kind = successor(type(value))
        return getattr(kind, value.name, value) if isinstance(kind, type) else value
    if is_object(value) or _is_named_tuple(value):
        return _again(value, successor(type(value)), successor)
    if isinstance(value, type | types.FunctionType):
        return successor(value) if made_here_or_own(value) else value
    return value


def _again(value: Any, kind: Any, successor: Successor) -> Any:
    """Return an object once more, of the class that is there for its own."""
    if not isinstance(kind, type) or not made_here(kind):
        kind = type(value)
    if isinstance(value, tuple):
        return tuple.__new__(kind, [copied(each, successor) for each in value])
    if kind.__new__ is not vars(object)["__new__"]:
        kind = type(value)
    again = object.__new__(kind)
    vars(again).update({name: copied(each, successor) for name, each in vars(value).items()})
    return again


def made_here_or_own(value: Any) -> bool:
    """Return whether a class or a function came out of interpreted code."""
    return made_here(value) if isinstance(value, type) else is_own_function(value)


def place_of(function: Any) -> Place | None:
    """Return where an interpreted function stands; None of what is none."""
    return vars(function)["__place__"] if is_own_function(function) else None


def named_in(names: dict[str, Any], qualified: str) -> Any:
    """Return what has a qualified name in a module; None where nothing has it, or nobody knows it."""
    found: Any = names.get(qualified.partition(".")[0])
    for each in qualified.split(".")[1:]:
        found = vars(found).get(each) if isinstance(found, type) else None
    return None if isinstance(found, Unknown) else found
