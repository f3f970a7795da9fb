"""`Function`."""

from typing import Any

from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.conversions import text
from bisect_ml.javascript.library.defining import Definer
from bisect_ml.javascript.objects import HAS_INSTANCE, UNDEFINED, JSArray, JSFunction, JSObject, Slot
from bisect_ml.javascript.properties import call, construct, gathered, get
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.values import at, type_error


def _apply(this: Any, args: list[Any]) -> Any:
    given = at(args, 1)
    if given is None or given is UNDEFINED:
        return call(this, at(args, 0), [])
    return call(this, at(args, 0), listed(given))


def listed(values: Any) -> list[Any]:
    """Return what is like an array as a list."""
    if isinstance(values, JSArray):
        return list(values.items)
    if type(values) is Unknown:
        return list(values)
    if not isinstance(values, JSObject):
        return gathered(values) if isinstance(values, str) else []
    length = get(values, "length")
    count = int(length) if isinstance(length, float) and 0 < length < 1e5 else 0
    return [get(values, str(place)) for place in range(count)]


def _bind(this: Any, args: list[Any]) -> Any:
    if type(this) is Unknown:
        return this
    if type(this) is not JSFunction:
        raise type_error("Bind must be called on a function")
    on, first = at(args, 0), args[1:]
    made = JSFunction(
        lambda _, rest: this.invoke(on, [*first, *rest]),
        f"bound {this.name}",
        max(0, this.takes - len(first)),
    )
    made.kind, made.inner = "Bound", this
    if this.construct is not None:
        made.construct = lambda rest, target: construct(
            this, [*first, *rest], this if target is made else target
        )
    return made


def _to_string(this: Any, _: list[Any]) -> str:
    name = this.name if isinstance(this, JSFunction) else ""
    return f"function {name}() {{ [native code] }}"


def _made(args: list[Any], _: Any = None) -> Any:
    """Return the function of parameters and a body that are texts."""
    if any(type(each) is Unknown and each.text is None for each in args):
        return Unknown("a function of texts")
    *params, body = map(text, args) if args else [""]
    return NOW.evaluate(f"(function anonymous({','.join(params)}\n) {{\n{body}\n}})")


def install(define: Definer) -> None:
    """Add `Function` to a run."""
    proto = NOW.function_proto
    define.constructor("Function", proto, 1, lambda _, args: _made(args), _made)
    define.methods(
        proto,
        {
            "call": lambda this, args: call(this, at(args, 0), args[1:]),
            "apply": _apply,
            "bind": _bind,
            "toString": _to_string,
        },
    )
    proto.props[HAS_INSTANCE] = Slot(UNDEFINED)
    define.methods(define.holder, {"eval": lambda _, args: NOW.evaluate(at(args, 0))})
