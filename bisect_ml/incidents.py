"""Change points that began together become one incident, so that people get one finding per cause."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from bisect_ml.types import ChangePoint, FloatArray, Incident, Onset, Symptom

# What a person would quote first; the rest of the strength is how far the metric stands out.
METRIC_WEIGHT = {"mean": 1.0, "null_rate": 1.0, "p50": 0.6, "p05": 0.4, "p95": 0.4, "std": 0.4, "count": 0.1}
SHARE_WEIGHT, OTHER_WEIGHT = 1.0, 0.3
NOISE_BUCKETS = 200
# A change at a moment T is seen in the bucket that holds T, or in the next one when little of the bucket
# lies behind T. So the posterior of a bucket is shared by its half buckets [-w/2, 0), [0, w/2) and [w/2, w).
HALF_BUCKET_MASS = (0.3, 0.45, 0.25)
# A 90 % interval misses one time in ten, so a symptom may start this many buckets outside before it counts as
# another event.
SLACK_BUCKETS = 2
# A level this close to the old one, in shares of the shift, counts as come back.
RECOVERED_WITHIN = 0.3


def group(symptoms: Iterable[Symptom]) -> tuple[Incident, ...]:
    """Gather symptoms into incidents, not yet numbered, in the order in which these began.

    The strongest symptom not yet placed opens an incident and dates it; each weaker one joins the incident
    whose onset its own posterior agrees with most, or opens another when it agrees with none. One incident
    does not move a series to and fro: what fell and rose again hours later began and ended. Quadratic in the
    number of incidents, linear in the symptoms.
    """
    groups: list[_Group] = []
    for placed in sorted(map(_Placed.of, symptoms), key=_Placed.telling, reverse=True):
        if not np.all(np.isfinite([placed.low, placed.high])):
            continue
        best = max(groups, key=placed.nearness, default=None)
        if best is not None and placed.agreement(best) > 0:
            best.members.append(placed.symptom)
        else:
            groups.append(_Group(placed, [placed.symptom]))
    return tuple(_incident(one) for one in sorted(groups, key=lambda one: one.seed.low))


def strength(incident: Incident) -> float:
    """How clearly an incident shows: the sum over its symptoms."""
    return float(sum(map(clarity, incident.all_symptoms)))


def clarity(symptom: Symptom) -> float:
    """How clearly a symptom shows, in units of the series' own bucket-to-bucket noise.

    The shift over the noise times the root of the buckets with rows on the side that has fewer, weighted by
    how readily people read the metric.
    """
    series, point = symptom.series, symptom.change_point
    low, high = max(point.index - NOISE_BUCKETS, 0), point.index + NOISE_BUCKETS
    known = np.isfinite(series.values[low:high])
    shift = abs(point.after - point.before)
    noise = _noise(series.values[low:high])
    if series.is_share:
        # Rare events leave most buckets at exactly zero, which looks like a series without noise.
        rate, rows = (point.before + point.after) / 2, float(np.median(series.counts[low:high]))
        noise = max(noise, float(np.sqrt(max(rate * (1 - rate), 0.0) / max(rows, 1.0))))
    sides = min(int(side.sum()) for side in np.split(known, [point.index - low]))
    size = shift / max(noise, 1e-3 * shift, np.finfo(float).tiny)
    weight = METRIC_WEIGHT.get(series.metric, SHARE_WEIGHT if series.is_share else OTHER_WEIGHT)
    return float(weight * size * np.sqrt(max(sides, 1)) * point.confidence)


def _noise(values: FloatArray) -> float:
    """The standard deviation of a series about its level, by the steps from each bucket to the next.

    The median step says it best, but where most neighbours are equal (a quantile that stays on one value for
    hours, the mean of a thin slice of ties) it is zero however far the others jump: their mean says more,
    without the largest, which is that of the change itself where there is no noise at all.
    """
    jumps: FloatArray = np.diff(values[np.isfinite(values)])
    steps = np.sort(np.abs(jumps))[:-1]
    if not len(steps):
        return 0.0
    usual, average = float(np.median(steps)), float(np.mean(steps))
    return max(1.4826 * usual / math.sqrt(2), average * math.sqrt(math.pi) / 2)


@dataclass(slots=True)
class _Placed:
    """A symptom with its 90 % interval in time, and the slack in which it may still join another."""

    symptom: Symptom
    low: float
    high: float
    slack_s: float

    @classmethod
    def of(cls, symptom: Symptom) -> "_Placed":
        edges, mass = _density(symptom)
        low, high = _interval(edges, mass)
        return cls(symptom, low, high, SLACK_BUCKETS * _width_s(symptom) + (high - low))

    def telling(self) -> tuple[bool, float]:
        """Whether it is of far rows, and how clearly it shows, by how many places empty buckets leave it.

        Far rows throw the averages of their buckets about, and these seem to move when the next few came. A
        change behind days without a prediction would else draw in all that began and ended in those days.
        """
        low, high = self.symptom.change_point.interval
        empty = np.count_nonzero(~np.isfinite(self.symptom.series.values[low:high]))
        return self.symptom.series.within is not None, clarity(self.symptom) / (1 + empty)

    def agreement(self, other: "_Group") -> float:
        """Probability that this symptom began inside the other's interval; 0 when out of reach.

        Also 0 where one of the two took a series back to where it was before the other.
        """
        seed = other.seed
        if any(_undoes(self.symptom, each) for each in other.members):
            return 0.0
        slack = max(self.slack_s, seed.slack_s)
        if self.high + slack < seed.low or self.low - slack > seed.high:
            return 0.0
        edges, mass = _density(self.symptom)
        return float(np.diff(_cumulative(edges, mass, np.array([seed.low - slack, seed.high + slack])))[0])

    def nearness(self, other: "_Group") -> tuple[float, float]:
        """Order incidents by how well this symptom agrees with them, and where that is alike by distance."""
        apart = abs(self.low + self.high - other.seed.low - other.seed.high)
        return round(self.agreement(other), 1), -apart


def _undoes(symptom: Symptom, other: Symptom) -> bool:
    """Tell two changes of the same series of which the later one takes it back to where it was."""
    if symptom.series is not other.series:
        return False
    points = (symptom.change_point, other.change_point)
    first, second = sorted(points, key=lambda point: point.index)
    return _comes_back(first, second)


def _comes_back(point: ChangePoint, later: ChangePoint) -> bool:
    """Tell whether a later change of a series ends near the level before an earlier one."""
    return abs(later.after - point.before) < RECOVERED_WITHIN * abs(point.after - point.before)


@dataclass(slots=True)
class _Group:
    seed: _Placed
    members: list[Symptom]


def _incident(group: _Group) -> Incident:
    members = sorted(group.members, key=clarity, reverse=True)
    lead = group.seed.symptom if group.seed.symptom.series.within else _lead(members)
    rest = tuple(member for member in members if member is not lead)
    return Incident(number=0, onset=onset(group.seed.symptom), lead=lead, symptoms=rest)


def _lead(members: Sequence[Symptom]) -> Symptom:
    """The strongest symptom; the whole population where a slice tells nothing more than it does."""
    strongest = members[0]
    if strongest.series.slice is None:
        return strongest
    whole = next(
        (m for m in members if m.series.slice is None and m.series.metric == strongest.series.metric), None
    )
    if whole is None:
        return strongest
    siblings = {
        m.series.slice.value
        for m in members
        if m.series.slice is not None and m.series.slice.column == strongest.series.slice.column
    }
    specific = len(siblings) == 1 and _relative_shift(strongest) > 1.5 * _relative_shift(whole)
    return strongest if specific else whole


def _relative_shift(symptom: Symptom) -> float:
    before, after = symptom.change_point.before, symptom.change_point.after
    return abs(after - before) / max(min(abs(before), abs(after)), np.finfo(float).tiny)


def onset(symptom: Symptom) -> Onset:
    """Turn a change point's posterior over buckets into a density over time.

    The best single answer is the median; for points of their own it is the first that shows the change.
    """
    edges, mass = _density(symptom)
    low, high = _interval(edges, mass)
    at = float(np.interp(0.5, np.concatenate([[0.0], np.cumsum(mass)]), edges))
    if symptom.series.width_s is None:
        at = float(symptom.series.times[symptom.change_point.index])
        high = max(high, at)
    return Onset(edges=edges, mass=mass, at=_moment(at), interval=(_moment(low), _moment(high)))


def _density(symptom: Symptom) -> tuple[FloatArray, FloatArray]:
    """Edges (k + 1 epoch seconds) and masses (k) of the moment at which the change began."""
    series, posterior = symptom.series, symptom.change_point.posterior
    held = np.flatnonzero(posterior > 1e-6)
    first, last = int(held[0]), int(held[-1])
    weight = posterior[first : last + 1] / posterior[first : last + 1].sum()
    if series.width_s is None:
        # A point at t[i] that is the first of the new regime puts the onset after t[i - 1].
        return series.times[max(first - 1, 0) : last + 1], weight if first else weight[1:]
    half = series.width_s / 2
    edges = series.times[first] + half * np.arange(-1, 2 * len(weight) + 1)
    mass = np.zeros(len(edges) - 1)
    for place, share in enumerate(HALF_BUCKET_MASS):
        mass[place : place + 2 * len(weight) : 2] += share * weight
    return edges, mass / mass.sum()


def _interval(edges: FloatArray, mass: FloatArray, level: float = 0.9) -> tuple[float, float]:
    tail = (1 - level) / 2
    cumulative = np.concatenate([[0.0], np.cumsum(mass)])
    low, high = np.interp([tail, 1 - tail], cumulative, edges)
    return float(low), float(high)


def _cumulative(edges: FloatArray, mass: FloatArray, at: FloatArray) -> FloatArray:
    found: FloatArray = np.interp(at, edges, np.concatenate([[0.0], np.cumsum(mass)]))
    return found


def number(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """Number incidents in the order in which they began, and join each with the later one that ended it."""
    ordered = sorted(incidents, key=lambda one: one.onset.at)
    paired = [replace(one, number=place) for place, one in enumerate(ordered, start=1)]
    for place, incident in enumerate(tuple(paired)):
        end = _recovery(incident, paired[place + 1 :])
        if end is not None and paired[place].recovers is None:
            began = end.onset
            paired[place] = replace(paired[place], recovered_at=began.at, recovered_within=began.interval)
            paired[end.number - 1] = replace(paired[end.number - 1], recovers=incident.number)
    return tuple(paired)


def _recovery(incident: Incident, later: Sequence[Incident]) -> Incident | None:
    """The incident in which the lead series came back to its old level, if it did at its next move."""
    series, point = incident.lead.series, incident.lead.change_point
    for other in later:
        for symptom in other.all_symptoms:
            if symptom.series is series and symptom.change_point.index > point.index:
                return other if _comes_back(point, symptom.change_point) else None
    return None


def _width_s(symptom: Symptom) -> float:
    series = symptom.series
    return series.width_s or (float(np.median(np.diff(series.times))) if len(series.times) > 1 else 1.0)


def _moment(epoch_s: float) -> datetime:
    return datetime.fromtimestamp(epoch_s, UTC)
