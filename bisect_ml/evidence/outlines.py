"""The definitions of a source file that is not Python, found by how lines begin.

A definition runs from its first line to the last one that is indented deeper, its closing bracket or
`end` included; that holds wherever a formatter or a careful hand has been. Lines belong to the innermost
definition around them. What is cut off too early becomes part of the module, which is known less well,
and never of another definition.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from pathlib import PurePosixPath
from typing import NamedTuple

from bisect_ml.evidence.canonical_tokens import token_form
from bisect_ml.evidence.definition_lines import AROUND, LINES, VALUES
from bisect_ml.evidence.definitions import IMPORTS, MODULE
from bisect_ml.evidence.long_signatures import opens_a_body
from bisect_ml.evidence.tokens import MAX_LINE, SCRIPTS, language_of, tokens
from bisect_ml.types import FileChange

DEFAULT = "default"
"""What a file of JavaScript exports without a name; others call it as they call the file."""

SUFFIXES = tuple(LINES)
"""The endings of the languages whose definitions are found."""

MAX_CHARS = 400_000

_TESTS = frozenset({"test", "tests"})

_IMPORT = re.compile(
    r"^\s*(?:import\b|from\b|export\s.*\bfrom\b|(?:const|let|var)\s.*=\s*require\(|require(?:_relative)?\b"
    r"|use\s|using\s|#\s*include\b|mod\s+\w+;|package\b|library\(|source\(|\"[\w./-]+\"$|alias\s)"
)
_INDEXED = re.compile(r"\[[\"'](\w+)[\"']\]")
_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:\.[\w$]+|\[[\"']\w+[\"']\])*")
_ASSIGNS = re.compile(r"(?<![=!<>+\-*/%&|^?])=(?![=>])")
_EXPORTS = frozenset({"exports", "module.exports"})
_EXPORTED = re.compile(r"^(?:module\.)?exports\.")
_RUN_MACRO = re.compile(r"\s*\w+!\s*[({\[]\s*$")
_DOCUMENTED = frozenset({".jl", ".ex", ".exs"})
_DOCUMENTATION = re.compile(r'(?ms)^[ \t]*(?:@\w*doc\s+)?(?:raw|~\w)?""".*?(?:"""|\Z)')
_CLOSERS = re.compile(r"[})\]]+|end\b")
_COMMENT = re.compile(r"\s*(?://|/\*|\*|#|--)")
# `public:` and `fail:` stand as far out as what they are in.
_LABEL = re.compile(r"\w+(?: \w+)?:$")
# The second half of what began as deep: `} else {` of a body that is one expression, Ruby's `rescue`.
_GOES_ON = re.compile(r"(?:\}\s*)?(?:else|elsif|elseif|catch|finally|rescue|ensure)\b")
# The parameters are taken apart on lines of their own: `score({`, then `} = {}) {`.
_END_OF_SIGNATURE = re.compile(r"\}[^();.]*\)(?!\s*[.,])[^;]*\{\s*$")
_OPENERS = re.compile(r"[{(]|[)\]]+.*[{(]\s*$|where\b|throws\b|=>|->|:\s")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """A named part of a file: its own text, without the parts inside it."""

    name: str
    text: str
    is_function: bool


class _Found(NamedTuple):
    """A definition that was found: its lines, its name, what it is, how far in it stands, its other names."""

    first: int
    last: int
    name: str
    is_function: bool
    indent: int
    on_prototype: bool
    is_put_on: bool
    is_returned: bool
    also: tuple[str, ...]


def outline(path: str, text: str) -> Mapping[str, Part] | None:
    """Return the parts of a file by dotted name, `<module>` and `<imports>` included; None if unknown."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in LINES or len(text) > MAX_CHARS:
        return None
    return _outline(suffix, text)


@lru_cache(maxsize=4096)
def _outline(suffix: str, text: str) -> Mapping[str, Part]:
    # Where tabs and spaces are mixed, a tab stands for four.
    lines = text.expandtabs(4).splitlines()
    found: list[_Found] = []
    for first, line in enumerate(_searched(suffix, lines)):
        match = LINES[suffix].match(line) if len(line) <= MAX_LINE else None
        if match is None:
            continue
        groups = match.groupdict()
        if groups.get("open") is not None and not opens_a_body(lines, first):
            continue
        kind, name = next((k, v) for k, v in groups.items() if v and k not in AROUND)
        name = DEFAULT if kind in {"default", "table"} else name
        owner = groups.get("owner") or groups.get("own") or groups.get("hung") or groups.get("of")
        indent = len(match["indent"])
        found.append(
            _Found(
                first=first,
                last=_last_line(lines, first, indent),
                name=f"{owner}.{name}" if owner else name,
                is_function=kind not in {"c", "impl", *VALUES},
                on_prototype=bool(groups.get("hung")),
                indent=indent,
                is_put_on=bool(groups.get("of")),
                is_returned=kind == "returned",
                also=_other_names(line) if suffix in SCRIPTS else (),
            )
        )
    kept = _kept(_outermost(found))
    if suffix == ".go":
        # What Go calls `init` runs when the package is loaded, as elsewhere what stands in no function.
        kept = [each for each in kept if each.name != "init"]
    parts = _parts(lines, kept)
    # Rust keeps the tests of a module inside it; they are compiled into no service.
    served = {name: part for name, part in parts.items() if name.split(".")[0] not in _TESTS}
    return served if suffix == ".rs" else parts


def _searched(suffix: str, lines: list[str]) -> list[str]:
    """Return the lines in which definitions are looked for.

    Those of documentation, which Julia and Elixir write as texts, are empty; Rust's macros that are run have
    their first argument with them.
    """
    if suffix == ".rs":
        pairs = zip(lines, [*lines[1:], ""], strict=False)
        return [f"{line}{then.strip()}" if _RUN_MACRO.match(line) else line for line, then in pairs]
    if suffix not in _DOCUMENTED:
        return lines
    text = "\n".join(lines)
    return _DOCUMENTATION.sub(lambda found: "\n" * found[0].count("\n"), text).split("\n")


def _outermost(found: list[_Found]) -> list[_Found]:
    """Drop values that are put on an object further in than the file's own definitions, as by a callback."""
    least = min((each.indent for each in found if not each.is_put_on), default=0)
    return [each for each in found if not each.is_put_on or each.indent <= least]


def _other_names(line: str) -> tuple[str, ...]:
    """Return the names between the first and the value of `a.b = a.c = …`, dotted, as others call them."""
    first, *sides = (side.strip() for side in _ASSIGNS.split(line))
    named = takewhile(_NAME.fullmatch, sides[:-1]) if "(" not in first else ()
    dotted = (_INDEXED.sub(r".\1", each).replace(".prototype.", ".") for each in named)
    return tuple(DEFAULT if each in _EXPORTS else _EXPORTED.sub("", each) for each in dotted)


def _last_line(lines: list[str], first: int, indent: int) -> int:
    """Return the last line of a definition that begins at `first` with so much indentation."""
    last = first
    for at in range(first + 1, len(lines)):
        line = lines[at]
        if not line.strip() or _COMMENT.match(line):
            continue
        rest = line.strip()
        depth = len(line) - len(line.lstrip())
        if depth > indent or (depth == indent and _GOES_ON.match(rest)):
            last = at
            continue
        if _LABEL.match(rest):
            continue
        if _END_OF_SIGNATURE.match(rest) if rest.startswith("}") else _OPENERS.match(rest):
            last = at  # the arguments, or the body, go on at the same depth
            continue
        return at if _CLOSERS.match(rest) else last
    return last


def _kept(found: list[_Found]) -> list[_Found]:
    """Drop the values inside functions, which are its statements, and give the rest dotted names."""
    kept: list[_Found] = []
    open_parts: list[_Found] = []
    for each in found:
        open_parts = [around for around in open_parts if around.last >= each.first]
        inside_function = any(around.is_function for around in open_parts)
        # What a function hangs on an object belongs to it: others may call that without its name.
        # So does what it returns, but a wrapper that has no name itself leaves that to the file.
        own = (each.on_prototype or "." not in each.name) and not each.is_returned
        if inside_function and not (each.is_function and each.last > each.first and own):
            continue
        prefix = f"{open_parts[-1].name}." if open_parts else ""
        kept.append(each._replace(name=prefix + each.name, also=tuple(prefix + name for name in each.also)))
        open_parts.append(kept[-1])
    return kept


def _parts(lines: list[str], found: list[_Found]) -> Mapping[str, Part]:
    owner: list[str | None] = [None] * len(lines)
    for each in found:
        owner[each.first : each.last + 1] = [each.name] * (each.last + 1 - each.first)
    texts: dict[str, list[str]] = {}
    functions = {each.name: each.is_function for each in found}
    for line, part_of in zip(lines, owner, strict=True):
        name = IMPORTS if _IMPORT.match(line) else (part_of or MODULE)
        texts.setdefault(name, []).append(line)
    parts = {
        name: Part(name=name, text="\n".join(own), is_function=functions.get(name, False))
        for name, own in texts.items()
    }
    # The line that gives another name leads on to the first one, which stands on it.
    others = (
        Part(name=name, text=lines[each.first], is_function=each.is_function)
        for each in found
        for name in each.also
    )
    return {other.name: other for other in others} | parts


@lru_cache(maxsize=1024)
def changed_parts(change: FileChange) -> tuple[tuple[Part | None, Part | None], ...] | None:
    """Return the parts of a file that differ after a change, before and after, or None if unknown.

    Parts whose tokens are the same are left out, and so are those that hold nothing but comments.
    """
    if (change.before is None and change.status != "A") or (change.after is None and change.status != "D"):
        return None
    old_path = change.old_path or change.path
    before, after = outline(old_path, change.before or ""), outline(change.path, change.after or "")
    if before is None or after is None:
        return None
    again = _found_again(before, after)
    names = (name for name in {**before, **after} if name not in again.values())
    pairs = ((before.get(name), after.get(again.get(name, name))) for name in names)
    return tuple(
        (old, new)
        for old, new in pairs
        if not (old and new and old.text == new.text)
        and (old and token_form(old_path, old.text)) != (new and token_form(change.path, new.text))
        and any(side and _acts(path, side.text) for path, side in ((old_path, old), (change.path, new)))
    )


def _found_again(before: Mapping[str, Part], after: Mapping[str, Part]) -> Mapping[str, str]:
    """Return the new names of parts that only lost or gained an owner.

    What stands inside a wrapper by its indentation stands outside once the end of that is indented anew.
    """
    come = {name.rpartition(".")[2]: name for name in after if name not in before}
    gone = ((name, come.get(name.rpartition(".")[2], "")) for name in before if name not in after)
    return {old: new for old, new in gone if new and (old.endswith(f".{new}") or new.endswith(f".{old}"))}


def _acts(path: str, text: str) -> bool:
    language = language_of(path)
    return language is None or any(token.text.strip() for token in tokens(text, language))


def mentioned(path: str, text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of a text outside comments and strings, and its strings."""
    language = language_of(path)
    if language is None:
        return frozenset(), frozenset()
    found = list(tokens(text, language))
    names = frozenset(token.text for token in found if token.kind == "word")
    return names, frozenset(token.text.strip("\"'`") for token in found if token.kind == "text")


def imports_of(parts: Mapping[str, Part]) -> frozenset[str]:
    """Return the words of the import lines of a file, which name the files and packages it uses."""
    text = parts[IMPORTS].text if IMPORTS in parts else ""
    return frozenset(re.findall(r"[\w-]+", text))
