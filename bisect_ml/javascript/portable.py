"""Values that can leave the run that made them: as plain values of Python, and written down."""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bisect_ml.interpreter.machine import Unsupported
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.library.regexps import make, pattern_of
from bisect_ml.javascript.numbers import number_text
from bisect_ml.javascript.objects import MISSING, UNDEFINED, JSArray, JSFunction, JSObject, Slot, Symbol
from bisect_ml.javascript.properties import construct, get, listed_keys
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.values import Thrown, made_object

_LONGEST_TEXT, _MOST_GIVEN = 3_000, 200
_DEEPEST = 4
_MOST_TEXTS = 2
_FURTHER = (1234.5678, "src/some-file.js", 0.25, "Hello, World!")


class NotPortableError(Exception):
    """A value that only the run has that made it."""


class Foreign:
    """A value that Python has no like of: undefined, a date, a regular expression, or an object of a class.

    Attributes:
        kind: `undefined`, `date`, `regexp`, `map`, `set`, `unknown` or `object`.
        value: What it is made of again: of an object the file and the name of its class, and what it holds.
    """

    __slots__ = ("kind", "value")

    def __init__(self, kind: str, value: Any = None) -> None:
        self.kind, self.value = kind, value

    def __repr__(self) -> str:
        if self.kind == "regexp":
            return f"/{self.value[0]}/{self.value[1]}"
        if self.kind == "object":
            return f"{self.value[1]} {told(self.value[2])}"
        if self.kind in {"map", "set"}:
            shown = [told(key if self.kind == "set" else [key, each]) for key, each in self.value]
            return f"new {self.kind.title()}([{', '.join(shown)}])"
        if self.kind == "unknown":
            return str(self.value[0])
        return self.kind if self.value is None else f"new Date({number_text(self.value)})"


def taken_out(value: Any, depth: int = 0) -> Any:
    """Return a value that is no longer of its run.

    Raises:
        NotPortableError: It cannot be without it.
    """
    if value is UNDEFINED:
        return Foreign("undefined")
    if isinstance(value, str):
        if len(value) > _LONGEST_TEXT:
            raise NotPortableError
        return value
    if value is None or isinstance(value, float | int):
        return value
    if depth and type(value) is Unknown:
        return Foreign("unknown", (value.key, value.text))
    if depth > _DEEPEST or not isinstance(value, JSObject) or isinstance(value, JSFunction):
        raise NotPortableError
    if isinstance(value, JSArray) and value.kind in {"Array", "Arguments"}:
        if len(value.items) > _LONGEST_TEXT:
            raise NotPortableError
        return [taken_out(each, depth + 1) for each in value.items]
    pattern = pattern_of(value)
    if pattern is not None:
        return Foreign("regexp", (pattern.source, pattern.flags))
    if value.kind == "Date":
        return Foreign("date", value.inner)
    if value.kind in {"Map", "Set"}:
        pairs = [[taken_out(part, depth + 1) for part in pair] for pair in value.inner.values()]
        return Foreign(value.kind.lower(), pairs)
    if value.kind != "Object":
        raise NotPortableError
    if value.proto is not NOW.object_proto and value.proto is not None:
        return _object_taken_out(value, depth)
    return {key: taken_out(get(value, key), depth + 1) for key in listed_keys(value)}


def _object_taken_out(value: JSObject, depth: int) -> Foreign:
    held = value.proto.own("constructor") if isinstance(value.proto, JSObject) else MISSING
    maker = held.value if type(held) is Slot else held
    if not isinstance(maker, JSFunction) or maker.code is None or not maker.name:
        raise NotPortableError
    inside: dict[Any, Any] = {}
    for key, each in value.props.items():
        if type(each) is Slot and each.is_accessor:
            raise NotPortableError
        inside[key] = taken_out(each.value if type(each) is Slot else each, depth + 1)
    return Foreign("object", (maker.code.place[0], maker.name, inside))


Maker = Callable[[str, str], JSFunction | None]
"""Returns the class of a file and a name."""


def put_in(value: Any, maker: Maker) -> Any:
    """Return a value that was taken out of one run as one of the run that is under way.

    Raises:
        Unsupported: It is an object of a class that this run does not have.
    """
    if isinstance(value, Foreign):
        return _foreign_put_in(value, maker)
    if isinstance(value, list):
        return JSArray([put_in(each, maker) for each in value])
    if isinstance(value, dict):
        return made_object({key: put_in(each, maker) for key, each in value.items()})
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53:
        return float(value)
    return value


def _foreign_put_in(value: Foreign, maker: Maker) -> Any:
    if value.kind == "undefined":
        return UNDEFINED
    if value.kind == "regexp":
        return make(*value.value)
    if value.kind == "date":
        return JSObject(NOW.date_proto, "Date", value.value)
    if value.kind == "unknown":
        return Unknown(*value.value)
    if value.kind in {"map", "set"}:
        pairs = [[put_in(part, maker) for part in pair] for pair in value.value]
        listed = [pair[0] if value.kind == "set" else JSArray(pair) for pair in pairs]
        return construct(get(NOW.globals, value.kind.title()), [JSArray(listed)])
    path, name, inside = value.value
    function = maker(path, name)
    proto = get(function, "prototype") if function is not None else None
    if not isinstance(proto, JSObject):
        raise Unsupported
    made = JSObject(proto)
    for key, each in inside.items():
        held = put_in(each, maker)
        made.props[key] = Slot(held) if str(key).startswith("#") else held
    return made


