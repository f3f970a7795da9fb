"""The spread of the predictions before and after an onset, as horizontal bars."""

from dataclasses import dataclass

from bisect_ml.report import figures
from bisect_ml.saved_report import Distribution


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One range of predictions; `before` and `after` are bar lengths in pixels."""

    label: str
    before: float
    after: float
    before_share: str
    after_share: str


def distribution_bars(distribution: Distribution, *, width: float, most: int = 24) -> tuple[Bar, ...]:
    """Lay the shares of predictions per range out as bars, the largest `width` pixels long."""
    edges = distribution.edges
    rows = list(zip(edges, edges[1:], distribution.before, distribution.after, strict=False))
    used = [index for index, (_, _, before, after) in enumerate(rows) if before > 0 or after > 0]
    if not used:
        return ()
    rows = rows[used[0] : used[-1] + 1]
    largest = max(max(before, after) for _, _, before, after in rows)
    return tuple(
        Bar(
            label=f"{figures.number(low)} to {figures.number(high)}",
            before=round(before / largest * width, 1),
            after=round(after / largest * width, 1),
            before_share=figures.probability(min(1.0, before)),
            after_share=figures.probability(min(1.0, after)),
        )
        for low, high, before, after in rows[:most]
    )
