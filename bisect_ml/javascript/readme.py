"""The code that a text for people shows: it calls what the package shares as people do."""

import re
from contextlib import suppress

from bisect_ml.javascript.parser import parsed
from bisect_ml.javascript.tokens import NotJavaScript

_FENCED = re.compile(
    r"^[ \t]*(?:```|~~~)[ \t]*(?P<language>[\w+-]*)[^\n]*\n(?P<code>.*?)^[ \t]*(?:```|~~~)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_SCRIPTS = frozenset({"", "js", "javascript", "mjs", "cjs", "node", "es6", "ts", "typescript", "jsx"})
_MOST_BLOCKS, _LONGEST = 60, 100_000


def code_in(markdown: str) -> str:
    """Return the blocks of a text that can be read as TypeScript, as one program; empty where none can."""
    kept: list[str] = []
    for found in _FENCED.finditer(markdown[:_LONGEST]):
        if found["language"].lower() in _SCRIPTS and len(kept) < _MOST_BLOCKS:
            with suppress(NotJavaScript, RecursionError):
                parsed("readme.ts", found["code"])
                kept.append(found["code"])
    return "\n;\n".join(kept)