def told(value: Any) -> str:
    """Return a value that was taken out as JavaScript writes it."""
    if isinstance(value, str):
        return repr(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float | int):
        return number_text(float(value))
    if isinstance(value, list):
        return f"[{', '.join(map(told, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {told(each)}' for key, each in value.items())}}}"
    return repr(value)


def answered(value: Any, methods: tuple[str, ...] = (), texts: Sequence[str] = ()) -> str:
    """Return what a call gave as a text; of a function, what it gives to some values in turn.

    Of an object it is also what its own `toString` gives, and some methods of it to no arguments: what it
    holds may be hidden in them. What is made of a pattern mostly refuses other texts, but takes the pattern.

    Args:
        value: What the call gave.
        methods: What an object is asked.
        texts: The texts that the call was given, which a function is asked as well.
    """
    is_function = isinstance(value, JSFunction) and (
        value.plain or (value.code is not None and value.construct is None)
    )
    if is_function:
        return f"function {[_asked(value, each) for each in (*_FURTHER, *texts[:_MOST_TEXTS])]}"
    return written(value) + "".join(_of_methods(value, methods))


def _of_methods(value: Any, methods: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(value, JSObject) or value.kind != "Object":
        return
    for name in dict.fromkeys(("toString", *methods)):
        method = get(value, name)
        if isinstance(method, JSFunction) and method.code is not None:
            yield f" {name} {_asked(method, on=value)}"


def _asked(function: JSFunction, *values: Any, on: Any = UNDEFINED) -> str:
    try:
        return written(function.invoke(on, list(values)))
    except Thrown as error:
        return error_name(error.value)


def error_name(value: Any) -> str:
    """Return the kind of an error that was thrown."""
    found = get(value, "name") if isinstance(value, JSObject) else UNDEFINED
    return found if isinstance(found, str) else "value"


def written(value: Any, depth: int = 0, above: tuple[Any, ...] = ()) -> str:
    """Return a value as a text that is the same for the same values."""
    if isinstance(value, float):
        return f"{value:.12g}" if math.isfinite(value) else number_text(value)
    if isinstance(value, Unknown):
        return value.key if value.text is None else repr(value.text)
    if isinstance(value, str):
        return repr(value)
    if isinstance(value, Symbol):
        return f"Symbol({value.description})"
    if not isinstance(value, JSObject):
        return (
            {True: "true", False: "false", None: "null"}[value]
            if value is None or isinstance(value, bool)
            else repr(value)
        )
    if depth > _DEEPEST or any(each is value for each in above):
        return "…"
    NOW.machine.spend()
    return _object_written(value, depth, (*above, value))


def _object_written(value: JSObject, depth: int, above: tuple[Any, ...]) -> str:
    if isinstance(value, JSFunction):
        return f"function {value.name}"
    if isinstance(value, JSArray):
        listed = [written(each, depth + 1, above) for each in value.items[:_MOST_GIVEN]]
        return f"[{', '.join(listed)}{_properties(value, depth, above)}]"
    pattern = pattern_of(value)
    if pattern is not None:
        return f"/{pattern.source}/{pattern.flags}"
    if value.kind == "Date":
        return f"Date({number_text(value.inner)})"
    if value.kind in {"Map", "Set", "WeakMap", "WeakSet"}:
        pairs = ", ".join(
            f"{written(key, depth + 1, above)}: {written(each, depth + 1, above)}"
            for key, each in list(value.inner.values())[:_MOST_GIVEN]
        )
        return f"{value.kind}({pairs})"
    if value.kind == "Python Iterator":
        given = [
            written(each, depth + 1, above) for each, _ in zip(value.inner, range(_MOST_GIVEN), strict=False)
        ]
        return f"iterator [{', '.join(given)}]"
    if value.kind == "Promise":
        failed, inner = value.inner
        return f"{'broken' if failed else 'kept'} promise of {written(inner, depth + 1, above)}"
    if value.kind == "Error":
        return f"{error_name(value)}: {written(get(value, 'message'), depth + 1, above)}"
    if value.kind in {"String", "Number", "Boolean"}:
        return f"{value.kind}({written(value.inner, depth + 1, above)})"
    return f"{_name_of(value)}{{{_properties(value, depth, above).removeprefix(', ')}}}"


def _name_of(value: JSObject) -> str:
    proto = value.proto
    if proto is None or proto is NOW.object_proto or not isinstance(proto, JSObject):
        return ""
    held = proto.own("constructor")
    maker = held.value if type(held) is Slot else held
    return f"{maker.name} " if isinstance(maker, JSFunction) else ""


def _properties(value: JSObject, depth: int, above: tuple[Any, ...]) -> str:
    """Return the listed properties, those of arrays beside their items."""
    shown: list[str] = []
    for key, held in list(value.props.items())[:_MOST_GIVEN]:
        if type(held) is Slot and (held.is_accessor or not (held.enumerable or str(key).startswith("#"))):
            continue
        name = key if isinstance(key, str) else f"[{key.description}]"
        inner = held.value if type(held) is Slot else held
        if inner is not MISSING:
            shown.append(f"{name}: {written(inner, depth + 1, above)}")
    # What comes first matters to few, and commits that move lines change it.
    return "".join(f", {each}" for each in sorted(shown))
