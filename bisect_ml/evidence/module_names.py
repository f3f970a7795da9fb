"""The names of modules, imports and attributes, as Python spells them."""

import ast
import re


def looked_up(call: ast.Call) -> str:
    """Return how the names begin that `getattr(x, "to_" + kind)` looks up, or empty if it does not say."""
    if not (isinstance(call.func, ast.Name) and call.func.id == "getattr" and len(call.args) > 1):
        return ""
    prefix = _begins(call.args[1])
    return prefix if len(prefix) > 1 else ""


def calls_the_unnamed(statement: ast.stmt) -> bool:
    """Tell code that calls what a table, a loop or a text names: which that is shows at run time."""
    looped = {
        part.id
        for loop in ast.walk(statement)
        if isinstance(loop, ast.For | ast.comprehension)
        for part in ast.walk(loop.target)
        if isinstance(part, ast.Name)
    }
    calls = [part for part in ast.walk(statement) if isinstance(part, ast.Call)]
    return any(
        (isinstance(call.func, ast.Subscript) and not isinstance(call.func.slice, ast.Constant))
        or (isinstance(call.func, ast.Name) and call.func.id in looped)
        or _is_of_unknown_name(call)
        for call in calls
    )


def _is_of_unknown_name(call: ast.Call) -> bool:
    """Tell `getattr(x, name)` and `import_module(name)` where nothing shows how the name begins."""
    place = {"getattr": 1, "import_module": 0, "__import__": 0}.get(dotted_name(call.func).rpartition(".")[2])
    if place is None or len(call.args) <= place:
        return False
    name = call.args[place]
    return not isinstance(name, ast.Constant) and not _begins(name)


def imported_by_name(call: ast.Call) -> str:
    """Return how the module begins that `import_module(f"app.locales.{name}")` imports, or empty.

    Leading dots stand where the name is relative to the package of the file.
    """
    if dotted_name(call.func).rpartition(".")[2] not in {"import_module", "__import__"} or not call.args:
        return ""
    name = call.args[0]
    prefix = _text(name) or _begins(name)
    packages = [*call.args[1:2], *(each.value for each in call.keywords if each.arg == "package")]
    package = next(filter(None, map(_text, packages)), "") if prefix.startswith(".") else ""
    return package + prefix if "." in prefix else ""


def _text(node: ast.expr) -> str:
    """Return a text that stands there, or empty."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _begins(name: ast.expr) -> str:
    """Return how a text begins that is put together at run time, or empty where it does not say."""
    whole = name
    if isinstance(name, ast.Call) and isinstance(name.func, ast.Attribute) and name.func.attr == "format":
        name = name.func.value
    while isinstance(name, ast.BinOp):
        name = name.left
    if isinstance(name, ast.JoinedStr) and name.values:
        name = name.values[0]
    return re.split(r"[%{]", _text(name))[0] if name is not whole else ""


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
