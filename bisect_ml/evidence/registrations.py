"""Code that is run out of a table that other files put it into, in languages other than Python.

A plugin is called by nobody: its file says `formats.bytes = …`, `detectors.push(…)` or
`lib.register("de", …)`, and the code that predicts takes it out of the table again: `formats[kind]`,
`for (one of detectors)`.
"""

import re
from functools import lru_cache

_PUT = re.compile(
    r"(?<![\w$.])(?:[\w$]+\.)+(?P<table>[\w$]+)(?:\.[\w$]+\s*=(?![=>])|\.(?:push|unshift|add|set)\s*\(|\[[^\]\n]+\]\s*=(?!=))"
)
_CALLED = re.compile(
    r"(?<![\w$])[\w$]+\.(?P<on>(?:register|define|add|use|extend|install|plugin)\w*)(?:\s*\(|\s+:)"
    r"|(?m:^[ \t]*)(?P<bare>(?:register|define|add)_?\w*)[ (]\s*[:\"'\w]"
    # Whatever it is called, it is given a function under a name.
    r"|(?m:^[ \t]*)(?:[\w$]+\.)+(?P<named>[\w$]+)\(\s*[\"'`][^\"'`\n]*[\"'`]\s*,\s*"
    r"(?:async\s+)?(?:function\b|\([^()\n]*\)\s*=>|[\w$]+\s*=>)"
)
_HANDS_OUT = re.compile(r"(?m)\breturn\s+[\w$]+\[(?![\d\"'`\]])[^\]\n]+\]\s*;?[ \t]*$")
_BEGUN = re.compile(
    r"[\"'`](?P<begin>[A-Za-z]\w*)(?:#\{|\$\{|\{\$|\$(?=[A-Za-z])|[\"']\s*[+.]\s*[A-Za-z_$@])"
)
_DYNAMIC = re.compile(
    r"\[(?![\d\"'`\]])[^\]\n]+\](?:\.(?:apply|call))?\s*\(|\b(?:public_)?send\b|\b__send__\b"
    r"|\bconst_get\b|\bmethod\(|\bcall_user_func|->\{?\$\w+\}?\s*\(|(?<![\w>])\$\w+\s*\(|\bnew\s+\$\w"
)
_TAKEN = re.compile(
    r"(?<![\w$])(?P<a>[\w$]+)\[(?![\d\"'`\]])[^\]\n]+\](?:\[[^\]\n]+\])*(?=\s*[.(])|\b(?:of|in)\s+(?:[\w$]+\.)*(?P<b>[\w$]+)"
    r"|(?<![\w$])(?P<c>[\w$]+)\.(?:forEach|map|find|some|every|filter|reduce|sort)\s*\("
    r"|\bObject\.(?:values|keys|entries)\(\s*(?:[\w$]+\.)*(?P<d>[\w$]+)"
)
_STORES = re.compile(r"\[(?![\d\"'`\]])[^\]\n]+\]\s*=(?!=)|\.(?:push|set)\s*\(")
_SHORTEST = 2
# These are put anywhere, and a class is no table.
_NO_TABLES = frozenset({"prototype", "exports", "module", "this", "self", "window", "global", "fn"})


@lru_cache(maxsize=4096)
def tables_filled(text: str) -> frozenset[str]:
    """Return the last names of the tables into which a text puts something: `input.format.css = …`."""
    return frozenset(found["table"] for found in _PUT.finditer(text)) - _NO_TABLES


@lru_cache(maxsize=4096)
def registrars_called(text: str) -> frozenset[str]:
    """Return the names of methods that are called to register something: `lib.registerLocale(…)`."""
    return frozenset(found["on"] or found["bare"] or found["named"] for found in _CALLED.finditer(text))


@lru_cache(maxsize=8192)
def tables_read(text: str) -> frozenset[str]:
    """Return the last names of the tables of which a text takes whatever they hold."""
    return frozenset(name for found in _TAKEN.finditer(text) for name in found.groups() if name)


@lru_cache(maxsize=8192)
def names_begun(text: str) -> frozenset[str]:
    """Return how the names begin that a text puts together: `"convert_#{type}"`, `"to" + kind`."""
    return frozenset(found["begin"] for found in _BEGUN.finditer(text) if len(found["begin"]) >= _SHORTEST)


@lru_cache(maxsize=8192)
def calls_the_unnamed(text: str) -> bool:
    """Tell code that calls what a table, a variable or a text names: which that is shows at run time."""
    return _DYNAMIC.search(text) is not None


@lru_cache(maxsize=8192)
def hands_out(text: str) -> bool:
    """Tell a function that returns what is kept by a name that is not written in it, for others to call."""
    return _HANDS_OUT.search(text) is not None


def stores(text: str) -> bool:
    """Tell a function that keeps what it is given by a name that is not written in it."""
    return _STORES.search(text) is not None
