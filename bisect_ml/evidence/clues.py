"""What changed lines name that an input may hold: texts, signs of patterns, numbers, names of options."""

import ast
import re
import warnings
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from typing import TypeVar

from bisect_ml.evidence.patch import blocks
from bisect_ml.evidence.tokens import MAX_LINE, PYTHON, Token, language_of, tokens
from bisect_ml.types import FileChange

_Value = TypeVar("_Value", bound=Hashable)
_Side = tuple[Token, ...]
_MOST_BLOCKS, _MOST_LINES = 400, 400
_MOST_TEXTS, _MOST_NUMBERS, _MOST_NAMES, _MOST_OF_TESTS = 16, 6, 6, 40
_LONGEST, _LARGEST = 30, 1e15
_LOOKS_LIKE_PATTERN = re.compile(r"\\[a-zA-Z.^$*+?()\[\]{}|/]|\[[^\]]+\]|\(\?")
# Of a comment of more lines a patch may show those between its marks alone.
_WITHIN_COMMENT = re.compile(r"\s*\*(?:\s|$)")
_CODE_POINT = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))")
_SIGN = re.compile(
    r"\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|\(\?(?:P?<\w+>|<?[=!]|:)|\{\d*,?\d*\}|.", re.DOTALL
)
_STANDS_FOR = {"s": " ", "S": "x", "d": "7", "D": "x", "w": "w", "W": "-", "n": "\n", "r": "\r", "t": "\t"}
_STANDS_FOR_NOTHING = frozenset("bBAZz0123456789kpPfv")
_OF_PATTERNS = frozenset("^$.*+?()|{}[]")
_AFTER_NAMES = frozenset({":", "="})


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """Values that may make a difference, those first that one side of a change alone has.

    Attributes:
        texts: What changed lines of code quote, and of patterns the words and signs that they look for.
        numbers: The numbers in them.
        names: What they read from objects, or give a value.
        of_tests: What changed lines of tests quote: mostly what shows the change.
    """

    texts: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()
    names: tuple[str, ...] = ()
    of_tests: tuple[str, ...] = ()


def clues(changes: Iterable[FileChange], tests: Iterable[FileChange] = ()) -> Clues:
    """Return what the changed lines of some files name, and of the tests that were changed with them."""
    sides = [pair for change in changes for pair in _sides(change)]
    return Clues(
        texts=_first(sides, _texts, _MOST_TEXTS),
        numbers=_first(sides, _numbers, _MOST_NUMBERS),
        names=_first(sides, _names, _MOST_NAMES),
        of_tests=_first([pair for test in tests for pair in _sides(test)], _quoted, _MOST_OF_TESTS),
    )


@lru_cache(maxsize=256)
def _sides(change: FileChange) -> tuple[tuple[_Side, _Side], ...]:
    """Return the tokens of the lines that went and came, block by block."""
    language = language_of(change.path) or PYTHON
    shown = islice(blocks(change), _MOST_BLOCKS)
    texts = ((_joined(each.removed), _joined(each.added)) for each in shown)
    return tuple((tuple(tokens(old, language)), tuple(tokens(new, language))) for old, new in texts)


def _joined(lines: Sequence[str]) -> str:
    shown = (line for line in lines[:_MOST_LINES] if len(line) <= MAX_LINE)
    return "\n".join(line for line in shown if not _WITHIN_COMMENT.match(line))


def _first(
    sides: Iterable[tuple[_Side, _Side]], found_in: Callable[[_Side], Iterable[_Value]], most: int
) -> tuple[_Value, ...]:
    apart: dict[_Value, None] = {}
    alike: dict[_Value, None] = {}
    for old, new in sides:
        went, came = Counter(found_in(old)), Counter(found_in(new))
        for each in (*came, *went):
            (apart if went[each] != came[each] else alike).setdefault(each)
    return tuple(islice(dict.fromkeys((*apart, *alike)), most))


def _numbers(side: _Side) -> Iterator[float]:
    for each in side:
        if each.kind == "number":
            with suppress(ValueError):
                if (number := float(each.text)) <= _LARGEST:
                    yield number


def _names(side: _Side) -> Iterator[str]:
    """Yield what is read from an object, or is given a value."""
    begins = Token("sign", "")
    for before, (each, after) in zip((begins, *side), pairwise((*side, begins)), strict=False):
        is_read = before.text.endswith(".") and after.text != "("
        if each.kind == "word" and len(each.text) > 1 and (is_read or after.text in _AFTER_NAMES):
            yield each.text


def _texts(side: _Side) -> Iterator[str]:
    """Yield what is quoted, and of patterns the signs and words that they look for."""
    for each in side:
        if each.kind != "text":
            continue
        inner = each.text[1:-1] if each.text[0] in "\"'`" else each.text[1:].rpartition("/")[0]
        if each.text[0] == "/" or _LOOKS_LIKE_PATTERN.search(inner):
            yield from _looked_for(inner)
        else:
            yield from _kept(_unescaped(each.text))


def _quoted(side: _Side) -> Iterator[str]:
    for each in side:
        if each.kind == "text" and each.text[0] in "\"'`":
            yield _unescaped(each.text)


def _kept(text: str) -> list[str]:
    return [text] if 0 < len(text) <= _LONGEST else []


def _unescaped(quoted: str) -> str:
    with warnings.catch_warnings(), suppress(SyntaxError, ValueError):
        warnings.simplefilter("ignore")
        return str(ast.literal_eval(quoted))
    return quoted[1:-1]


def _looked_for(pattern: str) -> Iterator[str]:
    """Yield the words of a pattern, then each sign that it names."""
    signs = [_meant(each) for each in _SIGN.findall(pattern)]
    word = ""
    for sign in (*signs, ""):
        word += sign
        if not sign:
            if len(word) > 1:
                yield from _kept(word)
            word = ""
    yield from dict.fromkeys(filter(None, signs))
    if "\\s" in pattern:
        yield "\n"


def _meant(sign: str) -> str:
    """Return the character that a sign of a pattern stands for; an empty text where it stands for none."""
    if sign[0] != "\\" or len(sign) == 1:
        return "" if sign[0] in _OF_PATTERNS else sign
    if point := _CODE_POINT.fullmatch(sign):
        return chr(int(point[1] or point[2], 16))
    return "" if sign[1] in _STANDS_FOR_NOTHING else _STANDS_FOR.get(sign[1], sign[1])
