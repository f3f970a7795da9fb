"""Regular expressions of JavaScript as those of Python."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bisect_ml.interpreter.machine import Unsupported
from bisect_ml.interpreter.patterns import takes_too_long
from bisect_ml.javascript.backtracking import Backtracker
from bisect_ml.javascript.character_sets import WrongPattern, others, ranges, with_property
from bisect_ml.javascript.numbers import SPACES
from bisect_ml.javascript.tokens import halved, joined

_ENDS = "\\n\\r\\u2028\\u2029"
_DIGITS, _WORDS = "0-9", "a-zA-Z0-9_"
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "f": "\f"}
_QUANTIFIER = re.compile(r"\{\d+(,\d*)?\}")
_GROUP_NAME = re.compile(r"\(\?<([A-Za-z_$][\w$]*)>")
_CODE = re.compile(r"u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|c([A-Za-z])")
_LOW = re.compile(r"\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_WHOLE = frozenset("uv")
_SET_NOTATION = re.compile(r"--|&&|\[[^\]\\]*\[|\\q\{")
_PROPERTY = re.compile(r"\{(?:\w+=)?([\w ]+)\}")


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A pattern that was translated.

    Attributes:
        pattern: As Python searches it, or, where that may take for ever, one that counts its steps.
        names: The names of groups and their numbers.
        is_whole: Whether it takes the two halves of a character of the higher planes for one.
    """

    pattern: "re.Pattern[str] | Backtracker"
    names: dict[str, int]
    is_whole: bool = False

    def searching(self, text: str) -> "re.Pattern[str] | Backtracker":
        """Return what searches a text: steps are counted where it may take long."""
        if isinstance(self.pattern, Backtracker) or not takes_too_long(self.pattern, text, whole=False):
            return self.pattern
        return _counting(self.pattern.pattern, self.pattern.flags & int(re.IGNORECASE))


@lru_cache(maxsize=256)
def _counting(text: str, options: int) -> Backtracker:
    return Backtracker(text, options)


@lru_cache(maxsize=4096)
def translated(source: str, flags: str) -> Compiled:
    """Return a regular expression as Python understands it.

    Raises:
        WrongPattern: It is none.
        Unsupported: Python has nothing like it.
    """
    is_whole = not _WHOLE.isdisjoint(flags)
    if is_whole:
        source = joined(source)
    if "v" in flags and _SET_NOTATION.search(source):
        raise Unsupported
    text = _Translator(source, flags).whole()
    options = re.IGNORECASE if "i" in flags else re.NOFLAG
    names = {found[1]: number for number, found in _numbered(source) if found}
    try:
        pattern = re.compile(text, options)
    except re.error as error:
        if "look-behind" in str(error):
            return Compiled(Backtracker(text, int(options)), names, is_whole)
        if "open group" in str(error):
            raise Unsupported from error
        raise WrongPattern(source) from error
    except (RecursionError, OverflowError) as error:
        raise Unsupported from error
    return Compiled(pattern, names, is_whole)


def _numbered(source: str) -> list[tuple[int, "re.Match[str] | None"]]:
    """Return the groups that are kept: their numbers and, if they have names, those."""
    found: list[tuple[int, re.Match[str] | None]] = []
    place, in_set = 0, False
    while place < len(source):
        each = source[place]
        if each == "\\":
            place += 2
            continue
        if each == "[":
            in_set = True
        elif each == "]":
            in_set = False
        elif each == "(" and not in_set:
            named = _GROUP_NAME.match(source, place)
            if named or source[place + 1 : place + 2] != "?":
                found.append((len(found) + 1, named))
        place += 1
    return found


