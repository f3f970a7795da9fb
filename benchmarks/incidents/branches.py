"""A main line whose every commit was run: a public history's own, or one of mutations on top of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from benchmarks.incidents.clones import Clone
from benchmarks.incidents.histories import History
from benchmarks.incidents.pools import Input
from benchmarks.incidents.replay import Outputs, pool
from bisect_ml.types import FloatArray


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A line of first-parent steps, newest first, and what each state of the code computes.

    `made` tells a branch of mutations: what its messages say and how it was merged is not people's doing.
    """

    history: History
    clone: Clone
    line: tuple[str, ...]
    keys: dict[str, str]
    outputs: dict[str, Outputs]
    made: bool = False

    @classmethod
    def read(cls, history: History, path: Path, saved: Path, *, made: bool = False) -> "Branch":
        """Read what `outputs.py` or `mutants.py` saved of a clone."""
        found = json.loads(saved.read_text(encoding="utf-8"))
        line = tuple(sha for sha in found["line"] if found["outputs"].get(found["keys"][sha]))
        return cls(
            history=history,
            clone=Clone(path),
            line=line if made else _unbroken(found["line"], found),
            keys=found["keys"],
            outputs=found["outputs"],
            made=made,
        )

    def inputs(self, metric: str) -> list[Input]:
        """Return what the metric is fed with."""
        return pool(self.history.metrics[metric][1])

    def values(self, sha: str, metric: str) -> FloatArray | None:
        """Return what a commit computes, NaN for null; None where that is not known."""
        found = self.outputs.get(self.keys.get(sha, ""), {}).get(metric)
        return (
            None if found is None else np.array([np.nan if each is None else each for each in found], float)
        )

    def moves(self, newer: str, older: str, metric: str) -> bool | None:
        """Tell whether a metric differs between two commits, None where one of them cannot say."""
        after, before = self.values(newer, metric), self.values(older, metric)
        if after is None or before is None:
            return None
        return not np.array_equal(after, before, equal_nan=True)

    def moving(self, metric: str) -> list[int]:
        """Return the places of the line whose step moves a metric."""
        return [
            place
            for place in range(len(self.line) - 1)
            if self.moves(self.line[place], self.line[place + 1], metric)
        ]

    def culprits(self, sha: str, metric: str) -> set[str]:
        """Return a step that moves a metric and those of the commits it brought that do."""
        inner = self._brought.setdefault(sha, self.clone.brought(sha))
        return {sha} | {each for each in inner if self._moved(each, metric)}

    def brought(self, sha: str) -> Sequence[str]:
        """Return the commits that a step brought, without the step."""
        return self._brought.setdefault(sha, self.clone.brought(sha))

    def _moved(self, sha: str, metric: str) -> bool:
        parents = self.clone.parents(sha)
        return len(parents) == 1 and bool(self.moves(sha, parents[0], metric))

    @cached_property
    def _brought(self) -> dict[str, list[str]]:
        return {}


def _unbroken(line: Sequence[str], found: dict[str, dict[str, object]]) -> tuple[str, ...]:
    """Return the line from its first commit that runs; what does not run later says nothing, and stays."""
    runs = [bool(found["outputs"].get(str(found["keys"][sha]))) for sha in line]
    return tuple(line[runs.index(True) :]) if any(runs) else ()
