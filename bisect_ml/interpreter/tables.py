"""Tables of names, written as texts, and functions that take the place of methods."""

from collections.abc import Callable
from typing import Any


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


def plain(name: Any) -> str:
    """Return a name as a text of Python's own: one of a class of its own may compare itself as it likes.

    Raises:
        TypeError: It is no text.
    """
    if not issubclass(type(name), str):
        raise TypeError("attribute name must be string")
    return str.__str__(name)


def bound(function: Callable[..., Any], owner: Any, name: str) -> Callable[..., Any]:
    """Return a function as a method of an object, with the name that the method has."""

    def method(*args: Any, **kwargs: Any) -> Any:
        return function(owner, *args, **kwargs)

    method.__name__ = name
    vars(method)["__self__"] = owner
    return method
