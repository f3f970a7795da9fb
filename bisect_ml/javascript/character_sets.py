"""Sets of characters of JavaScript's regular expressions, as Python writes them."""

import re
import unicodedata
from functools import lru_cache

from bisect_ml.interpreter.machine import Unsupported

_ALL, _HIGHER = 0x110000, 0x10000
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


def ranges(parts: list[tuple[bool, str]]) -> str:
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
def others(inside: str) -> str:
    """Return the inside of a set of all other characters."""
    pattern = re.compile(f"[{inside}]")
    if all(ord(each) < _HIGHER for each in inside):
        others = _spans([code for code in range(_HIGHER) if not pattern.match(chr(code))])
        return f"{others}{chr(_HIGHER)}-{chr(_ALL - 1)}"
    return _spans([code for code in range(_ALL) if not pattern.match(chr(code))])


@lru_cache(maxsize=64)
def with_property(name: str) -> str:
    """Return the inside of the set of characters with a property."""
    script = _SCRIPTS.get(name)
    category = _CATEGORIES.get(name, name)
    if script:
        found = [code for code in range(_ALL) if unicodedata.name(chr(code), "").startswith(script)]
    elif len(category) <= 2:
        found = [code for code in range(_ALL) if unicodedata.category(chr(code)).startswith(category)]
    else:
        raise Unsupported
    return _spans([code for code in found if not 0xD800 <= code <= 0xDFFF])


def _spans(codes: list[int]) -> str:
    out: list[str] = []
    start = last = -2
    for code in [*codes, _ALL + 1]:
        if code != last + 1:
            if start >= 0:
                out.append(f"{re.escape(chr(start))}-{re.escape(chr(last))}")
            start = code
        last = code
    return "".join(out)
