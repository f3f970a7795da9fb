"""One way of writing for what Go lets people write in several.

gofmt, with `-s` too, golint and gopls' `modernize` rewrite code without a change of what it computes: types
that a list's own type gives already, names of a loop that nobody reads, `any`, commas and semicolons that the
line's end stands for.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bisect_ml.evidence.tokens import CLOSES, OPENS, Token, closing, without_trailing_commas

# The head of these has semicolons of its own, up to the bracket of its body.
_HEADED = frozenset({"for", "if", "switch"})
_ANY = Token("word", "any")
_STEPS = {"+=": "++", "-=": "--"}
_LONGEST_TYPE = 12
_GIVES = frozenset({":=", "="})


def written_in_go(found: Sequence[Token]) -> list[Token]:
    """Return the tokens of Go, each thing in one way; linear in their number."""
    plain = without_trailing_commas(_without_idle_names(_stepping(_any(found))))
    return _without_idle_types(_without_ends(plain))


def without_semicolons_of_lines(found: Sequence[Token]) -> list[Token]:
    """Return the tokens without the semicolons that end statements; those in the head of a loop stay."""
    kept: list[Token] = []
    head: int | None = None
    depth = 0
    for token in found:
        if token.kind == "word" and token.text in _HEADED:
            head = depth
        elif token.text in OPENS:
            head = None if token.text == "{" and head == depth else head
            depth += 1
        elif token.text in CLOSES:
            depth -= 1
        if token.text != ";" or head == depth:
            kept.append(token)
    return kept


def _any(found: Sequence[Token]) -> list[Token]:
    """Write `interface{}` as `any`."""
    kept: list[Token] = []
    for token in found:
        kept.append(token)
        if [each.text for each in kept[-3:]] == ["interface", "{", "}"]:
            kept[-3:] = [_ANY]
    return kept


def _stepping(found: Sequence[Token]) -> list[Token]:
    """Write `x += 1` as `x++` where the statement ends there."""
    kept: list[Token] = []
    for token, then in pairwise([*found, Token("line", "\n")]):
        is_one = token.text == "1" and bool(kept) and kept[-1].text in _STEPS
        if is_one and (then.kind in {"word", "line"} or then.text in {"}", ";", "{"}):
            kept[-1] = Token("sign", _STEPS[kept[-1].text])
        else:
            kept.append(token)
    return kept


def _without_idle_names(found: Sequence[Token]) -> list[Token]:
    """Write `for i, _ := range x` as `for i := range x`, and `for _ = range x` as `for range x`."""
    kept: list[Token] = []
    for token in found:
        if token.text == "range" and kept and kept[-1].text in _GIVES:
            gives = kept.pop()
            if [each.text for each in kept[-2:]] == [",", "_"]:
                del kept[-2:]
            if [each.text for each in kept[-2:]] == ["for", "_"]:
                kept.pop()
            else:
                kept.append(gives)
        kept.append(token)
    return kept


def _without_ends(found: Sequence[Token]) -> list[Token]:
    """Write `x[a:len(x)]` as `x[a:]`."""
    dropped: set[int] = set()
    for opens, at in closing(found).items():
        name = found[opens - 1] if opens else None
        end = [each.text for each in found[at - 5 : at]]
        if name and found[at].text == "]" and end == [":", "len", "(", name.text, ")"]:
            dropped.update(range(at - 4, at))
    return [token for at, token in enumerate(found) if at not in dropped]


def _without_idle_types(found: Sequence[Token]) -> list[Token]:
    """Write `[]T{T{1}, T{2}}` as `[]T{{1}, {2}}`, and so for pointers and the values of a map."""
    closes = closing(found)
    opened_by = {at: opens for opens, at in closes.items()}
    dropped: set[int] = set()
    for opens, at in closes.items():
        if found[opens].text == "{":
            inner = _type_before(found, opens, opened_by)
            if inner:
                dropped.update(_repeated(found, opens, at, inner, closes))
    return [token for at, token in enumerate(found) if at not in dropped]


def _type_before(found: Sequence[Token], opens: int, opened_by: dict[int, int]) -> list[str]:
    """Return the type of the elements of a list or map whose values begin at a bracket, else nothing."""
    start = opens
    while start > max(0, opens - _LONGEST_TYPE) and _is_of_type(found[start - 1]):
        start -= 1
    if start == opens or not start or found[start - 1].text != "]":
        return []
    # In `[][]T` the elements are lists themselves.
    while (outer := opened_by.get(start - 1, 0)) and found[outer - 1].text == "]":
        start = outer
    return [each.text for each in found[start:opens]]


def _is_of_type(token: Token) -> bool:
    return token.kind == "word" or token.text in {"*", "."}


def _repeated(
    found: Sequence[Token], opens: int, closes_at: int, inner: list[str], closes: dict[int, int]
) -> Iterable[int]:
    """Yield the places in which the elements of a list say the type that the list says already."""
    said = ["&", *inner[1:]] if inner[0] == "*" else inner
    at = opens + 1
    while at < closes_at:
        begins = found[at - 1].text in {",", ":"} or at == opens + 1
        behind = at + len(said)
        if begins and [each.text for each in found[at : behind + 1]] == [*said, "{"]:
            yield from range(at, behind)
            at = behind
        at = closes.get(at, at) + 1
