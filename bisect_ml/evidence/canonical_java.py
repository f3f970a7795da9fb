"""One way of writing for what Java lets people write in several.

Linters, IDEs and newer releases rewrite code without a change of what it computes: advice to the compiler as
annotations, `final`, and type arguments that it finds itself.
"""

from collections.abc import Sequence

from bisect_ml.evidence.tokens import Token, closing

# What these annotations say is for the compiler's advice and the reader.
_ADVISES = frozenset(
    {"SuppressWarnings", "Override", "Deprecated", "SafeVarargs", "FunctionalInterface", "VisibleForTesting"}
    | {"Nullable", "NonNull", "Nonnull", "NotNull", "CheckReturnValue", "Immutable", "ThreadSafe", "API"}
)
_MOST_ARGUMENTS = 40
_OPENS, _DIAMOND = Token("sign", "("), Token("sign", "<>")


def written_in_java(found: Sequence[Token]) -> list[Token]:
    """Return the tokens of Java, each thing in one way; linear in their number."""
    closes = closing(found)
    kept: list[Token] = []
    at = 0
    while at < len(found):
        name = found[at + 1].text if at + 1 < len(found) else ""
        if found[at].text == "@" and name in _ADVISES:
            at = closes.get(at + 2, at + 1) + 1 if found[at + 2 : at + 3] == [_OPENS] else at + 2
        elif found[at].kind == "word" and found[at].text == "final":
            at += 1
        elif found[at].text == "new" and (past := _past_arguments(found, at + 1)):
            kept += [found[at], found[at + 1], _DIAMOND]
            at = past
        else:
            kept.append(found[at])
            at += 1
    return kept


def _past_arguments(found: Sequence[Token], at: int) -> int:
    """Return the place behind the type arguments of a class that is made, 0 where it has none."""
    opens = at + 1
    if opens >= len(found) or found[at].kind != "word" or not found[opens].text.startswith("<"):
        return 0
    depth = 0
    for place in range(opens, min(len(found), opens + _MOST_ARGUMENTS)):
        text = found[place].text
        depth += text.count("<") - text.count(">")
        if depth <= 0:
            return place + 1 if found[place + 1 : place + 2] == [_OPENS] else 0
    return 0
