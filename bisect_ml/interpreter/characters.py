"""Which single characters, and which places between them, a part of a regular expression stands for."""

import _sre  # type: ignore[import-not-found]
import re
import re._casefix as casefix  # type: ignore[import-not-found]
import re._constants as constants  # type: ignore[import-not-found]
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from bisect_ml.interpreter.machine import Unsupported

Test = Callable[[str], bool]
_CASES: dict[int, tuple[int, ...]] = vars(casefix)["_EXTRA_CASES"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """In what the languages differ, and what flags say.

    Attributes:
        ignoring: Whether upper and lower case are one.
        multiline: Whether lines begin and end within the text.
        dotall: Whether any character may be the end of a line.
        ascii_only: Whether letters, digits and spaces are those of ASCII.
        of_scripts: Whether it is JavaScript: groups are empty at the start of each turn, and what an empty
            group holds is met everywhere; classes of characters are written out.
    """

    ignoring: bool = False
    multiline: bool = False
    dotall: bool = False
    ascii_only: bool = False
    of_scripts: bool = False

    def with_flags(self, flags: int) -> "Dialect":
        """Return it with flags of `re` added."""
        return replace(
            self,
            ignoring=self.ignoring or bool(flags & re.IGNORECASE),
            multiline=self.multiline or bool(flags & re.MULTILINE),
            dotall=self.dotall or bool(flags & re.DOTALL),
            ascii_only=self.ascii_only or bool(flags & re.ASCII),
        )

    def without_flags(self, flags: int) -> "Dialect":
        """Return it with flags of `re` taken away, of those that a part of a pattern may take away."""
        return replace(
            self,
            ignoring=self.ignoring and not flags & re.IGNORECASE,
            multiline=self.multiline and not flags & re.MULTILINE,
            dotall=self.dotall and not flags & re.DOTALL,
        )


def test_of(kind: Any, argument: Any, dialect: Dialect) -> Test | None:
    """Return what says whether one character is meant; None for what is not one character."""
    if kind is constants.ANY:
        anything = dialect.dotall or dialect.of_scripts
        return lambda each: anything or each != "\n"
    if kind is constants.LITERAL or kind is constants.NOT_LITERAL:
        parts, positive = [(constants.LITERAL, argument)], kind is constants.LITERAL
    elif kind is constants.IN:
        positive = argument[:1] != [(constants.NEGATE, None)]
        parts = argument if positive else argument[1:]
    else:
        return None
    if dialect.ignoring and not dialect.of_scripts:
        lower = _sre.ascii_tolower if dialect.ascii_only else _sre.unicode_tolower
        parts = [(part, lower(code) if part is constants.LITERAL else code) for part, code in parts]
    known: dict[str, bool] = {}

    def test(each: str) -> bool:
        found = known.get(each)
        if found is None:
            cases = _cases(ord(each), dialect) if dialect.ignoring else (ord(each),)
            found = known[each] = any(_is_in(parts, case, dialect) for case in cases) is positive
        return found

    return test


def _cases(code: int, dialect: Dialect) -> set[int]:
    """Return a character with what is the same but for its case."""
    if dialect.of_scripts:
        each = chr(code)
        return {ord(case) for case in (each, each.lower(), each.upper()) if len(case) == 1}
    if dialect.ascii_only:
        lower = _sre.ascii_tolower(code)
        return {code, lower, ord(chr(lower).upper())} if code < ord("\x80") else {code}
    lower = _sre.unicode_tolower(code)
    same = {code, lower, *_CASES.get(lower, ())}
    uppers = (chr(each).upper() for each in tuple(same))
    return same | {ord(each) for each in uppers if len(each) == 1 and _sre.unicode_tolower(ord(each)) in same}


def _is_in(parts: Any, code: int, dialect: Dialect) -> bool:
    for kind, argument in parts:
        if kind is constants.LITERAL and code == argument:
            return True
        if kind is constants.RANGE and argument[0] <= code <= argument[1]:
            return True
        if kind is constants.CATEGORY and _is_of(argument, chr(code), dialect):
            return True
    return False


def _is_of(category: Any, each: str, dialect: Dialect) -> bool:
    if dialect.of_scripts or category not in _CATEGORIES:
        raise Unsupported
    test, positive = _CATEGORIES[category]
    return (test(each) and (each.isascii() or not dialect.ascii_only)) is positive


def is_word(each: str) -> bool:
    """Return whether a character may be part of a word."""
    return each == "_" or each.isalnum()


_CATEGORIES: dict[Any, tuple[Test, bool]] = {
    constants.CATEGORY_DIGIT: (str.isdecimal, True),
    constants.CATEGORY_NOT_DIGIT: (str.isdecimal, False),
    constants.CATEGORY_SPACE: (str.isspace, True),
    constants.CATEGORY_NOT_SPACE: (str.isspace, False),
    constants.CATEGORY_WORD: (is_word, True),
    constants.CATEGORY_NOT_WORD: (is_word, False),
}


def stands_at(kind: Any, text: str, place: int, end: int, dialect: Dialect) -> bool:
    """Return whether a place in a text is a beginning, an end or an edge as it is meant."""
    if kind is constants.AT_BEGINNING and dialect.multiline:
        return place == 0 or text[place - 1] == "\n"
    if kind in (constants.AT_BEGINNING_STRING, constants.AT_BEGINNING):
        return place == 0
    if kind is constants.AT_END and not dialect.of_scripts:
        rest = end - place
        return rest == 0 or (text[place] == "\n" and (rest == 1 or dialect.multiline))
    if kind in (constants.AT_END_STRING, constants.AT_END):
        return place == end
    narrow = dialect.ascii_only or dialect.of_scripts
    around = [text[each] for each in (place - 1, place) if 0 <= each < end]
    words = [is_word(each) and (each.isascii() or not narrow) for each in around]
    edge = words in ([True], [True, False], [False, True])
    # To Python, an empty text has neither an edge nor none.
    return edge is (kind is constants.AT_BOUNDARY) and (bool(around) or dialect.of_scripts)
