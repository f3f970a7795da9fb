"""The tokens of a source text, for the languages that are not parsed.

What a comment is differs by language, and a mark inside a string is none. Where a language gives a
meaning to line ends or spaces, they stay: two texts with equal tokens behave the same, two that differ
may do so all the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Literal

TokenKind = Literal["comment", "text", "word", "number", "line", "sign"]

SCRIPTS = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".vue", ".svelte")
"""The endings of JavaScript and its kin."""

OPENS, CLOSES = frozenset({"(", "[", "{"}), frozenset({")", "]", "}"})
"""The brackets that hold something, and those that end it."""

# Longer lines come from minifiers and generators, and patterns go back and forth on them.
MAX_LINE = 300

_STRINGS = r'"(?:\\.|[^"\\\n])*"|' + r"'(?:\\.|[^'\\\n])*'"
# Rust writes lifetimes with one quote, `'a`; a character is closed by a second.
_RUST_STRINGS = r'r#".*?(?:"#|\Z)|"(?:\\.|[^"\\])*"|' + r"'(?:\\.[^']{0,8}|[^'\\\n])'"
_BACKTICK = r"`(?:\\.|[^`\\])*`|"
# A slash where a value is expected begins a pattern, in which marks of comments and strings are none.
_PATTERN = (
    r"(?:(?:(?<=[(,=:\[!&|?{};>])|(?<=[(,=:\[!&|?{};>] )|(?<=\breturn ))/(?![*/])"
    r"|(?:(?<=[\n\t])|(?<=  ))/(?![*/\s]))"
    r"(?:\\.|\[(?:\\.|[^\]\\\n]){0,200}\]|[^/\\\[\n]){1,500}/[a-z]*|"
)
_TRIPLE = r'"""(?:\\.|[^\\])*?"""|'
# What is never closed goes on to the end. Comments that a compiler or a database obeys are none.
_SLASHES = r"//(?!go:|\s*\+build)[^\n]*|/\*(?![+!]).*?(?:\*/|\Z)"
# `#{` begins a value inside a text, which may not be told from code.
_HASH = r"(?:(?<=\s)|(?<![^\n]))#(?!\{)[^\n]*"
_HASH_LINE = r"(?<![^\n])[ \t]*[#;][^\n]*"
_DASHES = r"--[^\n]*|/\*(?![+!]).*?(?:\*/|\Z)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How a language writes comments and strings, and whether line ends or indentation mean something."""

    comment: str
    strings: str = _STRINGS
    lines: bool = False
    indented: bool = False


_C = Language(comment=_SLASHES, strings=_TRIPLE + _STRINGS)
_SCRIPT = Language(comment=_SLASHES, strings=_PATTERN + _BACKTICK + _STRINGS)
_RUST = Language(comment=_SLASHES, strings=_RUST_STRINGS)
_PHP = Language(comment=rf"{_SLASHES}|{_HASH}")
_SHELL = Language(comment=_HASH, lines=True)
_RUBY = Language(comment=rf"{_HASH}|(?<![^\n])=begin\b.*?(?:(?<=\n)=end[^\n]*|\Z)", lines=True)
# Documentation of Perl stands between the code, from `=head1` or its kin to `=cut`.
_PERL = Language(comment=rf"{_HASH}|(?<![^\n])=[a-z][^\n]*.*?(?:(?<=\n)=cut[^\n]*|\Z)", lines=True)
# A text that begins a line is the documentation of what follows; in Elixir it says so.
_JULIA = Language(
    comment=rf'{_HASH}|#=.*?(?:=#|\Z)|(?<![^\n])(?:@doc\s+(?:raw)?)?""".*?"""(?=[ \t]*\n)',
    strings=_TRIPLE + _STRINGS,
    lines=True,
)
_ELIXIR = Language(
    comment=rf'{_HASH}|@(?:module|type)?doc\s+(?:~\w)?(?:"""(?:\\.|[^\\])*?"""|"(?:\\.|[^"\\])*"|false)',
    strings=_TRIPLE + _STRINGS,
    lines=True,
)
_SQL = Language(comment=_DASHES, strings=r"'(?:''|[^'])*'|\"[^\"\n]*\"")
_LUA = Language(comment=r"--\[\[.*?(?:\]\]|\Z)|--[^\n]*", lines=True)
PYTHON = Language(comment=_HASH, strings=_TRIPLE + _STRINGS)
YAML = Language(comment=_HASH, lines=True, indented=True)
# A deeper line goes on with the value above it.
_KEYS = Language(comment=_HASH_LINE, lines=True, indented=True)

