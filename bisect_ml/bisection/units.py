"""The history between a good and a bad commit, as the search walks it: lines, and lines inside merges."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

# A share of the weight is given to all commits alike: where the ranking is wrong, the search still halves.
UNIFORM_SHARE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A step of a line of first parents, and what it brought.

    `parent` is its first parent, None for a root. `own` is how likely the commit itself is the culprit,
    `weight` how likely it or what it brought is. `branches` are the lines that a merge brought, one per
    further parent, each oldest first; those that brought nothing new are left out.
    """

    sha: str
    parent: str | None
    own: float
    weight: float
    branches: tuple[tuple["Unit", ...], ...] = ()

    def shas(self) -> Iterator[str]:
        """Yield what it brought, then the step itself."""
        for branch in self.branches:
            for unit in branch:
                yield from unit.shas()
        yield self.sha


def line_of(
    tip: str, parents: Mapping[str, Sequence[str]], probabilities: Mapping[str, float]
) -> tuple[Unit, ...]:
    """Split a range of history into the steps of its first-parent line, oldest first.

    A commit belongs to the oldest step that brings it.

    Args:
        tip: The newest commit of the range.
        parents: The commits of the range, each with its parents, inside the range or not.
        probabilities: How likely each commit is the culprit; what is missing counts as hardly likely.
    """
    known = sum(probabilities.get(sha, 0.0) for sha in parents)
    even = 1 / max(1, len(parents))
    if known > 0:
        weights = {
            sha: (1 - UNIFORM_SHARE) * probabilities.get(sha, 0.0) / known + UNIFORM_SHARE * even
            for sha in parents
        }
    else:
        weights = dict.fromkeys(parents, even)
    return _line(tip, set(parents), parents, weights)


def _line(
    tip: str, left: set[str], parents: Mapping[str, Sequence[str]], weights: Mapping[str, float]
) -> tuple[Unit, ...]:
    """Take a line and all that it brought out of what is left of the range."""
    steps: list[str] = []
    sha: str | None = tip
    while sha is not None and sha in left:
        steps.append(sha)
        sha = next(iter(parents[sha]), None)
    left.difference_update(steps)
    line = []
    for step in reversed(steps):
        branches = tuple(
            branch for other in parents[step][1:] if (branch := _line(other, left, parents, weights))
        )
        brought = sum(unit.weight for branch in branches for unit in branch)
        line.append(
            Unit(
                sha=step,
                parent=next(iter(parents[step]), None),
                own=weights[step],
                weight=weights[step] + brought,
                branches=branches,
            )
        )
    return tuple(line)


def ancestors_within(tip: str, inside: Collection[str], parents: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the commits of `inside` that a commit reaches without leaving it, itself included."""
    found: set[str] = set()
    pending = [tip]
    while pending:
        sha = pending.pop()
        if sha in inside and sha not in found:
            found.add(sha)
            pending.extend(parents[sha])
    return found
