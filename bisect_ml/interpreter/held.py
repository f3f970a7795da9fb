"""Values of packages that compute, each in a shell of ours: no interpreted code sees what is inside."""

from typing import Any

from bisect_ml.interpreter.machine import Machine, Unsupported

_SEALED: list[bool] = []


class Held:
    """A shell. Python's own operators and functions meet its methods; code reads what `attribute` gives."""

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        # Whoever derives from a shell could put something else inside.
        if _SEALED:
            raise Unsupported

    def attribute(self, name: str) -> Any:
        """Return an attribute, as far as code may read it.

        Raises:
            AttributeError: What is inside has none of that name.
        """
        raise AttributeError(name)

    def plain(self) -> Any:
        """Return what is inside as a number, a text, or lists of these."""
        return type(self).__name__

    def start(self) -> Any:
        """Return the same, but of many values the first alone."""
        return self.plain()

    def size_told(self) -> int | None:
        """Return how many values are inside; None of what cannot be given to another version of the code."""
        return None

    def again(self, _: Machine | None = None) -> Any:
        """Return the same once more, for the run that pays for it from then on."""
        return self


def seal() -> None:
    """Allow no more classes of shells."""
    _SEALED.append(True)


def class_of(value: Any) -> type:
    """Return the class of a value, but `object` where that is of a class of classes of its own.

    Such a class may say that it is equal to any other, has the hash of any other, and derives from any other.
    """
    kind = type(value)
    return kind if type(kind) is type else object


def is_held(value: Any) -> bool:
    """Return whether a value is a shell; what it says of its class does not matter."""
    return issubclass(class_of(value), Held)
