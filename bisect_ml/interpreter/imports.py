"""Statements that import."""

import ast
from typing import Any

from bisect_ml.interpreter.attributes import read
from bisect_ml.interpreter.compiling import executes
from bisect_ml.interpreter.machine import Execute, Frame, Module
from bisect_ml.interpreter.names import assign
from bisect_ml.interpreter.scopes import Scope
from bisect_ml.interpreter.shelves import Shelf


@executes(ast.Import)
def import_(node: ast.Import, scope: Scope) -> Execute:
    """`import a.b as c`."""
    named = [(each.name, each.asname) for each in node.names]
    bind = [
        assign(ast.Name(id=asname or name.split(".")[0], ctx=ast.Store()), scope) for name, asname in named
    ]

    can_do_without = is_optional(node)

    def run(frame: Frame) -> None:
        for (name, asname), target in zip(named, bind, strict=True):
            module = _found(frame, name, scope.path, 0, can_do_without)
            if asname is None and "." in name:
                module = frame.machine.find(name.split(".")[0], scope.path, 0)
            target(frame, module)

    return run


@executes(ast.ImportFrom)
def import_from(node: ast.ImportFrom, scope: Scope) -> Execute:
    """`from a import b`, and `*`."""
    source, level = node.module or "", node.level
    named = [each.name for each in node.names]
    bind = [assign(ast.Name(id=each.asname or each.name, ctx=ast.Store()), scope) for each in node.names]

    can_do_without = is_optional(node)

    def run(frame: Frame) -> None:
        module = _found(frame, source, scope.path, level, can_do_without)
        for name, target in zip(named, bind, strict=True):
            if name == "*":
                frame.module.update(_public(module))
            else:
                target(frame, _member(frame, module, name))

    def _member(frame: Frame, module: Module, name: str) -> Any:
        try:
            return read(module, name)
        except AttributeError as error:
            _may_hold(module, name, error)
            return frame.machine.find(f"{source}.{name}" if source else name, scope.path, level)

    return run


def _may_hold(module: Module, name: str, error: Exception) -> None:
    """Refuse to look for a module within one that is no package of the tree."""
    is_package = not isinstance(module, Shelf)
    if not is_package:
        raise ImportError(f"cannot import name {name!r} from {module.names['__name__']!r}") from error


def _found(frame: Frame, name: str, asker: str, level: int, can_do_without: bool) -> Module:
    """Return a module; where the code can do without one that nobody knows, it must."""
    module = frame.machine.find(name, asker, level)
    if can_do_without and isinstance(module, Shelf) and module.is_foreign():
        raise ModuleNotFoundError(f"No module named {name!r}")
    return module


def mark_optional(node: ast.Try) -> None:
    """Note of imports in a `try` that the code goes on without what they name."""
    if any(_catches_absence(each) and not _gives_up(each.body) for each in node.handlers):
        for each in node.body:
            if isinstance(each, ast.Import | ast.ImportFrom):
                vars(each)[_OPTIONAL] = True


_OPTIONAL = "can_do_without"
_ABSENCE = frozenset({"ImportError", "ModuleNotFoundError"})


def is_optional(node: ast.stmt) -> bool:
    """Return whether an import may fail without harm."""
    return _OPTIONAL in vars(node)


def _catches_absence(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(each, ast.Name) and each.id in _ABSENCE for each in kinds)


def _gives_up(body: list[ast.stmt]) -> bool:
    return any(isinstance(inner, ast.Raise) for each in body for inner in ast.walk(each))


def _public(module: Module) -> dict[str, Any]:
    listed = module.names.get("__all__")
    names = [each for each in module.names if not each.startswith("_")] if listed is None else list(listed)
    return {each: module.names[each] for each in names if each in module.names}
