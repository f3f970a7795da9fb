"""Whether what the commit changes runs only where an option is given."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

from bisect_ml.evidence.base import say
from bisect_ml.evidence.patch import Block, blocks
from bisect_ml.evidence.paths import NEVER_SERVED, file_kind
from bisect_ml.evidence.program import PYTHON
from bisect_ml.evidence.reach import acting_files
from bisect_ml.evidence.syntax import parse
from bisect_ml.types import Candidate, Case, Evidence, FileChange

_HOLDERS = r"(?:options?|opts?|settings|config|params|kwargs)"
_CONDITION = re.compile(
    rf"\bif\b.*?(?<![!\w.])(?:this\.|self\.)?{_HOLDERS}\.(\w+)\b(?!\s*(?:===?\s*(?:null|undefined|false)|\())"
)
_ALTERNATIVE = re.compile(r"^\s*\}?\s*else\b(?!\s+if\b)")
_COMMENT = re.compile(r"^\s*(?:#|//|/?\*|$)")


def option(case: Case, candidate: Candidate) -> Evidence | None:
    """Look for changes that run only where a caller asks for them.

    Looks at: the conditions around every changed line: in Python whether they ask for a parameter that is
    nothing by default, elsewhere for a member of `options` and its kin; and whether other code gives it.

    Why it tells: most predictions are made with the defaults, and code behind an option that nobody gives
    moves none of them.

    When it misleads: when the service gives the option itself, outside this repository.
    """
    if candidate.commit is None:
        return None
    asked: set[str] = set()
    for change in acting_files(case, candidate.commit):
        for name in _options(change):
            if name is None or _is_given(case, name):
                return None
            asked.add(name)
    if not asked:
        return None
    named = ", ".join(sorted(asked)[:3])
    return say(
        "option", "asked", f"runs only where {named} is given, which no caller here does", option=named
    )


def _options(change: FileChange) -> Iterator[str | None]:
    """Yield for each changed block the option that it hangs on, None where it hangs on none."""
    if change.after is None or change.before is None:
        yield None
        return
    is_python = change.path.endswith(PYTHON)
    tree = parse(change.after) if is_python else None
    lines = change.after.splitlines()
    for block in blocks(change):
        if all(_COMMENT.match(line) for line in (*block.removed, *block.added)):
            continue
        if is_python:
            yield None if tree is None else _asked_in(tree, block)
        else:
            yield _asked_above(lines, block)


def _asked_in(tree: ast.Module, block: Block) -> str | None:
    """Return the parameter that the conditions around a block of Python ask for."""
    first, last = block.line, block.line + max(len(block.added), 1) - 1
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.If)
        and node.lineno <= first
        and last <= (node.end_lineno or 0)
    ]
    functions = [node for node in around if not isinstance(node, ast.If)]
    if not functions:
        return None
    unset = _unset(functions[-1].args)
    for node in around:
        inside = isinstance(node, ast.If) and last <= (node.body[-1].end_lineno or 0)
        wanted = _wanted(node.test, unset) if inside and isinstance(node, ast.If) else None
        if wanted:
            return wanted
    return None


def _unset(arguments: ast.arguments) -> frozenset[str]:
    """Return the parameters that are nothing where they are not given."""
    placed = [*arguments.posonlyargs, *arguments.args]
    defaults = [
        *zip(placed[len(placed) - len(arguments.defaults) :], arguments.defaults, strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    return frozenset(
        argument.arg for argument, value in defaults if isinstance(value, ast.Constant) and not value.value
    )


def _wanted(test: ast.expr, unset: frozenset[str]) -> str | None:
    """Return the parameter without which a condition does not hold."""
    match test:
        case ast.Name(id=name) if name in unset:
            return name
        case ast.BoolOp(op=ast.And(), values=values):
            return next((found for each in values if (found := _wanted(each, unset))), None)
        case ast.Compare(left=ast.Name(id=name), ops=[ast.IsNot()]) if name in unset:
            return name
        case ast.Compare(left=ast.Name(id=name), ops=[ast.Eq()], comparators=[ast.Constant(value=value)]) if (
            name in unset and value
        ):
            return name
    return None


def _asked_above(lines: list[str], block: Block) -> str | None:
    """Return the option that the conditions around a block ask for, by how lines are indented."""
    own = [line for line in block.added or block.removed if not _COMMENT.match(line)]
    if not own:
        return None
    asked = _CONDITION.search(own[0]) if len(own) == 1 else None
    if asked:
        return asked.group(1)
    depth = min(map(_depth, own))
    for line in reversed(lines[: block.line - 1]):
        if _COMMENT.match(line) or _depth(line) >= depth:
            continue
        if _ALTERNATIVE.match(line):
            return None
        depth = _depth(line)
        found = _CONDITION.search(line)
        if found:
            return found.group(1)
    return None


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


@lru_cache(maxsize=256)
def _is_given(case: Case, name: str) -> bool:
    """Tell whether some code gives an option another value than nothing, or its own."""
    nothing = rf"(?!{name}\b|None\b|False\b|null\b|undefined\b|false\b|{_HOLDERS}\b|=|'')"
    argument = re.compile(rf"(?<![\w.]){name}\s*=(?!=)\s*{nothing}\S")
    member = re.compile(rf"(?<![\w.]){name}:[ \t]*{nothing}\S|\b{_HOLDERS}\.{name}\s*=(?!=)\s*{nothing}\S")
    return any(
        (argument if path.endswith(PYTHON) else member).search(text)
        for path, text in case.tree.items()
        if name in text and file_kind(path) not in NEVER_SERVED
    )
