"""Formatting and other methods of texts that could read attributes or grow without bound, made safe."""

import re
import string
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bisect_ml.interpreter.limits import LARGEST, fitting, must_multiply
from bisect_ml.interpreter.machine import Exhausted
from bisect_ml.interpreter.order import anonymous, as_told
from bisect_ml.interpreter.unknown import Unknown

_STEPS = re.compile(r"[^.\[]*")
_STEP = re.compile(r"\.([^.\[]+)|\[([^\]]*)\]")
_FIELD = re.compile(r"%(?:\([^)]*\))?([^a-zA-Z%]*)[a-zA-Z%]")


class Formatter(string.Formatter):
    """Formats as `str.format` does, but reads attributes only as code may read them.

    Args:
        read: Reads an attribute.
    """

    def __init__(self, read: Callable[[Any, str], Any]) -> None:
        self._read = read
        self._size = 0
        self._unnamed = 0

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """Return the value of a field, and what named it."""
        found = _STEPS.match(field_name)
        first = found[0] if found else ""
        if not first:
            first, self._unnamed = str(self._unnamed), self._unnamed + 1
        key = int(first) if first.isdigit() else first
        value = self.get_value(key, args, kwargs)
        for name, index in _STEP.findall(field_name[len(found[0]) if found else 0 :]):
            value = self._read(value, name) if name else value[int(index) if index.isdigit() else index]
        return value, key

    def convert_field(self, value: Any, conversion: Any) -> Any:
        """Return what a field becomes before it is formatted."""
        return anonymous(super().convert_field(as_told(value), conversion)) if conversion else value

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return the text of a field."""
        text = formatted(value, format_spec)
        self._size += len(text)
        if self._size > LARGEST:
            raise Exhausted
        return text


def must_be_narrow(specification: Any) -> None:
    """Refuse to format to an endless width.

    Raises:
        Exhausted: The format asks for too many characters.
    """
    if isinstance(specification, str):
        for digits in re.findall(r"\d+", specification):
            if len(digits) > len(str(LARGEST)) or int(digits) > LARGEST:
                raise Exhausted


def formatted(value: Any, specification: str = "") -> str:
    """Return a value as `format` writes it, unless it would be endless."""
    must_be_narrow(specification)
    if isinstance(value, Unknown):
        return str(value)
    try:
        return anonymous(fitting(format(as_told(value), specification)))
    except ValueError:
        if "unknown" in specification:
            return str(value)
        raise


def percent(text: Any, values: Any) -> Any:
    """Return a text with its `%` fields filled, unless it would be endless."""
    kept = text if isinstance(text, str) else text.decode("latin-1")
    fields = _FIELD.findall(kept)
    if any("*" in each or len(each) > len(str(LARGEST)) for each in fields):
        raise Exhausted
    listed = (
        values if isinstance(values, tuple) else values.values() if isinstance(values, dict) else (values,)
    )
    longest = max((len(each) for each in listed if isinstance(each, str | bytes | list | tuple)), default=0)
    must_multiply(len(fields), longest)
    given = tuple(map(as_told, values)) if type(values) is tuple else as_told(values)
    filled = fitting(text % given)
    return anonymous(filled) if isinstance(filled, str) else filled


def _replaced(text: Any, old: Any, new: Any, *count: Any) -> Any:
    if isinstance(new, str | bytes):
        must_multiply(1 + (len(text) if not old else text.count(old)), len(new))
    return text.replace(old, new, *count)


def _translated(text: str, table: Any) -> str:
    if type(table) is not dict:
        return _asked_for_each(text, table)
    values = table.values() if isinstance(table, dict) else ()
    must_multiply(len(text), max((len(each) for each in values if isinstance(each, str)), default=1))
    return text.translate(table)


def _asked_for_each(text: str, table: Any) -> str:
    """Translate by a table of which nobody knows what it holds before it is asked."""
    parts, size = [], 0
    for each in text:
        parts.append(each.translate(table))
        size += len(parts[-1])
        if size > LARGEST:
            raise Exhausted
    return "".join(parts)


def _joined(separator: Any, values: Any) -> Any:
    parts = list(values)
    sizes = [len(each) for each in parts if isinstance(each, str | bytes | bytearray | Unknown)]
    if sum(sizes) + len(separator) * len(parts) > LARGEST:
        raise Exhausted
    return separator.join(parts)


def _widened(method: str) -> Callable[..., Any]:
    def widen(text: Any, width: Any = 8, *rest: Any, **named: Any) -> Any:
        tabs = 1 + text.count("\t") if method == "expandtabs" else 1
        if isinstance(width, int) and width * tabs > LARGEST:
            raise Exhausted
        return getattr(text, method)(width, *rest, **named)

    return widen


_OF_BOTH: dict[str, Callable[..., Any]] = {
    "replace": _replaced,
    "join": _joined,
    "__mod__": percent,
    **{name: _widened(name) for name in ("ljust", "rjust", "center", "zfill", "expandtabs")},
}
TEXT_METHODS: dict[type, dict[str, Callable[..., Any]]] = {
    str: {**_OF_BOTH, "translate": _translated},
    bytes: _OF_BOTH,
    bytearray: _OF_BOTH,
}
"""What replaces methods of texts: functions that are given the text first."""
