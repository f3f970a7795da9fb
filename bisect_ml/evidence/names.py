"""Whether the commit speaks of what moved."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from bisect_ml.evidence.base import say
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.patch import changed_text
from bisect_ml.evidence.paths import words
from bisect_ml.evidence.shift import confined_slices
from bisect_ml.types import Candidate, Case, Commit, Evidence

_TOO_COMMON = frozenset(
    words("mean count null rate share none true false default value score prediction other unknown data test")
)
_SHORTEST = 4


def names(case: Case, candidate: Candidate) -> Evidence | None:
    """Look for the words of what moved in the commit.

    Looks at: the column and the value of the shifted slices, the class of a shifted share, and the
    name of the entry point, in the changed lines, in the paths, and in the message.

    Why it tells: people name what they change, and code that treats one country or one class apart
    names it.

    When it misleads: short values such as `it` match everything, so only words of four letters or
    more count, and shorter values only as the name of a file.
    """
    commit = candidate.commit
    if commit is None:
        return None
    files = live_files(commit)
    if not files:
        return None
    sought = _sought(case)
    stems = {PurePosixPath(change.path).stem.lower(): change.path for change in files}
    for value in sought.values:
        if value.lower() in stems:
            return say(
                "names",
                "file",
                f"changes {stems[value.lower()]}, named like the slice that moved",
                word=value,
            )
    in_diff = {word for change in files for word in words(changed_text(change))}
    for level, wanted, what in (
        ("slice", sought.slice_words, "the slice"),
        ("entry", sought.entry_words, "the metric"),
    ):
        in_message = wanted & set(_message_words(commit))
        if in_message:
            return say(
                "names",
                f"{level}_message",
                f"its message names {what} that moved: {_join(in_message)}",
                word=_join(in_message),
            )
        if wanted & in_diff:
            return say(
                "names",
                f"{level}_diff",
                f"its diff names {what} that moved: {_join(wanted & in_diff)}",
                word=_join(wanted & in_diff),
            )
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sought:
    """What to look for: raw slice values, the words of slices and classes, the words of the entry point."""

    values: frozenset[str]
    slice_words: frozenset[str]
    entry_words: frozenset[str]


@lru_cache(maxsize=8)
def _sought(case: Case) -> _Sought:
    slices = confined_slices(case)
    classes = {
        symptom.series.metric.removeprefix("share[").removesuffix("]")
        for symptom in case.incident.all_symptoms
        if symptom.series.metric.startswith("share[")
    }
    values = frozenset(each.value for each in slices)
    entry = frozenset(words((case.entry or "").split(":")[-1])) - _TOO_COMMON
    spoken = frozenset(word for text in values | classes for word in words(text)) - _TOO_COMMON
    return _Sought(values=values, slice_words=_long(spoken), entry_words=_long(entry))


def _long(found: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in found if len(word) >= _SHORTEST)


def _message_words(commit: Commit) -> tuple[str, ...]:
    return words(f"{commit.subject}\n{commit.body}")


def _join(found: set[str] | frozenset[str]) -> str:
    return ", ".join(sorted(found)[:3])
