"""Private names of classes: `__name` in a class means `_Class__name`."""

import ast
from typing import Any


class Mangled(ast.NodeTransformer):
    """Renames what is private, in classes."""

    def __init__(self) -> None:
        self._owner = ""

    def _mangled(self, name: str) -> str:
        is_private = name.startswith("__") and not name.endswith("__") and "." not in name
        return f"_{self._owner}{name}" if is_private and self._owner else name

    def visit(self, node: ast.AST) -> Any:
        """Return a node with the names of the class around it."""
        if isinstance(node, ast.ClassDef):
            return self._class(node)
        for field, value in ast.iter_fields(node):
            if isinstance(value, str) and (type(node), field) in _NAMES:
                setattr(node, field, self._mangled(value))
            elif isinstance(node, ast.Global | ast.Nonlocal):
                node.names = [self._mangled(each) for each in node.names]
        return self.generic_visit(node)

    def _class(self, node: ast.ClassDef) -> ast.ClassDef:
        for each in (*node.bases, *node.keywords, *node.decorator_list):
            self.visit(each)
        node.name, owner = self._mangled(node.name), self._owner
        # A class whose name has no letter mangles nothing.
        self._owner = node.name.lstrip("_")
        node.body = [self.visit(each) for each in node.body]
        self._owner = owner
        return node


_NAMES = frozenset(
    {
        (ast.Name, "id"),
        (ast.Attribute, "attr"),
        (ast.FunctionDef, "name"),
        (ast.AsyncFunctionDef, "name"),
        (ast.arg, "arg"),
        (ast.keyword, "arg"),
        (ast.alias, "asname"),
        (ast.ExceptHandler, "name"),
        (ast.MatchAs, "name"),
        (ast.MatchStar, "name"),
    }
)
