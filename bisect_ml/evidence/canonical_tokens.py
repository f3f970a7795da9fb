"""One way of writing for what JavaScript and TypeScript let people write in several.

Formatters and linters (prettier, standard, eslint's `prefer-const`, `quotes`, `curly`, `arrow-parens`)
rewrite code without a change of what it computes. The same is done here to the tokens of a text, so that
two such versions of a definition are equal.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import PurePosixPath

from bisect_ml.evidence.canonical_go import without_semicolons_of_lines, written_in_go
from bisect_ml.evidence.canonical_java import written_in_java
from bisect_ml.evidence.canonical_php import written_in_php
from bisect_ml.evidence.canonical_rust import written_in_rust
from bisect_ml.evidence.tokens import (
    CLOSES,
    OPENS,
    SCRIPTS,
    YAML,
    Language,
    Token,
    closing,
    in_double_quotes,
    language_of,
    pattern,
    tokens,
    without_trailing_commas,
)

# Who may call a definition is nothing that it computes.
_VISIBLE = frozenset({".php", ".java", ".kt", ".kts", ".cs", ".swift", ".scala", ".ts", ".tsx"})
_OWN_WAYS = {".rs": written_in_rust, ".java": written_in_java, ".go": written_in_go, ".php": written_in_php}
_SELECTS = frozenset({".", "?.", "->", "?->", "::"})
_VISIBILITY = frozenset({"private", "protected", "public"})
_DECLARES = frozenset({"var", "let", "const"})
_ENDS_STATEMENT = frozenset({";", "}"})
_LEAVES = frozenset({"return", "break", "continue", "throw", "yield"})
_STRICT = '"use strict"'
_ESCAPED = frozenset({'"', "\\"})
_LINE, _CLOSE = Token("line", "\n"), Token("sign", "}")
# Text that goes on over the next, deeper lines: what looks like a comment in there is none.
_BLOCK_TEXT = re.compile(r"(?m)[|>][+-]?\d?[ \t]*$")
_HEREDOC = re.compile(r"<<[~-]?['\"]?[A-Z_]+")
# What may begin a text that goes on over lines: `<<eot`, `%q(`, `qw{`, `[[`.
_TEXT_OF_LINES = re.compile(
    r"<<[~-]?['\"`]?\w|\[=*\[|(?m:(?:%[a-zA-Z]?|\bq[qwrx]?|\b[msy]|\btr)\s*[(\[{<|!][^)\]}>|!\n]*$)"
)
_QUOTES = frozenset({'"', "'", "`"})
# `%(a # b)`, `q{ # }`, `~s(# )` and the pattern `/ #(\d)/`.
_LITERAL_WITH_HASH = re.compile(
    r"(?:%[a-zA-Z]?|\bq[qwrx]?\s*|\b[msy]|\btr|~[a-zA-Z])[(\[{<|/!][^)\]}>|/!]{0,300}\s#|/[^/\n]{0,300}\s#[^/\n]*/"
)


@lru_cache(maxsize=1024)
def token_form(path: str, text: str) -> str | None:
    """Return a text without comments and what else means nothing, or None where the language is not known."""
    language = language_of(path)
    if language is None:
        return None
    if language.lines:
        # Here a comment's mark can stand in a text that no rule above recognises.
        unsure = (_BLOCK_TEXT,) if language is YAML else (_HEREDOC, _LITERAL_WITH_HASH)
        if any(each.search(text) for each in unsure):
            return text
        return _line_by_line(text, language)
    found = _without_semicolons(path, written_once(path, text, language))
    return "\x00".join(token.text for token in found)


def _line_by_line(text: str, language: Language) -> str:
    """Return a text without comments and empty lines, and indented in no way where that means nothing."""
    bare = pattern(language).sub(lambda found: "" if found.lastgroup == "comment" else found.group(), text)
    lines = [line.rstrip() for line in bare.splitlines() if line.strip()]
    is_plain = (
        not language.indented and not _TEXT_OF_LINES.search(bare) and not _has_open_text(bare, language)
    )
    return "\n".join(line.lstrip() if is_plain else line for line in lines)


def _has_open_text(bare: str, language: Language) -> bool:
    """Tell whether a quote stands by itself: its text may go on over lines, whose spaces are its own."""
    found = pattern(language).finditer(bare)
    return any(each.lastgroup == "sign" and each.group() in _QUOTES for each in found)


def written_once(path: str, text: str, language: Language) -> list[Token]:
    """Return the tokens of a text, those of JavaScript and its kin, Go, Java, PHP and Rust each in one way.

    Statements keep their semicolons. Takes time linear in the length of the text.
    """
    found = list(tokens(text, language))
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in _VISIBLE:
        found = _with_one_visibility(found)
    if suffix in _OWN_WAYS:
        found = _OWN_WAYS[suffix](found)
    if suffix not in SCRIPTS:
        return found if language.lines else _without_brackets_of_results(found)
    found = [_spelt(token) for token in found if token.text not in {"'use strict'", _STRICT}]
    return _without_brackets(without_trailing_commas(found))


def _with_one_visibility(found: Sequence[Token]) -> list[Token]:
    """Return the modifiers of definitions as `public`; where such a word is a name, it stays what it is."""
    around = zip([_LINE, *found], found, [*found[1:], _LINE], strict=False)
    return [
        Token("word", "public")
        if token.text in _VISIBILITY
        and (then.kind == "word" or then.text == "$")
        and before.text not in _SELECTS
        else token
        for before, token, then in around
    ]


def _without_semicolons(path: str, found: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text without the semicolons that a line's end may stand for."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix == ".go":
        return without_semicolons_of_lines(found)
    if suffix not in SCRIPTS:
        return list(found)
    kept: list[Token] = []
    around: list[str] = []
    for token in found:
        if token.text in OPENS:
            around.append(token.text)
        elif token.text in CLOSES and around:
            around.pop()
        in_head_of_loop = around[-1:] == ["("]
        if token.text == ";" and not in_head_of_loop:
            if kept and kept[-1].text in _LEAVES:
                kept.append(_LINE)
        else:
            kept.append(token)
    return kept


def _spelt(token: Token) -> Token:
    """Return a declaration as `let`, and a text in double quotes where it holds nothing to escape."""
    if token.kind == "word" and token.text in _DECLARES:
        return Token("word", "let")
    return in_double_quotes(token, _ESCAPED)


def _without_brackets(found: Sequence[Token]) -> list[Token]:
    """Leave out brackets around a result, around the one parameter of an arrow, and around a jump."""
    dropped: set[int] = set()
    closes = closing(found)
    for at, (token, then) in enumerate(pairwise(found)):
        if token.text == "return" and then.text == "(":
            dropped.update(_around_result(found, at + 1, closes.get(at + 1, len(found))))
        elif token.text == "(" and _is_lone_parameter(found, at):
            dropped.update((at, at + 2))
        elif then.text == "{" and token.text in {")", "else"}:
            dropped.update(_around_jump(found, at + 1))
    return [token for at, token in enumerate(found) if at not in dropped]


def _without_brackets_of_results(found: Sequence[Token]) -> list[Token]:
    """Leave out brackets around a whole result, in any language that has them: `return (x);`."""
    closes = closing(found)
    places = (at for at in range(1, len(found)) if found[at].text == "(" and found[at - 1].text == "return")
    dropped = {each for at in places for each in _around_result(found, at, closes.get(at, len(found)))}
    return [token for at, token in enumerate(found) if at not in dropped]


def _around_result(found: Sequence[Token], opens: int, closes: int) -> tuple[int, ...]:
    ends = closes + 1 < len(found) and found[closes + 1].text in _ENDS_STATEMENT
    return (opens, closes) if ends else ()


def _is_lone_parameter(found: Sequence[Token], at: int) -> bool:
    return at + 3 < len(found) and (
        found[at + 1].kind == "word" and found[at + 2].text == ")" and found[at + 3].text == "=>"
    )


def _around_jump(found: Sequence[Token], opens: int) -> tuple[int, ...]:
    """Return the places of `{` and `}` around one statement that leaves, with its semicolon or without one.

    Of other statements it cannot be told without semicolons how many there are.
    """
    if opens + 1 >= len(found) or found[opens + 1].text not in _LEAVES:
        return ()
    for at in range(opens + 2, len(found)):
        if found[at].text == "{" or (found[at].text == ";" and found[at + 1 : at + 2] != [_CLOSE]):
            return ()
        if found[at].text == "}":
            return (opens, at)
    return ()
