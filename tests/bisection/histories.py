"""Histories for the search: made at random, with truths that say of each commit what a run of it shows."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bisect_ml.bisection import ErrorRates, Found, Outcome, search

Parents = Mapping[str, tuple[str, ...]]
BASE = "base"


@dataclass(frozen=True, kw_only=True)
class Played:
    """What a search found, and the commits that it ran, in order."""

    found: Found
    runs: tuple[str, ...]


@dataclass(kw_only=True)
class Truth:
    """What runs show: `bad` commits are bad, `broken` ones do not run, `error` of all runs mislead, and
    `missed` of those that should be bad.
    """

    bad: set[str]
    broken: set[str] = field(default_factory=set)
    error: float = 0.0
    missed: float = 0.0
    chance: random.Random = field(default_factory=lambda: random.Random(1))

    def __call__(self, sha: str) -> Outcome:
        if sha in self.broken:
            return "skipped"
        rate = max(self.error, self.missed if sha in self.bad else 0.0)
        misled = rate > 0 and self.chance.random() < rate
        return "bad" if (sha in self.bad) != misled else "good"


def straight(length: int) -> Parents:
    """A line of commits c1 … cN on the base."""
    return {f"c{n}": (f"c{n - 1}" if n > 1 else BASE,) for n in range(1, length + 1)}


def tangled(chance: random.Random, length: int) -> Parents:
    """A main line with branches, branches of branches, merges of the main line and of several branches."""
    parents: dict[str, tuple[str, ...]] = {}
    main, tips = BASE, list[str]()
    for number in range(1, length):
        sha = f"c{number}"
        roll = chance.random()
        if roll < 0.25:
            parents[sha] = (chance.choice([main, BASE, *parents][-4:]),)
            tips.append(sha)
        elif roll < 0.45 and tips:
            place = chance.randrange(len(tips))
            parents[sha] = (tips[place],)
            tips[place] = sha
        elif roll < 0.5 and tips:
            place = chance.randrange(len(tips))
            parents[sha] = (tips[place], main)
            tips[place] = sha
        elif roll < 0.7 and tips:
            count = min(len(tips), chance.choice([1, 1, 2]))
            joined = tuple(tips.pop(chance.randrange(len(tips))) for _ in range(count))
            parents[sha] = (main, *joined)
            main = sha
        else:
            parents[sha] = (main,)
            main = sha
    parents["tip"] = (main, *tips)
    return parents


def main_line(parents: Parents) -> list[str]:
    """The first parents from the tip on, oldest first."""
    line = [list(parents)[-1]]
    while parents[line[-1]][0] in parents:
        line.append(parents[line[-1]][0])
    return line[::-1]


def after(culprit: str, parents: Parents) -> set[str]:
    """The commits that descend from a culprit, itself included."""
    found = {culprit}
    for sha, above in parents.items():
        if found.intersection(above):
            found.add(sha)
    return found


def play(
    parents: Parents,
    truth: Callable[[str], Outcome],
    *,
    probabilities: Mapping[str, float] | None = None,
    errors: ErrorRates | None = None,
    limit: int = 2000,
) -> Played:
    """Run a search against a truth to its end."""
    asking = search(parents, probabilities or {}, errors=errors)
    runs: list[str] = []
    try:
        sha = next(asking)
        while len(runs) < limit:
            runs.append(sha)
            sha = asking.send(truth(sha))
    except StopIteration as end:
        return Played(found=end.value, runs=tuple(runs))
    raise AssertionError(f"no end after {limit} runs")
