"""What a variable of Python probably holds: an instance of the class that it is made of or annotated with."""

import ast
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bisect_ml.evidence.module_names import dotted_name


@lru_cache(maxsize=8192)
def receivers(statement: ast.stmt) -> Mapping[str, tuple[str, ...]]:
    """Return for each variable, `self.attribute` included, what it is made by or annotated with.

    The values are dotted names, of classes or of functions that return an instance.
    """
    found: dict[str, list[str]] = {}
    for part in ast.walk(statement):
        for target, maker in _bindings(part):
            name = dotted_name(target)
            if name and maker and maker not in found.setdefault(name, []):
                found[name].append(maker)
    return {name: tuple(makers) for name, makers in found.items()}


def _bindings(part: ast.AST) -> Iterable[tuple[ast.expr, str]]:
    if isinstance(part, ast.Assign):
        return [(target, _maker(part.value)) for target in part.targets]
    if isinstance(part, ast.NamedExpr):
        return [(part.target, _maker(part.value))]
    if isinstance(part, ast.AnnAssign):
        return [(part.target, annotated(part.annotation))]
    if isinstance(part, ast.withitem) and part.optional_vars is not None:
        return [(part.optional_vars, _maker(part.context_expr))]
    if isinstance(part, ast.arg) and part.annotation is not None:
        return [(ast.Name(id=part.arg), annotated(part.annotation))]
    return []


def _maker(value: ast.expr) -> str:
    """Return what makes a value: the name that is called, of either side of an `or` or an `if`."""
    if isinstance(value, ast.Await):
        return _maker(value.value)
    if isinstance(value, ast.IfExp):
        return _maker(value.body) or _maker(value.orelse)
    if isinstance(value, ast.BoolOp):
        return next((made for each in value.values if (made := _maker(each))), "")
    return dotted_name(value.func) if isinstance(value, ast.Call) else ""


def annotated(annotation: ast.expr | None) -> str:
    """Return the class that an annotation names, `Optional` and `| None` left out; empty where several."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return annotation.value.strip() if annotation.value.replace(".", "").isidentifier() else ""
    if isinstance(annotation, ast.BinOp):
        sides = [annotated(annotation.left), annotated(annotation.right)]
        named = [each for each in sides if each]
        return named[0] if len(named) == 1 else ""
    if isinstance(annotation, ast.Subscript):
        is_optional = dotted_name(annotation.value).rpartition(".")[2] == "Optional"
        return annotated(annotation.slice) if is_optional else ""
    return "" if annotation is None else dotted_name(annotation)


@lru_cache(maxsize=1024)
def returned_makers(function: ast.FunctionDef | ast.AsyncFunctionDef) -> frozenset[str]:
    """Return what makes the values that a function returns, or what it is annotated with.

    A variable stands for all that is put into it, be it an instance or what will make one.
    """
    held = receivers(function)
    aliases: dict[str, set[str]] = {}
    for part in ast.walk(function):
        if isinstance(part, ast.Assign) and (source := dotted_name(part.value)):
            for target in filter(dotted_name, part.targets):
                aliases.setdefault(dotted_name(target), set()).add(source)
    found = {annotated(function.returns)}
    for part in ast.walk(function):
        if isinstance(part, ast.Return) and part.value is not None:
            made = _maker(part.value)
            found |= {made, *aliases.get(made, ()), *held.get(dotted_name(part.value), ())}
    return frozenset(found - {""})
