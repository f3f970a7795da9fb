"""Whether the code gives other answers to examples with the commit than without it."""

import re
from collections.abc import Sequence

from bisect_ml.evidence.base import say
from bisect_ml.evidence.compared import Compared, Rehearsal
from bisect_ml.evidence.rehearsals import is_named, rehearsal
from bisect_ml.evidence.wording import counted
from bisect_ml.types import Candidate, Case, Direction, Evidence

_FEWEST, _MANY, _VARIED, _SHARE = 3, 10, 6, 0.2
_LONGEST, _BEFORE = 60, 15
_UNKNOWN = re.compile("«[^»]*»")


def rehearsed(case: Case, candidate: Candidate) -> Evidence | None:
    """Ask the entry point before and after the commit.

    Looks at: what the entry point returns to examples, as its Python, JavaScript or TypeScript is read step
    by step within narrow bounds: the examples are the calls that the project's tests make, and calls with
    the texts and numbers of tests. Nothing of it is run by Python or Node: no file outside the commit is
    opened, no module imported; what is asked of other packages is unknown, but the same for the same
    question. Where few examples are answered otherwise than before the deploy, more of these are looked for.
    It speaks only where an entry point is named; elsewhere `supposed` does.

    Why it tells: a commit that gives other results to examples moves predictions, and of those that only
    look as if they could, most do not.

    When it misleads: where the inputs of production are unlike those of the tests, where a package outside
    decides, and where a commit changes answers that few inputs ask for. Where no example
    runs a function that the commit changes, production may; where it asks other functions of packages from
    elsewhere, other answers accuse it little, since these may give the same.
    """
    found = rehearsal(case, candidate) if is_named(case) else None
    if found is None or found.is_undone or len(found.compared) < _FEWEST:
        return None
    level, compared = level_of(found), found.compared
    if level in ("many", "some"):
        of = f"{len(found.changed)} of {len(compared)} examples"
        told = f"it gives other results in {of}: {shown(found.changed, candidate.direction)}"
    elif level == "sought":
        of = f"{len(found.sought_changed)} of {len(found.sought)} examples that were looked for"
        told = f"it gives other results in {of}: {shown(found.sought_changed, candidate.direction)}"
    elif level == "asks":
        of = f"{found.doubtful} of {len(compared)} examples"
        told = f"it asks other functions of other packages in {of}, and what these give is unknown"
    elif 2 * len(compared) < found.answered:
        # What only one of them answers may be another answer.
        return None
    else:
        is_sure = level != "same" or (len(compared) >= _MANY and found.told_apart >= _VARIED)
        level, told = level if is_sure else "same_few", _told_of_same(found, level)
    return say("rehearsed", level, f"read step by step, {told}")


def level_of(found: Rehearsal) -> str:
    """Return the level of what the answers to examples say, however few these are."""
    if found.changed:
        return "many" if len(found.changed) >= _SHARE * len(found.compared) else "some"
    if found.sought_changed:
        return "sought"
    if found.doubtful:
        return "asks"
    if not found.is_run:
        return "unrun"
    return "passed" if found.sought else "same"


def _told_of_same(found: Rehearsal, level: str) -> str:
    """Return what is told where all examples are answered alike."""
    if level == "unrun":
        return f"none of {counted(len(found.compared), 'example')} runs what it changes"
    names = list(dict.fromkeys(example.callee.node[1] for example, _, _ in found.compared))
    asked = code(names[0]) if len(names) == 1 else f"{code(names[0])} and {len(names) - 1} more"
    told = f"{asked} gives the same in {len(found.compared)} examples with it and without"
    whose = f", and in {counted(len(found.sought), 'example')} whose results the deploy changes"
    return told + (whose if level == "passed" else "")


def shown(otherwise: Sequence[Compared], direction: Direction) -> str:
    """Return the shortest example whose results can be told apart, as the deploy changed them."""
    changed = [each for each in otherwise if each[0].is_heard] or otherwise
    calls = [
        (f"{example.callee.node[1]}({_plain(example.told())})", _plain(old.text), _plain(new.text))
        for example, old, new in changed
    ]
    apart = [each for each in calls if each[1] != each[2]]
    call, old, new = min(apart or calls, key=lambda each: (len(each[0]), each[0]))
    if not apart:
        return f"{code(_short(call))} asks other packages for something else"
    before, after = _apart(*((new, old) if direction == "removed" else (old, new)))
    return f"{code(_short(call))} gave {code(before)}, gives {code(after)}"


def code(text: str) -> str:
    """Return a text as code in a sentence."""
    return f"`{text.replace('`', '′')}`"


def _plain(text: str) -> str:
    """Return a text with what is unknown in it as a question mark."""
    return _UNKNOWN.sub("?", text)


def _apart(old: str, new: str) -> tuple[str, str]:
    """Return two texts from shortly before where they part."""
    if max(len(old), len(new)) <= _LONGEST:
        return old, new
    apart = (place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other)
    start = max(0, next(apart, min(len(old), len(new))) - _BEFORE)
    before, after = (_short(f"…{text[start:]}" if start else text) for text in (old, new))
    return before, after


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
