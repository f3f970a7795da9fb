"""Whether the commit speaks of what moved."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bisect_ml.evidence.base import say
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.patch import changed_text
from bisect_ml.evidence.paths import words
from bisect_ml.evidence.reach import reach_of
from bisect_ml.evidence.shift import confined_slices
from bisect_ml.types import Candidate, Case, Commit, Evidence

_TOO_COMMON = frozenset(
    words("mean count null rate share none true false default value score prediction other unknown data test")
)
_SHORTEST = 4
# A word that so many of the candidates use tells none of them from the rest.
_FEW, _SHARE = 2, 1 / 3
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
_LONG_NAME = 8


def names(case: Case, candidate: Candidate) -> Evidence | None:
    """Look for the words of what moved in the commit.

    Looks at: the name of the entry point, the class of a shifted share and the values of the slices to
    which the shift is confined, in the message and in the changed lines; and whether the message names
    another function, to which no call leads from the entry point.

    Why it tells: people name what they change.

    When it misleads: in code that repeats the same words everywhere. Words below four letters, those
    that every log has, such as `score`, and those that a third of the candidates use are left out.
    """
    commit = candidate.commit
    if commit is None or not live_files(commit):
        return None
    sought, usage = _sought(case), _usage(case)
    spoken = _speaks_of(case, commit)
    in_message = {word for word in spoken if usage.is_telling(usage.messages[word])}
    for whole in sought.entries:
        if len(whole) > 1 and whole <= spoken and whole & in_message:
            return say("names", "whole", f"its message names {' '.join(sorted(whole))}", word=_join(whole))
    in_diff = {word for word in _diff(commit) if usage.is_telling(usage.diffs[word])}
    begun = {word for word in in_message for value in sought.values if word.startswith(value)}
    for level, found, where in (
        ("message", (sought.words & in_message) | begun, "message"),
        ("diff", sought.words & in_diff, "diff"),
    ):
        if found:
            return say("names", level, f"its {where} names what moved: {_join(found)}", word=_join(found))
    other = _other(case, commit) if not sought.words & spoken else None
    if other is None:
        return None
    return say("names", "other", f"its message names {other}, to which no call leads")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sought:
    """The words of each entry point, of the values and classes that moved, and all of them."""

    entries: tuple[frozenset[str], ...]
    values: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        return frozenset().union(*self.entries, self.values)


@lru_cache(maxsize=8)
def _sought(case: Case) -> _Sought:
    classes = {
        symptom.series.metric.removeprefix("share[").removesuffix("]")
        for symptom in case.incident.all_symptoms
        if symptom.series.metric.startswith("share[")
    }
    values = classes | {each.value for each in confined_slices(case)}
    found = reach_of(case)
    starts = {path for (path, _), steps in found.steps.items() if steps == 0} if found else set()
    places = frozenset(word for path in starts for word in words(path))
    return _Sought(
        entries=tuple(_of_entry(entry, places) for entry in case.entries),
        values=frozenset().union(*map(_telling, values)),
    )


def _of_entry(entry: str, places: frozenset[str]) -> frozenset[str]:
    """Return the telling words of an entry point, or its name where that is a single common word."""
    module, _, function = entry.rpartition(":")
    # What the package and its files are called stands everywhere in it.
    telling = _telling(function) - set(words(module)) - places
    name = words(function.rpartition(".")[2])
    return telling or frozenset(word for word in name if len(name) == 1 and len(word) >= _SHORTEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Usage:
    """How many of the candidates' commits use each word, in their messages and in their diffs."""

    commits: int
    messages: Mapping[str, int]
    diffs: Mapping[str, int]

    def is_telling(self, users: int) -> bool:
        return users <= max(_FEW, _SHARE * self.commits)


@lru_cache(maxsize=8)
def _usage(case: Case) -> _Usage:
    listed = {each.commit.sha: each.commit for each in case.candidates if each.commit}
    live = [commit for commit in listed.values() if live_files(commit)]
    return _Usage(commits=len(live), messages=_counted(map(_message, live)), diffs=_counted(map(_diff, live)))


def _counted(used: Iterable[frozenset[str]]) -> Counter[str]:
    return Counter(word for each in used for word in each)


@lru_cache(maxsize=2048)
def _message(commit: Commit) -> frozenset[str]:
    return frozenset(words(f"{commit.subject}\n{commit.body}"))


def _speaks_of(case: Case, commit: Commit) -> frozenset[str]:
    """Return the words of a message without the names of other functions: `numberFormat` is no `toNumber`."""
    text = f"{commit.subject}\n{commit.body}"
    named = {each for each in _IDENTIFIER.findall(text) if len(words(each)) > 1}
    others = named.difference(case.entry_functions) & _public(case)
    return frozenset(words(_IDENTIFIER.sub(lambda found: "" if found[0] in others else found[0], text)))


@lru_cache(maxsize=2048)
def _diff(commit: Commit) -> frozenset[str]:
    return frozenset(
        word for change in live_files(commit) for word in words(f"{change.path} {changed_text(change)}")
    )


def _other(case: Case, commit: Commit) -> str | None:
    """Return the function out of reach that a subject names, where it names none that is reached."""
    found = reach_of(case)
    if found is None or found.guessed:
        return None
    named = {each for each in _IDENTIFIER.findall(commit.subject) if _is_name(each)}
    if named & {_last(name) for _, name in found.steps}:
        return None
    return min(named & _public(case), default=None)


@lru_cache(maxsize=8)
def _public(case: Case) -> frozenset[str]:
    """Return the names of the functions that others may call; none where the sources are not known."""
    found = reach_of(case)
    return frozenset() if found is None else frozenset(_last(name) for _, name in found.graph.public())


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _is_name(text: str) -> bool:
    """Tell a word that is a name rather than English: of several words, or long and all in lower case."""
    return len(words(text)) > 1 or (len(text) >= _LONG_NAME and text.islower())


def _telling(text: str) -> frozenset[str]:
    return frozenset(word for word in words(text) if len(word) >= _SHORTEST and word not in _TOO_COMMON)


def _join(found: set[str] | frozenset[str]) -> str:
    return ", ".join(sorted(found)[:3])
