"""What every module of JavaScript finds: the global object and the prototypes, made anew for each run."""

import math
from typing import Any

from bisect_ml.interpreter.machine import Machine
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript import promises
from bisect_ml.javascript.library import (
    array_calls,
    arrays,
    collections,
    dates,
    errors,
    functions,
    intl,
    iterators,
    json_text,
    mathematics,
    missing,
    numbers,
    objects,
    paths,
    regexps,
    replacing,
    texts,
    typed_arrays,
    uris,
)
from bisect_ml.javascript.library.defining import Definer
from bisect_ml.javascript.objects import UNDEFINED, JSArray, JSObject, Slot
from bisect_ml.javascript.realm import NOW, Realm, running
from bisect_ml.javascript.values import made_object, native

_PARTS = (
    objects,
    functions,
    errors,
    iterators,
    arrays,
    array_calls,
    texts,
    regexps,
    replacing,
    numbers,
    mathematics,
    json_text,
    dates,
    collections,
    uris,
    typed_arrays,
    promises,
    paths,
    intl,
    missing,
)
_PROTOS = (
    "string",
    "number",
    "boolean",
    "symbol",
    "bigint",
    "regexp",
    "date",
    "map",
    "set",
    "promise",
    "iterator",
)
_SILENT = (
    "log",
    "warn",
    "error",
    "info",
    "debug",
    "trace",
    "group",
    "groupEnd",
    "table",
    "time",
    "timeEnd",
    "dir",
    "assert",
    "count",
    "groupCollapsed",
)
_STRANGE = (
    "WebAssembly",
    "fetch",
    "TextEncoder",
    "TextDecoder",
    "Buffer",
    "performance",
    "crypto",
    "Proxy",
    "URLSearchParams",
    "AbortController",
    "Event",
    "EventTarget",
)
_LATER = ("setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval", "queueMicrotask")


def realm(machine: Machine) -> Realm:
    """Return a run with everything in its place, and nothing spent."""
    made = Realm()
    made.machine, made.errors = machine, {}
    made.object_proto = JSObject(None)
    made.function_proto = JSObject(made.object_proto, "Function")
    for name in _PROTOS:
        setattr(made, f"{name}_proto", JSObject(made.object_proto))
    made.globals = JSObject(made.object_proto, "global")
    made.array_proto = None
    with running(made):
        made.array_proto = JSArray([], made.object_proto)
        define = Definer(made.globals)
        for part in _PARTS:
            part.install(define)
        _rest(define, made.globals)
    return made


def _rest(define: Definer, holder: JSObject) -> None:
    define.values(
        holder,
        {
            "NaN": math.nan,
            "Infinity": math.inf,
            "undefined": UNDEFINED,
            "globalThis": holder,
            "global": holder,
        },
    )
    console = made_object()
    define.methods(console, dict.fromkeys(_SILENT, lambda *_: UNDEFINED))
    define.values(holder, {"console": console, **{name: Unknown(name) for name in _STRANGE}})
    define.methods(holder, dict.fromkeys(_LATER, lambda *_: 0.0))
    define.methods(holder, {"import": lambda _, args: Unknown(f"import {args}")})
    holder.props["process"] = Slot(_process())
    holder.props["structuredClone"] = Slot(native("structuredClone", 1, lambda _, args: _cloned(args[0])))


def _process() -> JSObject:
    return made_object(
        {
            "env": made_object(),
            "argv": JSArray([]),
            "platform": "linux",
            "version": "v20.0.0",
            "versions": made_object({"node": "20.0.0"}),
            "cwd": native("cwd", 0, lambda *_: "/"),
            "nextTick": native("nextTick", 1, lambda *_: UNDEFINED),
            **{name: native(name, 1, lambda *_: UNDEFINED) for name in ("on", "once", "exit", "emitWarning")},
            "hrtime": native("hrtime", 1, lambda *_: JSArray([0.0, 0.0])),
            "uptime": native("uptime", 0, lambda *_: 0.0),
            "memoryUsage": native("memoryUsage", 0, lambda *_: made_object({"heapUsed": 0.0})),
            "stdout": _stream(),
            "stderr": _stream(),
            "exitCode": 0.0,
        }
    )


def _stream() -> JSObject:
    return made_object({"write": native("write", 1, lambda *_: True), "isTTY": False})


def _cloned(value: Any) -> Any:
    if not isinstance(value, JSObject):
        return value
    written = NOW.write_json(value)
    return NOW.read_json(written) if written is not None else Unknown("a clone")
