"""Whether a definition fails for more inputs or for fewer, by the conditions under which it does.

`if a and b: raise` fails for fewer inputs than `if a: raise`, and for more than `if a and b and c: raise`.
A condition is kept as clauses that must all hold, each of which is a set of terms of which one must hold;
one condition implies another where every clause of that one has a stricter one here.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from bisect_ml.evidence.definitions import ChangedDefinition

Condition: TypeAlias = frozenset[frozenset[str]]
Failure: TypeAlias = tuple[str, Condition]
"""What fails, and under which condition."""

ALWAYS: Condition = frozenset()
# Nobody writes more, and each is held against each.
_MOST_CLAUSES = 50


def way_of_definition(changed: ChangedDefinition) -> int:
    """Return in how many places a Python definition fails under a wider condition, less narrower ones."""
    if changed.before is None or changed.after is None:
        return 0
    old, new = (list(_in_statements(side.acting, ALWAYS)) for side in (changed.before, changed.after))
    return way(old, new)


def way(old: Iterable[Failure], new: Iterable[Failure]) -> int:
    """Return how many failures have a wider condition than before, less those with a narrower one."""
    before, after = _by_what(old), _by_what(new)
    return sum(
        _wider(a, b)
        for what in before.keys() & after.keys()
        if len(before[what]) == len(after[what])
        for a, b in zip(before[what], after[what], strict=True)
    )


def _by_what(failures: Iterable[Failure]) -> Mapping[str, list[Condition]]:
    found: defaultdict[str, list[Condition]] = defaultdict(list)
    for what, condition in failures:
        found[what].append(condition)
    return found


def _wider(old: Condition, new: Condition) -> int:
    """Return 1 where the new condition holds for more inputs than the old one, -1 for fewer, else 0."""
    if old == new or max(len(old), len(new)) > _MOST_CLAUSES:
        return 0
    return _implies(old, new) - _implies(new, old)


def _implies(one: Condition, other: Condition) -> bool:
    return all(any(strict <= clause for strict in one) for clause in other)


def _in_statements(nodes: Sequence[ast.AST], condition: Condition) -> Iterator[Failure]:
    """Yield what raises or returns nothing in some statements, in their order."""
    waiting = [(node, condition) for node in reversed(nodes)]
    while waiting:
        node, held = waiting.pop()
        if isinstance(node, ast.Raise):
            raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            yield f"raise {ast.dump(raised) if raised else ''}", held
        elif isinstance(node, ast.Return) and _is_nothing(node.value):
            yield "return", held
        else:
            waiting += reversed([(child, held | more) for child, more in _inside(node)])


def _inside(node: ast.AST) -> Iterator[tuple[ast.AST, Condition]]:
    """Yield what stands in a statement, with what must hold there too."""
    if isinstance(node, ast.If):
        otherwise = frozenset({frozenset({f"not {ast.dump(node.test)}"})})
        yield from ((child, _of_test(node.test)) for child in node.body)
        yield from ((child, otherwise) for child in node.orelse)
    elif isinstance(node, ast.ExceptHandler):
        caught = frozenset({frozenset({f"except {ast.dump(node.type) if node.type else 'any'}"})})
        yield from ((child, caught) for child in node.body)
    elif not isinstance(node, ast.expr):
        yield from ((child, ALWAYS) for child in ast.iter_child_nodes(node))


def _is_nothing(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _of_test(test: ast.expr) -> Condition:
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return frozenset().union(*map(_of_test, test.values))
    either = test.values if isinstance(test, ast.BoolOp) else [test]
    return frozenset({frozenset(map(ast.dump, either))})
