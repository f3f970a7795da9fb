"""The part of history that tells deploys apart, from one walk."""

from collections.abc import Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bisect_ml.types import Change, Step

# Git meets commits by date. A commit whose clock ran behind its parents' by up to this much is still
# met before the walk may end.
CLOCK_SKEW = timedelta(days=30)


class Historian(Protocol):
    """The part of a repository that release ranges need; `bisect_ml.sources.Repository` is one."""

    @property
    def boundary(self) -> frozenset[str]:
        """The commits whose parents a shallow clone does not have."""

    def walk(self, tips: Iterable[str]) -> Generator[Step, None, None]:
        """Yield the ancestors of some commits, the commits included, newest commit date first."""


@dataclass(frozen=True, slots=True)
class Ancestry:
    """The part of history that tells deploys apart, and which of them reach each commit of it.

    `steps` are in the order of the walk, newest first. `reached_by` holds one bit per tip. A commit that
    is not in `steps` is reached by every tip, or by none.
    """

    steps: Mapping[str, Step]
    reached_by: Mapping[str, int]
    bits: Mapping[str, int]
    order: Mapping[str, int]
    boundary: frozenset[str]

    @classmethod
    def read(cls, history: Historian, shas: Iterable[str]) -> "Ancestry":
        """Walk from the deployed commits back to where all that is left is common to them."""
        bits = {sha: 1 << number for number, sha in enumerate(dict.fromkeys(shas))}
        steps: dict[str, Step] = {}
        reached = dict(bits)
        if len(bits) > 1:
            with closing(history.walk(bits)) as walk:
                _paint(walk, steps, reached, every=(1 << len(bits)) - 1)
        order = {sha: number for number, sha in enumerate(steps)}
        return cls(steps=steps, reached_by=reached, bits=bits, order=order, boundary=history.boundary)

    def only(self, new: str, old: str) -> set[str]:
        """Return the commits that `new` reaches and `old` does not: `old..new`."""
        bit = self.bits[old]
        found: set[str] = set()
        pending = [new]
        while pending:
            sha = pending.pop()
            if sha in self.steps and sha not in found and not self.reached_by[sha] & bit:
                found.add(sha)
                pending.extend(self.steps[sha].parents)
        return found

    def changes(self, tip: str, inside: set[str]) -> tuple[Change, ...]:
        """Split a range that ends at `tip` into first-parent steps, newest first.

        A commit belongs to the oldest step that brings it: to the merge it first came by.
        """
        line: list[str] = []
        sha: str | None = tip
        while sha is not None and sha in inside:
            line.append(sha)
            sha = next(iter(self.steps[sha].parents), None)
        left = inside.difference(line)
        changes = []
        for sha in reversed(line):
            brought = self._take(self.steps[sha].parents[1:], left)
            commits = (sha, *sorted(brought, key=self.order.__getitem__))
            changes.append(Change(sha=sha, commits=commits, pull_request=self.steps[sha].pull_request))
        return tuple(reversed(changes))

    def _take(self, tips: Iterable[str], left: set[str]) -> list[str]:
        """Remove from `left` what the tips reach in it, and return that."""
        taken = []
        pending = list(tips)
        while pending:
            sha = pending.pop()
            if sha in left:
                left.remove(sha)
                taken.append(sha)
                pending.extend(self.steps[sha].parents)
        return taken


def _paint(walk: Iterable[Step], steps: dict[str, Step], reached: dict[str, int], *, every: int) -> None:
    """Read a walk until all that is left is reached by every tip, and note who reaches what.

    Args:
        walk: The ancestors of the tips.
        steps: Filled with the steps that were read.
        reached: The bits of the tips that reach each commit; holds the tips themselves at first.
        every: The bits of all tips.
    """
    unsettled = {sha for sha, bits in reached.items() if bits != every}
    oldest = datetime.max.replace(tzinfo=UTC)
    for step in walk:
        steps[step.sha] = step
        unsettled.discard(step.sha)
        _spread(step.sha, steps, reached, unsettled, every)
        if reached[step.sha] != every:
            oldest = min(oldest, step.committed_at)
        elif not unsettled and step.committed_at + CLOCK_SKEW < oldest:
            return


def _spread(
    sha: str, steps: Mapping[str, Step], reached: dict[str, int], unsettled: set[str], every: int
) -> None:
    """Tell the ancestors of a commit, as far as they were read, which tips reach them.

    A commit may be read before some of its children: then what they add is passed on here.
    """
    pending = [sha]
    while pending:
        child = pending.pop()
        for parent in steps[child].parents:
            before = reached.get(parent, 0)
            after = before | reached[child]
            if after == before:
                continue
            reached[parent] = after
            if parent in steps:
                pending.append(parent)
            elif after == every:
                unsettled.discard(parent)
            else:
                unsettled.add(parent)
