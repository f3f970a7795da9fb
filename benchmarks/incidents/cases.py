"""A case: a prediction log, the deploys of its window, and what really happened.

Every value of a log is the output of the code that was live at that moment, so truth is by execution. Kinds:

- `step`: a deploy moves the metric, at once; `ramped`: over hours; `batch`: among twenty to fifty commits;
  `close`: with other deploys within minutes; `rollback`: taken out again after hours or days; `two`: twice.
- `mix`, `drift`, `outage`, `quiet`, `hidden`, `input`: no code did it. `mix` (a slice grows), `hidden`
  (inputs change inside slices) and `input` (the same, with the input logged) often come minutes after a
  harmless deploy.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.incidents.branches import Branch
from benchmarks.incidents.logs import HOUR_S, Regime, Rows, Traffic, Weights, draw
from bisect_ml.types import FloatArray

CODE_KINDS = ("step", "step", "ramped", "batch", "close", "rollback", "two")
OUTSIDE_KINDS = ("mix", "mix", "mix", "drift", "outage", "quiet", "hidden", "input")
_DAY_S = 24 * HOUR_S
_LEAST_CLEAR_Z = 9.0
_LEAST_CHANGED = 0.02
_EPOCH = datetime(2026, 1, 5, tzinfo=UTC).timestamp()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """A deploy: when it started (epoch seconds), the place in the line that it put live, when it was done."""

    at: float
    place: int
    service: str = "scorer"
    environment: str = "production"
    status: str = "succeeded"
    finished: float | None = None
    onset: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How a team deploys: steps of the main line a deploy, and hours between deploys, from and to."""

    name: str
    steps: tuple[int, int]
    hours: tuple[float, float]


HABITS = (
    Habit(name="continuous", steps=(1, 3), hours=(5, 30)),
    Habit(name="daily", steps=(1, 6), hours=(20, 60)),
    Habit(name="weekly", steps=(5, 30), hours=(90, 170)),
)


