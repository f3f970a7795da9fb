"""Whether a level became the fixed value that the changed code answers with."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bisect_ml.evidence.base import say
from bisect_ml.evidence.patch import Block, blocks
from bisect_ml.evidence.reach import acting_files
from bisect_ml.evidence.tokens import MAX_LINE
from bisect_ml.evidence.wording import number
from bisect_ml.types import Candidate, Case, Evidence, FileChange, Symptom

_NUMBER = r"\s*(?:\(\s*)?(?P<number>[-+]?\d+(?:\.\d*)?(?:e[-+]?\d+)?|true|false)\s*"
_ANSWER = re.compile(rf"\breturn\b{_NUMBER}\)?\s*;?\s*(?:[}}#]|//|$)", re.IGNORECASE)
_CONDITION = re.compile(r"^\s*[})]*\s*(?:if|elif|elsif|else if|unless|case|when)\b|\bif\b.*[:{]\s*$")
# The same value taken where there is nothing else, or put into a variable where something failed.
_FALLBACK = re.compile(
    r"(?:\?\?|\|\||\bor\b|\belse\b|\b(?:max|min|clip|get|getattr|fillna|coalesce|nvl|unwrap_or)\s*\(.*?,)"
    rf"{_NUMBER}[);,\]}}]*\s*(?:[#]|//|$)",
    re.IGNORECASE,
)
_PUT = re.compile(rf"[^=!<>]={_NUMBER};?\s*(?:[#]|//|$)", re.IGNORECASE)
_OTHERWISE = re.compile(r"^\s*[})]*\s*(?:except|else|catch|rescue|if|elif|elsif|unless|case|when)\b")
_WORDS = {"true": 1.0, "false": 0.0}
_LEVELS = frozenset({"mean", "p50"})
# Levels this close to the value, in shares of the larger of the two, are the value.
_SAME = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """A fixed value that the code answers with, and whether it now does so for more inputs or for fewer.

    `more` is None where a condition before it changed, which may do either.
    """

    value: float
    more: bool | None


def answer(case: Case, candidate: Candidate) -> Evidence | None:
    """Look for a fixed value that the changed code returns, and that a level became, or more rows have.

    Looks at: numbers that are returned as they stand (`return 0`) or put in where there is nothing else
    (`rate = 0.0`, `?? 1`), in lines that the commit adds or removes or right behind a condition that it
    changes; the levels before and after, of the whole and of each slice that moved; and the shares of the
    rows that have just that value.

    Why it tells: where the predictions of a slice, or many rows, have come to one value, the branch that
    answers with it is now taken by them.

    When it misleads: for values such as 0 that many branches answer with. A level that only moved
    towards the value says nothing: innocent guards were seen to do that as often.
    """
    if candidate.commit is None:
        return None
    found = [one for change in acting_files(case, candidate.commit) for one in _answers(change)]
    if candidate.direction == "removed":
        found = [one if one.more is None else replace(one, more=not one.more) for one in found]
    for symptom in case.incident.all_symptoms:
        point = symptom.change_point
        if symptom.series.metric not in _LEVELS or not math.isfinite(point.before + point.after):
            continue
        for one in found:
            was, now = _is(one.value, point.before), _is(one.value, point.after)
            if was != now and one.more is not was:
                return _said("becomes" if now else "ceases", one, symptom)
    return _of_rows(case, found)


def _of_rows(case: Case, found: Sequence[_Answer]) -> Evidence | None:
    """Look for the value among those that many more, or many fewer, rows have."""
    for share in case.values.moved if case.values else ():
        for one in found:
            if _is(one.value, share.value) and one.more is not (share.gain < 0):
                where = f"{share.before:.1%} → {share.after:.1%} of the rows have it"
                level = "more" if share.gain > 0 else "fewer"
                return say("answer", level, f"{_does(one)} {number(one.value)}, and {where}", value=one.value)
    return None


def _said(level: str, one: _Answer, symptom: Symptom) -> Evidence:
    where = symptom.series.name
    after = symptom.change_point.after
    went = (
        f"became {number(after)}" if level == "becomes" else f"ceased to be that and became {number(after)}"
    )
    return say("answer", level, f"{_does(one)} {number(one.value)}, and the {where} {went}", value=one.value)


def _does(one: _Answer) -> str:
    if one.more is None:
        return "changes which inputs are answered with"
    return "answers some inputs with" if one.more else "no longer answers some inputs with"


def _is(value: float, level: float) -> bool:
    return abs(level - value) <= _SAME * max(1.0, abs(value), abs(level))


def _answers(change: FileChange) -> Iterator[_Answer]:
    lines = (change.after or "").splitlines()
    for block in blocks(change):
        gone, come = (_values(side) for side in (block.removed, block.added))
        yield from (_Answer(value=value, more=True) for value in come if value not in gone)
        yield from (_Answer(value=value, more=False) for value in gone if value not in come)
        behind = _behind(block, lines)
        if behind is not None and behind not in {*gone, *come}:
            yield _Answer(value=behind, more=None)


def _behind(block: Block, lines: list[str]) -> float | None:
    """Return the value that is returned right behind a block that ends in a changed condition."""
    last = block.line + len(block.added)
    if not (block.added and block.removed and _CONDITION.search(block.added[-1])) or last > len(lines):
        return None
    return next(iter(_values((lines[last - 1],))), None)


def _values(lines: tuple[str, ...]) -> list[float]:
    found = (
        match["number"].lower()
        for above, line in pairwise(("", *lines))
        if len(line) <= MAX_LINE
        if (
            match := _ANSWER.search(line)
            or _FALLBACK.search(line)
            or (_OTHERWISE.match(above) and _PUT.search(line))
        )
    )
    values = (_WORDS[each] if each in _WORDS else float(each) for each in found)
    return [value for value in values if math.isfinite(value)]
