"""`JSON`."""

import json
import math
import re
from typing import Any

from bisect_ml.interpreter.machine import Exhausted
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.conversions import clamped, number, text
from bisect_ml.javascript.library.defining import Definer
from bisect_ml.javascript.numbers import number_text
from bisect_ml.javascript.objects import TAG, UNDEFINED, JSArray, JSFunction, JSObject, Symbol
from bisect_ml.javascript.properties import call, get, listed_keys, put
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.tokens import halved
from bisect_ml.javascript.values import at, bounded, error_of, made_object, type_error

_DEEPEST = 100
_PLAIN = re.compile(r'[^"\\\x00-\x1f\ud800-\udfff]*')


def read(source: str) -> Any:
    """Return the value that a text of JSON tells.

    Raises:
        Thrown: It is none.
    """
    try:
        return _value(json.loads(source, parse_int=float, parse_constant=_refuse))
    except (ValueError, RecursionError):
        raise error_of("SyntaxError", "Unexpected token in JSON") from None


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _value(found: Any) -> Any:
    if isinstance(found, dict):
        return made_object({halved(key): _value(each) for key, each in found.items()})
    if isinstance(found, list):
        return JSArray([_value(each) for each in found])
    return halved(found) if isinstance(found, str) else found


def _revived(holder: Any, key: str, function: Any) -> Any:
    NOW.machine.spend()
    value = get(holder, key)
    if isinstance(value, JSObject):
        for each in listed_keys(value):
            new = _revived(value, each, function)
            if new is UNDEFINED:
                value.drop(each)
            else:
                put(value, each, new)
    return call(function, holder, [key, value])


def _parse(_: Any, args: list[Any]) -> Any:
    if type(at(args, 0)) is Unknown and args[0].text is None:
        return Unknown(f"JSON.parse({args[0].key})")
    found = read(text(at(args, 0)))
    if isinstance(at(args, 1), JSFunction):
        return _revived(made_object({"": found}), "", args[1])
    return found


def quoted(value: str) -> str:
    """Return a text in quotes."""
    if _PLAIN.fullmatch(value):
        return f'"{value}"'
    listed = json.dumps(value, ensure_ascii=False)
    return re.sub(r"[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]", _escaped, listed)


def _escaped(found: "re.Match[str]") -> str:
    return f"\\u{ord(found[0]):04x}"


class _Writer:
    def __init__(self, replacer: Any, indent: str) -> None:
        self.replace = replacer if isinstance(replacer, JSFunction) else None
        self.allowed = [text(each) for each in replacer.items] if isinstance(replacer, JSArray) else None
        self.indent = indent
        self.open: list[Any] = []

    def write(self, holder: Any, key: str) -> str | None:
        NOW.machine.spend()
        value = get(holder, key)
        if isinstance(value, JSObject | int) and not isinstance(value, bool):
            convert = get(value, "toJSON")
            if isinstance(convert, JSFunction):
                value = call(convert, value, [key])
        if self.replace:
            value = call(self.replace, holder, [key, value])
        return self._written(value)

    def _written(self, value: Any) -> str | None:
        if isinstance(value, JSObject) and value.kind in {"Number", "String", "Boolean"}:
            value = (
                text(value)
                if value.kind == "String"
                else number(value)
                if value.kind == "Number"
                else value.inner
            )
        if type(value) is str:
            return quoted(value)
        if type(value) is float:
            return number_text(value) if math.isfinite(value) else "null"
        if value is None or type(value) is bool:
            return {None: "null", True: "true", False: "false"}[value]
        if type(value) is Unknown:
            return quoted(str(value))
        if type(value) is int:
            raise type_error("Do not know how to serialize a BigInt")
        if not isinstance(value, JSObject) or isinstance(value, JSFunction | Symbol):
            return None
        return self._nested(value)

    def _nested(self, value: JSObject) -> str:
        if any(each is value for each in self.open):
            raise type_error("Converting circular structure to JSON")
        if len(self.open) > _DEEPEST:
            raise Exhausted
        self.open.append(value)
        try:
            if isinstance(value, JSArray) and value.kind == "Array":
                parts = [self.write(value, str(place)) or "null" for place in range(len(value.items))]
                return self._joined(parts, "[]")
            keys = listed_keys(value) if self.allowed is None else self.allowed
            written = [(key, self.write(value, key)) for key in keys]
            colon = ": " if self.indent else ":"
            return self._joined(
                [f"{quoted(key)}{colon}{each}" for key, each in written if each is not None], "{}"
            )
        finally:
            self.open.pop()

    def _joined(self, parts: list[str], brackets: str) -> str:
        if not parts:
            return brackets
        if not self.indent:
            return bounded(f"{brackets[0]}{','.join(parts)}{brackets[1]}")
        outer = "\n" + self.indent * (len(self.open) - 1)
        between = f",{outer}{self.indent}"
        return bounded(f"{brackets[0]}{outer}{self.indent}{between.join(parts)}{outer}{brackets[1]}")


def write(value: Any, replacer: Any = UNDEFINED, space: Any = UNDEFINED) -> str | None:
    """Return a value as a text of JSON; None where there is none."""
    indent = ""
    if type(space) is float:
        indent = " " * clamped(space, 0, 10)
    elif type(space) is str:
        indent = space[:10]
    return _Writer(replacer, indent).write(made_object({"": value}), "")


def _stringify(_: Any, args: list[Any]) -> Any:
    found = write(at(args, 0), at(args, 1), at(args, 2))
    return UNDEFINED if found is None else found


def install(define: Definer) -> None:
    """Add `JSON` to a run."""
    holder = made_object()
    define.values(define.holder, {"JSON": holder})
    define.methods(holder, {"parse": _parse, "stringify": _stringify})
    define.values(holder, {TAG: "JSON"})
    NOW.read_json, NOW.write_json = read, write
