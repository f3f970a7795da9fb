"""Whether the shift goes the way that a raised or lowered limit pushes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bisect_ml.evidence.base import say
from bisect_ml.evidence.patch import blocks
from bisect_ml.evidence.paths import words
from bisect_ml.evidence.reach import acting_files
from bisect_ml.evidence.shift import Shift, shift_of
from bisect_ml.evidence.wording import number
from bisect_ml.types import Candidate, Case, Evidence, FileChange

Limit = Literal["history", "threshold", "ceiling", "floor"]

_NUMBER = re.compile(r"(?<![\w.])-?\d[\d_]*\.?\d*(?:[eE][+-]?\d+)?")
_NAME = re.compile(r"[A-Za-z_][\w-]*")
_DEFAULT = re.compile(r"""["']\s*,\s*""")  # `.get("cap", 0.9)`
_OF_KEY = re.compile(r"""^["']\]""")  # `limits["cap"] = 0.9`
_MIN, _MAX = frozenset({"min", "minimum", "least"}), frozenset({"max", "maximum", "most"})
_AMOUNTS = frozenset(
    {"periods", "count", "counts", "rows", "samples", "history", "length", "len", "obs", "observations"}
    | {"size", "points", "days", "events", "support", "records"}
)
_THRESHOLDS = frozenset({"threshold", "thresh", "cutoff"})
_CEILINGS, _FLOORS = _MAX | {"cap", "ceiling", "ceil", "upper"}, _MIN | {"floor", "lower"}
_NULLS_MOVED, _LEVEL_MOVED = 0.01, 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """A limit that a commit raises or lowers."""

    limit: Limit
    name: str
    before: float
    after: float

    @property
    def verb(self) -> str:
        return "raises" if self.after > self.before else "lowers"


def direction(case: Case, candidate: Candidate) -> Evidence | None:
    """Compare the way of the shift with the way in which the commit turns a limit.

    Looks at: replaced lines that differ in one number beside a name such as `min_periods`, `threshold`,
    `cap` or `floor`; and whether missing predictions, positives or the level went up or down.

    Why it tells: a higher minimum of history makes more predictions missing, a higher threshold fewer of
    them positive, a higher cap or floor none of them lower. The other way round is somebody else's doing.

    When it misleads: where the limit is compared the other way, and where a limit on an input works
    against the output.
    """
    if candidate.commit is None:
        return None
    shift = shift_of(case)
    contradicted: Evidence | None = None
    for change in acting_files(case, candidate.commit):
        for turn in _turns(change):
            said = _compared(turn, shift)
            if said is not None and said.llr > 0:
                return said
            contradicted = contradicted or said
    return contradicted


def _compared(turn: _Turn, shift: Shift) -> Evidence | None:
    up = turn.after > turn.before
    what, moved, expected = _expected(turn.limit, shift, up=up)
    if not moved:
        return None
    agrees = (moved > 0) == expected
    told = f"{turn.verb} {turn.name} from {number(turn.before)} to {number(turn.after)}"
    went = "rose" if moved > 0 else "fell"
    return say(
        "direction",
        "agrees" if agrees else "contradicts",
        f"{told}, {'and' if agrees else 'but'} {what} {went}",
        key=turn.name,
    )


def _expected(limit: Limit, shift: Shift, *, up: bool) -> tuple[str, float, bool]:
    """Return what the limit acts on, how that moved (0 where it did not), and whether it should rise."""
    if limit == "history":
        moved = shift.nulls if abs(shift.nulls) >= _NULLS_MOVED else 0.0
        return "the share of missing predictions", moved, up
    step = shift.after - shift.before
    level = step if abs(step) > _LEVEL_MOVED else 0.0
    if limit == "threshold":
        is_share = shift.metric.startswith("share[") or (0 <= shift.before <= 1 and 0 <= shift.after <= 1)
        return "the share of positives", level if is_share and _is_positive(shift.metric) else 0.0, not up
    return "the level", level if shift.metric in {"mean", "p50", "p95", "p05"} else 0.0, up


def _is_positive(metric: str) -> bool:
    """Tell the mean of booleans and the share of a positive class from other shares."""
    found = re.fullmatch(r"(?:share|values)\[(.*)\]", metric)
    return found is None or found[1].lower() in {"true", "1", "yes", "positive", "fraud", "spam", "accept"}


def _turns(change: FileChange) -> Iterator[_Turn]:
    for block in blocks(change):
        if len(block.removed) != len(block.added):
            continue
        for old, new in zip(block.removed, block.added, strict=True):
            turn = _turn(old, new)
            if turn is not None:
                yield turn


def _turn(old: str, new: str) -> _Turn | None:
    """Return the limit that a line turns, where the two lines differ in one number only."""
    if _NUMBER.sub("#", old).strip() != _NUMBER.sub("#", new).strip():
        return None
    pairs = [
        (match.start(), float(a.replace("_", "")), float(b.replace("_", "")))
        for match, a, b in zip(_NUMBER.finditer(old), _NUMBER.findall(old), _NUMBER.findall(new), strict=True)
        if a != b
    ]
    if len(pairs) != 1 or pairs[0][1] == pairs[0][2]:
        return None
    at, before, after = pairs[0]
    # The name that stands nearest before the number is the one that it belongs to.
    for name in reversed(list(_NAME.finditer(old[:at]))):
        limit = _limit_of(frozenset(words(name[0])))
        if limit is not None and _belongs(old[name.end() : at]):
            return _Turn(limit=limit, name=name[0], before=before, after=after)
    return None


def _belongs(between: str) -> bool:
    """Tell by what stands between a name and a number whether that is its value, or an argument of it."""
    if _DEFAULT.fullmatch(between):
        return True
    is_call, depth = between.startswith("("), 0
    for mark in _OF_KEY.sub("", between):
        depth += (mark in "([{") - (mark in ")]}")
        if depth < 0 or (depth == 0 and mark in (")" if is_call else ",;")):
            return False
    return True


def _limit_of(name: frozenset[str]) -> Limit | None:
    if name & _THRESHOLDS:
        return "threshold"
    if name & _MIN and name & _AMOUNTS:
        return "history"
    if name & _CEILINGS and not name & _AMOUNTS:
        return "ceiling"
    return "floor" if name & _FLOORS and not name & _AMOUNTS else None
