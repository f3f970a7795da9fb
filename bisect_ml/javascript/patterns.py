"""Regular expressions of JavaScript as those of Python."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bisect_ml.interpreter.machine import Unsupported
from bisect_ml.interpreter.patterns import is_safe
from bisect_ml.javascript.backtracking import Backtracker
from bisect_ml.javascript.numbers import SPACES
from bisect_ml.javascript.tokens import halved

_ENDS = "\\n\\r\\u2028\\u2029"
_DIGITS, _WORDS = "0-9", "a-zA-Z0-9_"
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "f": "\f"}
_QUANTIFIER = re.compile(r"\{\d+(,\d*)?\}")
_GROUP_NAME = re.compile(r"\(\?<([A-Za-z_$][\w$]*)>")
_CODE = re.compile(r"u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|c([A-Za-z])")
_PROPERTY = re.compile(r"\{(?:\w+=)?([\w ]+)\}")
_SCRIPTS = {
    "Han": "CJK UNIFIED",
    "Latin": "LATIN",
    "Greek": "GREEK",
    "Cyrillic": "CYRILLIC",
    "Hangul": "HANGUL",
    "Hiragana": "HIRAGANA",
    "Katakana": "KATAKANA",
    "Arabic": "ARABIC",
    "Hebrew": "HEBREW",
    "Thai": "THAI",
}
_CATEGORIES = {"Letter": "L", "Alphabetic": "L", "Number": "N", "Punctuation": "P", "Symbol": "S",
               "Mark": "M", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll", "Uppercase": "Lu",
               "Lowercase": "Ll",
               "Decimal_Number": "Nd", "Separator": "Z", "Space_Separator": "Zs"}  # fmt: skip


class WrongPattern(Exception):  # noqa: N818 - told to JavaScript as a SyntaxError
    """What is no regular expression in JavaScript either."""


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A pattern that was translated.

    Attributes:
        pattern: As Python searches it, or, where that may take for ever, one that counts its steps.
        names: The names of groups and their numbers.
    """

    pattern: "re.Pattern[str] | Backtracker"
    names: dict[str, int]


@lru_cache(maxsize=4096)
def translated(source: str, flags: str) -> Compiled:
    """Return a regular expression as Python understands it.

    Raises:
        WrongPattern: It is none.
        Unsupported: Python has nothing like it.
    """
    text = _Translator(source, flags).whole()
    options = re.IGNORECASE if "i" in flags else re.NOFLAG
    names = {found[1]: number for number, found in _numbered(source) if found}
    try:
        pattern = re.compile(text, options)
    except re.error as error:
        if "look-behind" in str(error):
            return Compiled(Backtracker(text, int(options)), names)
        if "open group" in str(error):
            raise Unsupported from error
        raise WrongPattern(source) from error
    except (RecursionError, OverflowError) as error:
        raise Unsupported from error
    return Compiled(pattern if is_safe(text, int(options)) else Backtracker(text, int(options)), names)


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
            return inside if each.islower() else _others(inside)
        if each in "pP" and "u" in self.flags:
            found = _PROPERTY.match(self.source, self.place + 1)
            if found:
                self.place = found.end()
                inside = _with_property(found[1])
                return inside if each == "p" else _others(inside)
        return None

    def _character(self) -> str:
        each = self.source[self.place]
        found = _CODE.match(self.source, self.place)
        if found and (each != "u" or found[2] or "u" in self.flags):
            self.place = found.end()
            if found[4]:
                return chr(ord(found[4]) % 32)
            return halved(chr(int(found[1] or found[2] or found[3], 16)))
        octal = re.compile(r"[0-3]?[0-7]{1,2}").match(self.source, self.place)
        if octal and each in "01234567":
            self.place = octal.end()
            return chr(int(octal[0], 8))
        self.place += 1
        return _CONTROL.get(each, each)

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
        return f"[{'^' if negated else ''}{_ranges(parts)}]"

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


def _ranges(parts: list[tuple[bool, str]]) -> str:
    """Return members of a set, with what stands around a dash as a range where it is one."""
    out: list[str] = []
    place = 0
    while place < len(parts):
        single, value = parts[place]
        if single and place + 2 < len(parts) and parts[place + 1] == (True, "-") and parts[place + 2][0]:
            last = parts[place + 2][1]
            if last < value:
                raise WrongPattern("a range")
            out.append(f"{re.escape(value)}-{re.escape(last)}" if len(value) == len(last) == 1 else "")
            place += 3
            continue
        out.append("".join(map(_in_set, value)) if single else value)
        place += 1
    return "".join(out)


def _in_set(character: str) -> str:
    return f"\\{character}" if character in r"\]^-[&|~" else character


@lru_cache(maxsize=64)
def _others(inside: str) -> str:
    """Return the inside of a set of all other characters."""
    pattern = re.compile(f"[{inside}]")
    return _spans([code for code in range(0x10000) if not pattern.match(chr(code))])


@lru_cache(maxsize=64)
def _with_property(name: str) -> str:
    """Return the inside of the set of characters with a property."""
    script = _SCRIPTS.get(name)
    category = _CATEGORIES.get(name, name)
    if script:
        found = [code for code in range(0x10000) if unicodedata.name(chr(code), "").startswith(script)]
    elif len(category) <= 2:
        found = [code for code in range(0x10000) if unicodedata.category(chr(code)).startswith(category)]
    else:
        raise Unsupported
    return _spans([code for code in found if not 0xD800 <= code <= 0xDFFF])


def _spans(codes: list[int]) -> str:
    out: list[str] = []
    start = last = -2
    for code in [*codes, 1 << 20]:
        if code != last + 1:
            if start >= 0:
                out.append(f"{re.escape(chr(start))}-{re.escape(chr(last))}")
            start = code
        last = code
    return "".join(out)
