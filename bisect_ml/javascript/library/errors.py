"""Errors."""

from typing import Any

from bisect_ml.javascript.conversions import text
from bisect_ml.javascript.library.defining import Definer
from bisect_ml.javascript.objects import UNDEFINED, JSArray, JSObject, Slot
from bisect_ml.javascript.properties import gathered, get, has
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.values import at

_KINDS = ("TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError")


def _made(args: list[Any], proto: JSObject) -> JSObject:
    made = JSObject(proto, "Error")
    made.props["stack"] = Slot("")
    if at(args, 0) is not UNDEFINED:
        made.props["message"] = Slot(text(args[0]))
    made.props["stack"] = Slot(_to_string(made, []))
    options = at(args, 1)
    if isinstance(options, JSObject) and has(options, "cause"):
        made.props["cause"] = Slot(get(options, "cause"))
    return made


def _to_string(this: Any, _: list[Any]) -> str:
    name, message = get(this, "name"), get(this, "message")
    shown = "Error" if name is UNDEFINED else text(name)
    said = "" if message is UNDEFINED else text(message)
    return f"{shown}: {said}" if shown and said else shown or said


def install(define: Definer) -> None:
    """Add errors to a run."""
    proto = JSObject(NOW.object_proto)
    NOW.errors["Error"] = proto
    kind = define.constructor("Error", proto, 1, lambda _, args: _made(args, proto), _made)
    define.values(proto, {"name": "Error", "message": ""})
    define.methods(proto, {"toString": _to_string})
    define.methods(kind, {"captureStackTrace": lambda *_: UNDEFINED})
    for name in _KINDS:
        own = NOW.errors[name] = JSObject(proto)
        made = define.constructor(name, own, 1, _caller(own), _made)
        made.proto = kind
        define.values(own, {"name": name, "message": ""})
    several = JSObject(proto)
    define.constructor("AggregateError", several, 2, None, _several)
    define.values(several, {"name": "AggregateError", "message": ""})


def _several(args: list[Any], proto: JSObject) -> JSObject:
    made = _made(args[1:], proto)
    made.props["errors"] = Slot(JSArray(gathered(at(args, 0))))
    return made


def _caller(proto: JSObject) -> Any:
    return lambda _, args: _made(args, proto)
