"""The whole search: along the first parents, then inside the merge that is found, and on inwards."""

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from bisect_ml.bisection.line import CERTAIN, Line
from bisect_ml.bisection.units import Unit

Outcome = Literal["good", "bad", "skipped"]

# No run is believed more than this, so that answers that contradict each other still add up.
LEAST_ERROR = 1e-6
# Where a branch begins or ends is settled once for the search within it.
SETTLED = math.log(CERTAIN / (1 - CERTAIN))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where the search ended.

    `culprit` is bad while its first parent is good; None where it hides among builds that do not run, or
    whose parent could not be judged. `among` are then the commits that it is one of, oldest first.
    `merge` is the step of the main line that brought the culprit, where that is another commit.
    `probability` is how surely the runs show it, given how often they err. `remark` says what is
    unusual about the answer.
    """

    culprit: str | None
    probability: float
    merge: str | None = None
    among: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRates:
    """How often a run of a good commit looks bad, and one of a bad commit good."""

    false_bad: float = 0.0
    false_good: float = 0.0


Search: TypeAlias = Generator[str, Outcome, Found]


def search(base: str, line: Sequence[Unit], *, errors: ErrorRates | None = None) -> Search:
    """Look for the commit that turned good into bad.

    A generator: it yields the commit to run next, is sent the outcome, and returns what it found. It may
    yield the same commit again where runs err: each time asks for a fresh run.

    Args:
        base: The good commit before the line.
        line: The first-parent line from `base` on, oldest first; its last unit is bad.
        errors: How often runs mislead.
    """
    readings = _Readings(errors or ErrorRates())
    readings.log_odds |= {base: -math.inf, line[-1].sha: math.inf}
    readings.inside = {sha for unit in line for sha in unit.shas()}
    low, high = yield from _along(base, line, readings)
    if high - low > 1:
        return _hidden(line[low:high], readings)
    unit = line[high - 1]
    good = base if low == 0 else line[low - 1].sha
    found = yield from _inside(good, unit, readings)
    return found if found.culprit in (unit.sha, None) else replace(found, merge=unit.sha)


@dataclass(slots=True)
class _Readings:
    """What was heard of each commit so far: the log odds that it is bad, and whether it runs at all."""

    errors: ErrorRates
    log_odds: dict[str, float] = field(default_factory=dict)
    skipped: set[str] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)

    def hear(self, sha: str, outcome: Outcome) -> None:
        if outcome == "skipped":
            self.skipped.add(sha)
            return
        false_bad, false_good = (
            max(LEAST_ERROR, rate) for rate in (self.errors.false_bad, self.errors.false_good)
        )
        if outcome == "bad":
            change = math.log((1 - false_good) / false_bad)
        else:
            change = math.log(false_good / (1 - false_bad))
        self.log_odds[sha] = self.log_odds.get(sha, 0.0) + change

    def is_bad(self, sha: str) -> bool:
        return self.log_odds.get(sha, 0.0) >= SETTLED

    def certainty(self, *shas: str) -> float:
        """Return how surely these are what they seem, of all commits that were run."""
        doubt = 1 - math.prod(1 / (1 + math.exp(-abs(self.log_odds.get(sha, 0.0)))) for sha in shas)
        return max(0.0, 1 - doubt * max(1, sum(math.isfinite(odds) for odds in self.log_odds.values())))


def _along(
    before: str, units: Sequence[Unit], readings: _Readings, *, last: Unit | None = None
) -> Generator[str, Outcome, tuple[int, int]]:
    """Narrow a line down to an edge: positions count from 0, which is `before`.

    `last` is a merge that follows the line and is bad; it counts by itself, without what it brought.
    """
    shas = [before, *(unit.sha for unit in units)]
    weights = [unit.weight for unit in units]
    if last is not None:
        shas.append(last.sha)
        weights.append(last.own)
    while True:
        line = Line(
            weights=weights,
            # A branch begins at code that is taken to be good until it is run.
            log_odds=[
                -math.inf if not at and sha not in readings.log_odds else readings.log_odds.get(sha, 0.0)
                for at, sha in enumerate(shas)
            ],
            skipped={at for at, sha in enumerate(shas) if sha in readings.skipped},
        )
        position = line.next_position()
        if position is None:
            return line.edge()
        readings.hear(shas[position], (yield shas[position]))


def _inside(good: str, unit: Unit, readings: _Readings) -> Search:
    """Look into a unit that is bad while its first parent is good."""
    itself = Found(culprit=unit.sha, probability=readings.certainty(good, unit.sha))
    if not unit.branches:
        return itself
    if len(unit.branches) > 1:
        return (yield from _inside_octopus(unit, readings, itself))
    return (yield from _inside_branch(unit.branches[0], unit, readings, itself))


def _inside_octopus(unit: Unit, readings: _Readings, itself: Found) -> Search:
    """Run the tip of each branch of a merge of several, and look into the first that is bad."""
    for branch in unit.branches:
        yield from _decide(branch[-1].sha, readings)
        if readings.is_bad(branch[-1].sha):
            return (yield from _inside_branch(branch, None, readings, itself))
    if any(branch[-1].sha in readings.skipped for branch in unit.branches):
        return _hidden([unit], readings)
    return itself


def _inside_branch(branch: Sequence[Unit], last: Unit | None, readings: _Readings, itself: Found) -> Search:
    fork = branch[0].parent or ""
    broken = replace(itself, remark="the branch was bad before it left the main line")
    if fork in readings.log_odds:
        yield from _decide(fork, readings)
    if readings.is_bad(fork):
        return broken
    low, high = yield from _along(fork, branch, readings, last=last)
    units = [*branch, *([last] if last else [])]
    if high - low > 1:
        hidden = _hidden(units[low:high], readings)
        # What the merge brought stands in the range by itself; the merge is only one more commit.
        own = [unit.sha for unit in units[low:high] if unit is last]
        among = [sha for unit in units[low:high] if unit is not last for sha in unit.shas()]
        return replace(hidden, among=(*among, *own))
    if high > len(branch):
        return itself
    if low == 0:
        if fork in readings.inside:
            yield from _decide(fork, readings)
        if readings.is_bad(fork):
            return broken
        if fork in readings.skipped:
            remark = "its parent could not run, so the step from good to bad was not seen itself"
            found = yield from _inside(fork, branch[0], readings)
            return replace(found, remark=remark)
        readings.log_odds.setdefault(fork, -math.inf)
    good = fork if low == 0 else branch[low - 1].sha
    return (yield from _inside(good, branch[high - 1], readings))


def _decide(sha: str, readings: _Readings) -> Generator[str, Outcome, None]:
    """Run a commit until it is surely good or bad, and leave it at that, or until it turns out not to run."""
    while abs(readings.log_odds.get(sha, 0.0)) < SETTLED and sha not in readings.skipped:
        readings.hear(sha, (yield sha))
    if sha not in readings.skipped:
        readings.log_odds[sha] = math.copysign(math.inf, readings.log_odds[sha])


def _hidden(units: Sequence[Unit], readings: _Readings) -> Found:
    among = tuple(sha for unit in units for sha in unit.shas())
    stuck = sum(sha in readings.skipped for sha in among)
    builds = "a build that does" if stuck == 1 else f"{stuck} builds that do"
    return Found(culprit=None, probability=0.0, among=among, remark=f"it hides behind {builds} not run")
