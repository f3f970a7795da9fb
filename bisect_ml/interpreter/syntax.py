"""The module `ast`, for code that reads short texts itself."""

import ast
from typing import Any

from bisect_ml.interpreter.machine import Unsupported

_LONGEST = 2_000


def _must_be_short(text: Any) -> None:
    if not isinstance(text, str | bytes) or len(text) > _LONGEST:
        raise Unsupported


def parse(source: Any, filename: Any = "<text>", mode: str = "exec", **_: Any) -> Any:
    """Return the tree of a text."""
    del filename
    _must_be_short(source)
    try:
        return ast.parse(source, mode=mode)
    except (RecursionError, MemoryError) as error:
        raise Unsupported from error


def literal_eval(value: Any) -> Any:
    """Return the value of a literal."""
    if not isinstance(value, ast.AST):
        _must_be_short(value)
    try:
        return ast.literal_eval(value)
    except (RecursionError, MemoryError) as error:
        raise Unsupported from error


_OTHERS = "NodeVisitor NodeTransformer dump unparse walk iter_child_nodes iter_fields get_docstring"
SYNTAX: dict[str, Any] = {
    **{
        name: value
        for name, value in vars(ast).items()
        if isinstance(value, type) and issubclass(value, ast.AST)
    },
    **{name: getattr(ast, name) for name in _OTHERS.split()},
    "parse": parse,
    "literal_eval": literal_eval,
}
"""The module by its names."""
