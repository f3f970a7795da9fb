"""What a commit did to a definition: numbers, operators, defaults, arguments, guards, names.

Two syntax trees are walked side by side. Where they part, the smallest pair of nodes that differ is
one edit, and its kind is what a reviewer would call it.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from bisect_ml.evidence.definitions import ChangedDefinition, Definition

EditKind = Literal[
    "number",
    "text",
    "flag",
    "elements",
    "operator",
    "default",
    "swap",
    "argument",
    "guard",
    "name",
    "call",
    "callee",
    "statement",
    "body",
]

_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Edit:
    """One place where two versions of a definition part; a side is empty where nothing stands there."""

    kind: EditKind
    before: str
    after: str


@lru_cache(maxsize=4096)
def edits(changed: ChangedDefinition) -> tuple[Edit, ...]:
    """Return the edits that lead from one version of a definition to the next, at most 200."""
    if changed.before is None or changed.after is None:
        return (Edit("body", _name(changed.before), _name(changed.after)),)
    found: list[Edit] = []
    for edit in _statements(changed.before.acting, changed.after.acting):
        found.append(edit)
        if len(found) >= _LIMIT:
            break
    return tuple(found)


def _name(definition: Definition | None) -> str:
    return "" if definition is None else definition.name


def _statements(before: Sequence[ast.AST], after: Sequence[ast.AST]) -> Iterator[Edit]:
    """Align two lists of statements and yield the edits between those that face each other."""
    old, new = [ast.dump(node) for node in before], [ast.dump(node) for node in after]
    for tag, i, k, j, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        facing = min(k - i, m - j)
        for a, b in zip(before[i : i + facing], after[j : j + facing], strict=True):
            yield from _nodes(a, b)
        for node in before[i + facing : k]:
            yield Edit("guard" if _is_guard(node) else "statement", _text(node), "")
        for node in after[j + facing : m]:
            yield Edit("guard" if _is_guard(node) else "statement", "", _text(node))


def _nodes(before: ast.AST, after: ast.AST) -> Iterator[Edit]:
    """Yield the edits between two nodes in the same place."""
    if ast.dump(before) == ast.dump(after):
        return
    if isinstance(before, ast.Constant) and isinstance(after, ast.Constant):
        yield Edit(_constant_kind(before, after), repr(before.value), repr(after.value))
    elif type(before) is not type(after):
        yield from _unlike(before, after)
    elif _is_swap(before, after):
        yield Edit("swap", _text(before), _text(after))
    elif (callees := _other_callee(before, after)) is not None:
        yield Edit("callee", *callees)
    elif isinstance(before, ast.arguments) and isinstance(after, ast.arguments):
        yield from _arguments(before, after)
    elif isinstance(before, ast.operator | ast.cmpop | ast.boolop | ast.unaryop):
        yield Edit("operator", type(before).__name__, type(after).__name__)
    else:
        yield from _fields(before, after)


def _unlike(before: ast.AST, after: ast.AST) -> Iterator[Edit]:
    """Yield the edits between nodes of two types: a wrapped or an unwrapped expression, or another one."""
    if isinstance(before, ast.operator | ast.cmpop | ast.boolop | ast.unaryop):
        yield Edit("operator", type(before).__name__, type(after).__name__)
        return
    if isinstance(before, ast.Try) != isinstance(after, ast.Try) or _is_guard(before) != _is_guard(after):
        yield Edit("guard", _text(before), _text(after))
        return
    arithmetic = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp)
    kind: EditKind = "operator" if isinstance(before, arithmetic) or isinstance(after, arithmetic) else "call"
    if isinstance(before, ast.stmt) and not isinstance(
        before, ast.Return | ast.Assign | ast.AugAssign | ast.Expr
    ):
        kind = "statement"
    yield Edit(kind, _text(before), _text(after))


def _fields(before: ast.AST, after: ast.AST) -> Iterator[Edit]:
    for (name, old), (_, new) in zip(ast.iter_fields(before), ast.iter_fields(after), strict=False):
        if isinstance(old, ast.AST) and isinstance(new, ast.AST):
            yield from _nodes(old, new)
        elif isinstance(old, list) and isinstance(new, list):
            if name in {"body", "orelse", "finalbody", "handlers"}:
                yield from _statements(_trees(old), _trees(new))
            else:
                yield from _items(before, old, new)
        elif isinstance(old, str) and isinstance(new, str) and old != new:
            yield Edit("name", old, new)
        elif isinstance(old, ast.AST) or isinstance(new, ast.AST):
            yield Edit("statement", _text(old), _text(new))


def _items(owner: ast.AST, old: list[object], new: list[object]) -> Iterator[Edit]:
    """Yield the edits between the elements of two lists of expressions or arguments."""
    before, after = _trees(old), _trees(new)
    if len(before) == len(after):
        for a, b in zip(before, after, strict=True):
            yield from _nodes(a, b)
        return
    collection = isinstance(owner, ast.List | ast.Set | ast.Tuple | ast.Dict)
    kind: EditKind = "elements" if collection else "argument" if isinstance(owner, ast.Call) else "statement"
    dumps_before, dumps_after = {ast.dump(a) for a in before}, {ast.dump(b) for b in after}
    yield Edit(
        kind,
        ", ".join(_text(a) for a in before if ast.dump(a) not in dumps_after),
        ", ".join(_text(b) for b in after if ast.dump(b) not in dumps_before),
    )


def _arguments(before: ast.arguments, after: ast.arguments) -> Iterator[Edit]:
    """Yield changed defaults by the name of their parameter, and renamed or added parameters."""
    old, new = _defaults(before), _defaults(after)
    for name in old.keys() & new.keys():
        if old[name] != new[name]:
            yield Edit("default", f"{name}={old[name]}", f"{name}={new[name]}")
    gone, come = [n for n in old if n not in new], [n for n in new if n not in old]
    for a, b in zip(gone, come, strict=False):
        yield Edit("name", a, b)
    for name in come[len(gone) :]:
        yield Edit("argument", "", f"{name}={new[name]}")
    for name in gone[len(come) :]:
        yield Edit("argument", f"{name}={old[name]}", "")
    if not gone and not come and list(old) != list(new):
        yield Edit("swap", ", ".join(old), ", ".join(new))


def _defaults(arguments: ast.arguments) -> dict[str, str]:
    """Return each parameter with the text of its default, empty where it has none."""
    positional = [*arguments.posonlyargs, *arguments.args]
    padded: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults))
    pairs = [
        *zip(positional, [*padded, *arguments.defaults], strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
        *((star, None) for star in (arguments.vararg, arguments.kwarg) if star is not None),
    ]
    return {argument.arg: "" if default is None else _text(default) for argument, default in pairs}


def _constant_kind(before: ast.Constant, after: ast.Constant) -> EditKind:
    sides = (before.value, after.value)
    if any(isinstance(side, bool) or side is None for side in sides):
        return "flag"
    return "number" if all(isinstance(side, int | float) for side in sides) else "text"


def _is_swap(before: ast.AST, after: ast.AST) -> bool:
    """Tell a call or a list with the same parts in another order, and `a - b` that became `b - a`."""
    if isinstance(before, ast.BinOp) and isinstance(after, ast.BinOp):
        sides = [[ast.dump(each.left), ast.dump(each.right)] for each in (before, after)]
        return type(before.op) is type(after.op) and sides[0] == sides[1][::-1]
    if isinstance(before, ast.List | ast.Tuple) and isinstance(after, ast.List | ast.Tuple):
        return _is_reordered(before.elts, after.elts)
    if not (isinstance(before, ast.Call) and isinstance(after, ast.Call)):
        return False
    return ast.dump(before.func) == ast.dump(after.func) and _is_reordered(before.args, after.args)


def _is_reordered(before: Sequence[ast.expr], after: Sequence[ast.expr]) -> bool:
    old, new = [ast.dump(each) for each in before], [ast.dump(each) for each in after]
    return old != new and sorted(old) == sorted(new)


def _other_callee(before: ast.AST, after: ast.AST) -> tuple[str, str] | None:
    """Return both functions where the same arguments go to another: `np.mean(x)` → `np.median(x)`."""
    if not (isinstance(before, ast.Call) and isinstance(after, ast.Call)):
        return None
    old, new = ([ast.dump(each) for each in (*call.args, *call.keywords)] for call in (before, after))
    match (before.func, after.func):
        case (ast.Name(id=first), ast.Name(id=second)) if old == new and first != second:
            return first, second
        case (ast.Attribute(attr=first), ast.Attribute(attr=second)) if old == new and first != second:
            if ast.dump(before.func.value) == ast.dump(after.func.value):
                return first, second
            return _text(before.func), _text(after.func)
    return None


def _is_guard(node: object) -> bool:
    """Tell an `if` or `try` that only leaves early, or turns an error or a missing value into something."""
    if isinstance(node, ast.Try):
        return True
    if not isinstance(node, ast.If) or node.orelse:
        return False
    leaves = (ast.Return, ast.Raise, ast.Continue, ast.Break)
    return len(node.body) <= 2 and (not node.body or isinstance(node.body[-1], leaves))


def _trees(items: Sequence[object]) -> list[ast.AST]:
    return [item for item in items if isinstance(item, ast.AST)]


def _text(node: object) -> str:
    if not isinstance(node, ast.AST):
        return "" if node is None else str(node)
    try:
        return ast.unparse(ast.fix_missing_locations(node))
    except (ValueError, RecursionError, AttributeError):
        return type(node).__name__
