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
from pathlib import PurePosixPath
from typing import NamedTuple

from bisect_ml.evidence.canonical_tokens import token_form
from bisect_ml.evidence.definitions import IMPORTS, MODULE
from bisect_ml.evidence.long_signatures import opens_a_body
from bisect_ml.evidence.tokens import MAX_LINE, language_of, tokens
from bisect_ml.types import FileChange

DEFAULT = "default"
"""What a file of JavaScript exports without a name; others call it as they call the file."""

MAX_CHARS = 400_000

_SCRIPT = (
    (
        r"(?P<default>module\.exports\s*=|export\s+default\b)\s*(?:async\s+)?"
        r"(?:function\s*\*?\s*(?:\(|\w+\s*\()|\([^\n]*=>|\w+\s*=>|class\s*(?:\w+\s*)?\{)"
    ),
    r"(?P<table>export\s+default)\s*\{",
    r"(?:export\s+)?(?:default\s+)?(?:async\s+)?function\s*\*?\s*(?P<a>\w+)",
    r"(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class\s+(?P<c>\w+)",
    r"(?:export\s+)?(?:const|let|var)\s+(?P<b>\w+)\s*(?::[^=\n]+)?=\s*(?:async\s*)?(?:function\b|\([^\n]*=>|\w+\s*=>|\($)",
    r"(?:module\.)?exports\.(?P<d>\w+)\s*=",
    r"(?P<hung>[\w$]+(?:\.[\w$]+)*)\.prototype\.(?P<e>\w+)\s*=",
    r"(?P<owner>[\w$]+(?:\.[\w$]+)*)\.(?P<h>\w+)\s*=\s*(?:async\s*)?(?:function\b|\([^\n]*=>|\w+\s*=>)",
    r"[\"']?(?P<f>\w+)[\"']?\s*:\s*(?:async\s*)?(?:function\b|\([^\n]*\)\s*=>)",
    (
        r"(?:public\s+|private\s+|protected\s+|static\s+|async\s+|readonly\s+|override\s+|get\s+|set\s+|\*\s*)*"
        r"(?!if\b|for\b|while\b|switch\b|catch\b|return\b|function\b|with\b|else\b|do\b|new\b|await\b)(?P<g>#?\w+)\s*(?:<[^\n(]*>)?"
        r"\((?:[^\n;]*\)\s*(?::[^\n{;]+)?\{|(?P<open>\s*$))"
    ),
    r"(?:\w+)\.(?:post|get|put|patch|use|all)\(\s*[\"'`](?P<route>/[^\"'`]*)[\"'`]",
    r"(?:export\s+)?(?:const|let|var)\s+(?P<v>\w+)\s*(?::[^=\n]+)?=",
)
_GO = (
    r"func\s+\(\s*\w*\s*\*?(?P<owner>\w+)(?:\[[^\]]*\])?\s*\)\s*(?P<a>\w+)",
    r"func\s+(?P<b>\w+)",
    r"type\s+(?P<c>\w+)\s+(?:struct|interface)\b",
    r"\w+\.(?:HandleFunc|Handle|POST|GET|PUT)\(\s*\"(?P<route>/?[^\"]*)\"",
    r"(?:var|const)\s+(?P<v>\w+)\b[^\n(]*",
    r"(?P<w>\w+)(?:\s+[\w.\[\]*]+)?\s*=(?!=)",
)
_TYPED = (
    (
        r"(?:(?:public|private|protected|internal|static|final|abstract|sealed|data|open|case|partial|export|template)\s+)*"
        r"(?:class|interface|enum|struct|object|trait|record|namespace(?=\s+\w+\s*\{)|protocol|extension)\s+(?P<c>\w+)"
    ),
    (
        r"(?:(?:public|private|protected|internal|static|final|override|open|suspend|inline|implicit|operator)\s+)*"
        r"(?:fun|def|func)\s+(?:<[^\n>]*>\s*)?(?:\w+\.)?(?P<a>\w+)"
    ),
    (
        r"(?:@\w+(?:\([^\n)]*\))?\s*)*(?:(?:public|private|protected|internal|static|final|abstract|synchronized|native|async"
        r"|override|virtual|default|inline|constexpr|extern|const|unsafe)\s+)*(?!return\b|new\b|else\b|throw\b|case\b|await\b|if\b|while\b|for\b|switch\b|catch\b|yield\b|co_\w+)"
        r"[\w.:<>\[\],?*&]+(?:\s*<[^\n(]*>)?[\s*&]+(?P<owner>\w+::)?(?P<b>\w+)\s*"
        r"\((?:[^\n;]*(?:\)[^\n;]*\{?|,)\s*$|(?P<open>\s*$))"
    ),
    r"(?:public|private|protected|internal)\s+(?P<d>\w+)\s*\([^\n;]*\)\s*(?:throws[^\n{]*)?\{",
    (
        r"(?:(?:public|private|protected|internal|static|final|const|readonly|constexpr|lazy|override)\s+)+"
        r"(?:(?:val|var|let|def)\s+)?(?:[\w.<>\[\],?]+\s+)?(?P<v>\w+)\s*(?::[^\n=]+)?=(?!=)"
    ),
    r"(?:val|var|let|const)\s+(?P<w>\w+)\s*(?::[^\n=]+)?=(?!=)",
    r"#define\s+(?P<x>\w+)",
)
_RUST = (
    r"(?:pub(?:\([^)]*\))?\s+)?(?:const\s+|async\s+|unsafe\s+|extern\s+\"C\"\s+)*fn\s+(?P<a>\w+)",
    r"(?:pub(?:\([^)]*\))?\s+)?(?:struct|enum|trait|union|mod)\s+(?P<c>\w+)",
    r"(?:unsafe\s+)?impl\b(?:<[^{\n]*?>)?\s+(?:[\w:<>', ]+\s+for\s+)?(?P<impl>\w+)",
    r"(?:pub(?:\([^)]*\))?\s+)?(?:const|static)\s+(?:mut\s+)?(?P<v>\w+)\s*:",
)
_RUBY = (
    r"def\s+(?:self\.)?(?P<a>\w+[?!=]?)",
    r"(?:class|module)\s+(?P<c>[\w:]+)",
    r"(?P<v>[A-Z]\w*)\s*=(?!=)",
    r"(?:post|get|put)\s+[\"'](?P<route>/[^\"']*)[\"']",
)
_OTHER = (
    r"(?:local\s+)?function\s+(?:[\w.]+[.:])?(?P<a>\w+)",
    r"(?:public\s+|private\s+|protected\s+|static\s+|final\s+|abstract\s+)*function\s+&?(?P<b>\w+)",
    r"(?:defp?|sub)\s+(?P<d>\w+[?!]?)",
    r"(?P<e>[\w.]+)\s*(?:<-|=)\s*function\b",
    r"(?:final\s+|abstract\s+)?(?:class|trait|interface|defmodule|module|struct)\s+(?P<c>[\w.]+)",
    r"(?P<f>\w+)\s*\(\s*\)\s*\{",
    r"(?:(?:public|protected|private|static|readonly|var|const)\s+)+(?:\??[\w\\]+\s+)?\$?(?P<w>\w+)\s*=(?!=)",
    r"(?:const\s+|my\s+\$|local\s+|@)?(?P<v>[A-Za-z_][\w.]*)\s*(?:<-|=)(?!=)",
)
_LINES = {
    suffix: re.compile(rf"^(?P<indent>[ \t]*)(?:{'|'.join(patterns)})")
    for suffixes, patterns in (
        (".js .jsx .mjs .cjs .ts .tsx .vue .svelte", _SCRIPT),
        (".go", _GO),
        (".java .kt .kts .scala .c .h .cc .cpp .hpp .cxx .cs .swift .dart .groovy", _TYPED),
        (".rs", _RUST),
        (".rb", _RUBY),
        (".php .r .jl .ex .exs .pl .pm .lua .sh", _OTHER),
    )
    for suffix in suffixes.split()
}
SUFFIXES = tuple(_LINES)
"""The endings of the languages whose definitions are found."""

