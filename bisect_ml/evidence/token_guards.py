"""The conditions under which code that is not Python fails, read from its tokens."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bisect_ml.evidence.canonical_tokens import written_once
from bisect_ml.evidence.guards import ALWAYS, Condition, Failure, way
from bisect_ml.evidence.outlines import Part
from bisect_ml.evidence.tokens import Token, language_of

_OTHERWISE: Condition = frozenset({frozenset({"else"})})
_FAILS = frozenset({"throw", "raise", "panic", "die", "croak", "bail", "reject"})
_NOTHING = frozenset({"null", "nil", "undefined", "NaN", "None", "NULL"})
# What may follow a bare `return`: an end, or the modifier of Ruby and Perl.
_ENDS = frozenset({";", "}", "\n", "if", "unless"})
_ELSE_IF = frozenset({"elseif", "elsif", "elif"})
_AND, _OR = frozenset({"&&", "and"}), frozenset({"||", "or"})
_OPENS, _CLOSES = frozenset({"(", "[", "{"}), frozenset({")", "]", "}"})
_BY_MODIFIER = (".rb", ".pl", ".pm")
_GLUED = re.compile(r"(&&|\|\|)(.+)")


def way_of_part(path: str, before: Part | None, after: Part | None) -> int:
    """Return in how many places a definition fails under a wider condition, less narrower ones.

    Reading takes time linear in its length but for code that is nested without end.
    """
    if before is None or after is None:
        return 0
    old, new = (list(_in_text(path, side.text)) for side in (before, after))
    return way(old, new)


def _in_text(path: str, text: str) -> Iterator[Failure]:
    """Yield what throws or returns nothing in a text."""
    language = language_of(path)
    if language is None:
        return
    found = [token for token in written_once(path, text, language) if token.text.strip(" ")]
    if path.endswith(_BY_MODIFIER):
        yield from _by_modifier(found)
    else:
        yield from _in_blocks(list(_words(found)), nil_is_success=path.endswith(".go"))


def _words(found: Iterable[Token]) -> Iterator[str]:
    """Yield the texts of tokens, with `&&!` as the two that it is."""
    for token in found:
        glued = _GLUED.fullmatch(token.text) if token.kind == "sign" else None
        yield from glued.groups() if glued else (token.text,)


def _by_modifier(found: Sequence[Token]) -> Iterator[Failure]:
    """Yield the failures of Ruby and Perl that end in `if …` or `unless …`."""
    line: list[Token] = []
    for token in (*found, Token("line", "\n")):
        if token.kind != "line" and token.text != ";":
            line.append(token)
            continue
        words = list(_words(line))
        at = next((place for place, word in enumerate(words) if word in {"if", "unless"}), 0)
        if at and _fails(words, 0):
            yield _what(words, 0), _of_words(words[at + 1 :], negated=words[at] == "unless")
        line = []


def _in_blocks(words: Sequence[str], *, nil_is_success: bool) -> Iterator[Failure]:
    """Yield the failures inside `if (…) {…}` and the like.

    A test without a block holds for what comes next only: line ends are no tokens in most languages.
    """
    blocks: list[Condition] = []
    pending, at = ALWAYS, 0
    while at < len(words):
        word, is_code = words[at], words[at - 1 : at] != ["#"]
        if word in _ELSE_IF or (word == "if" and is_code):
            end = _end_of_test(words, at + 1)
            otherwise = _OTHERWISE if word in _ELSE_IF else ALWAYS
            pending, at = pending | otherwise | _of_words(words[at + 1 : end]), end
            continue
        if word == "{":
            blocks.append(pending)
        elif word == "}" and blocks:
            blocks.pop()
        elif _fails(words, at) and not (nil_is_success and _is_success(words, at)):
            yield _what(words, at), pending.union(*blocks)
        pending = _OTHERWISE if word == "else" and is_code else ALWAYS
        at += 1


def _is_success(words: Sequence[str], at: int) -> bool:
    """Tell Go's `return` and `return nil`, without an error after a comma."""
    return words[at] == "return" and words[at + 2 : at + 3] != [","]


def _fails(words: Sequence[str], at: int) -> bool:
    if words[at] != "return":
        return words[at] in _FAILS
    first, then = (words[place : place + 1] or [";"] for place in (at + 1, at + 2))
    goes_on = not (then[0][0].isalnum() or then[0] in _ENDS | _CLOSES | {","})
    return first[0] in _ENDS or (first[0] in _NOTHING and not goes_on)


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


def _of_words(words: Sequence[str], *, negated: bool = False) -> Condition:
    """Return the condition of a test; where it is negated, that of its opposite."""
    either = [_without_brackets(each) for each in _split(_without_brackets(words), _OR)]
    if negated:
        return frozenset(frozenset(f"not {_joined(term)}" for term in _split(each, _AND)) for each in either)
    if len(either) > 1:
        return frozenset({frozenset(map(_joined, either))})
    clauses = (_without_brackets(each) for each in _split(either[0], _AND))
    return frozenset(frozenset(map(_joined, _split(each, _OR))) for each in clauses)


def _joined(words: Sequence[str]) -> str:
    return " ".join(_without_brackets(words))


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
