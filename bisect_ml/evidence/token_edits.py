"""What a commit did to a definition that is not Python: the same kinds of edit, told by tokens."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from bisect_ml.evidence.canonical_tokens import written_once
from bisect_ml.evidence.definitions import IMPORTS
from bisect_ml.evidence.edits import Edit, EditKind
from bisect_ml.evidence.outlines import Part, outline
from bisect_ml.evidence.tokens import SCRIPTS, Token, language_of
from bisect_ml.types import FileChange

_LIMIT = 200
_MAX_TOKENS = 6_000
_SWAPPED_WITHIN = 16
_LONG = 8_000
_FLAGS = frozenset({"true", "false", "True", "False", "nil", "null", "None", "undefined", "TRUE", "FALSE"})
_OPERATORS = re.compile(r"[-+*/%<>=!&|^~?]+")
_ASSIGNS = frozenset({"=", ":=", "=>", "->", ".", ":", "::", "?.", "..."})
# Written without a blank behind it, and without any on either side.
_SIGIL = re.compile(r"((?:^|(?<=[ (\[]))(?:@@?|\$|!)) (?=\w)")
_LINK = re.compile(r" ?(::|\?\.) ?")
_BORROWS = frozenset({"&", "mut", "ref"})
_BINDS = re.compile(
    r"(?:\b(?:const|let|var|val|mut|my|local|for|final|auto)\s+[$*&(]*|(?<![\w.$]))([^\W\d]\w*)\s*(?::=|=(?![=>])|\s(?:in|of)\b)"
)
_PARAMETERS = re.compile(r"(?m)^[^\n=]*?\b\w+\s*\(([^()\n]*)\)\s*[^\n;()]*(?:\{|=>)[ \t]*$")
_GUARD = re.compile(
    r"^(if|unless|guard)\b.*\b(return|throw|raise|continue|break|panic|bail|next)\b|^(try|catch|rescue|except|defer)\b"
)


@lru_cache(maxsize=1024)
def token_edits(path: str, before: Part, after: Part) -> tuple[Edit, ...]:
    """Return the edits that lead from one version of a definition to the next, at most 200."""
    old, new = (_tokens(path, text) for text in _apart(before.text, after.text))
    found: list[Edit] = []
    if len(old) + len(new) > _MAX_TOKENS:
        return (Edit("statement", before.name, after.name),)
    swap = _swap(old, new)
    if swap is not None:
        return (swap,)
    matcher = SequenceMatcher(None, [t.text for t in old], [t.text for t in new], autojunk=False)
    for tag, i, k, j, m in matcher.get_opcodes():
        if tag != "equal" and not _only_borrows(path, [*old[i:k], *new[j:m]]):
            is_callee = _opens(old, k) and _opens(new, m)
            found += _edits(*_ended_alike(path, old[i:k], new[j:m]), is_callee=is_callee)
        if len(found) >= _LIMIT:
            break
    return tuple(found[:_LIMIT])


def _apart(before: str, after: str) -> tuple[str, str]:
    """Return two texts, where they are long without the lines that they begin and end with in common."""
    if len(before) + len(after) < _LONG:
        return before, after
    old, new = before.splitlines(), after.splitlines()
    shortest = min(len(old), len(new))
    head = next((at for at in range(shortest) if old[at] != new[at]), shortest)
    rest = shortest - head
    tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    return "\n".join(old[head : len(old) - tail]), "\n".join(new[head : len(new) - tail])


def _swap(old: Sequence[Token], new: Sequence[Token]) -> Edit | None:
    """Return a swap where all that differs is the order of a few neighbouring tokens."""
    if len(old) != len(new):
        return None
    apart = [at for at, (a, b) in enumerate(zip(old, new, strict=True)) if a.text != b.text]
    if not apart or apart[-1] - apart[0] >= _SWAPPED_WITHIN:
        return None
    before, after = old[apart[0] : apart[-1] + 1], new[apart[0] : apart[-1] + 1]
    if Counter(t.text for t in before) != Counter(t.text for t in after):
        return None
    return Edit("swap", _joined(before), _joined(after))


def _tokens(path: str, text: str) -> list[Token]:
    language = language_of(path)
    if language is None:
        return []
    return [
        token for token in written_once(path, text, language) if token.kind != "line" and token.text.strip()
    ]


def _only_borrows(path: str, found: Sequence[Token]) -> bool:
    """Tell what in Rust says who owns a value, and nothing of what it is."""
    return path.endswith(".rs") and {token.text for token in found} <= _BORROWS


def _ended_alike(
    path: str, old: Sequence[Token], new: Sequence[Token]
) -> tuple[Sequence[Token], Sequence[Token]]:
    """Return the tokens of one place without a semicolon that ends one side only, as a line's end may do."""
    longer = new if len(new) > len(old) else old
    goes_on = bool(old and new) or len(longer) == 1 or _goes_on(longer[0])
    ends = [bool(side) and side[-1].text == ";" for side in (old, new)]
    if not path.endswith(SCRIPTS) or not goes_on or ends[0] == ends[1]:
        return old, new
    return (old[:-1], new) if ends[0] else (old, new[:-1])


def _goes_on(token: Token) -> bool:
    """Tell what can begin no statement, but goes on with one."""
    return _is_operator(token) or token.text in {")", "]", ".", "?.", ","}


