"""What is built in, and how calls are made."""

import builtins
import types
from typing import Any

from bisect_ml.interpreter.attributes import made_here, read, remove, write
from bisect_ml.interpreter.machine import Exhausted, Frame, Unsupported
from bisect_ml.interpreter.operations import power
from bisect_ml.interpreter.texts import LARGEST, formatted
from bisect_ml.interpreter.unknown import Unknown

# Functions whose work or result grows with a number that they are given.
_GROWING = frozenset(
    {"bytes", "bytearray", "factorial", "comb", "perm", "repeat", "expandtabs", "to_bytes", "prod"}
)
_LONGEST_RANGE = 1_000_000
_MISSING = object()


def called(frame: Frame, function: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """Call a function: interpreted, built in, or unknown.

    Raises:
        Exhausted: The budget is spent, or the value would be too large.
        Unsupported: The function is one that could do harm.
    """
    frame.machine.spend()
    if function is globals:
        return frame.module
    if function is locals:
        return dict(frame.names)
    if isinstance(function, type) and function is type and len(args) == 3:
        args[2] = {**args[2], "__interpreted__": True}
    name = getattr(function, "__name__", "")
    if name in _GROWING and any(isinstance(each, int) and each > LARGEST for each in args):
        raise Exhausted
    try:
        result = function(*args, **kwargs)
    except TypeError:
        if isinstance(function, types.FunctionType) or not any(map(_has_unknown, (*args, *kwargs.values()))):
            raise
        return _on_texts(function, args, kwargs)
    if isinstance(result, range) and len(result) > _LONGEST_RANGE:
        raise Exhausted
    return result


def decorated(frame: Frame, decorator: Any, made: Any) -> Any:
    """Return what a decorator makes of a function or a class; what nobody knows leaves it as it is."""
    return made if isinstance(decorator, Unknown) else called(frame, decorator, [made], {})


def _on_texts(function: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """Call a function that takes no unknowns with the texts that stand in for them; unknown without these."""
    given = [_plain(each) for each in args]
    try:
        return function(*given, **{name: _plain(value) for name, value in kwargs.items()})
    except TypeError:
        return Unknown(getattr(function, "__name__", "unknown"))(*args, **kwargs)


def _has_unknown(value: Any) -> bool:
    return isinstance(value, Unknown) or (
        isinstance(value, list) and any(isinstance(each, Unknown) for each in value)
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Unknown):
        return value if value.text is None else value.text
    return [_plain(each) for each in value] if isinstance(value, list) else value


def matches(error: Exception, kinds: Any) -> bool:
    """Return whether an error is of one of the kinds that a handler names; of unknown kinds none is."""
    listed = kinds if isinstance(kinds, tuple) else (kinds,)
    return any(isinstance(each, type) and isinstance(error, each) for each in listed)


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


def _get(owner: Any, name: str, default: Any = _MISSING) -> Any:
    try:
        return read(owner, name)
    except AttributeError:
        if default is _MISSING:
            raise
        return default


def _has(owner: Any, name: str) -> bool:
    try:
        read(owner, name)
    except AttributeError:
        return False
    return True


def _vars(owner: Any) -> Any:
    if not made_here(type(owner)):
        raise Unsupported
    return vars(owner)


def _refuse(*_: Any, **__: Any) -> Any:
    raise Unsupported


def _silent(*_: Any, **__: Any) -> None:
    return None


_PURE = (
    "abs all any ascii bin bool bytearray bytes callable chr classmethod complex dict dir divmod enumerate filter float "
    "frozenset globals hash hex int iter len list locals map max min next object oct ord property range repr reversed "
    "round set slice sorted staticmethod str sum tuple type zip NotImplemented Ellipsis __debug__"
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
    "vars": _vars,
    "pow": power,
    "format": lambda value, specification="": formatted(value, specification),
    "print": _silent,
    "super": super,
    "id": lambda value: Unknown(f"id of {type(value).__name__}"),
    "_": lambda text: text,
    "open": lambda *_, **__: Unknown("a file"),
    "input": lambda *_: Unknown("an input"),
    **dict.fromkeys(
        ("eval", "exec", "compile", "__import__", "memoryview", "breakpoint", "exit", "quit"), _refuse
    ),
}
"""Names that every module sees. What Python 2 alone had is not among them: code for it fails here as there."""
