"""Values written down, as those who compare and show them need them."""

from collections.abc import Iterator
from typing import Any

from bisect_ml.interpreter.binding import made_here
from bisect_ml.interpreter.held import is_held
from bisect_ml.interpreter.limits import weigh
from bisect_ml.interpreter.machine import Exhausted, Machine, Module
from bisect_ml.interpreter.order import anonymous
from bisect_ml.interpreter.portable import is_object
from bisect_ml.interpreter.unknown import Unknown

_DEEPEST = 4
_MOST_GIVEN = 200
_MOST_WRITTEN = 20_000


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
        if is_held(value):
            return self.written(value.plain(), depth)
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
        if issubclass(type(value), Iterator):
            given = (each for each, _ in zip(value, range(_MOST_GIVEN), strict=False))
            return f"[{', '.join(self.written(each, depth + 1) for each in given)}]"
        return self._of_object(value, depth)

    def _of_object(self, value: Any, depth: int) -> str:
        if not made_here(type(value)):
            return anonymous(repr(value))
        told = anonymous(repr(value))
        if is_object(value) and vars(object)["__repr__"] is type(value).__repr__:
            told = f"{type(value).__name__}{self.written(vars(value), depth + 1)}"
        return told if value else f"{told}, which is false"
