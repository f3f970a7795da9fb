"""Whether the code gives other answers to examples with the commit than without it."""

from bisect_ml.evidence.base import say
from bisect_ml.evidence.rehearsals import Rehearsal, is_named, rehearsal
from bisect_ml.types import Candidate, Case, Evidence

_FEWEST, _MANY = 3, 10
_SHARE, _LIKELY = 0.2, 0.3
_LONGEST = 60


def rehearsed(case: Case, candidate: Candidate) -> Evidence | None:
    """Ask the entry point before and after the commit.

    Looks at: what the entry point returns to examples, as Python code is interpreted within narrow bounds: the
    examples are the calls that the project's tests make, and calls with texts and numbers of the tests.
    Nothing of it is run by Python itself: no file is read, no module imported; what is asked of packages
    outside the project is unknown, but the same for the same question.

    Why it tells: a commit that answers the examples differently moves predictions, and of those that only look
    as if they could, most do not.

    When it misleads: where the inputs of production are unlike those of the tests, where a package outside
    decides, and where a commit changes answers that few inputs ask for.
    """
    commit = candidate.commit
    found = rehearsal(case, commit) if commit else None
    if found is None:
        return None
    compared, changed = found.compared, found.changed
    if len(compared) < _FEWEST:
        return None
    names = list(dict.fromkeys(example.callee.node[1] for example, _, _ in (changed or compared)))
    examples = f"{len(compared)} examples"
    if not changed:
        level = "same" if len(compared) >= _MANY else "same_few"
        answer = f"answers {examples}" if len(names) == 1 else f"and {len(names) - 1} more answer {examples}"
        return _said(case, level, f"read step by step, {names[0]} {answer} as before")
    level = "many" if len(changed) >= _SHARE * len(compared) else "some"
    if not is_named(case):
        level = "likely" if found.moved >= _LIKELY else "some"
    shown = f"read step by step, {names[0]}{_shown(found)}"
    return _said(case, level, f"{shown}; {len(changed)} of {examples} have other answers", changed=len(changed))


def _said(case: Case, level: str, sentence: str, **facts: int) -> Evidence:
    return say("rehearsed", level if is_named(case) else f"guessed_{level}", sentence, **facts)


def _shown(found: Rehearsal) -> str:
    example, old, new = min(found.changed, key=lambda each: len(each[0].told()))
    return f"({_short(example.told())}) gave {_short(old.text)} and gives {_short(new.text)}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