class _Translator:
    def __init__(self, source: str, flags: str) -> None:
        self.source, self.flags, self.place = source, flags, 0
        self.is_whole = not _WHOLE.isdisjoint(flags)
        groups = _numbered(source)
        self.groups = len(groups)
        self.named = {named[1]: number for number, named in groups if named}
        self.out: list[str] = []

    def whole(self) -> str:
        while self.place < len(self.source):
            self._one()
        return "".join(self.out)

    def _one(self) -> None:
        source, each = self.source, self.source[self.place]
        self.place += 1
        if each == "\\":
            self.out.append(self._escape())
        elif each == "[":
            self.out.append(self._set())
        elif each == ".":
            self.out.append("(?s:.)" if "s" in self.flags else f"[^{_ENDS}]")
        elif each == "^":
            self.out.append(f"(?<![^{_ENDS}])" if "m" in self.flags else r"\A")
        elif each == "$":
            self.out.append(rf"(?=[{_ENDS}]|\Z)" if "m" in self.flags else r"\Z")
        elif each == "(":
            named = _GROUP_NAME.match(source, self.place - 1)
            if named:
                self.place = named.end()
            self.out.append("(")
            if not named and source.startswith("?", self.place):
                count = 3 if source.startswith("?<", self.place) else 2
                self.out.append(source[self.place : self.place + count])
                self.place += count
        elif each == "{":
            found = _QUANTIFIER.match(source, self.place - 1)
            self.out.append(found[0] if found else r"\{")
            self.place = found.end() if found else self.place
        elif each in "*+?|)":
            self.out.append(each)
        else:
            self.out.append(re.escape(each))

    def _escape(self) -> str:
        """Return what an escape outside a set stands for."""
        if self.place >= len(self.source):
            raise WrongPattern(self.source)
        each = self.source[self.place]
        if each in "bB":
            self.place += 1
            return rf"(?a:\{each})"
        if each == "k" and self.named:
            end = self.source.index(">", self.place)
            number = self.named.get(self.source[self.place + 2 : end], 0)
            self.place = end + 1
            return _same_again(number) if number else ""
        if each in "123456789":
            found = re.compile(r"\d+").match(self.source, self.place)
            number = int(found[0]) if found else 0
            if found and number <= self.groups:
                self.place = found.end()
                return _same_again(number)
        inside = self._class()
        if inside is not None:
            return f"[{inside}]" if inside else "(?!)"
        return re.escape(self._character())

    def _class(self) -> str | None:
        """Return the inside of a set that an escape stands for; None where it stands for one character."""
        each = self.source[self.place]
        if each in "dDwWsS":
            self.place += 1
            inside = {"d": _DIGITS, "w": _WORDS, "s": re.escape(SPACES)}[each.lower()]
            return inside if each.islower() else others(inside)
        if each in "pP" and self.is_whole:
            found = _PROPERTY.match(self.source, self.place + 1)
            if found:
                self.place = found.end()
                inside = with_property(found[1])
                return inside if each == "p" else others(inside)
        return None

    def _character(self) -> str:
        each = self.source[self.place]
        found = _CODE.match(self.source, self.place)
        if found and (each != "u" or found[2] or self.is_whole):
            self.place = found.end()
            if found[4]:
                return chr(ord(found[4]) % 32)
            code = int(found[1] or found[2] or found[3], 16)
            if self.is_whole and 0xD800 <= code < 0xDC00:
                code = self._joined(code)
            return chr(code) if self.is_whole else halved(chr(code))
        octal = re.compile(r"[0-3]?[0-7]{1,2}").match(self.source, self.place)
        if octal and each in "01234567":
            self.place = octal.end()
            return chr(int(octal[0], 8))
        self.place += 1
        return _CONTROL.get(each, each)

    def _joined(self, high: int) -> int:
        """Return the character of which a first half was read, if the second half is behind it."""
        found = _LOW.match(self.source, self.place)
        if not found:
            return high
        self.place = found.end()
        return 0x10000 + ((high - 0xD800) << 10) + int(found[1], 16) - 0xDC00

    def _set(self) -> str:
        """Return a set of characters."""
        negated = self.source.startswith("^", self.place)
        self.place += negated
        parts: list[tuple[bool, str]] = []
        while not self.source.startswith("]", self.place):
            if self.place >= len(self.source):
                raise WrongPattern(self.source)
            parts.append(self._member())
        self.place += 1
        if not parts:
            return "(?s:.)" if negated else "(?!)"
        return f"[{'^' if negated else ''}{ranges(parts)}]"

    def _member(self) -> tuple[bool, str]:
        """Return one member of a set: whether it is a character, and which, or what is in it."""
        each = self.source[self.place]
        self.place += 1
        if each != "\\":
            return True, each
        if self.source.startswith("b", self.place):
            self.place += 1
            return True, "\b"
        inside = self._class()
        if inside is not None:
            return False, inside
        character = self._character()
        return (False, r"\-") if character == "-" else (True, character)


def _same_again(number: int) -> str:
    """Return what stands for a group once more, and for nothing where it holds nothing."""
    return rf"(?:(?({number})\{number}))"
