"""The search for the commit that turned good into bad: which one to run next, and when to stop.

What is left of the range at any time is what the deepest bad commit reaches and no good one does. The
next run is the one that is expected to tell most about where the culprit lies in it, by how likely each
commit is. The search ends when a commit was seen bad and its first parent good, which is a true step
whatever the history holds besides (broken, mended, broken again).
"""

import math
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np

from bisect_ml.bisection.reach import Mask, Places, Reach
from bisect_ml.types import FloatArray

Outcome = Literal["good", "bad", "skipped"]

# A share of the weight is given to all commits alike: where the ranking is wrong, the search still halves.
UNIFORM_SHARE = 0.1
# Work in progress inside a branch builds less often than what was merged: of two runs that tell as much,
# that of the main line is taken.
BUILDS_INSIDE = 0.995
# What a run is worth, in nats, where it will be needed to show the end of the search. Found by playing
# searches in tangled histories: anything from 0.1 to 0.7 saves about as much.
NEEDED_ANYWAY = 0.3
# No run is believed more than this, so that answers that contradict each other still add up.
LEAST_ERROR = 1e-6
# A reading counts once it is this sure; the two that the search ends with must be surer, taken together.
DECIDED = math.log(0.95 / 0.05)
CERTAIN = 0.99
# After this many builds of a range that do not run, what lies among them is not tried.
PATIENCE = 8
HOPELESS = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where the search ended.

    `culprit` is bad while its first parent is good; None where it hides among builds that do not run.
    `among` are then the commits that it is one of, parents first. `merge` is the step of the main line
    that brought it, where that is another commit. `probability` is how surely the runs show it, given how
    often they err. `remark` says what is unusual about the answer.
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


def search(
    parents: Mapping[str, Sequence[str]],
    probabilities: Mapping[str, float],
    *,
    errors: ErrorRates | None = None,
) -> Search:
    """Look for the commit that turned good into bad.

    A generator: it yields the commit to run next, is sent the outcome, and returns what it found. It may
    yield the same commit again where runs err: each time asks for a fresh run.

    Args:
        parents: The commits of the range with their parents, parents first. The last one is bad; what lies
            outside of the range is good.
        probabilities: How likely each commit is the culprit; what is missing counts as hardly likely.
        errors: How often runs mislead.
    """
    reach = Reach(parents)
    state = _State(reach=reach, weights=_weights(reach, probabilities), errors=errors or ErrorRates())
    state.log_odds[-1] = math.inf
    while True:
        step = _next_step(state)
        if isinstance(step, Found):
            return step
        state.hear(step, (yield reach.shas[step]))


def _weights(reach: Reach, probabilities: Mapping[str, float]) -> FloatArray:
    even = np.full(len(reach), 1 / len(reach))
    given = np.array([max(0.0, probabilities.get(sha, 0.0)) for sha in reach.shas])
    if not given.sum() > 0:
        return even
    return np.asarray((1 - UNIFORM_SHARE) * given / given.sum() + UNIFORM_SHARE * even)


@dataclass(slots=True)
class _State:
    """What is known of each commit: the log odds that it is bad, and whether it runs at all."""

    reach: Reach
    weights: FloatArray
    errors: ErrorRates
    log_odds: FloatArray = field(init=False)
    skipped: Mask = field(init=False)
    main: Mask = field(init=False)

    def __post_init__(self) -> None:
        count = len(self.reach)
        self.log_odds = np.zeros(count)
        self.skipped = np.zeros(count, dtype=np.bool_)
        self.main = np.zeros(count, dtype=np.bool_)
        self.main[list(self.reach.main_line())] = True

    def hear(self, place: int, outcome: Outcome) -> None:
        if outcome == "skipped":
            self.skipped[place] = True
            return
        false_bad = max(LEAST_ERROR, self.errors.false_bad)
        false_good = max(LEAST_ERROR, self.errors.false_good)
        if outcome == "bad":
            self.log_odds[place] += math.log((1 - false_good) / false_bad)
        else:
            self.log_odds[place] += math.log(false_good / (1 - false_bad))

    def is_bad(self, place: int) -> bool:
        return bool(self.log_odds[place] >= DECIDED)

    def is_good(self, place: int | None) -> bool:
        return place is None or bool(self.log_odds[place] <= -DECIDED)

    def left_of(self, bad: int) -> Mask:
        """Return what a bad commit reaches and none of the good ones that it reaches does."""
        left = self.reach.of(bad)
        for place in np.flatnonzero(left & (self.log_odds <= -DECIDED)):
            if left[place]:
                left &= ~self.reach.of(int(place))
        left[bad] = True
        return left

    def deepest(self) -> tuple[int, Mask]:
        """Return the bad commit that the search is about, and what is left of the range behind it."""
        bad = len(self.reach) - 1
        left = self.left_of(bad)
        while True:
            below = [
                int(place) for place in np.flatnonzero(left & (self.log_odds >= DECIDED)) if place != bad
            ]
            parent = self.reach.first_parents[bad]
            if parent is not None and self.is_bad(parent) and parent not in below:
                below.append(parent)
            if not below:
                return bad, left
            bad, left = min(
                ((place, self.left_of(place)) for place in below), key=lambda pair: (pair[1].sum(), pair[0])
            )

    def certainty(self, *places: int | None) -> float:
        """Return how surely some commits are what they seem.

        Of all commits that were run the search ends at the ones that fit, so each doubt counts as often as
        there were commits (Bonferroni).
        """
        odds = [abs(float(self.log_odds[place])) for place in places if place is not None]
        doubt = 1 - math.prod(1 / (1 + math.exp(-each)) for each in odds)
        tried = np.isfinite(self.log_odds) & (self.log_odds != 0)
        return max(0.0, 1 - doubt * max(1, int(tried.sum())))


