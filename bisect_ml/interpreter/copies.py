"""`copy` without its hooks into pickling, through which code could have objects of Python itself changed."""

import collections
import dataclasses
from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.binding import made_here
from bisect_ml.interpreter.held import is_held

_PARTS: dict[type, Callable[[Any, Callable[[Any], Any]], Any]] = {
    list: lambda value, inner: list(map(inner, value)),
    tuple: lambda value, inner: tuple(map(inner, value)),
    set: lambda value, inner: set(map(inner, value)),
    frozenset: lambda value, inner: frozenset(map(inner, value)),
    collections.deque: lambda value, inner: collections.deque(map(inner, value), value.maxlen),
}


def copied(value: Any) -> Any:
    """Return a shallow copy, as `copy.copy` does."""
    kind = type(value)
    if is_held(value):
        return value.again()
    if made_here(kind):
        return value.__copy__() if hasattr(kind, "__copy__") else _again(value, lambda each: each)
    if kind in _PARTS:
        return _PARTS[kind](value, lambda each: each)
    return value.copy() if isinstance(value, dict | bytearray) else value


def deeply(value: Any, memo: dict[int, Any] | None = None) -> Any:
    """Return a deep copy, as `copy.deepcopy` does."""
    memo = {} if memo is None else memo
    if id(value) in memo:
        return memo[id(value)]
    kind = type(value)

    def inner(each: Any) -> Any:
        return deeply(each, memo)

    if is_held(value):
        made = value.again()
    elif made_here(kind):
        made = value.__deepcopy__(memo) if hasattr(kind, "__deepcopy__") else _again(value, inner, memo)
    elif kind is list:
        made = memo[id(value)] = []
        made.extend(map(inner, value))
    elif kind in _PARTS:
        made = _PARTS[kind](value, inner)
    elif isinstance(value, dict):
        made = memo[id(value)] = value.copy()
        made.clear()
        made.update((inner(key), inner(each)) for key, each in value.items())
    else:
        made = value.copy() if kind is bytearray else value
    memo[id(value)] = made
    # What was copied must outlive the copying: another object at its address would be taken for it.
    memo.setdefault(-1, []).append(value)
    return made


def _again(value: Any, inner: Callable[[Any], Any], memo: dict[int, Any] | None = None) -> Any:
    """Return an object of an interpreted class again, with what it holds."""
    kind = type(value)
    if isinstance(kind, type) and hasattr(kind, "__members__"):
        return value
    if isinstance(value, BaseException):
        return value
    made = _empty(value, inner)
    if memo is not None:
        memo[id(value)] = made
    for name, each in getattr(value, "__dict__", {}).items():
        made.__dict__[name] = inner(each)
    for owner in kind.__mro__:
        slots = vars(owner).get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if type(name) is str and name[:2] != "__" and hasattr(value, name):
                object.__setattr__(made, name, inner(getattr(value, name)))
    return made


def _empty(value: Any, inner: Callable[[Any], Any]) -> Any:
    """Return an object of the same class, with what it holds as a text, a number or a container."""
    kind = type(value)
    built_in: Any
    for built_in in (list, tuple, dict, set, frozenset, str, int, float, bytes):
        if not isinstance(value, built_in):
            continue
        if built_in is dict:
            made = dict.__new__(kind)
            dict.update(made, {inner(key): inner(each) for key, each in value.items()})
            return made
        held = _PARTS[built_in](value, inner) if built_in in _PARTS else built_in(value)
        made = built_in.__new__(kind, held)
        if built_in in (list, set):
            built_in.__init__(made, held)
        return made
    return object.__new__(kind)


def as_dict(value: Any, *, dict_factory: Callable[[Any], Any] = dict) -> Any:
    """Return the fields of an object of a data class by their names, as `dataclasses.asdict` does."""
    return _fields(value, dict_factory)


def as_tuple(value: Any, *, tuple_factory: Callable[[Any], Any] = tuple) -> Any:
    """Return the fields of an object of a data class, as `dataclasses.astuple` does."""
    return _fields(value, lambda pairs: tuple_factory([each for _, each in pairs]))


def _fields(value: Any, made: Callable[[Any], Any]) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return made(
            [(each.name, _fields(getattr(value, each.name), made)) for each in dataclasses.fields(value)]
        )
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*[_fields(each, made) for each in value])
    if isinstance(value, list | tuple):
        return type(value)(_fields(each, made) for each in value)
    if isinstance(value, dict):
        return type(value)((_fields(key, made), _fields(each, made)) for key, each in value.items())
    return deeply(value)
