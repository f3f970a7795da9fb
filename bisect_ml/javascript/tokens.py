"""Source text of JavaScript as tokens, each found from where the parser stands."""

import re
from dataclasses import dataclass

_SPACE = re.compile(r"(?:[\s\ufeff]+|//[^\n\u2028\u2029]*|/\*.*?\*/|\A#![^\n]*|^\s*-->[^\n]*)*", re.DOTALL)
_START = r"(?:[$_]|[^\W\d]|[\ud800-\udfff]|\\u[0-9a-fA-F]{4}|\\u\{[0-9a-fA-F]+\})"
_NAME = re.compile(rf"#?{_START}(?:{_START}|[\d\u200c\u200d\u0300-\u036f])*")
_NUMBER = re.compile(
    r"0[xX][\da-fA-F_]+n?|0[oO][0-7_]+n?|0[bB][01_]+n?|0[0-7]+(?![\d.])"
    r"|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?[\d_]+)?n?"
)
_STRING = re.compile(r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'""", re.DOTALL)
_SIGN = re.compile(
    r">>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?="
    r"|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.(?!\d)|\+\+|--|\+=|-=|\*=|/=|%=|&=|\|=|\^=|<<|>>|\*\*"
    r"|[{}()\[\];,<>+\-*/%&|^!~?:=.@`#]"
)
_REGEX = re.compile(r"/((?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)/([a-z]*)")
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "\n": "", "\r\n": ""}
_ASTRAL = re.compile(r"[\U00010000-\U0010ffff]")


class NotJavaScript(Exception):  # noqa: N818 - told apart by what it says
    """The text is not what the parser reads."""


@dataclass(slots=True, eq=False)
class Token:
    """A token.

    Attributes:
        kind: `name`, `number`, `string`, `sign` or `end`.
        sign: The text of a name or a sign; empty for what is quoted and for numbers.
        value: What a literal stands for.
        start: Where it begins in the text.
        end: Where it ends.
        breaks: Whether a line ends before it.
    """

    kind: str
    sign: str
    value: object
    start: int
    end: int
    breaks: bool


def prepared(text: str) -> str:
    """Return a source text in the units that JavaScript counts: characters of the higher planes are two."""
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    return halved(text)


def halved(text: str) -> str:
    """Return a text with surrogate pairs for the characters of the higher planes."""
    return _ASTRAL.sub(lambda found: _pair(ord(found[0])), text)


def joined(text: str) -> str:
    """Return a text with one character for each surrogate pair; halves without a partner stay."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _pair(code: int) -> str:
    if code < 0x10000:
        return chr(code)
    return chr(0xD800 + (code - 0x10000 >> 10)) + chr(0xDC00 + (code - 0x10000 & 0x3FF))


def token_at(text: str, place: int) -> Token:
    """Return the token that begins at a place, or after the blanks and comments there; `/` is a sign.

    Raises:
        NotJavaScript: None does.
    """
    space = _SPACE.match(text, place)
    start = space.end() if space else place
    breaks = "\n" in text[place:start]
    if start >= len(text):
        return Token("end", "", None, start, start, True)
    found = _NAME.match(text, start)
    if found:
        name = unescaped(found[0]) if "\\" in found[0] else found[0]
        return Token("name", name, name, start, found.end(), breaks)
    first = text[start]
    if first.isdigit() or (first == "." and text[start + 1 : start + 2].isdigit()):
        found = _NUMBER.match(text, start)
        if found:
            return Token("number", "", _number(found[0]), start, found.end(), breaks)
    if first in "\"'":
        found = _STRING.match(text, start)
        if found:
            return Token("string", "", unescaped(found[0][1:-1]), start, found.end(), breaks)
    found = _SIGN.match(text, start)
    if not found:
        raise NotJavaScript(f"at {start}")
    return Token("sign", found[0], None, start, found.end(), breaks)


def regex_at(text: str, start: int) -> tuple[str, str, int]:
    """Return the pattern, the flags and the end of the regular expression that begins at a place.

    Raises:
        NotJavaScript: None does.
    """
    found = _REGEX.match(text, start)
    if not found:
        raise NotJavaScript(f"at {start}")
    return found[1], found[2], found.end()


def template_part(text: str, place: int) -> tuple[str, int, bool]:
    """Return a raw piece of a template, where it ends, and whether the template ends there.

    Raises:
        NotJavaScript: It does not end.
    """
    at = place
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text[at] == "`":
            return text[place:at], at + 1, True
        elif text.startswith("${", at):
            return text[place:at], at + 2, False
        else:
            at += 1
    raise NotJavaScript("an open template")


def unescaped(text: str) -> str:
    """Return what the escapes in a text stand for."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    body = found[1]
    if body[0] == "u" and len(body) > 1:
        return _pair(int(body[1:].strip("{}"), 16))
    if body[0] == "x" and len(body) > 1:
        return chr(int(body[1:], 16))
    if body[0] in "01234567":
        return chr(int(body, 8) & 0xFF)
    return _ESCAPES.get(body, body)


def _number(text: str) -> float | int:
    digits = text.replace("_", "")
    if digits.endswith("n") and digits[:2].lower() != "0x":
        return int(digits[:-1], 0)
    if digits[:2].lower() in {"0x", "0o", "0b"}:
        return int(digits[:-1], 0) if digits.endswith("n") else float(int(digits, 0))
    if len(digits) > 1 and digits[0] == "0" and digits.isdigit():
        return float(int(digits, 8 if not set(digits) & set("89") else 10))
    return float(digits)
