"""What an incident is said to have moved, and from where to where.

A change point gives the median bucket of either side, which spikes do not touch. Where a few rows in a
hundred moved very far, half of the buckets may hold none of them: their medians hide what the rows show.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bisect_ml.populations import Sides
from bisect_ml.types import Series, ShiftKind, Symptom

# Medians hide a shift that is so many times theirs by the means, and so many standard errors wide.
HIDDEN_FROM, SURE_FROM = 3.0, 5.0
FEWEST_BUCKETS = 8
# What is made up of all rows; a quantile is not, and its median bucket says what most rows show.
_MEANS = frozenset({"mean", "std"})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Said:
    """A series that moved, and its levels; `hidden` where these are of the rows and not of median buckets."""

    series: Series
    kind: ShiftKind
    before: float
    after: float
    hidden: bool = False


def said_of(symptom: Symptom, series: Sequence[Series], sides: Sides | None, *, far: bool = False) -> Said:
    """Return the levels of a symptom: those of its change point, or of all rows where medians hide these.

    Args:
        symptom: The symptom.
        series: All series of the log.
        sides: The stretches to compare; None leaves the levels of the change point.
        far: Whether far rows did it: they throw the buckets about, whose medians then are anything.
    """
    moved, point = symptom.series, symptom.change_point
    # The two numbers of a changed spread are no levels, and a stuck series has one value.
    without = point.kind in {"spread", "stuck"} and not far
    levels = None if without else _hidden_levels(moved, series, sides, always=far)
    before, after = levels or (point.before, point.after)
    kind: ShiftKind = point.kind
    if levels and far:
        kind = "share" if moved.is_share else "level"
    return Said(series=moved, kind=kind, before=before, after=after, hidden=levels is not None)


def said_first(lead: Symptom, series: Sequence[Series], sides: Sides | None) -> Said:
    """Return what is said of an incident first: its lead, or the mean where medians hid both.

    A mean is what people ask for, and what far rows move; they hide it from the search for change points. A
    lead that counts the far rows themselves says more.
    """
    said = said_of(lead, series, sides, far=lead.series.within is not None)
    mean = _mean_beside(lead.series, series)
    if not said.hidden or mean is None or mean is lead.series or lead.series.within:
        return said
    levels = _hidden_levels(mean, series, sides)
    if levels is None:
        return said
    return Said(series=mean, kind="level", before=levels[0], after=levels[1], hidden=True)


def taken_along(lead: Symptom, series: Sequence[Series], sides: Sides | None) -> tuple[Symptom, Said] | None:
    """Return the mean that a lead of far rows took along, where it did not show by itself; None elsewhere."""
    mean = _mean_beside(lead.series, series)
    levels = _hidden_levels(mean, series, sides) if mean and lead.series.within else None
    if mean is None or levels is None:
        return None
    said = Said(series=mean, kind="level", before=levels[0], after=levels[1], hidden=True)
    return Symptom(series=mean, change_point=lead.change_point), said


def _hidden_levels(
    moved: Series, series: Sequence[Series], sides: Sides | None, *, always: bool = False
) -> tuple[float, float] | None:
    """Return the levels of all rows on either side; if not `always`, None where medians tell of them.

    One spike makes no level: what is hidden shows in either half of either side.
    """
    if sides is None or not (moved.metric in _MEANS or moved.is_share):
        return None
    mean = _mean_beside(moved, series) if moved.metric == "std" else None
    known = np.isfinite(moved.values) & (moved.counts > 0)
    if mean is not None:
        known &= np.isfinite(mean.values)
    before = known & (moved.times >= sides.start) & (moved.times + (moved.width_s or 0.0) <= sides.low)
    after = known & (moved.times >= sides.high) & (moved.times <= sides.end)
    if min(before.sum(), after.sum()) < FEWEST_BUCKETS:
        return None
    levels = _level(moved, before, mean), _level(moved, after, mean)
    if always:
        return levels
    first, last = moved.values[before], moved.values[after]
    by_medians = float(abs(np.median(last) - np.median(first)))
    noise = float(np.sqrt(np.var(first) / len(first) + np.var(last) / len(last)))
    shift = levels[1] - levels[0]
    halves = [_level(moved, half, mean) - levels[0] for half in _halves(after)]
    halves += [levels[1] - _level(moved, half, mean) for half in _halves(before)]
    least = max(HIDDEN_FROM * by_medians, SURE_FROM * noise)
    shown = abs(shift) >= least and all(half * np.sign(shift) >= least / 2 for half in halves)
    return levels if shown else None


def _level(series: Series, kept: NDArray[np.bool_], mean: Series | None) -> float:
    """Return what a metric is over all rows of some buckets; a deviation, with that between buckets."""
    values, rows = series.values[kept], series.counts[kept]
    if series.metric != "std":
        return float(np.average(values, weights=rows))
    variance = values**2 * (rows - 1) / rows
    if mean is not None:
        means = mean.values[kept]
        variance = variance + (means - np.average(means, weights=rows)) ** 2
    return float(np.sqrt(np.average(variance, weights=rows)))


def _halves(kept: NDArray[np.bool_]) -> Iterator[NDArray[np.bool_]]:
    places = np.flatnonzero(kept)
    for part in np.array_split(places, 2):
        half = np.zeros_like(kept)
        half[part] = True
        yield half


def _mean_beside(moved: Series, series: Sequence[Series]) -> Series | None:
    """Return the means of the same rows."""
    return next((one for one in series if one.metric == "mean" and one.slice == moved.slice), None)
