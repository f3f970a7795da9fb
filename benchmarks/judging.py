"""What answers are worth: found breaks, ranks, Brier score, calibration, and each scorer's share in them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np

from bisect_ml.suspects import Earlier
from bisect_ml.types import FloatArray

Feature: TypeAlias = tuple[str, str]
"""A scorer and one of its levels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A reported break as the fit sees it: what is said of each candidate, and which of them did it.

    The last candidate is no deploy, which is right where no code did it. `guilty` is all zero where code
    did it and the culprit is not among the candidates. `merges` has for each candidate the place of the
    merge that it came by, None where it came by none.
    """

    fixed: FloatArray
    timing: FloatArray
    terms: tuple[dict[Feature, float], ...]
    guilty: FloatArray
    changes: tuple[str, ...]
    guilty_changes: frozenset[str]
    right_deploy: FloatArray
    merges: tuple[int | None, ...]
    earlier: tuple[Earlier, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A case: how many breaks it has and how many were found, and an example of each reported one.

    `expected` counts the reported breaks that are true ones or fall into an outside event.
    """

    id: str
    history: str
    language: str
    kind: str
    made: bool
    held_out: bool
    minutes_after_a_deploy: float | None
    breaks: int
    found: int
    expected: int
    examples: tuple[Example, ...]
    cpu_s: float = 0.0


Answer: TypeAlias = Callable[[Example], FloatArray]
"""What gives each candidate of an example its probability."""

_COLUMNS = (
    "cases", "recall", "precision", "where code is blamed", "deploy", "top-1", "top-3", "change top-1",
    "no deploy", "no deploy, minutes after one", "Brier", "calibration error",
)  # fmt: skip
HEADER = " | ".join(_COLUMNS)


@dataclass(slots=True)
class Tally:
    """Everything that the figures are means of."""

    cases: int = 0
    breaks: int = 0
    found: int = 0
    reported: int = 0
    expected: int = 0
    blamed: list[bool] = field(default_factory=list)
    ranks: list[int | None] = field(default_factory=list)
    deploys: list[bool] = field(default_factory=list)
    changes: list[bool] = field(default_factory=list)
    nobody: list[bool] = field(default_factory=list)
    nobody_close: list[bool] = field(default_factory=list)
    brier: list[float] = field(default_factory=list)
    tops: list[tuple[float, float]] = field(default_factory=list)

    def add(self, one: Answered, answers: Sequence[FloatArray]) -> None:
        """Count a case with the answer to each of its examples."""
        self.cases += 1
        self.breaks += one.breaks
        self.found += one.found
        self.reported += len(one.examples)
        self.expected += one.expected
        blames = False
        for example, p in zip(one.examples, answers, strict=True):
            best = int(np.argmax(p))
            guilty = example.guilty > 0
            blames |= best < len(p) - 1
            self.tops.append((float(p[best]), float(guilty[best])))
            self.brier.append(float((1 - p[guilty].sum()) ** 2 + (p[~guilty] ** 2).sum()))
            if best < len(p) - 1:
                self.blamed.append(not guilty[-1])
            if not guilty[-1]:
                self._rank(example, p)
        self.ranks += [None] * (one.breaks - one.found)
        self.deploys += [False] * (one.breaks - one.found)
        self.changes += [False] * (one.breaks - one.found)
        if not one.breaks:
            close = one.minutes_after_a_deploy is not None and one.minutes_after_a_deploy <= 30
            (self.nobody_close if close else self.nobody).append(not blames)

    def _rank(self, example: Example, p: FloatArray) -> None:
        order = np.argsort(-p[:-1], kind="stable")
        places = np.flatnonzero(example.guilty[:-1][order] > 0)
        self.ranks.append(1 + int(places[0]) if len(places) else None)
        self.deploys.append(bool(len(order)) and bool(example.right_deploy[order[0]]))
        by_change: defaultdict[str, float] = defaultdict(float)
        for change, probability in zip(example.changes[:-1], p[:-1], strict=True):
            by_change[change] += float(probability)
        best = max(by_change, key=lambda each: by_change[each], default="")
        self.changes.append(best in example.guilty_changes)

    def figures(self) -> tuple[float, ...]:
        """Return the figures in the order of the header."""
        return (
            self.cases,
            _share(self.found, self.breaks),
            _share(self.expected, self.reported),
            _mean(self.blamed),
            _mean(self.deploys),
            _mean([rank == 1 for rank in self.ranks]),
            _mean([rank is not None and rank <= 3 for rank in self.ranks]),
            _mean(self.changes),
            _mean(self.nobody),
            _mean(self.nobody_close),
            _mean(self.brier),
            calibration_error(self.tops),
        )

    def __str__(self) -> str:
        cases, *rest, calibration = self.figures()
        shown = [_figure(each, 2) for each in rest]
        return " | ".join([str(int(cases)), *shown, _figure(calibration, 3)])


def _figure(value: float, digits: int) -> str:
    return "–" if np.isnan(value) else f"{value:.{digits}f}"


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else float("nan")


def judge(cases: Iterable[Answered], answer: Answer) -> Tally:
    """Return what the answers to all reported breaks of the cases are worth."""
    tally = Tally()
    for one in cases:
        tally.add(one, [answer(each) for each in one.examples])
    return tally


def calibration_error(pairs: Sequence[tuple[float, float]], bins: int = 10) -> float:
    """Return the mean distance between the probability of the first answer and how often it was right."""
    if not pairs:
        return float("nan")
    off = (len(group) * abs(expected - right) for group, expected, right in _groups(pairs, bins))
    return float(sum(off) / len(pairs))


def _groups(
    pairs: Sequence[tuple[float, float]], bins: int
) -> Iterable[tuple[Sequence[tuple[float, float]], float, float]]:
    groups: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for probability, right in pairs:
        groups[min(bins - 1, int(probability * bins))].append((probability, right))
    for _, group in sorted(groups.items()):
        yield group, _mean([p for p, _ in group]), _mean([y for _, y in group])


def reliability(pairs: Sequence[tuple[float, float]], bins: int = 10) -> str:
    """Return a table of how often the first answer was right, by the probability it was given."""
    lines = ["| probability of the first answer | answers | mean probability | right |", "|---|---|---|---|"]
    for group, expected, right in _groups(pairs, bins):
        low = min(bins - 1, int(group[0][0] * bins)) / bins
        lines.append(f"| {low:.1f} to {low + 1 / bins:.1f} | {len(group)} | {expected:.2f} | {right:.2f} |")
    return "\n".join(lines)


def without(one: Answered, scorer: str) -> Answered:
    """Return a case in which a scorer says nothing."""
    return replace(one, examples=tuple(_without(each, scorer) for each in one.examples))


def _without(example: Example, scorer: str) -> Example:
    if scorer == "timing":
        return replace(example, timing=np.zeros_like(example.timing))
    kept = tuple(
        {feature: value for feature, value in terms.items() if feature[0] != scorer}
        for terms in example.terms
    )
    return replace(example, terms=kept)
