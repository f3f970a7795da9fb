"""What a source file does, without what cannot move a prediction.

Python is compared as syntax trees, definition by definition; JSON and TOML as values, other languages
as tokens. Two equal forms behave the same; a form of None means *unknown*.
"""

import ast
import json
import tomllib
from functools import lru_cache
from pathlib import PurePosixPath

from bisect_ml.evidence.canonical import canonical
from bisect_ml.evidence.canonical_tokens import token_form

_SILENT_ROOTS = frozenset({"logging", "logger", "log", "_logger", "_log", "LOGGER", "LOG", "warnings"})
_SILENT_NAMES = frozenset({"print"})
_TOLD = (
    "version",
    "version_info",
    "author",
    "all",
    "email",
    "license",
    "copyright",
    "date",
    "credits",
    "status",
    "title",
    "maintainer",
    "description",
    "summary",
    "url",
    "uri",
    "docformat",
)
# Each `elif` is a level below the one before it; code that people write has some twenty.
_DEEPEST = 150
_VERSIONS = frozenset({"VERSION", "version_info"})
_METADATA = _VERSIONS | {f"__{name}__" for name in _TOLD}
# An argument of a log call may still do something, as in `log.info(stack.pop())`.
_ACTING_CALLS = frozenset(
    {"next", "pop", "popitem", "popleft", "append", "extend", "insert", "add", "update", "setdefault"}
    | {"remove", "clear", "sort", "reverse", "shuffle", "seed", "read", "readline", "fit", "fit_transform"}
)
_SILENT_METHODS = frozenset({"debug", "info", "warning", "warn", "error", "exception", "critical"})
_SILENT_METHODS |= {"log", "warn_explicit"}
_FILTERS = frozenset({"filterwarnings", "simplefilter"})

_PLAIN_DECORATORS = frozenset(
    {
        "staticmethod",
        "classmethod",
        "property",
        "setter",
        "getter",
        "deleter",
        "cached_property",
        "abstractmethod",
    }
    | {"lru_cache", "cache", "wraps", "contextmanager", "override", "final", "deprecated"}
)


