"""The measured shift, as scorers compare it with a diff."""

import math
from dataclasses import dataclass
from functools import lru_cache

from bisect_ml.types import Case, Slice, Symptom

_LEVELS = ("mean", "p50", "p95", "p05")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What moved, in numbers.

    `ratio` is after over before of the level that shows it best, None where there is none or the
    level was near zero. `nulls` is the change of the null rate, in shares of the rows.
    """

    metric: str
    before: float
    after: float
    ratio: float | None
    nulls: float
    slice: Slice | None

    @property
    def sign(self) -> int:
        """1 where the level rose, -1 where it fell, 0 where it is unknown."""
        return (
            0
            if not math.isfinite(self.after - self.before)
            else int(math.copysign(1, self.after - self.before))
        )


@lru_cache(maxsize=8)
def shift_of(case: Case) -> Shift:
    """Return the shift of the incident: of all rows where they show it, of the leading slice otherwise."""
    symptoms = case.incident.all_symptoms
    level = _first(symptoms, _LEVELS) or symptoms[0]
    before, after = level.change_point.before, level.change_point.after
    finite = math.isfinite(before) and math.isfinite(after)
    ratio = after / before if finite and abs(before) > 1e-12 and level.series.metric in _LEVELS else None
    nulls = _first(symptoms, ("null_rate",))
    return Shift(
        metric=level.series.metric,
        before=before,
        after=after,
        ratio=ratio,
        nulls=0.0 if nulls is None else nulls.change_point.after - nulls.change_point.before,
        slice=case.incident.lead.series.slice,
    )


def _first(symptoms: tuple[Symptom, ...], metrics: tuple[str, ...]) -> Symptom | None:
    """Return the first symptom of these metrics, of all rows before that of a slice."""
    found = [each for each in symptoms if each.series.metric in metrics]
    return next((each for each in found if each.series.slice is None), found[0] if found else None)


@lru_cache(maxsize=8)
def confined_slices(case: Case) -> frozenset[Slice]:
    """Return the slices that moved in columns where fewer than half of the values did.

    Where most values of a column moved, its slices say nothing of the cause.
    """
    known: dict[str, set[str]] = {}
    moved: dict[str, set[str]] = {}
    for series in case.series:
        if series.slice is not None:
            known.setdefault(series.slice.column, set()).add(series.slice.value)
    for symptom in case.incident.all_symptoms:
        found = symptom.series.slice
        if found is not None:
            moved.setdefault(found.column, set()).add(found.value)
    return frozenset(
        Slice(column=column, value=value)
        for column, values in moved.items()
        for value in values
        if column not in known or 2 * len(values) <= len(known[column])
    )
