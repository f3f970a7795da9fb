"""Promises without waiting: whatever a promise will be, it is at once."""

from contextlib import suppress
from typing import Any

from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.objects import UNDEFINED, JSArray, JSFunction, JSObject
from bisect_ml.javascript.properties import call, gathered, get
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.values import Thrown, at, error_of, made_object, native


def settled(value: Any, *, failed: bool = False) -> JSObject:
    """Return a promise that is kept or broken."""
    if not failed and isinstance(value, JSObject) and value.kind == "Promise":
        return value
    return JSObject(NOW.promise_proto, "Promise", (failed, value))


def awaited(value: Any) -> Any:
    """Return what a promise comes to.

    Raises:
        Thrown: It is broken.
    """
    if isinstance(value, JSObject) and value.kind == "Promise":
        failed, inner = value.inner
        if failed:
            raise Thrown(inner)
        return inner
    if isinstance(value, JSObject):
        then = get(value, "then")
        if isinstance(then, JSFunction):
            return awaited(_made([native("", 1, lambda _, args: call(then, value, args))]))
    return value


def _made(args: list[Any]) -> JSObject:
    found: list[JSObject] = []

    def settle(failed: bool) -> JSFunction:
        def keep(_: Any, given: list[Any]) -> Any:
            if not found:
                found.append(settled(at(given, 0), failed=failed))
            return UNDEFINED

        return native("", 1, keep)

    try:
        call(at(args, 0), UNDEFINED, [settle(False), settle(True)])
    except Thrown as error:
        return settled(error.value, failed=True)
    # What is kept later would be known later only.
    return found[0] if found else settled(Unknown("a promise"))


def _then(this: Any, args: list[Any]) -> Any:
    if not isinstance(this, JSObject) or this.kind != "Promise":
        return this
    failed, value = this.inner
    handler = at(args, 1 if failed else 0)
    if not isinstance(handler, JSFunction):
        return this
    try:
        return settled(awaited(handler.invoke(UNDEFINED, [value])))
    except Thrown as error:
        return settled(error.value, failed=True)


def _finally(this: Any, args: list[Any]) -> Any:
    call(at(args, 0), UNDEFINED, [])
    return this


def _all(_: Any, args: list[Any]) -> Any:
    try:
        return settled(JSArray([awaited(each) for each in gathered(at(args, 0))]))
    except Thrown as error:
        return settled(error.value, failed=True)


def _all_settled(_: Any, args: list[Any]) -> Any:
    told: list[Any] = []
    for each in gathered(at(args, 0)):
        try:
            told.append(made_object({"status": "fulfilled", "value": awaited(each)}))
        except Thrown as error:
            told.append(made_object({"status": "rejected", "reason": error.value}))
    return settled(JSArray(told))


def _any(_: Any, args: list[Any]) -> Any:
    for each in gathered(at(args, 0)):
        with suppress(Thrown):
            return settled(awaited(each))
    return settled(error_of("Error", "All promises were rejected").value, failed=True)


def install(define: Any) -> None:
    """Add promises to a run."""
    proto = NOW.promise_proto
    define.methods(
        proto,
        {
            "then": _then,
            "catch": lambda this, args: _then(this, [UNDEFINED, at(args, 0)]),
            "finally": _finally,
        },
    )
    kind = define.constructor("Promise", proto, 1, None, lambda args, _: _made(args))
    define.methods(
        kind,
        {
            "resolve": lambda _, args: settled(at(args, 0)),
            "reject": lambda _, args: settled(at(args, 0), failed=True),
            "all": _all,
            "allSettled": _all_settled,
            "race": lambda _, args: next(map(settled, gathered(at(args, 0))), settled(Unknown("a promise"))),
            "any": _any,
        },
    )
