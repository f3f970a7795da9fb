"""One way of writing for what Rust lets people write in several.

Editions, rustfmt and clippy rewrite code without a change of what it computes: `try!(x)` as `x?`, lifetimes
that the compiler finds itself, `dyn`, attributes that only advise, who may see a definition.
"""

from collections.abc import Iterator, Sequence

from bisect_ml.evidence.tokens import Token, closing

# What these attributes say is for the compiler's advice and the reader.
_ADVISES = frozenset(
    {"inline", "must_use", "allow", "warn", "deny", "forbid", "expect", "doc", "cold", "rustfmt", "clippy"}
    | {"track_caller", "deprecated", "non_exhaustive", "automatically_derived"}
)
_BEFORE_VALUES = frozenset(
    {"return", "in", "let", "match", "if", "while", "break", "mut", "ref", "move", "else"}
)
_JUMPS = frozenset({"break", "continue"})
_ASKS = Token("sign", "?")


def written_in_rust(found: Sequence[Token]) -> list[Token]:
    """Return the tokens of Rust, each thing in one way; linear in their number."""
    plain = _asking(_without_advice(list(_split(found))))
    return _without_idle_signs(_without_names_of_times(plain))


def _split(found: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens with each `?` by itself, without `dyn` and visibility."""
    skipped = 0
    for at, token in enumerate(found):
        if skipped:
            skipped -= 1
        elif token.kind == "word" and token.text == "pub":
            skipped = _length_of_group(found, at + 1)
        elif token.kind == "sign" and token.text.startswith("?") and len(token.text) > 1:
            yield from (_ASKS, Token("sign", token.text[1:]))
        elif token.text != "dyn":
            yield token


def _length_of_group(found: Sequence[Token], at: int) -> int:
    """Return how many tokens `(crate)` and its kin take, 0 where none stands there."""
    inside = [token.text for token in found[at : at + 3]]
    return 3 if inside[:1] == ["("] and inside[1:2] in (["crate"], ["super"], ["self"]) else 0


def _without_advice(found: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    closes = closing(found)
    at = 0
    while at < len(found):
        opens = at + 1 + (at + 1 < len(found) and found[at + 1].text == "!")
        is_attribute = found[at].text == "#" and opens + 1 < len(found) and found[opens].text == "["
        if is_attribute and found[opens + 1].text in _ADVISES and opens in closes:
            at = closes[opens] + 1
            continue
        kept.append(found[at])
        at += 1
    return kept


def _asking(found: Sequence[Token]) -> list[Token]:
    """Return `x?` for `try!(x)`."""
    closes = closing(found)
    dropped: set[int] = set()
    asks: set[int] = set()
    for at in range(len(found) - 2):
        if [token.text for token in found[at : at + 3]] == ["try", "!", "("] and at + 2 in closes:
            dropped.update((at, at + 1, at + 2))
            asks.add(closes[at + 2])
    return [_ASKS if at in asks else token for at, token in enumerate(found) if at not in dropped]


def _without_names_of_times(found: Sequence[Token]) -> list[Token]:
    """Return the tokens without lifetimes: `'a`, and the comma, plus or colon before or behind it.

    The label that a jump names stays: it says which loop ends.
    """
    kept: list[Token] = []
    at = 0
    while at < len(found):
        jumps = bool(kept) and kept[-1].text in _JUMPS
        if found[at].text == "'" and at + 1 < len(found) and found[at + 1].kind == "word" and not jumps:
            at += 2
            if at < len(found) and found[at].text == "," and kept and kept[-1].text == "<":
                at += 1
            elif kept and kept[-1].text in {",", "+", ":"}:
                kept.pop()
            continue
        kept.append(found[at])
        at += 1
    return kept


def _without_idle_signs(found: Sequence[Token]) -> list[Token]:
    """Return the tokens without brackets that are empty of lifetimes, and without trailing commas.

    The comma of a tuple of one stays: it makes it one.
    """
    idle = {
        closes - 1
        for opens, closes in closing(found).items()
        if found[closes - 1].text == "," and (found[opens].text != "(" or _is_called(found, opens))
    }
    kept: list[Token] = []
    for at, token in enumerate(found):
        if token.text == ">" and kept and kept[-1].text == "<":
            kept.pop()
        elif at not in idle:
            kept.append(token)
    return kept


def _is_called(found: Sequence[Token], opens: int) -> bool:
    """Tell the bracket of a call, a signature or a macro from that of a tuple."""
    before = found[opens - 1] if opens else _ASKS
    return before.text in {">", "!"} or (before.kind == "word" and before.text not in _BEFORE_VALUES)
