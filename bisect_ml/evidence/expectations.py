"""Whether the commit changes what the tests expect, and of what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bisect_ml.evidence.assertions import Assertion, assertions, plain_name
from bisect_ml.evidence.base import say
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.reach import reach_of
from bisect_ml.types import Candidate, Case, Change, Commit, Evidence

_MANY = 5


def expectations(case: Case, candidate: Candidate) -> Evidence | None:
    """Look for assertions whose expected values the commit rewrites, and for those that it adds.

    Looks at: lines of test files where an assertion stays the same but for some of its numbers or texts,
    in the commit itself and in the other commits of its pull request; and whether the entry point, what it
    uses, or another function is what stands nearest to them in the test.

    Why it tells: a test that had to be given a new expected value is a result that moved, written
    down by its author; new tests of other functions come with what is new there.

    When it misleads: when the test's own inputs changed, and in projects without tests of results.
    """
    commit = candidate.commit
    if commit is None or not live_files(commit):
        return None
    own = assertions(commit)
    rewritten = [one for one in own if one.rewritten]
    if rewritten:
        return _rewrites(case, rewritten)
    for other in _of_same_change(case, candidate.change, commit):
        theirs = [one for one in assertions(other) if one.rewritten]
        if theirs:
            return say(
                "expectations",
                "change",
                f"{other.sha[:7]} of the same change rewrites what a test expects: {_short(theirs[0].line)}",
            )
    return _adds(case, own) if own else None


def _rewrites(case: Case, rewritten: Sequence[Assertion]) -> Evidence:
    known = _known(case)
    if known is None:
        return _said(_by_number(rewritten), rewritten[0])
    of = {one: one.exercises(known.all) for one in rewritten}
    on_the_way = known.entry | known.reached
    # Results are often read through the entry point in tests of something else.
    of_entry = next((one for one, names in of.items() if names & known.entry and names <= on_the_way), None)
    if of_entry is not None:
        return _said("entry", of_entry)
    of_reached = [one for one, names in of.items() if not names or names & on_the_way]
    if of_reached:
        return _said(_by_number(of_reached), of_reached[0])
    return _said("other", rewritten[0])


def _by_number(rewritten: Sequence[Assertion]) -> str:
    return "many" if len({one.line for one in rewritten}) >= _MANY else "own"


def _adds(case: Case, added: Sequence[Assertion]) -> Evidence | None:
    """Tell new tests of the entry point from new tests of something else; of neither where it is unknown."""
    known = _known(case)
    if known is None:
        return None
    of = {one: one.exercises(known.all) for one in added}
    of_entry = next((one for one, names in of.items() if names & known.entry), None)
    if of_entry is not None:
        return say("expectations", "new", f"adds a test of the entry point: {_short(of_entry.line)}")
    if all(names and not names & known.reached for names in of.values()):
        return say("expectations", "new_elsewhere", f"adds tests of other code only: {_short(added[0].line)}")
    return None


def _said(level: str, one: Assertion) -> Evidence:
    of = {"entry": " of the entry point", "other": " of code to which no call leads"}.get(level, "")
    what = "many results that tests expect" if level == "many" else "what a test expects"
    return say("expectations", level, f"rewrites {what}{of}: {_short(one.line)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The plain names of the entry point, of what it uses, and of all that others may call."""

    entry: frozenset[str]
    reached: frozenset[str]
    all: frozenset[str]


@lru_cache(maxsize=4)
def _known(case: Case) -> _Known | None:
    """Return the names that tests may exercise; None where nobody named the entry point."""
    found = reach_of(case)
    entry = frozenset(map(plain_name, case.entry_functions))
    if not entry:
        return None
    if found is None or found.guessed:
        return _Known(entry=entry, reached=frozenset(), all=entry - {""})
    reached = frozenset(_last(name) for _, name in found.steps)
    public = frozenset(_last(name) for _, name in found.graph.public())
    return _Known(entry=entry, reached=reached, all=(entry | reached | public) - {""})


def _last(name: str) -> str:
    return plain_name(name.rpartition(".")[2])


def _of_same_change(case: Case, change: Change | None, commit: Commit) -> Iterator[Commit]:
    shas = set(change.commits) if change else set()
    for candidate in case.candidates:
        other = candidate.commit
        if other is not None and other.sha in shas and other.sha != commit.sha:
            yield other


def _short(line: str) -> str:
    return line if len(line) <= 80 else line[:79] + "…"