_BY_SUFFIX = {
    suffix: language
    for suffixes, language in (
        (
            ".java .kt .kts .scala .c .h .cc .cpp .hpp .cxx .cu .cuh .cs .swift .proto .prisma .dart .groovy",
            _C,
        ),
        (f"{' '.join(SCRIPTS)} .go", _SCRIPT),
        (".rs", _RUST),
        (".php", _PHP),
        (".jl", _JULIA),
        (".ex .exs", _ELIXIR),
        (".rb", _RUBY),
        (".pl .pm", _PERL),
        (".sh .r .hcl .tfvars .env", _SHELL),
        (".sql .hql .ddl", _SQL),
        (".lua", _LUA),
        (".yaml .yml .pyx", YAML),
        (".properties .ini .cfg .conf", _KEYS),
    )
    for suffix in suffixes.split()
}
# A line end after these ends the statement in JavaScript and its kin.
_ENDING = frozenset({"return", "break", "continue", "throw", "yield"})


@dataclass(frozen=True, slots=True)
class Token:
    """One token; line ends are tokens where the language gives them a meaning."""

    kind: TokenKind
    text: str


def language_of(path: str) -> Language | None:
    """Return how the language of a file is written, or None where it is not known."""
    return _BY_SUFFIX.get(PurePosixPath(path).suffix.lower())


@cache
def pattern(language: Language) -> re.Pattern[str]:
    """Return what matches each token of a language, with the kind as the name of its group."""
    return re.compile(
        rf"(?P<comment>{language.comment})|(?P<text>{language.strings})|(?P<number>\d[\w.]*)|(?P<word>[^\W\d]\w*)"
        r"|(?P<line>\s*\n\s*)|(?P<gap>\s+)|(?P<sign>[-+*/%=<>!&|^~?:.@]+|.)",
        re.DOTALL,
    )


def tokens(text: str, language: Language) -> Iterator[Token]:
    """Yield the tokens of a text without its comments, and without spaces that mean nothing."""
    previous = ""
    for found in pattern(language).finditer(text):
        kind, part = found.lastgroup, found.group()
        if kind == "comment" or (kind == "gap" and not language.lines):
            continue
        if kind == "line":
            if language.lines:
                part = "\n" + (part.rpartition("\n")[2] if language.indented else "")
            elif previous in _ENDING:
                part = "\n"
            else:
                continue
            if previous.startswith("\n"):
                continue
        if kind == "gap":
            kind, part = "sign", " "
        previous = part
        yield Token(kind, part)  # type: ignore[arg-type] # a group of the pattern


def closing(found: Sequence[Token]) -> dict[int, int]:
    """Return the place of the bracket that closes each one, by the place of that."""
    opened: list[int] = []
    closes: dict[int, int] = {}
    for at, token in enumerate(found):
        if token.text in OPENS:
            opened.append(at)
        elif token.text in CLOSES and opened:
            closes[opened.pop()] = at
    return closes


def without_trailing_commas(found: Sequence[Token]) -> list[Token]:
    """Leave out the comma between the last value of a list and its end; one that skips a value stays."""
    kept: list[Token] = []
    for token in found:
        comes_last = token.text in CLOSES and len(kept) > 1 and kept[-1].text == ","
        if comes_last and kept[-2].text not in OPENS | {","}:
            kept.pop()
        kept.append(token)
    return kept


def in_double_quotes(token: Token, special: frozenset[str]) -> Token:
    """Return a text in single quotes as one in double quotes, unless it holds what is special there."""
    inner = token.text[1:-1]
    is_plain = token.kind == "text" and token.text[0] == "'" and not special & set(inner)
    return Token("text", f'"{inner}"') if is_plain else token
