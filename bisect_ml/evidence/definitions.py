"""The definitions of a Python module, and which of them a commit changed.

A definition is a function, a method, a class body without its methods, or a module-level name. What
stands at module level without a name is gathered in `<module>`, the imports in `<imports>`, what only a
script does in `__main__`.
"""

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bisect_ml.evidence.paths import NEVER_SERVED, file_kind
from bisect_ml.evidence.syntax import (
    bare,
    is_main_block,
    parse,
    python_source,
    reads_its_version,
    unannotated,
)
from bisect_ml.types import Commit, FileChange

MODULE, IMPORTS, MAIN = "<module>", "<imports>", "__main__"
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Definition:
    """A named part of a module: its statements, and their source text."""

    path: str
    name: str
    nodes: tuple[ast.stmt, ...]
    source: str
    annotated: bool = False
    """Whether annotations are looked at where it stands: models and data classes are made of them."""
    is_read: bool = False
    """Whether it says what version its module is of, and code of that module uses it."""

    @property
    def acting(self) -> tuple[ast.AST, ...]:
        """Its statements without what cannot move a prediction."""
        plain = (
            unannotated(n) if isinstance(n, ast.AnnAssign) and not self.annotated else n for n in self.nodes
        )
        bared = (bare(node, keeps_metadata=self.is_read) for node in plain if node is not None)
        return tuple(found for found in bared if found is not None)

    @property
    def is_callable(self) -> bool:
        """Whether it is a function or a method."""
        return isinstance(self.nodes[0], ast.FunctionDef | ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ChangedDefinition:
    """A definition before and after a commit; None on the side where it does not exist."""

    before: Definition | None
    after: Definition | None

    @property
    def name(self) -> str:
        """Its dotted name inside the module, the new one where it was renamed."""
        return self._any.name

    @property
    def path(self) -> str:
        """The path of its file, the new one where it was moved."""
        return self._any.path

    @property
    def _any(self) -> Definition:
        found = self.after or self.before
        if found is None:
            raise ValueError("a changed definition exists on one side at least")
        return found


@lru_cache(maxsize=2048)
def definitions(path: str, text: str) -> Mapping[str, Definition] | None:
    """Return the definitions of a Python file or notebook by dotted name, None where it cannot be parsed."""
    source = python_source(path, text)
    tree = None if source is None else parse(source)
    if tree is None or source is None:
        return None
    lines = source.splitlines()
    grouped: dict[str, list[ast.stmt]] = {}
    for name, node in _named(tree.body, ""):
        grouped.setdefault(name, []).append(node)
    return {
        name: Definition(
            path=path,
            name=name,
            nodes=tuple(nodes),
            source="\n".join(_source(lines, node) for node in nodes),
            annotated=any(map(_reads_annotations, grouped.get(name.rpartition(".")[0], ()))),
            is_read=reads_its_version(tree, name),
        )
        for name, nodes in grouped.items()
    }


def _reads_annotations(owner: ast.stmt) -> bool:
    """Tell a class that is derived or decorated, and may be made of its annotations, from a plain one."""
    bases = owner.bases if isinstance(owner, ast.ClassDef) else []
    inherits = any(getattr(base, "id", "") != "object" for base in bases)
    return inherits or bool(getattr(owner, "decorator_list", []))


def _named(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, ast.stmt]]:
    made: set[str] = set()
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield prefix + node.name, node
        elif isinstance(node, ast.ClassDef):
            name = prefix + node.name
            yield name, _class_shell(node)
            yield from _named(node.body, name + ".")
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield prefix + IMPORTS, node
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [target.id for target in targets if isinstance(target, ast.Name)]
            made |= set(names)
            yield prefix + (names[0] if names else _filled(targets[0], made)), node
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield prefix + _filled(node.value.func, made), node
        elif is_main_block(node):
            yield prefix + MAIN, node
        elif isinstance(node, ast.If | ast.Try):
            # Conditional imports and definitions count as if they stood at module level.
            yield from _named(_branches(node), prefix)
        elif not isinstance(node, ast.Expr | ast.Pass | ast.If) or _acts(node):
            yield prefix + MODULE, node


def _filled(target: ast.expr, made: Collection[str]) -> str:
    """Return the name of what a statement puts something into: `WEIGHTS["age"] = 2`, `STEPS.append(…)`."""
    root = target
    while isinstance(root, ast.Attribute | ast.Subscript):
        root = root.value
    return root.id if root is not target and isinstance(root, ast.Name) and root.id in made else MODULE


