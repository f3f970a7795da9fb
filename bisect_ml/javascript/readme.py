"""The code that a text for people shows: it calls what the package shares as people do."""

import re
from collections.abc import Iterator
from contextlib import suppress

from bisect_ml.javascript.parser import parsed
from bisect_ml.javascript.reading_modules import declared_names
from bisect_ml.javascript.statement_nodes import Import
from bisect_ml.javascript.syntax import Node
from bisect_ml.javascript.tokens import NotJavaScript

_OPENING = re.compile(r"[ \t]*(?:```|~~~)[ \t]*([\w+-]*)")
_CLOSING = re.compile(r"[ \t]*(?:```|~~~)[ \t]*")
_SCRIPTS = frozenset({"", "js", "javascript", "mjs", "cjs", "node", "es6", "ts", "typescript", "jsx"})
_MOST_BLOCKS, _LONGEST = 60, 100_000


def programs_in(markdown: str) -> list[str]:
    """Return the blocks of a text that can be read, joined to as few programs as their names allow.

    What one block binds, those after it use; one that binds the same name again begins anew.
    """
    programs: list[list[str]] = []
    bound: set[str] = set()
    for code in _blocks(markdown[:_LONGEST]):
        with suppress(NotJavaScript, RecursionError):
            own = {name for each in parsed("readme.ts", code) for name in _bound_by(each)}
            if not programs or own & bound:
                programs.append([])
                bound = set()
            programs[-1].append(code)
            bound |= own
    return ["\n;\n".join(each) for each in programs]


def _blocks(markdown: str) -> list[str]:
    found = [code for language, code in _fenced(markdown) if language.lower() in _SCRIPTS]
    return found[:_MOST_BLOCKS]


def _fenced(markdown: str) -> Iterator[tuple[str, str]]:
    """Yield the language and the lines between each two fences; a search by patterns may go on for ever."""
    language, code = None, list[str]()
    for line in markdown.split("\n"):
        if language is None:
            opening = _OPENING.match(line)
            if opening:
                language, code = opening[1], []
        elif _CLOSING.fullmatch(line):
            yield language, "".join(f"{each}\n" for each in code)
            language = None
        else:
            code.append(line)


def _bound_by(node: Node) -> list[str]:
    if isinstance(node, Import):
        return [name for _, name in node.pairs]
    return declared_names(node)
