"""Whether the diff can produce the measured ratio."""

import math
import re

from bisect_ml.evidence.base import say
from bisect_ml.evidence.patch import Block, blocks
from bisect_ml.evidence.paths import file_kind
from bisect_ml.evidence.reach import acting_files
from bisect_ml.evidence.shift import shift_of
from bisect_ml.evidence.wording import number, times
from bisect_ml.types import Candidate, Case, Evidence

_FACTORS: tuple[float, ...] = (
    10,
    12,
    24,
    60,
    100,
    365,
    1000,
    3600,
    86400,
    1e6,
    1e9,
    1.609344,
    2.204623,
    0.3048,
    2.54,
)
_UNIT_WORDS = re.compile(
    r"(?i)(?<![a-z])(ms|millis(?:econds?)?|secs?|seconds?|mins?|minutes?|hours?|days?|cents?|dollars?|euros?|percent(?:age)?"
    r"|pct|bps|basis_points|km|miles?|meters?|metres?|kg|grams?|lbs?|celsius|fahrenheit|kelvin|bytes|kb|mb|micros?|nanos?)"
    r"(?![a-z])"
)
_NUMBER = re.compile(r"(?<![\w.])(\d[\d_]*\.?\d*(?:[eE][+-]?\d+)?)")
_LOGS = re.compile(r"\b(log|log1p|log10|log2|exp|expm1|sqrt|logit|expit|sigmoid|softmax)\s*\(")
_DIFFERENCE = re.compile(r"([\w.]+(?:\[[^\]\n]*\])?)\s*-\s*([\w.]+(?:\[[^\]\n]*\])?)")
_RATIO_TOLERANCE = 0.05
# Of a small ratio nearly every pair of numbers is near: it has to be met as a share of itself.
_PAIR_TOLERANCE, _SHARE_OF_RATIO = 0.02, 0.03


def signature(case: Case, candidate: Candidate) -> Evidence | None:
    """Compare the measured ratio of the shift with the factors in the diff.

    Looks at: the ratio of the leading level after and before; in each changed block the numbers, the
    unit words, the minus signs, and calls of log, exp and their kin.

    Why it tells: a shift of x1000, x60, x100 or -1 is a unit or a sign, and the diff that did it
    nearly always shows the factor, the unit or the missing call.

    When it misleads: when the prediction answers its inputs unevenly, so that a factor on one
    feature becomes some other ratio of the output, and when the same number stands in the diff for
    another reason.
    """
    shift = shift_of(case)
    if candidate.commit is None or shift.ratio is None:
        return None
    found: Evidence | None = None
    for change in acting_files(case, candidate.commit):
        if file_kind(change.path) in {"package", "lock"}:
            continue  # their numbers are versions
        for block in blocks(change):
            reading = _read(block, shift.ratio, change.path)
            if reading and (found is None or reading.llr > found.llr):
                found = reading
    return found


def _read(block: Block, ratio: float, path: str) -> Evidence | None:
    """Return what one block says of a ratio: its factor, its sign, its log, or its unit."""
    where = f"{path}:{block.line}"
    factor = next((f for f in _FACTORS if _is_factor(abs(ratio), f)), None)
    if factor and factor in _changed_numbers(block):
        return say(
            "signature",
            "factor",
            f"the shift is {times(ratio)} and {where} changes a factor {factor:g}",
            ratio=ratio,
            factor=factor,
            path=path,
        )
    pair = _matching_pair(block, ratio)
    if pair:
        return say(
            "signature",
            "constant",
            f"the shift is {times(ratio)} and {where} changes {number(pair[0])} to {number(pair[1])}",
            ratio=ratio,
            path=path,
        )
    turned = "changes a minus sign" if _signs(block.removed) != _signs(block.added) else ""
    turned = "swaps the sides of a minus" if _is_turned(block) else turned
    if ratio < 0 and block.removed and block.added and turned:
        return say(
            "signature",
            "sign",
            f"the sign of the level flipped and {where} {turned}",
            ratio=ratio,
            path=path,
        )
    if factor and _units(block.removed) != _units(block.added):
        unit = ", ".join(sorted(_units(block.removed) ^ _units(block.added)))
        return say(
            "signature",
            "unit",
            f"the shift is {times(ratio)} and {where} changes a unit ({unit})",
            ratio=ratio,
            unit=unit,
            path=path,
        )
    if abs(math.log(abs(ratio) or 1.0)) > math.log(3) and _calls(block.removed) != _calls(block.added):
        call = ", ".join(sorted(_calls(block.removed) ^ _calls(block.added)))
        return say(
            "signature",
            "log",
            f"the shift is {times(ratio)} and {where} changes a call of {call}",
            ratio=ratio,
            call=call,
            path=path,
        )
    return None