@lru_cache(maxsize=1024)
def form(path: str, text: str) -> str | None:
    """Return a canonical form of a text that is not Python, or None where it cannot be read."""
    suffix = PurePosixPath(path).suffix.lower()
    try:
        if suffix == ".json":
            return json.dumps(json.loads(text))
        if suffix == ".toml":
            return repr(tomllib.loads(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return token_form(path, text)


@lru_cache(maxsize=2048)
def parse(text: str) -> ast.Module | None:
    """Return the syntax tree of a Python source, or None where it is not Python 3, or too deep to walk."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return None if _is_deeper(tree, _DEEPEST) else tree


def _is_deeper(tree: ast.AST, most: int) -> bool:
    """Tell a tree of more levels than can be walked by recursion; linear in its nodes."""
    level = [tree]
    for _ in range(most):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return False
    return True


def bare(node: ast.AST, *, keeps_metadata: bool = False) -> ast.AST | None:
    """Return a copy of a definition or statement without what cannot move a prediction, in canonical form.

    Args:
        node: A definition or a statement.
        keeps_metadata: Whether code reads what it says of itself: a `VERSION` that names a model's file.
    """
    silenced: ast.AST | None = _Silencer(keeps_metadata=keeps_metadata).visit(_copy(node))
    return None if silenced is None else canonical(silenced)


def _copy(node: ast.AST) -> ast.AST:
    fields = {name: _copy_value(value) for name, value in ast.iter_fields(node)}
    return type(node)(**fields)


def _copy_value(value: object) -> object:
    if isinstance(value, ast.AST):
        return _copy(value)
    return [_copy_value(item) for item in value] if isinstance(value, list) else value


class _Silencer(ast.NodeTransformer):
    """Takes out of a tree what no prediction can depend on."""

    def __init__(self, *, keeps_metadata: bool) -> None:
        self._keeps_metadata = keeps_metadata
        self._in_function = False

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.body = _without_docstring(node.body)
        return self._inside(node, function=False)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._function(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        is_text = isinstance(node.value, ast.Constant)
        return None if is_text or _is_silent_call(node.value) else self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        is_told = _is_metadata(node.targets[0]) and not self._keeps_metadata
        return None if is_told else self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST | None:
        self.generic_visit(node)
        return node if node.body or node.orelse or not is_main_block(node) else None

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        # Which error is raised can matter to a caller's `except`; its text cannot.
        node.cause = None
        if isinstance(node.exc, ast.Call):
            node.exc = node.exc.func
        return self.generic_visit(node)

    def visit_Pass(self, node: ast.Pass) -> ast.AST | None:
        del node
        return None

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        node.body = _without_docstring(node.body)
        if all(_ignores_annotations(each) for each in node.decorator_list):
            _drop_annotations(node)
        return self._inside(node, function=True)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        # What a local variable is said to be is never looked at.
        if not self._in_function:
            return self.generic_visit(node)
        plain = unannotated(node)
        return None if plain is None else self.visit(plain)

    def _inside(self, node: ast.AST, *, function: bool) -> ast.AST:
        outer, self._in_function = self._in_function, function
        found = self.generic_visit(node)
        self._in_function = outer
        return found


def _ignores_annotations(decorator: ast.expr) -> bool:
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = call.attr if isinstance(call, ast.Attribute) else call.id if isinstance(call, ast.Name) else ""
    return name in _PLAIN_DECORATORS


def _drop_annotations(node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    node.returns = None
    arguments = node.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        argument.annotation = None
    for star in (arguments.vararg, arguments.kwarg):
        if star is not None:
            star.annotation = None


def unannotated(node: ast.AnnAssign) -> ast.stmt | None:
    """Return the assignment that an annotated one makes, None where it makes none."""
    if node.value is None:
        return None
    return ast.copy_location(ast.Assign(targets=[node.target], value=node.value), node)


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0] if body else None
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return body[1:] if is_text else body


def _is_silent_call(value: ast.expr) -> bool:
    """Tell `logger.info(…)`, `self.log.debug(…)`, `warnings.warn(…)` and `print(…)` from calls that act.

    A list may be called `warnings`, too: only what the module of that name does is silent.
    """
    if not isinstance(value, ast.Call) or any(_acts(part) for part in ast.walk(value) if part is not value):
        return False
    function = value.func
    if isinstance(function, ast.Name):
        return function.id in _SILENT_NAMES
    if not isinstance(function, ast.Attribute):
        return False
    owner = function.value
    root = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
    if function.attr in _FILTERS:
        # "error" makes warnings raise.
        return root == "warnings" and not any(getattr(each, "value", "") == "error" for each in value.args)
    return root in _SILENT_ROOTS and function.attr in _SILENT_METHODS


def _acts(part: ast.AST) -> bool:
    if isinstance(part, ast.NamedExpr | ast.Yield | ast.YieldFrom | ast.Await):
        return True
    function = part.func if isinstance(part, ast.Call) else None
    name = getattr(function, "attr", getattr(function, "id", ""))
    return name in _ACTING_CALLS


def _is_metadata(target: ast.expr) -> bool:
    """Tell `__version__ = …` and its kin, which say things to people and to installers."""
    name = target.id if isinstance(target, ast.Name) else ""
    return name in _METADATA


def reads_its_version(tree: ast.Module, name: str) -> bool:
    """Tell a `VERSION` that its own module uses for more than to say its `__version__`."""
    if name not in _VERSIONS:
        return False
    told = (each for each in tree.body if isinstance(each, ast.Assign) and _is_metadata(each.targets[0]))
    others = set(tree.body).difference(told)
    parts = (part for other in others for part in ast.walk(other))
    return any(isinstance(part, ast.Name) and part.id == name for part in parts)


def is_main_block(node: ast.stmt) -> bool:
    """Tell `if __name__ == "__main__":`, which runs where the file is run as a script."""
    test = node.test if isinstance(node, ast.If) else None
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.left, ast.Name)
        and test.left.id == "__name__"
        and isinstance(test.comparators[0], ast.Constant)
        and test.comparators[0].value == "__main__"
    )


@lru_cache(maxsize=1024)
def python_source(path: str, text: str) -> str | None:
    """Return the Python in a file: its text, or the code cells of a notebook; None where there is none."""
    if path.endswith(".py"):
        return text
    if not path.endswith(".ipynb"):
        return None
    try:
        cells = json.loads(text or "{}").get("cells", [])
        code = ["".join(cell.get("source", [])) for cell in cells if cell.get("cell_type") == "code"]
    except (ValueError, AttributeError, TypeError, RecursionError):
        return None
    lines = "\n".join(code).splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith(("%", "!")))
