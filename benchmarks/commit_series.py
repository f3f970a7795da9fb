"""Seeded series with a point a commit, short and irregular, as benchmark machines write them.

Thirty to three hundred points of counts, sizes, times or losses, each with a habit of noise of its own; what
changed is known. Sizes of steps are in deviations of the noise beside them, or a share of the value where
there is none.
"""

from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.detection_series import Case
from bisect_ml.types import FloatArray

HOUR_S = 3600.0
CHANGES = ("none", "step", "two steps", "there and back")
SIZES = (4.0, 12.0)  # deviations


def commit_cases(seed: int, clean: int, changed: int) -> Iterator[Case]:
    """`clean` unchanged series of each habit, and `changed` of each habit and change."""
    for habit in HABITS:
        for change in CHANGES:
            for k in range(clean if change == "none" else changed):
                key = [seed, list(HABITS).index(habit), CHANGES.index(change), k]
                yield make_commits(habit, change, np.random.default_rng(key))


def make_commits(habit: str, change: str, rng: np.random.Generator) -> Case:
    """One series of 30 to 300 points, at the times of people who commit by day."""
    n = int(np.exp(rng.uniform(np.log(30), np.log(300))))
    truth = _places(change, n, rng)
    steps = np.zeros(n)
    for k, at in enumerate(truth):
        back = change == "there and back" and k == 1
        size = -steps[-1] if back else rng.choice([-1.0, 1.0]) * rng.uniform(*SIZES)
        steps[at:] += size
    times = 1.6e9 + np.cumsum(rng.exponential(8 * HOUR_S, n) * rng.choice([0.05, 1.0, 3.0], n) + 60)
    return Case(
        noise=habit,
        change=change,
        values=HABITS[habit](n, steps, rng) * 10 ** rng.uniform(-2, 6),
        truth=truth,
        times=np.asarray(times, dtype=np.float64),
    )


def _places(change: str, n: int, rng: np.random.Generator) -> tuple[int, ...]:
    if change == "none":
        return ()
    if change == "step":
        return (int(rng.integers(6, n - 5)),)
    first = int(rng.integers(6, n // 2 - 2))
    return first, int(rng.integers(first + max(6, n // 10), n - 5))


def _times(scale: float) -> Callable[[int, FloatArray, np.random.Generator], FloatArray]:
    """A run time with multiplicative noise of one deviation: a step of k deviations is (1 + scale) ** k."""

    def habit(n: int, steps: FloatArray, rng: np.random.Generator) -> FloatArray:
        return np.asarray(100 * np.exp(scale * (steps + rng.standard_normal(n))))

    return habit


def _still(n: int, steps: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Instructions or bytes: no noise but a unit now and then."""
    return np.asarray(np.round(1e4 * (1 + 0.004 * steps)) + (rng.random(n) < 0.03))


def _bimodal(n: int, steps: FloatArray, rng: np.random.Generator) -> FloatArray:
    """A machine with two speeds, drawn anew for every run."""
    slow = rng.random(n) < rng.uniform(0.1, 0.5)
    return np.asarray(100 + steps + 3 * slow + 0.6 * rng.standard_normal(n))


def _drifting(n: int, steps: FloatArray, rng: np.random.Generator) -> FloatArray:
    """A machine that warms up and cools down over days."""
    walk = np.zeros(n)
    for k in range(1, n):
        walk[k] = 0.9 * walk[k - 1] + 0.3 * rng.standard_normal()
    return np.asarray(100 + 1.3 * steps + walk + rng.standard_normal(n))


def _quantised(n: int, steps: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Small whole numbers of a coarse clock."""
    return np.asarray(np.round(15 + steps + rng.standard_normal(n)))


def _uneven(n: int, steps: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Noise that is three times louder in one part of the series."""
    loud = np.where(np.arange(n) < rng.uniform(0.2, 0.8) * n, 1.0, 3.0)
    return np.asarray(100 + 3 * steps + loud * rng.standard_normal(n))


def _outliers(n: int, steps: FloatArray, rng: np.random.Generator) -> FloatArray:
    """One run in twelve collides with another and takes longer, sometimes much longer."""
    hit = rng.random(n) < 0.08
    return np.asarray(100 + steps + rng.standard_normal(n) + np.where(hit, rng.exponential(15, n), 0))


def _loss(n: int, steps: FloatArray, rng: np.random.Generator) -> FloatArray:
    """A loss that gets better by itself, ever more slowly."""
    return np.asarray(2 + np.exp(-np.arange(n) / (n / 3)) + 0.02 * (steps + rng.standard_normal(n)))


HABITS: dict[str, Callable[[int, FloatArray, np.random.Generator], FloatArray]] = {
    "quiet times": _times(0.01),
    "loud times": _times(0.4),
    "still": _still,
    "bimodal": _bimodal,
    "drifting": _drifting,
    "quantised": _quantised,
    "uneven": _uneven,
    "outliers": _outliers,
    "loss": _loss,
}
