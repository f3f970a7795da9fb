r"""Patterns of the package `regex` that name classes of characters, as `re` can read them.

`\p{Lu}` becomes the characters of that general category of Unicode, up to the scripts of Europe, Africa and
South Asia, with the large blocks of East Asia for letters. Scripts and other properties stay unread.
"""

import re
import unicodedata
from functools import lru_cache

from bisect_ml.interpreter.tables import words

_LAST = 0x2200
_BEYOND = f"{chr(_LAST)}-\U0010ffff"
_EAST_ASIAN = "\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
_OTHER_LETTERS = frozenset({"L", "Lo"})
_CATEGORIES = words("L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp")
_PART = re.compile(r"\\([pP])\{(\^?)(\w+)\}|\\.|\[\^?\]?|\]|.", re.DOTALL)


def readable(pattern: str) -> str:
    """Return a pattern with the characters in place of the classes that it names.

    Raises:
        KeyError: It names what is no general category.
    """
    parts, inside = [], False
    for match in _PART.finditer(pattern):
        text = match[0]
        if match[3] is not None:
            held = _members(match[3], outside=(match[1] == "P") is not bool(match[2]))
            parts.append(held if inside else f"[{held}]")
            continue
        parts.append(text)
        if text.startswith("[") and not inside:
            inside = True
        elif text == "]":
            inside = False
    return "".join(parts)


@lru_cache(maxsize=128)
def _members(category: str, *, outside: bool) -> str:
    """Return the characters of a category, or all others, as they stand between brackets."""
    if category not in _CATEGORIES:
        raise KeyError(category)
    wanted = [
        code for code in range(_LAST) if unicodedata.category(chr(code)).startswith(category) is not outside
    ]
    listed, start = [], 0
    for place, code in enumerate(wanted):
        if place + 1 == len(wanted) or wanted[place + 1] != code + 1:
            listed.append(_range(wanted[start], code))
            start = place + 1
    if outside:
        return "".join(listed) + _BEYOND
    return "".join(listed) + (_EAST_ASIAN if category in _OTHER_LETTERS else "")


def _range(first: int, last: int) -> str:
    start, end = re.escape(chr(first)), re.escape(chr(last))
    return start if first == last else f"{start}-{end}"
