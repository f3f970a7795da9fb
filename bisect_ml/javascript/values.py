"""What is made of values: plain objects, natives, errors and what is thrown."""

from typing import Any

from bisect_ml.interpreter.machine import Exhausted
from bisect_ml.javascript.objects import (
    LONGEST_TEXT,
    UNDEFINED,
    Invoke,
    JSFunction,
    JSObject,
    Key,
    Slot,
    charge,
)
from bisect_ml.javascript.realm import NOW


class Thrown(Exception):  # noqa: N818 - `throw` throws any value
    """A value that code throws."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


def made_object(pairs: dict[Key, Any] | None = None) -> JSObject:
    """Return a plain object."""
    made = JSObject(NOW.object_proto)
    if pairs:
        made.props.update(pairs)
    return made


def error_of(kind: str, message: str) -> Thrown:
    """Return the exception of an error of a kind."""
    made = JSObject(NOW.errors[kind], "Error")
    made.props["stack"] = Slot(f"{kind}: {message}")
    made.props["message"] = Slot(message)
    return Thrown(made)


def type_error(message: str) -> Thrown:
    """Return the exception of a TypeError."""
    return error_of("TypeError", message)


def native(name: str, takes: int, invoke: Invoke) -> JSFunction:
    """Return a function that is written in Python."""
    return JSFunction(invoke, name, takes)


def bounded(text: str) -> str:
    """Return a text that is not too long.

    Raises:
        Exhausted: It is.
    """
    if len(text) > LONGEST_TEXT:
        raise Exhausted
    charge(len(text))
    return text


def at(args: list[Any], place: int) -> Any:
    """Return an argument, or undefined."""
    return args[place] if place < len(args) else UNDEFINED