class Maker:
    """Makes cases of one branch."""

    def __init__(self, branch: Branch, seed: str) -> None:
        self.branch = branch
        self.rng = random.Random(seed)

    def make(self, kind: str, metric: str, folder: Path, name: str) -> bool:
        """Write one case; False where the branch has no place for it or the log would not show it."""
        plan = self._deploys(kind, metric)
        if plan is None:
            return False
        shipped, window, focal = plan
        traffic, event = self._traffic(kind, metric, window, focal)
        pool = self.branch.inputs(metric)
        live = sorted((s for s in shipped if _serves(s)), key=lambda s: s.at)
        regimes = [self._regime(each, metric) for each in live]
        rows = draw(traffic, pool, regimes, self.rng.randrange(2**32))
        breaks = [
            (old, new)
            for old, new in pairwise(live)
            if window[0] < new.at and not _same(self._values(old, metric), self._values(new, metric))
        ]
        expected = {"two": 2, "rollback": 2}.get(kind, int(kind in CODE_KINDS))
        if len(breaks) != expected or not all(self._shows(rows, metric, each, live) for each in breaks):
            return False
        if kind in {"mix", "hidden", "input"} and not self._event_shows(rows, event):
            return False
        folder.mkdir(parents=True)
        rows.write(folder / "predictions.parquet")
        self._write_deploys(folder / "deploys.csv", shipped)
        newest = min(each.place for each in shipped)
        truth: dict[str, Any] = {"breaks": [self._truth(old, new, metric) for old, new in breaks]}
        case: dict[str, Any] = {
            "id": folder.name,
            "split": "held out" if self.branch.history.held_out else "learn",
            "repo": name,
            "history": self.branch.history.repo,
            "language": self.branch.history.language,
            "made": self.branch.made,
            "head": self.branch.line[newest],
            "kind": kind,
            "service": "scorer",
            "metric": self.branch.history.entry(metric),
            "rows": len(rows.times),
            "predictions": "predictions.parquet",
            "truth": truth,
        }
        if event is not None:
            truth["external_event"] = {"start": _iso(event[0]), "end": _iso(event[1])}
            nearest = min((event[0] - s.at for s in live if s.at <= event[0]), default=float("inf"))
            case["minutes_after_a_deploy"] = round(nearest / 60, 1) if nearest < _DAY_S else None
        (folder / "case.json").write_text(json.dumps(case, indent=1), encoding="utf-8")
        return True

    # Deploys

    def _deploys(self, kind: str, metric: str) -> tuple[list[Shipped], tuple[float, float], Shipped] | None:
        """Return the deploys, the window of the log and the deploy that matters."""
        stretch = self._stretch(kind, metric)
        if stretch is None:
            return None
        oldest, newest, focal_places = stretch
        habit = self.rng.choice(HABITS[:2] if kind in {"close", "two"} else HABITS)
        start = _EPOCH + self.rng.randrange(80) * _DAY_S + self.rng.randrange(24) * HOUR_S
        days = self.rng.randint(18, 34)
        end = start + days * _DAY_S
        moment = start + self.rng.uniform(0.35, 0.65) * days * _DAY_S
        last = focal_places[-1]
        batch = self._batch(kind, habit)
        low = focal_places[0] + 1 if kind == "two" else newest
        focal = Shipped(at=moment, place=self.rng.randint(max(low, last - batch + 1), last))
        before = max(last + (kind in CODE_KINDS), min(oldest, focal.place + batch))
        shipped = [self._timed(focal, kind)]
        at, place = moment, before
        while at > start - 4 * _DAY_S:
            at -= self._pause(habit)
            shipped.append(Shipped(at=at, place=place))
            place = min(oldest, place + self._step(habit))
        later = moment + (self.rng.uniform(6, 70) * HOUR_S if kind == "rollback" else self._pause(habit))
        at, place = later, focal.place
        if kind == "rollback":
            shipped.append(self._timed(Shipped(at=at, place=before), "step"))
            at, newest, place = at + self._pause(habit), before, before
        if kind == "two":
            at = max(at, moment + 4 * _DAY_S)
            place = self.rng.randint(max(newest, focal_places[0] - 2), focal_places[0])
            shipped.append(self._timed(Shipped(at=at, place=place), "step"))
            at += self._pause(habit)
        while at < end:
            place = max(newest, place - self._step(habit))
            shipped.append(Shipped(at=at, place=place))
            at += self._pause(habit)
        if kind == "close":
            for _ in range(self.rng.randint(1, 2)):
                gap = self.rng.uniform(12, 45) * 60 * self.rng.choice([-1, 1])
                shipped.append(Shipped(at=moment + gap, place=before if gap < 0 else focal.place))
        return self._noise(shipped), (start, end), shipped[0]

    def _stretch(self, kind: str, metric: str) -> tuple[int, int, list[int]] | None:
        """Return the oldest and the newest usable place, and where the metric moves in between."""
        line, branch = self.branch.line, self.branch
        known = [branch.values(sha, metric) is not None for sha in line]
        moving = branch.moving(metric)
        if kind in CODE_KINDS:
            clear = [place for place in moving if self._changed(place, metric) >= _LEAST_CHANGED]
            if not clear:
                return None
            last = self.rng.choice(clear)
            focal = [last]
            if kind == "two":
                newer = [place for place in moving if place < last]
                if not newer or newer[-1] not in clear:
                    return None
                focal = [newer[-1], last]
        else:
            places = [place for place, is_known in enumerate(known) if is_known]
            if not places:
                return None
            last = self.rng.choice(places)
            focal = [last]
        newest, oldest = focal[0], last + (kind in CODE_KINDS)
        if oldest >= len(line) or not all(known[newest : oldest + 1]):
            return None
        while newest > 0 and known[newest - 1] and (newest - 1) not in moving:
            newest -= 1
        while oldest + 1 < len(line) and known[oldest + 1] and oldest not in moving:
            oldest += 1
        return oldest, newest, focal

    def _batch(self, kind: str, habit: Habit) -> int:
        """Return how many steps the deploy that matters should bring, where the line has them."""
        return self.rng.randint(12, 45) if kind == "batch" else max(1, self.rng.randint(*habit.steps))

    def _step(self, habit: Habit) -> int:
        return 0 if self.rng.random() < 0.15 else self.rng.randint(*habit.steps)

    def _pause(self, habit: Habit) -> float:
        return self.rng.uniform(*habit.hours) * HOUR_S

    def _timed(self, deploy: Shipped, kind: str) -> Shipped:
        """Return a deploy with its onset: mostly minutes later, now and then when a cache expires."""
        if kind == "ramped":
            finished = deploy.at + self.rng.uniform(1, 5) * HOUR_S
            return Shipped(at=deploy.at, place=deploy.place, finished=finished, onset=deploy.at + 120)
        lag = 60 + (self.rng.expovariate(1 / 1500) if self.rng.random() < 0.1 else self.rng.uniform(60, 840))
        return Shipped(at=deploy.at, place=deploy.place, onset=deploy.at + lag)

    def _noise(self, shipped: Sequence[Shipped]) -> list[Shipped]:
        """Add what other deploys a real log has: staging before production, failures, another service."""
        found = list(shipped)
        other = self.rng.random() < 0.3
        staging = self.rng.random() < 0.7
        for each in shipped:
            if staging and self.rng.random() < 0.6:
                found.append(
                    Shipped(
                        at=each.at - self.rng.uniform(0.3, 6) * HOUR_S,
                        place=each.place,
                        environment="staging",
                    )
                )
            if self.rng.random() < 0.06:
                found.append(
                    Shipped(at=each.at - self.rng.uniform(5, 50) * 60, place=each.place, status="failed")
                )
            if other and self.rng.random() < 0.7:
                found.append(
                    Shipped(at=each.at + self.rng.uniform(-4, 4) * HOUR_S, place=each.place, service="api")
                )
        return found

    def _write_deploys(self, path: Path, shipped: Sequence[Shipped]) -> None:
        with_finish = any(each.finished for each in shipped)
        with_status = any(each.status == "failed" for each in shipped)
        head = ["deployed_at", "sha", "service", "environment"]
        head += ["finished_at"] * with_finish + ["status"] * with_status
        lines = [",".join(head)]
        for each in sorted(shipped, key=lambda s: s.at):
            row = [_iso(each.at), self.branch.line[each.place], each.service, each.environment]
            finished = each.finished or each.at + 300
            row += [_iso(finished)] * with_finish + [each.status] * with_status
            lines.append(",".join(row))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    # Traffic

    def _traffic(
        self, kind: str, metric: str, window: tuple[float, float], focal: Shipped
    ) -> tuple[Traffic, tuple[float, float] | None]:
        start, end = window
        hours = int((end - start) / HOUR_S)
        rate = self.rng.uniform(28_000, 65_000) / hours
        pool = self.branch.inputs(metric)
        near = self.rng.random() < 0.5
        at = focal.at + (
            self.rng.uniform(1, 29) * 60 if near else self.rng.uniform(-0.2, 0.2) * (end - start)
        )
        gaps: tuple[tuple[float, float], ...] = ()
        weights: Weights | None = None
        event: tuple[float, float] | None = None
        if kind == "outage":
            event = (at, at + self.rng.uniform(3, 10) * HOUR_S)
            gaps = (event,)
        elif kind == "drift":
            event = (at, min(end, at + self.rng.uniform(6, 14) * _DAY_S))
            weights = _grown(self._slice_weights(metric, self.rng.uniform(2.5, 5)), *event)
        elif kind == "mix":
            event = (at, at)
            weights = _grown(self._slice_weights(metric, self.rng.choice([0.15, 3.0, 4.0, 6.0])), *event)
        elif kind in {"hidden", "input"}:
            event = (at, at)
            size = np.array([len(str(each.value)) for each in pool], dtype=np.float64)
            rank = np.argsort(np.argsort(size)) / len(pool) - 0.5
            weights = _grown(np.exp(self.rng.choice([-2.5, 2.5]) * rank), *event)
        columns = tuple(name for name in ("device", "locale") if self.rng.random() < 0.7)
        traffic = Traffic(
            start=start,
            hours=hours,
            rate=rate,
            gaps=gaps,
            weights=weights,
            columns=columns,
            version=self.rng.random() < 0.12,
            feature=kind == "input" or self.rng.random() < 0.15,
        )
        return traffic, event

    def _slice_weights(self, metric: str, factor: float) -> FloatArray:
        """Return a factor on one value of the pool's slice whose mean differs from the others'."""
        pool = self.branch.inputs(metric)
        column = next(iter(pool[0].slices))
        values = sorted({each.slices[column] for each in pool})
        chosen = self.rng.choice(values)
        return np.array([factor if each.slices[column] == chosen else 1.0 for each in pool])

    def _regime(self, deploy: Shipped, metric: str) -> Regime:
        onset = deploy.onset if deploy.onset is not None else deploy.at + self.rng.uniform(60, 600)
        ramp = deploy.finished - onset if deploy.finished else 0.0
        return Regime(
            start=onset, values=self._values(deploy, metric), sha=self.branch.line[deploy.place], ramp_s=ramp
        )

    # Truth

    def _values(self, deploy: Shipped, metric: str) -> FloatArray:
        found = self.branch.values(self.branch.line[deploy.place], metric)
        if found is None:
            raise ValueError(f"no outputs of {metric} at place {deploy.place}")
        return found

    def _changed(self, place: int, metric: str) -> float:
        after = self.branch.values(self.branch.line[place], metric)
        before = self.branch.values(self.branch.line[place + 1], metric)
        if after is None or before is None:
            return 0.0
        return float(np.mean(~((after == before) | (np.isnan(after) & np.isnan(before)))))

    def _shows(self, rows: Rows, metric: str, pair: tuple[Shipped, Shipped], live: Sequence[Shipped]) -> bool:
        """Tell whether the rows near a break show it beyond doubt, by their ranks or their nulls."""
        old, new = pair
        place = live.index(new)
        ends = [each.onset for each in live[place + 1 :] if each.onset is not None]
        at, high = new.onset or new.at, ends[0] if ends else rows.times[-1]
        low = max(rows.times[0], at - 7 * _DAY_S)
        before = rows.inputs[(rows.times >= low) & (rows.times < at)]
        after = rows.inputs[(rows.times >= (new.finished or at)) & (rows.times < min(high, at + 7 * _DAY_S))]
        was, now = self._values(old, metric), self._values(new, metric)
        if min(len(before), len(after)) < 200:
            return False
        return (
            max(_z(was[before], now[after]), _z(_ranks(was, was)[before], _ranks(was, now)[after]))
            >= _LEAST_CLEAR_Z
        )

    def _event_shows(self, rows: Rows, event: tuple[float, float] | None) -> bool:
        if event is None:
            return False
        at = event[0]
        return _z(rows.values[rows.times < at], rows.values[rows.times >= at]) >= _LEAST_CLEAR_Z

    def _truth(self, old: Shipped, new: Shipped, metric: str) -> dict[str, object]:
        line, branch = self.branch.line, self.branch
        first, last = sorted((old.place, new.place))
        guilty = [p for p in range(first, last) if branch.moves(line[p], line[p + 1], metric)]
        steps = range(first, last)
        truth: dict[str, object] = {
            "at": _iso(new.onset or new.at),
            "deploy_sha": line[new.place],
            "deployed_at": _iso(new.at),
            "culprits": sorted({sha for place in guilty for sha in branch.culprits(line[place], metric)}),
            "first_parent_culprits": [line[place] for place in guilty],
            "direction": "introduced" if new.place < old.place else "removed",
            "batch_commits": len(steps),
            "deploy_commits": [sha for place in steps for sha in (line[place], *branch.brought(line[place]))],
        }
        if new.finished:
            truth["rollout"] = {"start": _iso(new.onset or new.at), "end": _iso(new.finished)}
        return truth


