"""Change one place of a source that Python cannot parse: JavaScript, Perl, Ruby, PHP, Go, Java, Rust."""

import random
import re
from collections.abc import Callable, Iterator

from benchmarks.incidents.mutate import Mutation

_FACTORS = ("2", "0.5", "10", "0.1", "100", "1000", "60")
_SWAPS = {
    "operator": {" + ": " - ", " - ": " + ", " * ": " / ", " / ": " * "},
    "comparison": {
        " < ": " <= ", " <= ": " < ", " > ": " >= ", " >= ": " > ", " === ": " !== ", " !== ": " === ",
        " == ": " != ", " != ": " == ", " eq ": " ne ", " ne ": " eq ", " && ": " || ", " || ": " && ",
    },
    "flag": {"true": "false", "false": "true"},
}  # fmt: skip
_NUMBER = re.compile(r"(?<![\w.$\"'#\\{,\[])(\d+(?:\.\d+)?)(?![\w.\"'}])")
_DEFAULT = re.compile(r"(?<=[(,])(\s*\w+ = )(\d+(?:\.\d+)?)(?=[,)])")
_ARGUMENTS = re.compile(r"(?<=\w\()(\$?\w+), (\$?\w+)(?=\))")
_RETURN = re.compile(r"return ([^;{}\n]+)(?=;?\s*$)")
_GUARD = re.compile(r"^(\s*)if \((.+)\) return\b.*$")
_LATE_GUARD = re.compile(r"^(\s*(?:return|next)\b.*?) (if|unless) (.+)$")
_GO_GUARD = re.compile(r"^(\s*(?:\} else )?if (?:[^;{]+; )?)([^;{]+)(?= \{$)")
_JAVA_GUARD = re.compile(r"^(\s*(?:\} else )?if )\((.+)\)(?= \{$)")
_GO_ENDS = (")", "]", "++", "--", "+= 1", "-= 1", "break", "continue", "true", "false")
_COMMENT = re.compile(r"^\s*(//|\*|/\*|#)")


def token_mutations(source: str, rng: random.Random, language: str = "javascript") -> Mutation | None:
    """Return the source with one change, or None where nothing in it can be changed."""
    lines = source.split("\n")
    by_kind: dict[str, list[tuple[int, str]]] = {}
    for place, line in enumerate(lines):
        if line.strip() and not _COMMENT.match(line) and len(line) < 200 and "require(" not in line:
            for kind, text in _changes(line, rng, language):
                if text != line:
                    by_kind.setdefault(kind, []).append((place, text))
    if not by_kind:
        return None
    kind = rng.choice(sorted(by_kind))
    place, text = rng.choice(by_kind[kind])
    return Mutation(kind=kind, text="\n".join([*lines[:place], text, *lines[place + 1 :]]), function="")


def _changes(line: str, rng: random.Random, language: str) -> Iterator[tuple[str, str]]:
    def once(pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]) -> str:
        return pattern.sub(replacement, line, count=1)

    yield "number", once(_NUMBER, lambda m: _other(m[1], rng))
    yield "default", once(_DEFAULT, lambda m: m[1] + _other(m[2], rng))
    yield "swap", once(_ARGUMENTS, lambda m: f"{m[2]}, {m[1]}")
    yield "unit", once(_RETURN, lambda m: f"return ({m[1]}) * {rng.choice(_FACTORS)}")
    yield "no guard", once(_GUARD, lambda m: f"{m[1]};")
    yield "guard", once(_GUARD, lambda m: m[0].replace(m[2], f"!({m[2]})", 1))
    if language == "ruby":
        yield "guard", once(_LATE_GUARD, lambda m: f"{m[1]} {'if' if m[2] == 'unless' else 'unless'} {m[3]}")
    if language == "java":
        yield "guard", once(_JAVA_GUARD, lambda m: f"{m[1]}(!({m[2]}))")
    if language in ("go", "rust"):
        yield "guard", once(_GO_GUARD, lambda m: f"{m[1]}!({m[2]})")
    for kind, swaps in _SWAPS.items():
        for old, new in swaps.items():
            if old in line:
                yield kind, line.replace(old, new, 1)
    if line.rstrip().endswith(_GO_ENDS if language == "go" else ";"):
        yield "comment", f"{line.rstrip()} {'#' if language == 'perl' else '//'} see above"
        yield "parentheses", once(_RETURN, lambda m: f"return ({m[1]})")


def _other(number: str, rng: random.Random) -> str:
    value = float(number)
    found = rng.choice([value + 1, value - 1, value * float(rng.choice(_FACTORS))])
    return str(int(found)) if found == int(found) else f"{found:g}"
