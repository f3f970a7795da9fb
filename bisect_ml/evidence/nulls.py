"""Whether missing predictions moved, against what the commit does to guards."""

import re
from dataclasses import dataclass

from bisect_ml.evidence.base import say
from bisect_ml.evidence.edit import commit_edits, way_of_guards
from bisect_ml.evidence.edits import Edit
from bisect_ml.evidence.promises import platform, promise
from bisect_ml.evidence.reach import acting_files
from bisect_ml.evidence.shift import shift_of
from bisect_ml.evidence.wording import points
from bisect_ml.types import Candidate, Case, Commit, Evidence

# Shares of the rows.
_MOVED, _MOST = 0.01, 0.5
_FAILS = re.compile(
    r"\b(?:raise|throw|panic|bail|assert|reject|croak|die|return\s*\(?\s*(?:None|null|nil|undefined|NaN|nan|NULL|float\('nan'\)"
    r"|math\.nan|np\.nan|Number\.NaN)\b)|\breturn\s*;"
)
_SPARES = re.compile(
    r"\b(?:except|catch|rescue|fillna|coalesce|COALESCE|nan_to_num|unwrap_or\w*|orElse\w*|getattr|setdefault)\b|\?\?"
    r"|\.get\(|(?:\bis|===?)\s*(?:None|null|nil|undefined)\b|\b(?:isnan|isNaN|isna|isnull|is_none)\b"
)
_TOLD = re.compile(
    r"\b(?:rais\w+|throw\w*|exception\w*|errors?|null\w*|none|nans?|undefined|missing|empty|blank|invalid|crash\w*"
    r"|fail\w*|strict\w*)\b",
    re.IGNORECASE,
)
_UNDECIDED = frozenset({"guard_and_more", "guard_and_fewer"})
_REPAIRS = re.compile(r"\b(?:fix\w*|bug\w*|broke\w*|crash\w*|repair\w*|fail\w*)\b", re.IGNORECASE)
_MISSING = re.compile(
    r"\b(None|null|nil|undefined|NaN|nan|NA|raise|throw|except|catch|rescue|panic|isnull|isna|isNaN|is_none|fillna"
    r"|dropna|coalesce|COALESCE|min_periods|Option|Optional|unwrap_or\w*|orElse\w*)\b|\w*(Error|Exception)\b|\?\?"
)


def nulls(case: Case, candidate: Candidate) -> Evidence | None:
    """Compare the move of the null rate with guards, early returns and error handling in the diff.

    Looks at: the change of the null rate, and whether the edits of the commit are guards (`if … return`,
    `try`, `raise`) or speak of missing values; whether they fail more often, or under a wider condition, or
    spare more inputs, which makes more nulls or fewer; whether a table gains entries, or loses some; and
    whether the message speaks of errors, of missing values, of inputs let in or kept out, or, where most
    predictions were missing and are no longer, of what the code runs on.

    Why it tells: a guard decides which inputs get no prediction; where the null rate moved, guards and
    error handling did it, and where only scored values moved, a change of guards alone did not.

    When it misleads: a guard that returns a number instead of nothing moves values, and any new error
    makes nulls.
    """
    commit = candidate.commit
    if commit is None:
        return None
    moved = shift_of(case).nulls
    effect = _Effect(moved=moved, taken_out=candidate.direction == "removed")
    by_edits = _of_edits(case, commit, effect)
    if by_edits is None or by_edits.facts["level"] in _UNDECIDED:
        return _of_message(case, commit, effect) or by_edits
    return by_edits


@dataclass(frozen=True, slots=True, kw_only=True)
class _Effect:
    """How the null rate moved when a commit was shipped, or taken out again."""

    moved: float
    taken_out: bool

    @property
    def own(self) -> float:
        """What the commit itself does to the null rate: the opposite where it was taken out."""
        return -self.moved if self.taken_out else self.moved

    @property
    def said(self) -> str:
        """The beginning of the sentence on it."""
        who = "it, now taken out," if self.taken_out else "it"
        return f"the null rate moved by {points(self.moved)} and {who}"


def _of_message(case: Case, commit: Commit, effect: _Effect) -> Evidence | None:
    """Return what a message tells that goes with the nulls: a port, inputs let in or out, or a repair."""
    if abs(effect.own) < _MOVED or not acting_files(case, commit):
        return None
    ported = platform(commit.subject) if effect.own <= -_MOST else ""
    if ported:
        return say("nulls", "platform", f"{effect.said} speaks of what the code runs on (“{ported}”)")
    way, words = promise(commit.subject)
    if way * effect.own > 0:
        what = "turning inputs away" if way > 0 else "letting inputs in"
        return say("nulls", "promised", f"{effect.said} speaks of {what} (“{words}”)")
    repairs = _REPAIRS.search(commit.subject) if effect.own < 0 else None
    if repairs:
        return say("nulls", "repairs", f"{effect.said} speaks of a repair (“{repairs.group()}”)")
    return None


def _of_edits(case: Case, commit: Commit, effect: _Effect) -> Evidence | None:
    """Return what the edits of a commit tell, guards before tables."""
    found = commit_edits(case, commit)
    if not found:
        return None
    missing = [one for one in found if _speaks_of_missing(one.before + one.after)]
    guards = [one for one in found if one.kind == "guard"]
    if abs(effect.own) < _MOVED:
        if len(missing) == len(found) and guards:
            return say("nulls", "guard_only", "changes guards only, but the null rate did not move")
        return None
    conditions = way_of_guards(case, commit)
    if guards or missing or conditions:
        # A guard that gives nothing for nothing does both, and moves no null rate by itself.
        way = conditions + sum(_more(_FAILS, one) - _more(_SPARES, one) for one in found)
        level, why = _compared(effect.own, way, told=_TOLD.search(commit.subject) is not None)
        return say("nulls", level, f"{effect.said} {why}")
    entries = sum(_grows(one) for one in found)
    if entries * effect.own < 0:
        more = "more" if entries > 0 else "fewer"
        return say("nulls", "table", f"{effect.said} gives a table of its code {more} entries")
    return None


def _compared(moved: float, way: int, *, told: bool) -> tuple[str, str]:
    """Return the level of a commit whose edits touch guards, and what it does.

    `way` is above 0 where it fails for more inputs, below where it spares some that failed.
    """
    if way * moved > 0:
        does = "fails for more inputs" if way > 0 else "spares inputs that failed"
        return ("told" if told else "agrees"), f"{does}, as its message says" if told else does
    # What answers an error with a better one fails for as many inputs, and often for fewer.
    if way * moved < 0 and moved > 0:
        return "contradicts", "spares inputs that failed"
    return ("guard_and_more", "changes a guard") if moved > 0 else ("guard_and_fewer", "changes a guard")


def _more(pattern: re.Pattern[str], one: Edit) -> int:
    return len(pattern.findall(one.after)) - len(pattern.findall(one.before))


def _grows(one: Edit) -> int:
    """Return 1 where a collection only gained elements, -1 where it only lost some, else 0."""
    return bool(one.after) - bool(one.before) if one.kind == "elements" else 0


def _speaks_of_missing(text: str) -> bool:
    return _MISSING.search(text) is not None
