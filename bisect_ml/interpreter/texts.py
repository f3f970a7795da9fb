"""Formatting and other methods of texts that could read attributes or grow without bound, made safe."""

import string
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bisect_ml.interpreter.machine import Exhausted, Unsupported

LARGEST = 200_000
"""Characters, or elements, that one value may have."""


class _Formatter(string.Formatter):
    """Formats as `str.format` does, but reads only attributes with plain names."""

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        if "._" in field_name:
            raise Unsupported
        return super().get_field(field_name, args, kwargs)

    def format_field(self, value: Any, format_spec: str) -> Any:
        return formatted(value, format_spec)


def formatted(value: Any, specification: str) -> str:
    """Return a value as `format` writes it, unless it would be endless."""
    digits = "".join(each if each.isdigit() else " " for each in specification).split()
    if any(int(each) > LARGEST for each in digits):
        raise Exhausted
    try:
        return format(value, specification)
    except ValueError:
        if "unknown" in specification:
            return str(value)
        raise


def percent(text: str | bytes, values: Any) -> Any:
    """Return a text with its `%` fields filled, unless it would be endless."""
    kept = text if isinstance(text, str) else text.decode("latin-1")
    digits = "".join(each if each.isdigit() else " " for each in kept).split()
    if any(len(each) > len(str(LARGEST)) for each in digits) or "*" in kept:
        raise Exhausted
    return text % values


def _bounded(method: str) -> Callable[[str], Callable[..., str]]:
    def of(text: str) -> Callable[..., str]:
        def call(width: int, *rest: Any) -> str:
            if width > LARGEST:
                raise Exhausted
            return str(getattr(text, method)(width, *rest))

        return call

    return of


def _replace(text: str) -> Callable[..., str]:
    def call(old: str, new: str, *count: int) -> str:
        if len(text) * (1 + len(new)) > 100 * LARGEST:
            raise Exhausted
        return text.replace(old, new, *count)

    return call


SAFE_TEXT_METHODS: dict[str, Callable[[str], Callable[..., Any]]] = {
    "format": lambda text: lambda *args, **kwargs: _Formatter().vformat(text, args, kwargs),
    "format_map": lambda text: lambda mapping: _Formatter().vformat(text, (), mapping),
    "replace": _replace,
    **{name: _bounded(name) for name in ("ljust", "rjust", "center", "zfill")},
}
