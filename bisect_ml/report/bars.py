"""The spread of the predictions before and after an onset, as a chart of columns and its table."""

from dataclasses import dataclass
from itertools import pairwise

from bisect_ml.report import figures
from bisect_ml.report.pen import Pen
from bisect_ml.saved_report import Distribution

_WIDTH, _HEIGHT, _FLOOR = 440, 150, 128
_LABEL_PX = 60
# A share too small to see still shows that it is not nothing.
_LEAST_PX = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """One range of predictions and its shares of the rows, as text."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A drawn distribution: `before` and `after` are SVG paths, `labels` edges and where they stand (x)."""

    before: str
    after: str
    labels: tuple[tuple[float, str], ...]
    bins: tuple[Bin, ...]
    width: int = _WIDTH
    height: int = _HEIGHT
    floor: int = _FLOOR


def distribution_bars(distribution: Distribution) -> Bars | None:
    """Lay the shares of the predictions in each range out as pairs of columns; None where all are 0."""
    rows = list(zip(pairwise(distribution.edges), distribution.before, distribution.after, strict=False))
    used = [index for index, (_, before, after) in enumerate(rows) if before > 0 or after > 0]
    if not used:
        return None
    rows = rows[used[0] : used[-1] + 1]
    step = _WIDTH / len(rows)
    edges = [edge for (edge, _), _, _ in rows] + [rows[-1][0][1]]
    each = max(1, round(_LABEL_PX / step))
    largest = max(max(before, after) for _, before, after in rows)
    wide = max(1.0, step / 2 - 1.5)
    return Bars(
        before=_columns([before / largest for _, before, _ in rows], step, 1.0, wide),
        after=_columns([after / largest for _, _, after in rows], step, step / 2, wide),
        # The outermost labels would be cut off at the border.
        labels=tuple(
            (round(index * step, 1), figures.number(edges[index])) for index in range(each, len(rows), each)
        ),
        bins=tuple(
            Bin(
                label=f"{figures.number(low)} to {figures.number(high)}",
                before=figures.probability(min(1.0, before)),
                after=figures.probability(min(1.0, after)),
            )
            for (low, high), before, after in rows
        ),
    )


def _columns(shares: list[float], step: float, offset: float, wide: float) -> str:
    pen = Pen()
    for index, share in enumerate(shares):
        if share > 0:
            x, top = index * step + offset, _FLOOR - max(_LEAST_PX, share * (_FLOOR - 6))
            pen.move(x, _FLOOR)
            pen.rise(top)
            pen.draw(x + wide, top)
            pen.rise(_FLOOR)
    return pen.path
