"""Regular expressions, but for those whose search may take for ever."""

import re
import re._constants as constants  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from bisect_ml.interpreter.limits import fitting, must_multiply
from bisect_ml.interpreter.machine import Machine
from bisect_ml.interpreter.searching import Search
from bisect_ml.interpreter.tables import words
from bisect_ml.interpreter.unknown import Unknown, text_of

_MANY = 3
_REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT)
_WIDTHLESS = (constants.AT, constants.ASSERT, constants.ASSERT_NOT)
_ENDS = (constants.AT_END, constants.AT_END_STRING, constants.AT_END_LINE)
_LONGEST_PATTERN = 20_000


@lru_cache(maxsize=2048)
def is_safe(pattern: str | bytes, flags: int = 0, *, whole: bool = False) -> bool:
    """Return whether every repetition without end shares out a text among its turns in one way only.

    Only where there are several ways, and what follows can fail, may a search take a time that is exponential
    in the length of the text. With `whole`, the end of the text follows.
    """
    if len(pattern) > _LONGEST_PATTERN:
        return False
    try:
        return _is_safe(parser.parse(pattern, flags), ends=not whole)
    except (re.error, RecursionError, OverflowError):
        return True  # `re` says what is wrong with it


def _is_safe(parsed: Any, *, ends: bool) -> bool:
    """Look at each part; where it `ends`, nothing can fail after the last one."""
    parts = list(parsed)
    for place, (kind, argument) in enumerate(parts, 1):
        is_last = ends and place == len(parts)
        if kind in _REPEATS:
            least, most, body = argument
            ends_well = is_last and least <= 1
            if most > _MANY and not ends_well and not _goes_one_way(body, _first(body, _NONE)):
                return False
            if most <= _MANY and not _is_safe(body, ends=False):
                return False
        elif not all(_is_safe(each, ends=is_last) for each in _inner(kind, argument)):
            return False
    return True


def _goes_one_way(parsed: Any, after: frozenset[int]) -> bool:
    """Return whether a text, before one of the characters `after`, can be taken in one way at most."""
    parts = list(parsed)
    for place, (kind, argument) in enumerate(parts):
        following = _first(parts[place + 1 :], after)
        if kind in _REPEATS:
            least, most, body = argument
            first = _first(body, _ALL)
            if (least != most and first & following) or (
                most > 1 and not _goes_one_way(body, first | following)
            ):
                return False
        elif kind is constants.BRANCH:
            starts = [_first(way, following) for way in argument[1]]
            if sum(map(len, starts)) > len(frozenset().union(*starts)):
                return False
        if not all(_goes_one_way(each, following) for each in _inner(kind, argument)):
            return False
    return True


def _first(parsed: Any, after: frozenset[int]) -> frozenset[int]:
    """Return the characters that a pattern may begin with; if it may be empty, also those after it."""
    found: frozenset[int] = _NONE
    for kind, argument in parsed:
        if kind is constants.AT and argument in _ENDS:
            return found | {ord("\n")}
        if kind in _WIDTHLESS:
            continue
        if kind in _REPEATS:
            found |= _first(argument[2], _NONE)
            if argument[0] > 0:
                return found
        elif kind is constants.BRANCH:
            return found.union(*(_first(way, after) for way in argument[1]))
        elif kind in (constants.SUBPATTERN, constants.ATOMIC_GROUP):
            inner = argument[-1] if kind is constants.SUBPATTERN else argument
            return found | _first([*inner, *_rest(parsed, kind, argument)], after)
        else:
            return found | _characters(kind, argument)
    return found | after


def _rest(parsed: Any, kind: Any, argument: Any) -> list[Any]:
    """Return what comes after a part of a pattern."""
    parts = list(parsed)
    return parts[parts.index((kind, argument)) + 1 :]


def _inner(kind: Any, argument: Any) -> list[Any]:
    """Return the patterns in a group, an alternative or a condition."""
    if kind is constants.BRANCH:
        return list(argument[1])
    if kind in (constants.SUBPATTERN, constants.ATOMIC_GROUP):
        return [argument[-1] if kind is constants.SUBPATTERN else argument]
    if kind in (constants.ASSERT, constants.ASSERT_NOT):
        return [argument[1]]
    if kind is constants.POSSESSIVE_REPEAT:
        return [argument[2]]
    if kind is constants.GROUPREF_EXISTS:
        return [each for each in argument[1:] if each]
    return []


def _characters(kind: Any, argument: Any) -> frozenset[int]:
    """Return the characters, of the first few hundred, that a part stands for; all if unknown."""
    if kind is constants.LITERAL:
        return frozenset({ord(chr(argument).lower()[:1]), ord(chr(argument).upper()[:1]), argument})
    if kind is constants.NOT_LITERAL:
        return _ALL - {argument}
    if kind is constants.IN:
        return _of_set(argument)
    return _ALL


def _of_set(parts: Any) -> frozenset[int]:
    negated = bool(parts) and parts[0][0] is constants.NEGATE
    found: set[int] = set()
    for kind, argument in parts:
        if kind is constants.LITERAL:
            found |= _characters(kind, argument)
        elif kind is constants.RANGE:
            found |= {
                other
                for each in _ALL
                if argument[0] <= each <= argument[1]
                for other in _characters(constants.LITERAL, each)
            }
        elif kind is constants.CATEGORY:
            found |= _CATEGORIES.get(argument, _ALL)
    return _ALL - found if negated else frozenset(found)


