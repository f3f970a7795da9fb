"""The incidents tested on the raw rows around them, strongest first, each between its neighbours."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np

from bisect_ml.confirmation.chances import FARTHEST_S
from bisect_ml.confirmation.hours import HOUR_BLOCK_S
from bisect_ml.confirmation.support import Support, supported
from bisect_ml.populations import Sides, sides_of
from bisect_ml.row_window import RowWindow
from bisect_ml.types import FloatArray, Incident, Slice, ValueRange

# Batches come so far apart that a week holds too few of them: then as far as it takes for so many.
BATCHES_A_SIDE = 28
MOST_BATCHES_A_WEEK = 14
LONGEST_STRETCH = 4 * BATCHES_A_SIDE  # a batch in four weeks
TESTED_SLICES = 3


def confirm(
    incidents: Sequence[Incident],
    strength: Callable[[Incident], float],
    window: Callable[[float, float], RowWindow],
    log_start: float,
    log_end: float,
) -> tuple[Incident, ...]:
    """Keep the incidents that the rows support, strongest first, each tested between its neighbours.

    Args:
        incidents: In the order in which they began.
        strength: How clearly an incident shows; decides who is tested first.
        window: The rows from an epoch second to before another.
        log_start: Epoch seconds of the first row.
        log_end: Epoch seconds of the last row.

    Returns:
        Those that stand, in their order, with their support.
    """

    @cache  # most are tested twice, and have the same neighbours both times
    def support_of(sides: Sides, slices: tuple[Slice, ...], ranges: tuple[ValueRange, ...]) -> Support:
        near = sides.within(FARTHEST_S)
        rows = window(near.start, near.end)
        stretch = _stretch(rows.times, near)
        if stretch > 1:
            near = sides.within(stretch * FARTHEST_S)
            rows = window(near.start, near.end)
        return supported(rows, near.low, near.high, slices, ranges, stretch)

    def tested(incident: Incident, others: Sequence[Incident]) -> Incident | None:
        sides = sides_of(incident, others, log_start, log_end)
        support = support_of(sides, _clearest_slices(incident), _ranges(incident))
        stands = replace(incident, inside_p=support.inside_p, overall_p=support.overall_p)
        return stands if support.stands else None

    accepted: list[Incident] = []
    for incident in sorted(incidents, key=strength, reverse=True):
        found = tested(incident, accepted)
        accepted += [found] if found else []
    accepted += _beside_neighbours(incidents, accepted, tested)
    # An early one may have lived on a later one's rows; now that all are known, each stands by itself.
    for incident in reversed(tuple(accepted)):
        others = [one for one in accepted if one is not incident]
        found = tested(incident, others)
        accepted = [*others, *([found] if found else [])]
    return tuple(sorted(accepted, key=lambda one: one.onset.at))


def _beside_neighbours(
    incidents: Sequence[Incident],
    accepted: Sequence[Incident],
    tested: Callable[[Incident, Sequence[Incident]], Incident | None],
) -> tuple[Incident, ...]:
    """Return the incidents that stand beside the one before or after them, and did not without it.

    A break that lasted hours is lost in the days of the old level that follow it, until its end is known;
    where both were refused, they stand together or not at all.
    """
    known = list(accepted)
    for pair in pairwise(incidents):
        held = {id(one.lead) for one in known}
        refused = [one for one in pair if id(one.lead) not in held]
        found = [tested(one, [*known, *refused]) for one in refused]
        if all(found):
            known += filter(None, found)
    return tuple(known[len(accepted) :])


def _clearest_slices(incident: Incident) -> tuple[Slice, ...]:
    """Return the slices that showed the incident, its lead's before those of the clearest symptoms."""
    shown = (each.series.slice for each in incident.all_symptoms)
    return tuple(dict.fromkeys(each for each in shown if each is not None))[:TESTED_SLICES]


def _ranges(incident: Incident) -> tuple[ValueRange, ...]:
    """Return the ranges of far values whose shares showed the incident."""
    shown = (each.series.within for each in incident.all_symptoms)
    return tuple(dict.fromkeys(each for each in shown if each is not None))


def _stretch(times: FloatArray, sides: Sides) -> float:
    """Return how many times as far to look: farther than 1 where the rows come in few batches a week."""
    blocks = len(np.unique(times // HOUR_BLOCK_S))
    weeks = max((sides.low - sides.start + sides.end - sides.high) / FARTHEST_S, 1 / 7)
    a_week = blocks / weeks
    return 1.0 if a_week > MOST_BATCHES_A_WEEK else min(LONGEST_STRETCH, BATCHES_A_SIDE / max(a_week, 0.1))
