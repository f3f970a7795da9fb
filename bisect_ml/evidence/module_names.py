"""The names of modules, imports and attributes, as Python spells them."""

import ast
import re


def looked_up(call: ast.Call) -> str:
    """Return how the names begin that `getattr(x, "to_" + kind)` looks up, or empty if it does not say."""
    if not (isinstance(call.func, ast.Name) and call.func.id == "getattr" and len(call.args) > 1):
        return ""
    name: ast.expr = call.args[1]
    if isinstance(name, ast.Call) and isinstance(name.func, ast.Attribute) and name.func.attr == "format":
        name = name.func.value
    elif isinstance(name, ast.BinOp):
        name = name.left
    elif isinstance(name, ast.JoinedStr) and name.values:
        name = name.values[0]
    text = name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else ""
    prefix = re.split(r"[%{]", text)[0]
    return prefix if len(prefix) > 1 and name is not call.args[1] else ""


def local_imports(path: str, statement: ast.stmt) -> dict[str, tuple[str, str]]:
    """Return the imports inside a function."""
    found: dict[str, tuple[str, str]] = {}
    for part in ast.walk(statement):
        if isinstance(part, ast.ImportFrom):
            base = absolute(path, part.module or "", part.level)
            found |= {alias.asname or alias.name: (base, alias.name) for alias in part.names}
        elif isinstance(part, ast.Import):
            found |= {alias.asname or alias.name.split(".")[0]: (alias.name, "") for alias in part.names}
    return found


def module_name(path: str) -> str:
    """Return the dotted name that the file of a module has from the root of the repository."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def can_be(path: str, dotted: str) -> bool:
    """Tell whether a path can be the file of a module: source folders such as `src` may come before it."""
    own = module_name(path)
    return own == dotted or own.endswith("." + dotted) or dotted.endswith("." + own)


def absolute(path: str, module: str, level: int) -> str:
    """Return the dotted name of the module that an import of so many dots means."""
    if level == 0:
        return module
    package = path.removesuffix(".py").split("/")[:-level]
    return ".".join([*package, *filter(None, [module])])


def dotted_name(node: ast.expr) -> str:
    """Return `a.b.c` of a chain of names, or empty where it starts with anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = dotted_name(node.value)
        return f"{base}.{node.attr}" if base else ""
    return ""