def _opens(found: Sequence[Token], at: int) -> bool:
    """Tell whether a bracket that a call opens with stands there."""
    return at < len(found) and found[at].text == "("


def _edits(old: Sequence[Token], new: Sequence[Token], *, is_callee: bool) -> Iterator[Edit]:
    """Yield the edits of one place; tokens that face each other are compared one by one."""
    if not old and not new:
        return
    if len(old) == len(new) == 1 and is_callee and _facing(old[0], new[0]) == "name":
        yield Edit("callee", old[0].text, new[0].text)
        return
    if len(old) == len(new) and len(old) <= 8:
        for a, b in zip(old, new, strict=True):
            if a.text != b.text:
                yield Edit(_facing(a, b), a.text, b.text)
        return
    before, after = _joined(old), _joined(new)
    if _is_number(old) and _is_number(new):
        yield Edit("number", before.replace(" ", ""), after.replace(" ", ""))
        return
    longer = after if len(new) > len(old) else before
    if _GUARD.search(longer):
        yield Edit("guard", before, after)
    elif not old or not new:
        yield Edit(_lone(old or new), before, after)
    else:
        yield Edit("statement" if ";" in longer or "{" in longer else "call", before, after)


def _facing(old: Token, new: Token) -> EditKind:
    kinds = {old.kind, new.kind}
    if kinds == {"number"}:
        return "number"
    if kinds == {"text"}:
        return "text"
    if old.text in _FLAGS or new.text in _FLAGS:
        return "flag"
    if kinds == {"word"}:
        return "name"
    return "operator" if kinds == {"sign"} and _is_operator(old) and _is_operator(new) else "call"


def _lone(found: Sequence[Token]) -> EditKind:
    """Return the kind of what was put in or taken out: a term of a formula, an argument, a statement."""
    texts = [token.text for token in found]
    if any(mark in texts for mark in (";", "{", "}", "=", ":=", "return")):
        return "statement"
    if any(_is_operator(token) for token in found):
        return "operator"
    return "argument" if "," in texts else "call"


def _is_number(found: Sequence[Token]) -> bool:
    """Tell a number, with its sign or without one."""
    signed = len(found) == 2 and found[0].text in {"-", "+"}
    return bool(found) and found[-1].kind == "number" and (signed or len(found) == 1)


def _is_operator(token: Token) -> bool:
    return token.text not in _ASSIGNS and _OPERATORS.fullmatch(token.text) is not None


def _joined(found: Sequence[Token]) -> str:
    """Return tokens as people write them."""
    text = " ".join(token.text for token in found)
    text = _SIGIL.sub(r"\1", _LINK.sub(r"\1", text))
    return re.sub(r" ?([.()\[\]]) ?", r"\1", re.sub(r" ([,;])", r"\1", text)).strip()


def renamed(files: Sequence[FileChange]) -> str:
    """Return `old → new` where all that differs in some files are names, each for one other, else nothing.

    The old names may not be left anywhere in the files, nor may the new ones have stood there before, and
    both must be names that the files give to something: a name that is only used is another thing.
    """
    mapping: dict[str, str] = {}
    before: set[str] = set()
    after: set[str] = set()
    bound_before: set[str] = set()
    bound_after: set[str] = set()
    for change in files:
        old = _tokens(change.old_path or change.path, change.before or "")
        new = _tokens(change.path, change.after or "")
        if len(old) != len(new):
            return ""
        before |= {token.text for token in old}
        after |= {token.text for token in new}
        bound_before |= _bound(change.old_path or change.path, change.before or "")
        bound_after |= _bound(change.path, change.after or "")
        for a, b in zip(old, new, strict=True):
            if a.text == b.text:
                continue
            if {a.kind, b.kind} != {"word"} or mapping.setdefault(a.text, b.text) != b.text:
                return ""
    fresh = set(mapping.values())
    if not mapping or len(fresh) < len(mapping) or mapping.keys() & after or fresh & before:
        return ""
    if not (mapping.keys() <= bound_before and fresh <= bound_after):
        return ""
    first, second = next(iter(mapping.items()))
    return f"{first} → {second}"


def _bound(path: str, text: str) -> set[str]:
    """Return the names that a text gives to something: variables, parameters and definitions."""
    named = {name.rpartition(".")[2] for name in outline(path, text) or ()}
    parameters = (match.group(1) for match in _PARAMETERS.finditer(text))
    return (
        named
        | set(_BINDS.findall(text))
        | {w for each in parameters for w in re.findall(r"[^\W\d]\w*", each)}
    )


def moved(files: Sequence[FileChange]) -> bool:
    """Tell whether the lines that went are those that came, in another order or another file."""
    sides = [
        Counter(
            line
            for change in files
            for line in _code_lines(path(change), (change.before if side == 0 else change.after) or "")
        )
        for side, path in enumerate((_old_path, _new_path))
    ]
    return sides[0] == sides[1] and sides[0].total() > 0


def _old_path(change: FileChange) -> str:
    return change.old_path or change.path


def _new_path(change: FileChange) -> str:
    return change.path


def _code_lines(path: str, text: str) -> Iterator[str]:
    """Yield the lines of a text that do something, without imports and brackets that stand alone."""
    for name, part in (outline(path, text) or {}).items():
        if name != IMPORTS:
            yield from (" ".join(line.split()) for line in part.text.splitlines() if re.search(r"\w", line))
