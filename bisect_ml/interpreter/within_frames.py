"""What is told where it is called: `eval` and `exec`, whose texts are interpreted, `id` and imports."""

import ast
import warnings
from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.compiling import block, expression
from bisect_ml.interpreter.machine import Frame, Unsupported
from bisect_ml.interpreter.scopes import Scope
from bisect_ml.interpreter.unknown import Unknown

_LONGEST = 4_000
_READ_IN_A_STEP = 16


def evaluated(frame: Frame, text: Any, outer: Any = None, inner: Any = None) -> Any:
    """Return the value of a text that is an expression."""
    parsed = _parsed(frame, text, "eval")
    return expression(parsed.body, _SCOPE)(_frame(frame, outer, inner))


def executed(frame: Frame, text: Any, outer: Any = None, inner: Any = None) -> None:
    """Run a text; the names that it binds are seen by nobody where it stands in a function."""
    parsed = _parsed(frame, text, "exec")
    block(parsed.body, _SCOPE)(_frame(frame, outer, inner))


_SCOPE = Scope(kind="module", path="<text>")


def _frame(frame: Frame, outer: Any, inner: Any) -> Frame:
    if outer is None:
        names = frame.module if frame.names is frame.module else {**frame.module, **frame.names}
    elif inner is None:
        names = outer
    else:
        names = {**outer, **inner}
    if not isinstance(names, dict):
        raise Unsupported
    return Frame(frame.machine, names, names)


def _parsed(frame: Frame, text: Any, mode: str) -> Any:
    if isinstance(text, Unknown) or not isinstance(text, str) or len(text) > _LONGEST:
        raise Unsupported
    frame.machine.spend(1 + len(text) // _READ_IN_A_STEP)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text.lstrip(" \t") if mode == "eval" else text, mode=mode)
    except (RecursionError, MemoryError) as error:
        raise Unsupported from error


def identity(value: Any) -> Any:
    """Stand for `id`, which is given the frame that it is called in."""
    return Unknown(f"id of {type(value).__name__}")


def _numbered(frame: Frame, value: Any) -> int:
    """Return a number that no other object has: how many were asked for theirs before."""
    numbers = frame.machine.numbers
    return numbers.setdefault(id(value), (value, _FIRST_NUMBER + len(numbers)))[1]


_FIRST_NUMBER = 1_000_000


def import_module(name: Any, package: Any = None) -> Any:
    """Stand for `importlib.import_module`, which is given the frame that it is called in."""
    return Unknown("importlib.import_module")(name, package)


def import_top(name: Any, *_: Any, **__: Any) -> Any:
    """Stand for `__import__`, which is given the frame that it is called in."""
    return Unknown("__import__")(name)


def _imported(frame: Frame, name: Any, package: Any = None) -> Any:
    """Return a module by a name that the code has made up."""
    if not isinstance(name, str):
        return import_module(name, package)
    return frame.machine.find(absolute_name(name, package), str(frame.module.get("__file__", "")), 0)


def absolute_name(name: str, package: Any = None) -> str:
    """Return the name of a module without dots before it, which count from a package."""
    bare = name.lstrip(".")
    level = len(name) - len(bare)
    if not level or not isinstance(package, str):
        return bare
    around = package.split(".")
    return ".".join([*around[: len(around) - level + 1], bare])


def _imported_top(frame: Frame, name: Any, *given: Any, **named: Any) -> Any:
    """Return what `__import__` does: the outermost package, or with `fromlist` the module itself."""
    found = _imported(frame, name)
    listed = named.get("fromlist", given[2] if len(given) > len(("globals", "locals")) else ())
    return found if listed or not isinstance(name, str) else _imported(frame, name.partition(".")[0])


def evaluate(*_: Any, **__: Any) -> Any:
    """Stand for `eval`, which is given the frame that it is called in."""
    raise Unsupported


def execute(*_: Any, **__: Any) -> Any:
    """Stand for `exec`, which is given the frame that it is called in."""
    raise Unsupported


def global_names() -> Any:
    """Stand for `globals`, which is given the frame that it is called in."""
    raise Unsupported


def local_names() -> Any:
    """Stand for `locals`, which is given the frame that it is called in."""
    raise Unsupported


WITH_FRAME: dict[Any, Callable[..., Any]] = {
    evaluate: evaluated,
    execute: executed,
    global_names: lambda frame: frame.module,
    local_names: lambda frame: dict(frame.names),
    identity: _numbered,
    import_module: _imported,
    import_top: _imported_top,
}
"""What is called in place of a function that needs to know where it stands."""