def _branches(node: ast.If | ast.Try) -> list[ast.stmt]:
    if isinstance(node, ast.If) and _is_for_checkers(node.test):
        return node.orelse
    handlers = [statement for handler in getattr(node, "handlers", []) for statement in handler.body]
    return [*node.body, *handlers, *node.orelse, *getattr(node, "finalbody", [])]


def _is_for_checkers(test: ast.expr) -> bool:
    """Tell `if TYPE_CHECKING:`, which is never true where code runs."""
    return getattr(test, "attr", getattr(test, "id", "")) == "TYPE_CHECKING"


def _class_shell(node: ast.ClassDef) -> ast.ClassDef:
    """Return the head of a class: its bases and decorators, without its body."""
    return ast.ClassDef(
        name=node.name,
        bases=node.bases,
        keywords=node.keywords,
        body=[ast.Pass(lineno=node.lineno, col_offset=0)],
        decorator_list=node.decorator_list,
        lineno=node.lineno,
        col_offset=node.col_offset,
        end_lineno=max(
            node.lineno, *(base.end_lineno or 0 for base in [*node.bases, *node.decorator_list]), 0
        ),
        end_col_offset=None,
    )


def _acts(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant)


def _source(lines: list[str], node: ast.stmt) -> str:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(each.lineno for each in decorators)])
    return "\n".join(lines[first - 1 : node.end_lineno])


@lru_cache(maxsize=1024)
def changed_definitions(change: FileChange) -> tuple[ChangedDefinition, ...] | None:
    """Return the definitions of a Python file that behave differently after a change, or None if unknown.

    Definitions with equal text are set aside before any tree is compared, and definitions whose trees
    differ only in what cannot move a prediction are left out.
    """
    if not change.path.endswith((".py", ".ipynb")) or (change.before is None and change.after is None):
        return None
    if (change.before is None and change.status != "A") or (change.after is None and change.status != "D"):
        return None
    before = definitions(change.old_path or change.path, change.before or "")
    after = definitions(change.path, change.after or "")
    if before is None or after is None:
        return None
    found = []
    for name in {**before, **after}:
        old, new = before.get(name), after.get(name)
        if old and new and (old.source == new.source or form_of(old) == form_of(new)):
            continue
        if name == IMPORTS and not change.path.endswith("__init__.py") and _imports_alike(before, after):
            continue
        found.append(ChangedDefinition(before=old, after=new))
    return tuple(each for each in found if form_of(each.before) or form_of(each.after))


def live_definitions(commit: Commit) -> tuple[ChangedDefinition, ...]:
    """Return the changed definitions of all served Python files of a commit that could be compared."""
    served = (change for change in commit.files if file_kind(change.path) not in NEVER_SERVED)
    return tuple(each for change in served for each in changed_definitions(change) or ())


def form_of(definition: Definition | None) -> str:
    """Return what a definition does as a text: those with equal texts behave the same; empty for None."""
    if definition is None:
        return ""
    if definition.name.endswith(IMPORTS):
        return "\n".join(sorted({ast.dump(node) for node in definition.acting}))
    return "\n".join(map(ast.dump, definition.acting))


def _imports_alike(before: Mapping[str, Definition], after: Mapping[str, Definition]) -> bool:
    """Tell whether two versions of a module import the same, but for names that they have no use for."""
    old, new = _imported(before), _imported(after)
    apart = old.keys() ^ new.keys()
    return all(old[name] == new[name] for name in old.keys() & new.keys()) and not (
        apart & (_mentioned(before) | _mentioned(after) | {"*"})
    )


def _imported(module: Mapping[str, Definition]) -> Mapping[str, str]:
    """Return the names that a module imports, and whence they come."""
    return {
        alias.asname or alias.name: f"{getattr(node, 'level', 0)} {getattr(node, 'module', '')} {alias.name}"
        for node in (module[IMPORTS].nodes if IMPORTS in module else ())
        for alias in getattr(node, "names", ())
    }


def _mentioned(module: Mapping[str, Definition]) -> set[str]:
    forms = (form_of(definition) for name, definition in module.items() if name != IMPORTS)
    return {word for form in forms for word in _WORDS.findall(form)}
