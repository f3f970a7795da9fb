"""The names that every module sees."""

import builtins
from typing import Any

from bisect_ml.interpreter.attributes import read
from bisect_ml.interpreter.binding import remove, write
from bisect_ml.interpreter.files import open_
from bisect_ml.interpreter.inspection import names_of, variables
from bisect_ml.interpreter.machine import Unsupported
from bisect_ml.interpreter.operations import power
from bisect_ml.interpreter.order import hashed
from bisect_ml.interpreter.substitutes import rounded, total
from bisect_ml.interpreter.texts import formatted
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.interpreter.within_frames import (
    evaluate,
    execute,
    global_names,
    identity,
    import_top,
    local_names,
)

_MISSING = object()


def _is_instance(value: Any, kinds: Any) -> bool:
    if isinstance(kinds, tuple):
        return any(_is_instance(value, each) for each in kinds)
    if isinstance(kinds, Unknown):
        return isinstance(value, Unknown) and bool(value.draw(f"is {kinds.key}", 2))
    if isinstance(value, Unknown):
        if value.text is not None:
            return kinds in (str, object)
        return bool(value.draw(f"is {getattr(kinds, '__name__', kinds)}", 2))
    return isinstance(value, kinds)


def _is_subclass(kind: Any, kinds: Any) -> bool:
    if isinstance(kinds, tuple):
        return any(_is_subclass(kind, each) for each in kinds)
    if isinstance(kind, Unknown) or isinstance(kinds, Unknown):
        return False
    return issubclass(kind, kinds)


def _get(owner: Any, name: str, default: Any = _MISSING, /) -> Any:
    try:
        return read(owner, name)
    except AttributeError:
        if default is _MISSING:
            raise
        return default


def _has(owner: Any, name: str, /) -> bool:
    try:
        read(owner, name)
    except AttributeError:
        return False
    return True


def _refuse(*_: Any, **__: Any) -> Any:
    raise Unsupported


def _silent(*_: Any, **__: Any) -> None:
    return None


_PURE = (
    "abs all any ascii bin bool bytearray bytes callable chr classmethod complex dict divmod enumerate "
    "filter float frozenset hex int iter len list map max min next object oct ord property "
    "range repr reversed set slice sorted staticmethod str super tuple type zip NotImplemented Ellipsis "
    "__debug__"
)

BUILTINS: dict[str, Any] = {
    **{name: getattr(builtins, name) for name in _PURE.split()},
    **{
        name: value
        for name, value in vars(builtins).items()
        if isinstance(value, type) and issubclass(value, BaseException)
    },
    "isinstance": _is_instance,
    "issubclass": _is_subclass,
    "getattr": _get,
    "hasattr": _has,
    "setattr": write,
    "delattr": remove,
    "hash": hashed,
    "vars": variables,
    "dir": names_of,
    "eval": evaluate,
    "exec": execute,
    "globals": global_names,
    "locals": local_names,
    "__import__": import_top,
    "pow": power,
    "round": rounded,
    "sum": total,
    "format": lambda value, specification="": formatted(value, specification),
    "print": _silent,
    "id": identity,
    "_": lambda text: text,
    "open": open_,
    "input": lambda *_: Unknown("an input"),
    **dict.fromkeys(("compile", "memoryview", "breakpoint", "exit", "quit"), _refuse),
}
"""What is built in; what only Python 2 had is not among it."""
