"""The code that a text for people shows: it calls what the package shares as people do."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from bisect_ml.javascript.parser import Parser
from bisect_ml.javascript.reading_modules import declared_names
from bisect_ml.javascript.statement_nodes import Declaration, Import
from bisect_ml.javascript.syntax import Call, Name, Node
from bisect_ml.javascript.tokens import NotJavaScript, joined, prepared

_OPENING = re.compile(r"[ \t]*(?:```|~~~)[ \t]*([\w+-]*)")
_CLOSING = re.compile(r"[ \t]*(?:```|~~~)[ \t]*")
_SCRIPTS = frozenset({"", "js", "javascript", "mjs", "cjs", "node", "es6", "ts", "typescript", "jsx"})
_BINDING = re.compile(r"(?:const|let|var)\s+[\w$]+\s*=\s*")
_MOST_BLOCKS, _LONGEST = 60, 100_000


@dataclass(slots=True)
class _Block:
    """A block of code: the statements that fetch modules, with the names that they bind, and the others."""

    fetching: list[tuple[str, frozenset[str]]]
    others: list[str]
    bound: set[str]


def programs_in(markdown: str) -> list[str]:
    """Return the blocks of a text that can be read, joined to as few programs as their names allow.

    What one block binds, those after it use; one that binds the same name again begins anew. The modules that
    any block fetches are there for all: people are shown that once.
    """
    programs: list[list[_Block]] = []
    bound: set[str] = set()
    for code in _blocks(markdown[:_LONGEST]):
        with suppress(NotJavaScript, RecursionError):
            block = _read(code)
            if not programs or block.bound & bound:
                programs.append([])
                bound = set()
            programs[-1].append(block)
            bound |= block.bound
    fetching = [each for blocks in programs for block in blocks for each in block.fetching]
    return [_joined(blocks, fetching) for blocks in programs]


def _joined(blocks: list[_Block], fetching: list[tuple[str, frozenset[str]]]) -> str:
    """Return a program that fetches what it does itself, and what others fetch under names that are free."""
    bound = {name for block in blocks for name in block.bound}
    first = [text for block in blocks for text, _ in block.fetching]
    for text, names in fetching:
        if not names & bound:
            first.append(text)
            bound |= names
    return "\n;\n".join([*first, *("".join(block.others) for block in blocks)])


def _read(code: str) -> _Block:
    """Return the statements of a block.

    Raises:
        NotJavaScript: It cannot be read.
    """
    text = prepared(code)
    parser, block = Parser(text, typed=True), _Block([], [], set())
    while parser.token.kind != "end":
        start = parser.token.start
        node = parser.statement()
        names, own = frozenset(_bound_by(node)), joined(text[start : parser.token.start])
        if _is_called_like_its_maker(node) and (binding := _BINDING.match(own)):
            names, own = frozenset(), own[binding.end() :]
        block.bound |= names
        if names and _fetches(node):
            block.fetching.append((own, names))
        else:
            block.others.append(own)
    return block


def _fetches(node: Node) -> bool:
    """Return whether a statement does nothing but fetch modules."""
    if isinstance(node, Declaration):
        return all(isinstance(value, Call) and _is_require(value.function) for _, value in node.pairs)
    return isinstance(node, Import)


def _is_called_like_its_maker(node: Node) -> bool:
    """Tell `const match = match("/user")`: nothing could run that, and people know what is meant."""
    if not isinstance(node, Declaration) or len(node.pairs) != 1:
        return False
    target, value = node.pairs[0]
    made = value.function if isinstance(value, Call) else None
    return isinstance(target, Name) and isinstance(made, Name) and target.name == made.name


def _is_require(node: Node) -> bool:
    return isinstance(node, Name) and node.name == "require"


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
