"""Private names of classes: `__name` in a class means `_Class__name`."""

import ast
from collections.abc import Iterable

_NAMED = {
    ast.Name: "id",
    ast.Attribute: "attr",
    ast.FunctionDef: "name",
    ast.AsyncFunctionDef: "name",
    ast.arg: "arg",
    ast.keyword: "arg",
    ast.alias: "asname",
    ast.ExceptHandler: "name",
    ast.MatchAs: "name",
    ast.MatchStar: "name",
}
_LEAVES = (ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop, ast.Constant)


def mangle(body: Iterable[ast.stmt]) -> None:
    """Rename what is private in the classes of a module, in place; linear in the size of the tree."""
    stack: list[tuple[ast.AST, str]] = [(each, "") for each in body]
    while stack:
        node, owner = stack.pop()
        if isinstance(node, ast.ClassDef):
            node.name = _mangled(node.name, owner)
            # A class whose name has no letter mangles nothing.
            inner = node.name.lstrip("_")
            stack += [(each, inner) for each in node.body]
            stack += [(each, owner) for each in (*node.bases, *node.keywords, *node.decorator_list)]
            continue
        if owner:
            _rename(node, owner)
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, list):
                stack += [(each, owner) for each in value if isinstance(each, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, _LEAVES):
                stack.append((value, owner))


def _rename(node: ast.AST, owner: str) -> None:
    if isinstance(node, ast.Global | ast.Nonlocal):
        node.names = [_mangled(each, owner) for each in node.names]
        return
    field = _NAMED.get(type(node))
    value = getattr(node, field) if field else None
    if field and value and value.startswith("__"):
        setattr(node, field, _mangled(value, owner))


def _mangled(name: str, owner: str) -> str:
    is_private = name.startswith("__") and not name.endswith("__") and "." not in name
    return f"_{owner}{name}" if is_private and owner else name