_NONE: frozenset[int] = frozenset()
_ALL = frozenset(range(384))
_DIGITS = frozenset(each for each in _ALL if chr(each).isdigit())
_SPACES = frozenset(each for each in _ALL if chr(each).isspace())
_WORDS = frozenset(each for each in _ALL if chr(each).isalnum() or chr(each) == "_")
_CATEGORIES = {
    constants.CATEGORY_DIGIT: _DIGITS,
    constants.CATEGORY_NOT_DIGIT: _ALL - _DIGITS,
    constants.CATEGORY_SPACE: _SPACES,
    constants.CATEGORY_NOT_SPACE: _ALL - _SPACES,
    constants.CATEGORY_WORD: _WORDS,
    constants.CATEGORY_NOT_WORD: _ALL - _WORDS,
}


def takes_too_long(pattern: "re.Pattern[Any]", text: Any, whole: bool) -> bool:
    """Return whether a search may take too long: for ever, or since the text is long."""
    if not is_safe(pattern.pattern, pattern.flags & _FLAGS, whole=whole):
        return True
    if not isinstance(text, str | bytes):
        return False
    work = max(len(text), 1)
    for most, following in _forks(pattern.pattern, pattern.flags & _FLAGS):
        if work * len(text) > _MOST_WORK:
            return True
        work *= min(most, 1 + _count(text, following))
    return work > _MOST_WORK


def _count(text: str | bytes, characters: frozenset[int]) -> int:
    if len(characters) > _FEW:
        return len(text)
    if isinstance(text, bytes):
        return sum(text.count(each) for each in characters if each < 256)
    return sum(text.count(chr(each)) for each in characters)


@lru_cache(maxsize=2048)
def _forks(pattern: str | bytes, flags: int) -> tuple[tuple[int, frozenset[int]], ...]:
    """Return, of each repetition, its most turns, and before which characters it may go on or stop."""
    found: list[tuple[int, frozenset[int]]] = []

    def look(parts: list[Any], after: frozenset[int]) -> None:
        for place, (kind, argument) in enumerate(parts):
            following = _first(parts[place + 1 :], after)
            if kind in _REPEATS and argument[1] > _MANY:
                both = _first(argument[2], _NONE) & following
                found.extend([(int(argument[1]), both)] if both else [])
            for each in (argument[2],) if kind in _REPEATS else _inner(kind, argument):
                look(list(each), following)

    look(list(parser.parse(pattern, flags)), _NONE)
    return tuple(found)


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    name = function.__name__

    def guarded(
        pattern: Any, *args: Any, flags: Any = 0, paying: Machine | None = None, **kwargs: Any
    ) -> Any:
        if isinstance(pattern, Unknown) or isinstance(flags, Unknown):
            return Unknown(f"re.{name}")(pattern, *args, **kwargs)
        if not isinstance(pattern, re.Pattern):
            places = _PLACE_OF_FLAGS[name]
            if len(args) >= places:
                args, flags = args[: places - 1], args[places - 1]
            if isinstance(pattern, str | bytes) and len(pattern) > _LONGEST_PATTERN:
                return Unknown(f"re.{name}")(pattern, *args, **kwargs)
            pattern = re.compile(pattern, flags)
        if name == "compile":
            return pattern
        return pattern_method(pattern, name)(*args, paying=paying, **kwargs)

    guarded.__name__ = name
    return guarded


def pattern_method(pattern: "re.Pattern[Any]", name: str) -> Callable[..., Any]:
    """Return a method of a compiled pattern.

    Where it may take too long, each of its steps is paid for; without whom to pay, it finds an unknown.
    """
    method, searched = getattr(pattern, name), int(name in _REPLACING)

    def search(*args: Any, paying: Machine | None = None, **kwargs: Any) -> Any:
        args = tuple(_text(each) for each in args)
        text = args[searched] if len(args) > searched else kwargs.get("string")
        unknown = any(isinstance(each, Unknown) for each in (*args, *kwargs.values()))
        if not unknown and takes_too_long(pattern, text, name == "fullmatch"):
            if paying is not None and isinstance(text, str) and len(text) <= _LONGEST_COUNTED:
                return fitting(Search(paying, pattern, name)(*args, **kwargs))
            unknown = True
        if unknown:
            return Unknown(f"re.{name}")(pattern.pattern, *args, **kwargs)
        if searched and args and isinstance(args[0], str | bytes) and isinstance(text, str | bytes):
            must_multiply(len(args[0]), len(text))
        found = method(*args, **kwargs)
        return found if name == "finditer" else fitting(found)

    search.__name__ = name
    return search


def _text(value: Any) -> Any:
    found = text_of(value)
    return value if found is None else found


_MOST_WORK = 100_000_000
_FEW = 8
_LONGEST_COUNTED = 5_000
_FLAGS = int(re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE | re.ASCII)
_REPLACING = frozenset({"sub", "subn"})
# At which place after the pattern each function takes its flags.
_PLACE_OF_FLAGS = {
    **dict.fromkeys(("search", "match", "fullmatch", "findall", "finditer"), 2),
    "compile": 1,
    "split": 3,
    **dict.fromkeys(_REPLACING, 4),
}
PATTERN_METHODS = frozenset(_PLACE_OF_FLAGS) - {"compile"}
"""The methods of compiled patterns that search."""
_CONSTANTS = words(
    "A ASCII DOTALL I IGNORECASE L LOCALE M MULTILINE NOFLAG S U UNICODE VERBOSE X RegexFlag Match Pattern "
    "error escape"
)
PATTERNS: dict[str, Any] = {
    **{name: _guarded(getattr(re, name)) for name in _PLACE_OF_FLAGS},
    **{name: getattr(re, name) for name in _CONSTANTS},
    "_pattern_type": re.Pattern,
}
"""The module `re`; whoever calls it says who is `paying` for a search that may take too long."""
