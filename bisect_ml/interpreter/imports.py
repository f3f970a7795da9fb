"""Statements that import."""

import ast
from typing import Any

from bisect_ml.interpreter.attributes import read
from bisect_ml.interpreter.compiling import executes
from bisect_ml.interpreter.machine import Execute, Frame, Module
from bisect_ml.interpreter.names import assign
from bisect_ml.interpreter.scopes import Scope


@executes(ast.Import)
def import_(node: ast.Import, scope: Scope) -> Execute:
    """`import a.b as c`."""
    named = [(each.name, each.asname) for each in node.names]
    bind = [
        assign(ast.Name(id=asname or name.split(".")[0], ctx=ast.Store()), scope) for name, asname in named
    ]

    def run(frame: Frame) -> None:
        for (name, asname), target in zip(named, bind, strict=True):
            module = frame.machine.find(name, scope.path, 0)
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

    def run(frame: Frame) -> None:
        module = frame.machine.find(source, scope.path, level)
        for name, target in zip(named, bind, strict=True):
            if name == "*":
                frame.module.update(_public(module))
            else:
                target(frame, _member(frame, module, name))

    def _member(frame: Frame, module: Module, name: str) -> Any:
        try:
            return read(module, name)
        except AttributeError:
            return frame.machine.find(f"{source}.{name}" if source else name, scope.path, level)

    return run


def _public(module: Module) -> dict[str, Any]:
    listed = module.names.get("__all__")
    names = [each for each in module.names if not each.startswith("_")] if listed is None else list(listed)
    return {each: module.names[each] for each in names if each in module.names}
