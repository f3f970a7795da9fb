"""What a report quotes of a commit: the hunk that the evidence speaks of, and code inside sentences."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bisect_ml.saved_report import Hunk
from bisect_ml.types import Commit, Evidence

MAX_HUNK_LINES = 40
MAX_MARKS = 12
# The facts that name something in the code; the others (`level`, `lag_s`, …) are about the evidence itself.
CODE_FACTS = ("definition", "factor", "unit", "call", "key", "feature")
# These scorers end their sentences with code, after a colon.
QUOTING = ("edit", "expectations", "settings", "query", "artefact")
NO_CODE = ("nothing", "unset")
SOURCES = (".py", ".sql", ".toml", ".yaml", ".json")


def excerpt(commit: Commit, evidence: Sequence[Evidence]) -> Hunk | None:
    """Return the hunk that the evidence speaks of, None where no diff was loaded.

    It is the one in the files, and with the names and numbers, that the accusing evidence found; these
    are its marks.
    """
    accusing = [item for item in evidence if item.llr > 0]
    paths = [(item.llr, path) for item in accusing if isinstance(path := item.facts.get("path"), str)]
    clues = [(item.llr, word) for item in accusing for word in _code_words(item)]
    clues += [(item.llr, part) for item in accusing for part in _quoted_code(item)]
    best: tuple[float, str, str] | None = None
    for file in commit.files:
        weight = sum(llr for llr, path in paths if path == file.path)
        weight += 0.01 * file.path.endswith(SOURCES)
        for text in _hunks(file.patch or ""):
            score = weight + sum(llr for llr, word in clues if occurs(word, text))
            if best is None or score > best[0]:
                best = score, file.path, text
    if best is None:
        return None
    _, path, text = best
    changed = "\n".join(line[1:] for line in text.split("\n") if line[:1] in ("+", "-"))
    marks = dict.fromkeys(word for _, word in clues if occurs(word, changed))
    return Hunk(path=path, text=_shortened(text), marks=tuple(marks)[:MAX_MARKS])


def occurs(word: str, text: str) -> bool:
    """Say whether a word stands in code by itself or as a part of a snake-case name, in any case."""
    return re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", text, re.IGNORECASE) is not None


def quoted(evidence: Evidence) -> Evidence:
    """Put the code in a sentence into backticks: what the facts name, and what a scorer quotes."""
    sentence = evidence.sentence
    if "`" in sentence:
        return evidence
    told, colon, code = sentence.partition(": ") if evidence.scorer in QUOTING else (sentence, "", "")
    if evidence.scorer == "edit":
        told = re.sub(r"(?<= in )\S+$", r"`\g<0>`", told)
    for name in _names(evidence):
        told = re.sub(rf"(?<![\w/.]){re.escape(name)}(:\d+)?(?![\w/])", rf"`{name}\1`", told)
    parts = (part if part in NO_CODE else f"`{part}`" for part in code.split(" → "))
    return replace(evidence, sentence=told + colon + (" → ".join(parts) if code else ""))


def _names(evidence: Evidence) -> Iterable[str]:
    found = (evidence.facts.get(name) for name in ("definition", "path", "key", "call"))
    return dict.fromkeys(name for name in found if isinstance(name, str) and name)


def _code_words(evidence: Evidence) -> Iterator[str]:
    for name in CODE_FACTS:
        value = evidence.facts.get(name)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        # A factor of 1 or 7 stands in too many lines to tell anything.
        words = str(value).split(", ") if value is not None else []
        yield from (word for word in words if len(word) > 1)


def _quoted_code(evidence: Evidence) -> Iterator[str]:
    if evidence.scorer in QUOTING:
        code = evidence.sentence.partition(": ")[2]
        yield from (part for part in code.split(" → ") if len(part) > 1 and part not in NO_CODE)


def _hunks(patch: str) -> list[str]:
    return [part for part in re.split(r"^(?=@@ )", patch, flags=re.MULTILINE) if part.startswith("@@ ")]


def _shortened(text: str) -> str:
    lines = text.rstrip("\n").split("\n")
    if len(lines) <= MAX_HUNK_LINES:
        return "\n".join(lines)
    return "\n".join([*lines[:MAX_HUNK_LINES], f"… {len(lines) - MAX_HUNK_LINES} more lines"])
