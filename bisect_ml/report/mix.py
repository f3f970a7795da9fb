"""A shift of the mean split into what moved traffic made of it and what moved levels did."""

from collections.abc import Sequence
from dataclasses import dataclass

from bisect_ml.report import figures
from bisect_ml.saved_report import Finding, MixPart
from bisect_ml.types import Evidence

LISTED = 12
_TELLING = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """How far the mean over some slices moved because of their traffic, and because of their levels."""

    traffic: float
    level: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One slice as a table shows it; `before` and `after` are its shares beside the largest, 0 to 1."""

    slice: str
    share_before: str
    share_after: str
    mean_before: str
    mean_after: str
    before: float
    after: float
    moved: bool


def split(parts: Sequence[MixPart]) -> Split | None:
    """Split the movement of the mean over slices in two; the parts add up to the whole.

    Shares weigh by the mean of both levels, levels by the mean of both shares (E. M. Kitagawa,
    "Components of a Difference Between Two Rates", 1955). None where a level is not known.
    """
    traffic = level = 0.0
    for part in parts:
        if part.mean_before is None or part.mean_after is None:
            return None
        traffic += (part.share_after - part.share_before) * (part.mean_before + part.mean_after) / 2
        level += (part.mean_after - part.mean_before) * (part.share_before + part.share_after) / 2
    return Split(traffic=traffic, level=level) if parts else None


def sentence(finding: Finding) -> str:
    """Say what traffic and levels did to the mean; empty where that is not known, or evidence has said it.

    Evidence counts more slices and weighs them otherwise: beside it, these numbers would seem to differ.
    """
    found = split(finding.mix)
    if found is None or any(_gives_numbers(item) for item in finding.unexplained):
        return ""
    traffic, level = (figures.signed(value) for value in (found.traffic, found.level))
    return (
        f"Traffic moving between these slices moved the mean by {traffic}, "
        f"levels moving inside them by {level}."
    )


def _gives_numbers(evidence: Evidence) -> bool:
    return evidence.scorer == "mix_shift" and evidence.facts.get("level") in ("only_mix", "explains")


def rows(parts: Sequence[MixPart]) -> tuple[Row, ...]:
    """Lay the first slices out; `moved` are those whose share of the rows turned by some points."""
    largest = max((max(part.share_before, part.share_after) for part in parts), default=0.0) or 1.0
    return tuple(
        Row(
            slice=part.slice,
            share_before=figures.share(part.share_before),
            share_after=figures.share(part.share_after),
            mean_before=figures.number(part.mean_before),
            mean_after=figures.number(part.mean_after),
            before=part.share_before / largest,
            after=part.share_after / largest,
            moved=abs(part.share_after - part.share_before) >= _TELLING,
        )
        for part in parts[:LISTED]
    )
