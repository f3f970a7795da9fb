"""Whether the average moved because the traffic did."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from bisect_ml.evidence.base import say
from bisect_ml.evidence.shift import Move, move_of
from bisect_ml.evidence.wording import number
from bisect_ml.types import Candidate, Case, Evidence, Series

_EXPLAINS, _PART, _NOTHING = 0.6, 0.3, 0.15
_SMALLEST_TURN = 0.03
# Below this chance of the rows' shift something moved inside the slices.
_MOVED_INSIDE = 1e-6

_Part: TypeAlias = tuple[Move, float, float]


def mix_shift(case: Case, candidate: Candidate) -> Evidence | None:
    """Split the shift into what the mix of traffic did and what moved inside the slices.

    Looks at: for each slice column the shares of rows and the means of its values (or their null rates or
    class shares, where one of these moved most), in the week before and after the onset; and whether the raw
    rows moved when each is ranked among the rows of its own slices and time of day.

    Why it tells: where the shares moved and the means inside did not, no code did it.

    When it misleads: when the slice that matters is not logged, and when new code decides which traffic
    arrives.
    """
    if candidate.release is not None:
        return None
    metric = _metric(case)
    whole = next((each for each in case.series if each.slice is None and each.metric == metric), None)
    total = None if whole is None else move_of(whole, case)
    if total is None or not math.isfinite(total.step) or total.step == 0:
        return None
    splits = [(_mix_part(parts), _turn(parts), column) for column, parts in _columns(case, metric)]
    if not splits:
        return None
    mixed, turned, column = max(
        splits, key=lambda each: min(each[0] / total.step, 1.5 - each[0] / total.step)
    )
    share = mixed / total.step
    facts: dict[str, str | float] = {"share": share, "turned": turned, "column": column}
    incident = case.incident
    if incident.inside_p < _MOVED_INSIDE:
        return say(
            "mix_shift",
            "inside",
            "inside the slices, where a change of traffic does not count, the predictions moved too",
            **facts,
        )
    if turned >= _SMALLEST_TURN and _EXPLAINS <= share <= 2 - _EXPLAINS:
        return say(
            "mix_shift",
            "only_mix" if incident.is_of_traffic else "explains",
            f"{turned:.0%} of the traffic moved between values of {column}; that alone would move the"
            f" {metric.replace('_', ' ')} by {number(mixed)}, and it moved by {number(total.step)}",
            **facts,
        )
    if turned >= _SMALLEST_TURN and share >= _PART:
        return say(
            "mix_shift",
            "part",
            f"traffic moved between values of {column} and explains {share:.0%} of the shift",
            **facts,
        )
    if abs(share) <= _NOTHING:
        return say(
            "mix_shift", "nothing", f"the mix of traffic explains {abs(share):.0%} of the shift", **facts
        )
    return None


def _metric(case: Case) -> str:
    """What is split: the share that leads the incident, or else the mean."""
    lead = case.incident.lead.series.metric
    return lead if lead == "null_rate" or lead.startswith("share[") else "mean"


def _columns(case: Case, metric: str) -> Iterator[tuple[str, list[_Part]]]:
    """Yield each slice column with the metric's move and the share of rows before and after of its values."""
    parts: dict[str, list[_Part]] = {}
    for series in case.series:
        if series.slice is None or series.metric != metric:
            continue
        move = move_of(series, case)
        rows = move_of(_as_counts(series), case)
        if move is not None and rows is not None:
            parts.setdefault(series.slice.column, []).append((move, rows.before, rows.after))
    for column, found in parts.items():
        before, after = sum(part[1] for part in found), sum(part[2] for part in found)
        if len(found) > 1 and before > 0 and after > 0:
            yield column, [(move, b / before, a / after) for move, b, a in found]


def _as_counts(series: Series) -> Series:
    return replace(series, values=series.counts, counts=np.ones_like(series.counts))


def _mix_part(parts: list[_Part]) -> float:
    return sum((after - before) * move.before for move, before, after in parts)


def _turn(parts: list[_Part]) -> float:
    return sum(abs(after - before) for _, before, after in parts) / 2
