"""Values that can leave the code that made them: written down, and made again."""

import re
from typing import Any

from bisect_ml.interpreter.attributes import made_here
from bisect_ml.interpreter.unknown import Unknown

_LONGEST_TEXT = 3_000
_DEEPEST = 4
_PLAIN = (str, int, float, bool, bytes, type(None))
_CONTAINERS = (list, tuple, set, frozenset, dict)
_MOST_GIVEN = 200
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def is_portable(value: Any, depth: int = 0) -> bool:
    """Return whether a value consists of numbers, texts, containers, and objects of interpreted classes."""
    if isinstance(value, str | bytes):
        return len(value) <= _LONGEST_TEXT
    if type(value) in _PLAIN:
        return True
    if depth > _DEEPEST:
        return False
    if type(value) in _CONTAINERS:
        inner = [*value.keys(), *value.values()] if isinstance(value, dict) else list(value)
        return len(inner) <= _LONGEST_TEXT and all(is_portable(each, depth + 1) for each in inner)
    return _is_object(value) and is_portable(vars(value), depth + 1)


def copied(value: Any) -> Any:
    """Return a portable value again, which what is done to the first does not change."""
    if isinstance(value, dict):
        return {key: copied(each) for key, each in value.items()}
    if type(value) in _CONTAINERS:
        return type(value)(map(copied, value))
    if _is_object(value):
        again = object.__new__(type(value))
        vars(again).update(copied(vars(value)))
        return again
    return value


def written(value: Any, depth: int = 0) -> str:
    """Return a value as a text that is the same for the same values; unknowns stand in «guillemets»."""
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, Unknown):
        return f"«{value.key}»" if value.text is None else repr(value.text)
    if depth > _DEEPEST:
        return type(value).__name__
    if isinstance(value, dict):
        pairs = (f"{written(key, depth + 1)}: {written(each, depth + 1)}" for key, each in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, set | frozenset):
        return f"{{{', '.join(sorted(written(each, depth + 1) for each in value))}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(written(each, depth + 1) for each in value)}]"
    if hasattr(value, "__next__"):
        given = (each for each, _ in zip(value, range(_MOST_GIVEN), strict=False))
        return f"[{', '.join(written(each, depth + 1) for each in given)}]"
    if not made_here(type(value)):
        return _ADDRESS.sub("", repr(value))
    told = repr(value)
    if _is_object(value) and vars(object)["__repr__"] is type(value).__repr__:
        told = f"{type(value).__name__}{written(vars(value), depth + 1)}"
    return told if value else f"{told}, which is false"


def _is_object(value: Any) -> bool:
    """Return whether a value is an object of an interpreted class that derives from no built-in one."""
    kind = type(value)
    return made_here(kind) and kind.__new__ is vars(object)["__new__"] and hasattr(value, "__dict__")
