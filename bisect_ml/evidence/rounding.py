"""Whether the commit rounds otherwise, where the predictions are rounded otherwise."""

import re

from bisect_ml.evidence.base import say
from bisect_ml.evidence.patch import Block, blocks
from bisect_ml.evidence.paths import file_kind
from bisect_ml.evidence.reach import acting_files
from bisect_ml.types import Candidate, Case, Evidence

_ROUNDS = re.compile(
    r"\b\w*round\w*\s*\(|\b(?:toFixed|toPrecision|floor|ceil|trunc|quantize|number_format|parseInt|Decimal|int|int64|float32)"
    r"\s*\(|%\.?\d*[df]\b|(?<!\d)\.\d+f\b|\bas\s+(?:i|u|f)\d+\b|\.(?:round|floor|ceil|to_i)\b|\bMath\.\w*round\w*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r",\s*(?:\w+\s*=\s*)?(\d+)\s*\)")
# Elsewhere two slashes begin a comment.
_FLOORS = re.compile(rf"{_ROUNDS.pattern}|(?<![:/])//(?!/)", re.IGNORECASE)


def rounding(case: Case, candidate: Candidate) -> Evidence | None:
    """Look for rounding in the diff where the predictions have other decimals than before.

    Looks at: the decimals to which nearly all predictions are rounded before and after the onset, from the
    rows; and the changed lines that round, cut off or convert numbers. It says nothing where the decimals
    are the same.

    Why it tells: numbers do not lose or gain decimals by another traffic or another formula, but by code
    that rounds, or no longer does.

    When it misleads: where the old formula happened to give whole numbers, such as halves or counts.
    """
    values = case.values
    if candidate.commit is None or values is None or values.decimals_before == values.decimals_after:
        return None
    files = [each for each in acting_files(case, candidate.commit) if file_kind(each.path) == "code"]
    if not files:
        return None
    went = f"{_decimals(values.decimals_before)} to {_decimals(values.decimals_after)}"
    for change in files:
        for block in blocks(change):
            if _rounds_otherwise(block, _FLOORS if change.path.endswith(".py") else _ROUNDS):
                where = f"{change.path}:{block.line}"
                return say("rounding", "rounds", f"predictions went from {went} and {where} changes rounding")
    return say("rounding", "silent", f"predictions went from {went}, but it changes no rounding")


def _rounds_otherwise(block: Block, rounds: re.Pattern[str]) -> bool:
    """Tell lines that round other numbers than before, to other digits, or not at all."""
    return _rounded(block.removed, rounds) != _rounded(block.added, rounds)


def _rounded(lines: tuple[str, ...], rounds: re.Pattern[str]) -> list[tuple[str, ...]]:
    """Return what rounds in some lines, with the digits that stand there."""
    found = (
        (match[0].strip(" _(").lower(), *_DIGITS.findall(line))
        for line in lines
        for match in rounds.finditer(line)
    )
    return sorted(found)


def _decimals(count: int | None) -> str:
    if count is None:
        return "no rounding"
    return "whole numbers" if count == 0 else f"{count} decimal{'s' * (count > 1)}"
