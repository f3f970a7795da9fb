"""What answers are worth: ranks, Brier score, calibration, and each scorer's share in them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from bisect_ml.types import FloatArray

Feature: TypeAlias = tuple[str, str]
"""A scorer and one of its levels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An incident as the fit sees it: what is said of each candidate, and which of them did it."""

    history: str
    kind: str
    held_out: bool
    offsets: FloatArray
    terms: tuple[dict[Feature, float], ...]
    guilty: FloatArray
    changes: tuple[str, ...]
    guilty_changes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a fit is worth on examples that it has not seen."""

    incidents: int
    top1: float
    top3: float
    change_top1: float
    no_deploy: float
    brier: float
    calibration: float

    def __str__(self) -> str:
        return (
            f"{self.incidents:5d} | {self.top1:.2f} | {self.top3:.2f} | {self.change_top1:.2f}"
            f" | {self.no_deploy:.2f} | {self.brier:.2f} | {self.calibration:.3f}"
        )


HEADER = "incidents | top-1 | top-3 | change top-1 | no deploy | Brier | calibration error"


def judge(answers: Sequence[tuple[Example, FloatArray]]) -> Figures:
    """Return the figures of answers: ranks are of incidents that code caused, the rest of all."""
    ranks, changes, nobody, brier, tops = [], [], [], [], []
    for example, p in answers:
        guilty = example.guilty > 0
        brier.append((1 - p[guilty].sum()) ** 2 + (p[~guilty] ** 2).sum())
        best = int(np.argmax(p))
        tops.append((p[best], float(guilty[best])))
        if guilty[-1]:
            nobody.append(best == len(p) - 1)
            continue
        order = np.argsort(-p[:-1], kind="stable")
        ranks.append(1 + int(np.flatnonzero(guilty[order])[0]))
        by_change: Counter[str] = Counter()
        for change, probability in zip(example.changes[:-1], p[:-1], strict=True):
            by_change[change] += float(probability)  # type: ignore[assignment]
        changes.append(max(by_change, key=lambda each: by_change[each]) in example.guilty_changes)
    return Figures(
        incidents=len(answers),
        top1=float(np.mean(np.array(ranks) == 1)),
        top3=float(np.mean(np.array(ranks) <= 3)),
        change_top1=float(np.mean(changes)),
        no_deploy=float(np.mean(nobody)) if nobody else float("nan"),
        brier=float(np.mean(brier)),
        calibration=calibration_error(tops),
    )


def calibration_error(pairs: Sequence[tuple[float, float]], bins: int = 10) -> float:
    """Return the mean distance between the probability of the first answer and how often it was right."""
    groups: dict[int, list[tuple[float, float]]] = {}
    for probability, right in pairs:
        groups.setdefault(min(bins - 1, int(probability * bins)), []).append((probability, right))
    off = (len(g) * abs(np.mean([p for p, _ in g]) - np.mean([y for _, y in g])) for g in groups.values())
    return float(sum(off) / len(pairs))


_HEAD = """# What each scorer is worth

{incidents} incidents of {histories} public histories that the weights were not fitted to: {counts}.
Truth is by execution; the onset and the series are simulated, and the detector is left out. One row a scorer
that says something there: the figures without it, nothing fitted again.

Written by `python -m benchmarks.fit_weights CACHE --ablation docs/attribution.md`.

"""


def ablation(found: Sequence[Example], answer: Callable[[Example], FloatArray]) -> str:
    """Return a page with the figures of all answers, and without each scorer, on held-out incidents."""
    held = [each for each in found if each.held_out]
    kinds = Counter(each.kind.split(":")[0] for each in held)
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    lines = [
        f"| without | {HEADER} |",
        "|---|" + "---|" * (HEADER.count("|") + 1),
        f"| nothing | {judge([(each, answer(each)) for each in held])} |",
    ]
    said = {scorer for each in held for terms in each.terms for scorer, _ in terms} - {"prior", "deploy"}
    for scorer in sorted(said):
        cut = [replace(each, terms=tuple(_without(terms, scorer) for terms in each.terms)) for each in held]
        lines.append(f"| {scorer} | {judge([(each, answer(each)) for each in cut])} |")
    head = _HEAD.format(incidents=len(held), histories=len({each.history for each in held}), counts=counts)
    return head + "\n".join(lines) + "\n"


def _without(terms: dict[Feature, float], scorer: str) -> dict[Feature, float]:
    return {feature: value for feature, value in terms.items() if feature[0] != scorer}
