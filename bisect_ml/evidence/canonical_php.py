"""One way of writing for what PHP lets people write in several.

PHP-CS-Fixer, PHP_CodeSniffer and Rector rewrite code without a change of what it computes: `array()` as `[]`,
quotes around texts without variables, `elseif`, commas before what closes a list, constants in small letters.
"""

from collections.abc import Sequence

from bisect_ml.evidence.tokens import Token, closing, in_double_quotes, without_trailing_commas

_CONSTANTS = frozenset({"true", "false", "null"})
_MEMBER = frozenset({"->", "?->", "::", "$"})
# What such a word follows is a definition or a type, no list.
_NAMES = frozenset({"function", "fn", "new", "const", "class"})
_FILLED_IN = frozenset({'"', "\\", "$"})


def written_in_php(found: Sequence[Token]) -> list[Token]:
    """Return the tokens of PHP, each thing in one way; linear in their number."""
    return without_trailing_commas(_joined([_spelt(token) for token in _with_short_lists(found)]))


def _with_short_lists(found: Sequence[Token]) -> list[Token]:
    """Write `array(1, 2)` and `list($a, $b)` in square brackets."""
    closes = closing(found)
    kept = list(found)
    dropped: set[int] = set()
    for at in range(len(found) - 1):
        is_list = found[at].kind == "word" and found[at].text.lower() in {"array", "list"}
        before = found[at - 1].text if at else ""
        if is_list and found[at + 1].text == "(" and at + 1 in closes and before not in _MEMBER | _NAMES:
            dropped.add(at)
            kept[at + 1], kept[closes[at + 1]] = Token("sign", "["), Token("sign", "]")
    return [token for at, token in enumerate(kept) if at not in dropped]


def _spelt(token: Token) -> Token:
    """Return a text in double quotes where it holds nothing to fill in, and constants in small letters."""
    if token.kind == "word" and token.text.lower() in _CONSTANTS:
        return Token("word", token.text.lower())
    return Token("sign", "!=") if token.text == "<>" else in_double_quotes(token, _FILLED_IN)


def _joined(found: Sequence[Token]) -> list[Token]:
    """Write `else if` as `elseif`."""
    kept: list[Token] = []
    for token in found:
        if token.text == "if" and kept and kept[-1].text == "else":
            kept[-1] = Token("word", "elseif")
        else:
            kept.append(token)
    return kept
