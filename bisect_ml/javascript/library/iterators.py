"""Symbols and iterators."""

from typing import Any

from bisect_ml.javascript.conversions import text
from bisect_ml.javascript.library.defining import Definer
from bisect_ml.javascript.objects import (
    HAS_INSTANCE,
    ITERATOR,
    TAG,
    TO_PRIMITIVE,
    UNDEFINED,
    JSArray,
    JSObject,
    Symbol,
)
from bisect_ml.javascript.properties import gathered
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.values import at, made_object, type_error

_KNOWN = {"iterator": ITERATOR, "hasInstance": HAS_INSTANCE, "toPrimitive": TO_PRIMITIVE, "toStringTag": TAG}
_OTHERS = ("asyncIterator", "species", "match", "matchAll", "replace", "search", "split", "unscopables")
_END = object()


def _next(this: Any, _: list[Any]) -> JSObject:
    if not isinstance(this, JSObject) or this.kind != "Python Iterator":
        raise type_error("next method called on incompatible receiver")
    value = next(this.inner, _END)
    done = value is _END
    return made_object({"value": UNDEFINED if done else value, "done": done})


def _return(this: Any, args: list[Any]) -> JSObject:
    this.inner = iter(())
    return made_object({"value": at(args, 0), "done": True})


def _symbol(_: Any, args: list[Any]) -> Symbol:
    return Symbol("" if at(args, 0) is UNDEFINED else text(args[0]))


def _refuse(*_: Any) -> Any:
    raise type_error("Symbol is not a constructor")


def _described(this: Any) -> Symbol:
    found = this.inner if isinstance(this, JSObject) else this
    return found if isinstance(found, Symbol) else Symbol("")


def install(define: Definer) -> None:
    """Add symbols and iterators to a run."""
    define.methods(
        NOW.iterator_proto,
        {
            "next": _next,
            "return": _return,
            ITERATOR: lambda this, _: this,
            "toArray": lambda this, _: JSArray(gathered(this)),
        },
    )
    proto = NOW.symbol_proto
    kind = define.constructor("Symbol", proto, 0, _symbol, _refuse)
    define.values(kind, {**_KNOWN, **{name: Symbol(f"Symbol.{name}") for name in _OTHERS}})
    registry: dict[str, Symbol] = {}
    define.methods(
        kind, {"for": lambda _, args: registry.setdefault(text(at(args, 0)), Symbol(text(at(args, 0))))}
    )
    define.methods(
        proto,
        {
            "toString": lambda this, _: f"Symbol({_described(this).description})",
            "valueOf": lambda this, _: _described(this),
        },
    )
    define.getters(proto, {"description": lambda this: _described(this).description})