def _is_factor(ratio: float, factor: float) -> bool:
    """Tell a ratio near a factor or its inverse; small factors are easily met by chance, so nearer."""
    tolerance = _RATIO_TOLERANCE if factor >= 10 else 0.01
    return _equal(ratio, factor, tolerance) or _equal(ratio, 1 / factor, tolerance)


def _matching_pair(block: Block, ratio: float) -> tuple[float, float] | None:
    """Return a replaced number and its replacement whose ratio is the measured one, either way round."""
    if abs(math.log(abs(ratio) or 1.0)) < _RATIO_TOLERANCE:
        return None
    pairs = list(zip(block.removed, block.added, strict=False))
    if len(block.removed) != len(block.added):
        # A line was wrapped or joined: its numbers are compared as those of one line.
        pairs = [(" ".join(block.removed), " ".join(block.added))]
    tolerance = min(_PAIR_TOLERANCE, _SHARE_OF_RATIO * abs(math.log(abs(ratio))))
    for old, new in pairs:
        before, after = _numbers((old,)), _numbers((new,))
        for a in before - after:
            for b in after - before:
                if a and b and (_equal(b / a, abs(ratio), tolerance) or _equal(a / b, abs(ratio), tolerance)):
                    return a, b
    return None


def _equal(first: float, second: float, tolerance: float = _RATIO_TOLERANCE) -> bool:
    return first > 0 and second > 0 and abs(math.log(first / second)) < tolerance


def _changed_numbers(block: Block) -> set[float]:
    """Return the numbers that stand on one side of the block only, and the ratios of replaced pairs."""
    before, after = _numbers(block.removed), _numbers(block.added)
    gone, new = before - after, after - before
    pairs = {max(a, b) / min(a, b) for a in gone for b in new if min(a, b) > 0}
    near = {f for pair in pairs for f in _FACTORS if f >= 10 and _equal(pair, f)}
    powers = {1 / number for number in gone | new if 0 < number < 1}
    return gone | new | near | {f for power in powers for f in _FACTORS if _equal(power, f)}


def _numbers(lines: tuple[str, ...]) -> set[float]:
    return {float(text.replace("_", "")) for line in lines for text in _NUMBER.findall(line)}


def _units(lines: tuple[str, ...]) -> set[str]:
    return {word.lower() for line in lines for word in _UNIT_WORDS.findall(line.replace("_", " "))}


def _calls(lines: tuple[str, ...]) -> set[str]:
    return {name for line in lines for name in _LOGS.findall(line)}


def _is_turned(block: Block) -> bool:
    """Tell a difference whose sides changed places: `a - b` and `b - a`."""
    before = {(a, b) for line in block.removed for a, b in _DIFFERENCE.findall(line)}
    after = {(a, b) for line in block.added for a, b in _DIFFERENCE.findall(line)}
    return any((b, a) in after and a != b for a, b in before)


def _signs(lines: tuple[str, ...]) -> int:
    return sum(line.count("-") - 2 * line.count("->") for line in lines)
