"""Whether a definition fails for more inputs or for fewer, by the conditions under which it does.

`if a and b: raise` fails for fewer inputs than `if a: raise`, and for more than `if a and b and c: raise`.
A condition is kept as clauses that must all hold, each of which is a set of terms of which one must hold;
one condition implies another where every clause of that one has a stricter one here.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from bisect_ml.evidence.canonical_tokens import written_once
from bisect_ml.evidence.definitions import ChangedDefinition
from bisect_ml.evidence.outlines import Part
from bisect_ml.evidence.tokens import Token, language_of

_Condition: TypeAlias = frozenset[frozenset[str]]
_Failure: TypeAlias = tuple[str, _Condition]
"""What fails, and under which condition."""

_ALWAYS: _Condition = frozenset()
_OTHERWISE: _Condition = frozenset({frozenset({"else"})})
_FAILS = frozenset({"throw", "raise", "panic", "die", "croak", "bail", "reject"})
_NOTHING = frozenset({"null", "nil", "undefined", "NaN", "None", "NULL", ";"})
_AND, _OR = frozenset({"&&", "and"}), frozenset({"||", "or"})
_OPENS, _CLOSES = frozenset({"(", "[", "{"}), frozenset({")", "]", "}"})
_BY_MODIFIER = (".rb", ".pl", ".pm")


def way_of_definition(changed: ChangedDefinition) -> int:
    """Return in how many places a Python definition fails under a wider condition, less narrower ones."""
    if changed.before is None or changed.after is None:
        return 0
    old, new = (list(_in_statements(side.acting, _ALWAYS)) for side in (changed.before, changed.after))
    return _way(old, new)


def way_of_part(path: str, before: Part | None, after: Part | None) -> int:
    """Return the same of a definition in another language; linear in its length."""
    if before is None or after is None:
        return 0
    old, new = (list(_in_text(path, side.text)) for side in (before, after))
    return _way(old, new)


def _way(old: Iterable[_Failure], new: Iterable[_Failure]) -> int:
    before, after = _by_what(old), _by_what(new)
    return sum(
        _wider(a, b)
        for what in before.keys() & after.keys()
        if len(before[what]) == len(after[what])
        for a, b in zip(before[what], after[what], strict=True)
    )


def _by_what(failures: Iterable[_Failure]) -> Mapping[str, list[_Condition]]:
    found: defaultdict[str, list[_Condition]] = defaultdict(list)
    for what, condition in failures:
        found[what].append(condition)
    return found


def _wider(old: _Condition, new: _Condition) -> int:
    """Return 1 where the new condition holds for more inputs than the old one, -1 for fewer, else 0."""
    return _implies(old, new) - _implies(new, old)


def _implies(one: _Condition, other: _Condition) -> bool:
    return all(any(strict <= clause for strict in one) for clause in other)


def _in_statements(nodes: Sequence[ast.AST], condition: _Condition) -> Iterator[_Failure]:
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


def _inside(node: ast.AST) -> Iterator[tuple[ast.AST, _Condition]]:
    """Yield what stands in a statement, with what must hold there too."""
    if isinstance(node, ast.If):
        otherwise = frozenset({frozenset({f"not {ast.dump(node.test)}"})})
        yield from ((child, _of_test(node.test)) for child in node.body)
        yield from ((child, otherwise) for child in node.orelse)
    elif isinstance(node, ast.ExceptHandler):
        caught = frozenset({frozenset({f"except {ast.dump(node.type) if node.type else 'any'}"})})
        yield from ((child, caught) for child in node.body)
    elif not isinstance(node, ast.expr):
        yield from ((child, _ALWAYS) for child in ast.iter_child_nodes(node))


def _is_nothing(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _of_test(test: ast.expr) -> _Condition:
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return frozenset().union(*map(_of_test, test.values))
    either = test.values if isinstance(test, ast.BoolOp) else [test]
    return frozenset({frozenset(map(ast.dump, either))})


def _in_text(path: str, text: str) -> Iterator[_Failure]:
    """Yield what throws or returns nothing in a text, by its tokens."""
    language = language_of(path)
    if language is None:
        return
    found = [token for token in written_once(path, text, language) if token.text.strip(" ")]
    if path.endswith(_BY_MODIFIER):
        yield from _by_modifier(found)
    else:
        yield from _in_blocks(found)


def _by_modifier(found: Sequence[Token]) -> Iterator[_Failure]:
    """Yield the failures of Ruby and Perl that end in `if …` or `unless …`."""
    line: list[str] = []
    for token in (*found, Token("line", "\n")):
        if token.kind != "line" and token.text != ";":
            line.append(token.text)
            continue
        at = next((place for place, word in enumerate(line) if word in {"if", "unless"}), 0)
        if at and _fails(line, 0):
            yield _what(line, 0), _of_words(line[at + 1 :], negated=line[at] == "unless")
        line = []


def _in_blocks(found: Sequence[Token]) -> Iterator[_Failure]:
    """Yield the failures inside `if (…) {…}` and the like, which brackets or a semicolon end."""
    words = [token.text for token in found]
    blocks: list[_Condition] = []
    pending, at = _ALWAYS, 0
    while at < len(words):
        word = words[at]
        if word == "else":
            pending = _OTHERWISE
        elif word == "if":
            end = _end_of_test(words, at + 1)
            pending |= _of_words(words[at + 1 : end])
            at = end
            continue
        elif word == "{":
            blocks.append(pending)
            pending = _ALWAYS
        elif word == "}" and blocks:
            blocks.pop()
        elif word == ";":
            pending = _ALWAYS
        elif _fails(words, at):
            yield _what(words, at), pending.union(*blocks)
            pending = _ALWAYS
        at += 1


def _fails(words: Sequence[str], at: int) -> bool:
    return words[at : at + 1] != [] and (
        words[at] in _FAILS or (words[at] == "return" and set(words[at + 1 : at + 2]) <= _NOTHING)
    )


def _what(words: Sequence[str], at: int) -> str:
    named = [word for word in words[at + 1 : at + 3] if word != "new"]
    return " ".join([words[at], *named[:1]])


def _end_of_test(words: Sequence[str], start: int) -> int:
    """Return the place behind the brackets of a test, of one without brackets that of its block."""
    if words[start : start + 1] != ["("]:
        return next((at for at in range(start, len(words)) if words[at] == "{"), len(words))
    depth = 0
    for at in range(start, len(words)):
        depth += (words[at] in _OPENS) - (words[at] in _CLOSES)
        if not depth:
            return at + 1
    return len(words)


def _of_words(words: Sequence[str], *, negated: bool = False) -> _Condition:
    """Return the condition of a test; where it is negated, that of its opposite."""
    bare = _without_brackets(words)
    outer, inner = (_OR, _AND) if negated else (_AND, _OR)
    sign = "not " if negated else ""
    return frozenset(
        frozenset(
            sign + " ".join(_without_brackets(term)) for term in _split(_without_brackets(clause), inner)
        )
        for clause in _split(bare, outer)
    )


def _without_brackets(words: Sequence[str]) -> Sequence[str]:
    """Return a test without the brackets around the whole of it."""
    opened: list[int] = []
    closes: dict[int, int] = {}
    for at, word in enumerate(words):
        if word in _OPENS:
            opened.append(at)
        elif word in _CLOSES and opened:
            closes[opened.pop()] = at
    around, last = 0, len(words) - 1
    while words[around : around + 1] == ["("] and closes.get(around) == last - around:
        around += 1
    return words[around : len(words) - around]


def _split(words: Sequence[str], at_words: frozenset[str]) -> Iterator[Sequence[str]]:
    """Yield the parts of a test between `and` or `or` that stand in no brackets."""
    depth, start = 0, 0
    for at, word in enumerate(words):
        depth += (word in _OPENS) - (word in _CLOSES)
        if word in at_words and not depth:
            yield words[start:at]
            start = at + 1
    yield words[start:]
