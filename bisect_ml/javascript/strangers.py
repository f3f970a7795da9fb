"""Unknown values, as JavaScript asks them."""

from typing import Any

from bisect_ml.interpreter.unknown import Unknown, note
from bisect_ml.javascript.objects import (
    ITERATOR,
    MISSING,
    UNDEFINED,
    JSArray,
    JSFunction,
    JSObject,
    Slot,
    Symbol,
)
from bisect_ml.javascript.realm import NOW

_DEEPEST, _MOST, _LONGEST = 2, 12, 200


def asked(owner: Unknown, key: Any) -> Any:
    """Return a property of an unknown; of one that is a text, that of the text."""
    if type(key) is Symbol:
        if key is ITERATOR:
            return JSFunction(lambda *_: _iterator(owner), "values")
        return UNDEFINED
    if owner.text is not None:
        if key == "length":
            return float(len(owner.text))
        held = NOW.string_proto.own(key)
        if held is not MISSING:
            return held.value if type(held) is Slot else held
    if key == "then":
        return UNDEFINED
    return Unknown(f"{owner.key}.{key}")


def _iterator(owner: Unknown) -> JSObject:
    return JSObject(NOW.iterator_proto, "Python Iterator", iter(owner))


def called(function: Unknown, args: list[Any]) -> Unknown:
    """Return what an unknown function gives for these arguments."""
    note(function, NOW.machine.strangers)
    return Unknown(f"{function.key}({','.join(map(told, args))})")


def told(value: Any, depth: int = 0) -> str:
    """Return what tells a value apart."""
    if type(value) is Unknown:
        return value.key
    if isinstance(value, JSFunction):
        return f"function {value.name}"
    if depth > _DEEPEST:
        return "…"
    if isinstance(value, JSArray):
        return f"[{','.join(told(each, depth + 1) for each in value.items[:_MOST])}]"
    if isinstance(value, JSObject):
        pairs = list(value.props.items())[:_MOST]
        return f"{{{','.join(f'{_key(key)}:{told(_held(held), depth + 1)}' for key, held in pairs)}}}"
    if isinstance(value, Symbol):
        return value.description
    return repr(value)[:_LONGEST]


def _key(key: Any) -> str:
    return key if isinstance(key, str) else str(key.description)


def _held(held: Any) -> Any:
    return held.value if type(held) is Slot else held
