"""Whether the commit speaks of what moved."""

from functools import lru_cache

from bisect_ml.evidence.base import say
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.patch import changed_text
from bisect_ml.evidence.paths import words
from bisect_ml.evidence.shift import confined_slices
from bisect_ml.types import Candidate, Case, Evidence

_TOO_COMMON = frozenset(
    words("mean count null rate share none true false default value score prediction other unknown data test")
)
_SHORTEST = 4


def names(case: Case, candidate: Candidate) -> Evidence | None:
    """Look for the words of what moved in the commit.

    Looks at: the name of the entry point, the class of a shifted share and the values of the slices to
    which the shift is confined, in the message and in the changed lines.

    Why it tells: people name what they change.

    When it misleads: in code that repeats the same words everywhere; words below four letters, and
    those that every log has, such as `score`, are left out.
    """
    commit = candidate.commit
    if commit is None:
        return None
    files = live_files(commit)
    if not files:
        return None
    in_message = set(words(f"{commit.subject}\n{commit.body}"))
    in_diff = {word for change in files for word in words(f"{change.path} {changed_text(change)}")}
    entries, spoken = _sought(case)
    for whole in entries:
        if len(whole) > 1 and whole <= in_message:
            return say("names", "whole", f"its message names {' '.join(sorted(whole))}", word=_join(whole))
    for level, found, where in (
        ("message", spoken & in_message, "message"),
        ("diff", spoken & in_diff, "diff"),
    ):
        if found:
            return say("names", level, f"its {where} names what moved: {_join(found)}", word=_join(found))
    return None


@lru_cache(maxsize=8)
def _sought(case: Case) -> tuple[tuple[frozenset[str], ...], frozenset[str]]:
    """Return the words of each entry point, and all words to look for one by one."""
    named = [entry.rpartition(":")[::2] for entry in case.entries]
    # What the package is called stands everywhere in it.
    entries = tuple(_telling(function) - set(words(module)) for module, function in named)
    classes = {
        symptom.series.metric.removeprefix("share[").removesuffix("]")
        for symptom in case.incident.all_symptoms
        if symptom.series.metric.startswith("share[")
    }
    others = classes | {each.value for each in confined_slices(case)}
    return entries, frozenset().union(*entries, *(_telling(text) for text in others))


def _telling(text: str) -> frozenset[str]:
    return frozenset(word for word in words(text) if len(word) >= _SHORTEST and word not in _TOO_COMMON)


def _join(found: set[str] | frozenset[str]) -> str:
    return ", ".join(sorted(found)[:3])
