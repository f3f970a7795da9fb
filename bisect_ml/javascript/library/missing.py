"""What Node has and this library has not: who asks for it gets no answer instead of a wrong one."""

from typing import Any

from bisect_ml.interpreter.machine import Unsupported
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.library.defining import Definer
from bisect_ml.javascript.objects import JSObject, Slot
from bisect_ml.javascript.properties import get
from bisect_ml.javascript.values import native

_OF_PROTOTYPES = {
    "Array": ("copyWithin",),
    "String": (
        *("anchor", "big", "blink", "bold", "fixed", "fontcolor", "fontsize", "italics", "link", "small"),
        *("strike", "sub", "sup", "toWellFormed"),
    ),
    "Object": ("__lookupGetter__", "__lookupSetter__"),
    "BigInt": ("toLocaleString",),
}
_OF_CONSTRUCTORS = {
    "BigInt": ("asIntN", "asUintN"),
    "Reflect": ("isExtensible", "preventExtensions"),
    "Symbol": ("keyFor",),
}
_STRANGE = (
    *("BigInt64Array", "BigUint64Array", "FinalizationRegistry", "WeakRef", "SharedArrayBuffer", "Atomics"),
    *("AbortSignal", "Blob", "File", "FormData", "Headers", "Request", "Response", "ReadableStream"),
    *("MessageChannel", "BroadcastChannel", "CustomEvent", "DOMException", "atob", "btoa"),
)


def _stop(*_: Any) -> Any:
    raise Unsupported


def install(define: Definer) -> None:
    """Add to a run what stops it, or what nobody knows."""
    for owner, names in _OF_PROTOTYPES.items():
        _add(get(get(define.holder, owner), "prototype"), names)
    for owner, names in _OF_CONSTRUCTORS.items():
        _add(get(define.holder, owner), names)
    define.values(define.holder, {name: Unknown(name) for name in _STRANGE})


def _add(holder: JSObject, names: tuple[str, ...]) -> None:
    for name in names:
        holder.props.setdefault(name, Slot(native(name, 1, _stop)))