def _serves(deploy: Shipped) -> bool:
    return (deploy.service, deploy.environment, deploy.status) == ("scorer", "production", "succeeded")


def _same(one: FloatArray, other: FloatArray) -> bool:
    return bool(np.array_equal(one, other, equal_nan=True))


def _grown(factors: FloatArray, start: float, end: float) -> Weights:
    """Return weights that go from one to the factors between two moments."""

    def weights(at: FloatArray) -> FloatArray:
        share = np.clip((at - start) / (end - start), 0, 1) if end > start else (at >= start) * 1.0
        found: FloatArray = 1 + share[:, None] * (factors - 1)
        return found

    return weights


def _ranks(reference: FloatArray, values: FloatArray) -> FloatArray:
    known = np.sort(reference[np.isfinite(reference)])
    if not len(known):
        return np.where(np.isfinite(values), 0.5, np.nan)
    middle = (np.searchsorted(known, values, "left") + np.searchsorted(known, values, "right")) / 2
    return np.where(np.isfinite(values), middle / len(known), np.nan)


def _z(before: FloatArray, after: FloatArray) -> float:
    """Return how many standard errors two samples are apart, by their mean or their share of nulls."""
    found = []
    for one, other in (
        (before[np.isfinite(before)], after[np.isfinite(after)]),
        (np.isnan(before) * 1.0, np.isnan(after) * 1.0),
    ):
        if min(len(one), len(other)) < 100:
            continue
        error = np.sqrt(one.var() / len(one) + other.var() / len(other))
        gap = abs(one.mean() - other.mean())
        found.append(gap / max(float(error), 1e-12) if gap > 1e-12 else 0.0)
    return float(max(found, default=0.0))


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