def _next_step(state: _State) -> int | Found:
    """Return the commit to run next, or where the search ended."""
    bad, left = state.deepest()
    inside = left.copy()
    inside[bad] = False
    doubtful = np.flatnonzero(inside & (state.log_odds != 0))
    if len(doubtful):
        return int(doubtful[np.argmax(np.abs(state.log_odds[doubtful]))])
    open_ones = np.flatnonzero(inside & ~state.skipped)
    if len(open_ones):
        chances = _skip_chances(state, left, open_ones)
        stuck = int((left & state.skipped).sum())
        if stuck < PATIENCE or (chances < HOPELESS).any():
            return _most_telling(state, left, open_ones, chances)
    if inside.any():
        return _hidden(state, bad, left)
    return _verified(state, bad)


def _most_telling(state: _State, left: Mask, open_ones: Places, chances: FloatArray) -> int:
    """Return the commit whose run is expected to tell most: the entropy of its outcome, if it builds.

    To see the culprit itself bad and its parent good is needed in the end anyway, so runs that are
    likely to be one of the two count more.
    """
    weights = np.where(left, state.weights, 0.0)
    weights /= weights.sum()
    shares = state.reach.sums(weights)[open_ones]
    entropy = -shares * np.log(shares) - (1 - shares) * np.log1p(-shares)
    ends = weights.copy()
    for place in np.flatnonzero(left):
        parent = state.reach.first_parents[int(place)]
        if parent is not None:
            ends[parent] += weights[place]
    builds = (1 - chances) * np.where(state.main[open_ones], 1.0, BUILDS_INSIDE)
    told = (entropy + NEEDED_ANYWAY * ends[open_ones]) * builds
    # Rounded, so that equal commits stay equal whatever the order in which their weights were summed.
    return int(open_ones[np.argmax(np.round(told, 9))])


def _skip_chances(state: _State, left: Mask, open_ones: Places) -> FloatArray:
    """Return how likely each build does not run: breakage comes in stretches, and long ones are long."""
    order = np.cumsum(left)
    stuck = order[left & state.skipped]
    if not len(stuck):
        return np.zeros(len(open_ones))
    at = order[open_ones]
    stretch = 1 + stuck.max() - stuck.min()
    distance = np.abs(at[:, None] - stuck[None, :]).min(axis=1)
    between = (at > stuck.min()) & (at < stuck.max())
    return np.where(between, 1 - 0.5 ** len(stuck), 0.5 ** (distance / stretch))


def _verified(state: _State, bad: int) -> int | Found:
    """Return where the search ended, or what must be run to be sure that the parent is good."""
    parent = state.reach.first_parents[bad]
    culprit = state.reach.shas[bad]
    if parent is not None and state.skipped[parent] and not state.is_good(parent):
        remark = "its parent could not run, so the step from good to bad was not seen itself"
        return Found(
            culprit=culprit, probability=state.certainty(bad), merge=_merge(state, bad), remark=remark
        )
    if not state.is_good(parent):
        return parent if parent is not None else bad
    certainty = state.certainty(bad, parent)
    if certainty < CERTAIN:
        ends = [bad] if parent is None else [bad, parent]
        return min(ends, key=lambda place: abs(state.log_odds[place]))
    return Found(culprit=culprit, probability=certainty, merge=_merge(state, bad))


def _hidden(state: _State, bad: int, left: Mask) -> Found:
    among = tuple(state.reach.shas[int(place)] for place in np.flatnonzero(left))
    stuck = int((left & state.skipped).sum())
    builds = "a build that does" if stuck == 1 else f"{stuck} builds that do"
    return Found(
        culprit=None,
        probability=0.0,
        merge=_merge(state, bad),
        among=among,
        remark=f"it hides behind {builds} not run",
    )


def _merge(state: _State, place: int) -> str | None:
    """Return the step of the main line that brought a commit, None where it is a step of it itself."""
    if state.main[place]:
        return None
    line = state.reach.main_line()
    return next(state.reach.shas[step] for step in line if state.reach.of(step)[place])
