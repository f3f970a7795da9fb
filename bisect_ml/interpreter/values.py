"""Values that can leave the code that made them: written down, and made again."""

from typing import Any

from bisect_ml.interpreter.attributes import made_here
from bisect_ml.interpreter.limits import weigh
from bisect_ml.interpreter.machine import Exhausted, Machine, Module
from bisect_ml.interpreter.order import anonymous
from bisect_ml.interpreter.unknown import Unknown

_LONGEST_TEXT = 3_000
_DEEPEST = 4
_PLAIN = (str, int, float, bool, bytes, type(None))
_CONTAINERS = (list, tuple, set, frozenset, dict)
_MOST_GIVEN = 200
_MOST_WRITTEN = 20_000


def is_portable(value: Any) -> bool:
    """Return whether a value consists of numbers, texts, containers, and objects of interpreted classes."""
    stack, count = [(value, 0)], 0
    while stack:
        at, depth = stack.pop()
        count += 1
        if count > _LONGEST_TEXT:
            return False
        if isinstance(at, str | bytes):
            if len(at) > _LONGEST_TEXT:
                return False
        elif type(at) not in _PLAIN:
            inner = _inside(at)
            if inner is None or depth > _DEEPEST or len(inner) > _LONGEST_TEXT:
                return False
            stack.extend((each, depth + 1) for each in inner)
    return True


def _inside(value: Any) -> list[Any] | None:
    """Return what a container or an object holds; None of what is neither."""
    if type(value) in _CONTAINERS:
        return [*value.keys(), *value.values()] if isinstance(value, dict) else list(value)
    return list(vars(value).values()) if _is_object(value) else None


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


def written(value: Any) -> str:
    """Return a value as a text that is the same for the same values; unknowns stand in «guillemets».

    Raises:
        Exhausted: The text would be too long.
    """
    # What nobody has counted is counted here: Python writes a tree of shared objects down to its end.
    weigh(Machine(_nowhere, left=_MOST_WRITTEN), value)
    return _Writer().written(value, 0)


def _nowhere(name: str, _: str, __: int) -> Module:
    raise ModuleNotFoundError(name)


class _Writer:
    """Writes a value down, as long as it has not too many parts."""

    def __init__(self) -> None:
        self._left = _MOST_WRITTEN

    def written(self, value: Any, depth: int) -> str:
        """Return a value, so deep in another, as a text."""
        self._left -= 1
        if self._left < 0:
            raise Exhausted
        if isinstance(value, float):
            return f"{value:.12g}"
        if isinstance(value, Unknown):
            return f"«{value.key}»" if value.text is None else repr(value.text)
        if depth > _DEEPEST:
            return type(value).__name__
        if isinstance(value, dict):
            pairs = [
                (self.written(key, depth + 1), self.written(each, depth + 1)) for key, each in value.items()
            ]
            return f"{{{', '.join(f'{key}: {each}' for key, each in pairs)}}}"
        if isinstance(value, set | frozenset):
            return f"{{{', '.join(sorted(self.written(each, depth + 1) for each in value))}}}"
        if isinstance(value, list | tuple):
            return f"[{', '.join(self.written(each, depth + 1) for each in value)}]"
        if hasattr(value, "__next__"):
            given = (each for each, _ in zip(value, range(_MOST_GIVEN), strict=False))
            return f"[{', '.join(self.written(each, depth + 1) for each in given)}]"
        return self._of_object(value, depth)

    def _of_object(self, value: Any, depth: int) -> str:
        if not made_here(type(value)):
            return anonymous(repr(value))
        told = anonymous(repr(value))
        if _is_object(value) and vars(object)["__repr__"] is type(value).__repr__:
            told = f"{type(value).__name__}{self.written(vars(value), depth + 1)}"
        return told if value else f"{told}, which is false"


def _is_object(value: Any) -> bool:
    """Return whether a value is an object of an interpreted class that derives from no built-in one."""
    kind = type(value)
    return made_here(kind) and kind.__new__ is vars(object)["__new__"] and hasattr(value, "__dict__")