_IMPORT = re.compile(
    r"^\s*(?:import\b|from\b|export\s.*\bfrom\b|(?:const|let|var)\s.*=\s*require\(|require(?:_relative)?\b"
    r"|use\s|using\s|#\s*include\b|mod\s+\w+;|package\b|library\(|source\(|\"[\w./-]+\"$|alias\s)"
)
# Groups of a pattern that are no name of a definition.
_AROUND = frozenset({"indent", "owner", "hung", "open"})
_VALUES = frozenset({"v", "w", "x", "table"})
_CLOSERS = re.compile(r"[})\]]+|end\b")
_COMMENT = re.compile(r"\s*(?://|/\*|\*|#|--)")
_OPENERS = re.compile(r"[{(]|[)\]]+.*[{(]\s*$|where\b|throws\b|=>|->|:\s")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """A named part of a file: its own text, without the parts inside it."""

    name: str
    text: str
    is_function: bool


class _Found(NamedTuple):
    """A definition that was found: its first and last line, its name, and what it is."""

    first: int
    last: int
    name: str
    is_function: bool
    on_prototype: bool = False


def outline(path: str, text: str) -> Mapping[str, Part] | None:
    """Return the parts of a file by dotted name, `<module>` and `<imports>` included; None if unknown."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in _LINES or len(text) > MAX_CHARS:
        return None
    return _outline(suffix, text)


@lru_cache(maxsize=4096)
def _outline(suffix: str, text: str) -> Mapping[str, Part]:
    # Where tabs and spaces are mixed, a tab stands for four.
    lines = text.expandtabs(4).splitlines()
    found: list[_Found] = []
    for first, line in enumerate(lines):
        match = _LINES[suffix].match(line) if len(line) <= MAX_LINE else None
        if match is None:
            continue
        groups = match.groupdict()
        if groups.get("open") is not None and not opens_a_body(lines, first):
            continue
        kind, name = next((k, v) for k, v in groups.items() if v and k not in _AROUND)
        name = DEFAULT if kind in {"default", "table"} else name
        owner = groups.get("owner") or groups.get("hung")
        is_function = kind not in {"c", "impl", *_VALUES}
        last = _last_line(lines, first, len(match["indent"]))
        name = f"{owner.rstrip(':')}.{name}" if owner else name
        found.append(_Found(first, last, name, is_function, on_prototype=bool(groups.get("hung"))))
    parts = _parts(lines, _kept(found))
    # Rust keeps the tests of a module inside it; they are compiled into no service.
    served = {name: part for name, part in parts.items() if name.split(".")[0] != "tests"}
    return served if suffix == ".rs" else parts


def _last_line(lines: list[str], first: int, indent: int) -> int:
    """Return the last line of a definition that begins at `first` with so much indentation."""
    last = first
    for at in range(first + 1, len(lines)):
        line = lines[at]
        if not line.strip() or _COMMENT.match(line):
            continue
        if len(line) - len(line.lstrip()) > indent:
            last = at
            continue
        rest = line.strip()
        if _OPENERS.match(rest) and not rest.startswith("}"):
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
        own = each.on_prototype or "." not in each.name
        if inside_function and not (each.is_function and each.last > each.first and own):
            continue
        prefix = f"{open_parts[-1].name}." if open_parts else ""
        kept.append(each._replace(name=prefix + each.name))
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
    return {
        name: Part(name=name, text="\n".join(own), is_function=functions.get(name, False))
        for name, own in texts.items()
    }


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
