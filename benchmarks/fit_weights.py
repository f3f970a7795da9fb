"""Fit `bisect_ml/weights.toml` to incidents with known culprits, and report what the fit is worth.

    python -m benchmarks.fit_weights CACHE [--write] [--strength S] [--ablation docs/attribution.md]

CACHE holds what `benchmarks.incidents.make` wrote. One conditional logit over the candidates of each
incident, `NO_DEPLOY` included: the weight of every level, the priors of merges and deploys, all at once, so
that scorers that say the same thing share its weight. A normal prior around the current table keeps levels
that were seen rarely where judgement put them. Timing keeps its own arithmetic. The figures are of
histories left out of the fit: the held-out ones, and each of the others in turn.
"""

import argparse
import pickle
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp

from benchmarks.judging import HEADER, Example, Feature, ablation, judge
from bisect_ml.evidence import gather
from bisect_ml.suspects import prior_terms
from bisect_ml.types import FloatArray

if TYPE_CHECKING:
    from benchmarks.incidents.make import Labelled

_NOT_OF_MADE_COMMITS = frozenset({"intent", "expectations", "size", "names", "edit", "prior", "merge"})
"""Mutations have no message, no tests and one edit: what is said of those is not learnt from them."""

_NEVER = frozenset({"prior", "merge", "size"})
"""The histories at hand merge too seldom to say how blame spreads over a pull request, and what they say of
the size of a commit does not carry from one to the next."""

_TRUST = {"real": 1.0, "mutated": 0.5, "outside": 1.0}
"""How much an incident of each kind counts: mutations are simpler than what people do."""

TABLE = Path(__file__).parent.parent / "bisect_ml" / "weights.toml"
_Part: TypeAlias = tuple[FloatArray, FloatArray, FloatArray, float]


def examples(
    incidents: Iterable["Labelled"], *, entry: bool = True, without: frozenset[str] = frozenset()
) -> Iterator[Example]:
    """Yield the incidents that can be learnt from: the culprit is among the candidates, or there is none."""
    for one in incidents:
        case = one.case if entry else replace(one.case, entry=None)
        said = gather(case)
        offsets, terms = [], []
        for heard, (fixed, linear) in zip(said, prior_terms(case), strict=True):
            timed = [each.llr for each in heard if each.scorer == "timing"]
            offsets.append(fixed + (0.0 if "timing" in without else sum(timed)))
            levels = [
                (each.scorer, str(each.facts["level"]))
                for each in heard
                if each.scorer not in {"timing", *without}
            ]
            terms.append({**linear, **dict.fromkeys(levels, 1.0)})
        shas = [candidate.commit.sha if candidate.commit else "" for candidate in case.candidates]
        guilty = np.array([*(sha in one.culprits for sha in shas), not one.culprits], dtype=np.float64)
        if guilty.any():
            yield Example(
                history=one.history,
                kind=one.kind,
                held_out=one.held_out,
                offsets=np.array(offsets),
                terms=tuple(terms),
                guilty=guilty,
                changes=(*(c.change.sha if c.change else "" for c in case.candidates), "no deploy"),
                guilty_changes=one.changes or frozenset({"no deploy"}),
            )


class Fit:
    """A conditional logit with a normal prior around the table's weights."""

    def __init__(self, table: dict[Feature, float], strength: float) -> None:
        self.features = sorted(table)
        self.centre = np.array([table[each] for each in self.features])
        self.weights = self.centre.copy()
        self.strength = strength
        self._place = {each: place for place, each in enumerate(self.features)}

    def matrix(self, example: Example) -> FloatArray:
        """Return candidate × feature."""
        found = np.zeros((len(example.terms), len(self.features)))
        for row, terms in enumerate(example.terms):
            for feature, value in terms.items():
                found[row, self._place[feature]] = value
        return found

    def _parts(self, example: Example) -> tuple[FloatArray, FloatArray]:
        """Return the matrix that is learnt from, and the offsets with what is not."""
        matrix = self.matrix(example)
        of_it = _NEVER if example.kind == "real" else _NOT_OF_MADE_COMMITS
        held = np.array([scorer in of_it for scorer, _ in self.features])
        return matrix * ~held, example.offsets + matrix[:, held] @ self.centre[held]

    def run(self, learnt_from: Sequence[Example]) -> None:
        """Move the weights to what the examples say: first all by one factor, then each by itself."""
        real = [(*self._parts(each), each.guilty, 1.0) for each in learnt_from if each.kind == "real"]
        is_held = np.array([scorer in _NEVER for scorer, _ in self.features])
        steps = np.linspace(0.6, 2.4, 19)
        losses = [_loss(np.where(is_held, self.centre, step * self.centre), real)[0] for step in steps]
        self.centre = np.where(is_held, self.centre, steps[int(np.argmin(losses))] * self.centre)
        # The offsets hold what is not learnt from an example, at the weights as they are now.
        every = [(*self._parts(each), each.guilty, _TRUST[each.kind.split(":")[0]]) for each in learnt_from]

        def penalised(weights: FloatArray) -> tuple[float, FloatArray]:
            total, slope = _loss(weights, every)
            off = weights - self.centre
            return total + 0.5 * self.strength * float(off @ off), slope + self.strength * off

        self.weights = minimize(penalised, self.centre, jac=True, method="L-BFGS-B").x

    def probabilities(self, example: Example) -> FloatArray:
        """Return the probability of each candidate, and last of no deploy."""
        logs = example.offsets + self.matrix(example) @ self.weights
        found: FloatArray = np.exp(logs - logsumexp(logs))
        return found

    @property
    def table(self) -> dict[Feature, float]:
        """The weights by scorer and level."""
        return dict(zip(self.features, map(float, self.weights), strict=True))


def _loss(weights: FloatArray, parts: Sequence[_Part]) -> tuple[float, FloatArray]:
    """Return the negative log-likelihood of the guilty candidates, and its slope."""
    total, slope = 0.0, np.zeros_like(weights)
    for matrix, offsets, guilty, trust in parts:
        logs = offsets + matrix @ weights
        whole, ours = logsumexp(logs), logsumexp(np.where(guilty > 0, logs, -np.inf))
        total += trust * float(whole - ours)
        slope += trust * (np.exp(logs - whole) - np.where(guilty > 0, np.exp(logs - ours), 0.0)) @ matrix
    return total, slope


def across_histories(
    found: Sequence[Example], table: dict[Feature, float], strength: float
) -> list[tuple[Example, FloatArray]]:
    """Answer each example by a fit that has not seen its history."""
    answers = []
    for history in sorted({each.history for each in found}):
        fit = Fit(table, strength)
        fit.run([each for each in found if each.history != history and not each.held_out])
        answers += [(each, fit.probabilities(each)) for each in found if each.history == history]
    return answers


def read_table() -> dict[Feature, float]:
    """Return the current weights but those that are no evidence."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {
        (scorer, level): float(value)
        for scorer, levels in table.items()
        for level, value in levels.items()
        if (scorer, level) != ("prior", "no_deploy")
    }


def write_table(table: dict[Feature, float], seen: Counter[Feature]) -> None:
    """Replace the numbers of the table in place, each with how often its level was seen."""
    lines, scorer = [], ""
    for old in TABLE.read_text(encoding="utf-8").splitlines():
        scorer = old.strip("[]") if old.startswith("[") else scorer
        level = old.split("=")[0].strip()
        if (scorer, level) not in table or scorer in _NEVER:
            lines.append(old)
        else:
            lines.append(f"{level} = {table[scorer, level]:.2f}  # seen {seen[scorer, level]} times")
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Fit, report, and write where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cache", type=Path)
    parser.add_argument("--strength", type=float, default=30.0, help="how firmly the current table is held")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--ablation", type=Path, help="only write this page, with the table as it is")
    arguments = parser.parse_args()
    incidents = [
        one for path in sorted(arguments.cache.glob("*.pickle")) for one in pickle.loads(path.read_bytes())
    ]
    table = read_table()
    if arguments.ablation:
        arguments.ablation.write_text(
            ablation(list(examples(incidents)), Fit(table, 1.0).probabilities), encoding="utf-8"
        )
        return
    for entry in (True, False):
        found = list(examples(incidents, entry=entry))
        answers = across_histories(found, table, arguments.strength)
        unfitted = Fit(table, arguments.strength)
        print(f"\n{'with' if entry else 'without'} an entry point       {HEADER}")
        print(f"before the fit, all        {judge([(each, unfitted.probabilities(each)) for each in found])}")
        print(f"fit without its history    {judge(answers)}")
        print(f"  of held-out histories    {judge([each for each in answers if each[0].held_out])}")
        for kind in ("real", "mutated", "outside"):
            some = [each for each in answers if each[0].kind.startswith(kind)]
            if some:
                print(f"  {kind:<24} {judge(some)}")
    if arguments.write:
        both = [
            each for entry in (True, False) for each in examples(incidents, entry=entry) if not each.held_out
        ]
        fit = Fit(table, arguments.strength)
        fit.run(both)
        seen: Counter[Feature] = Counter(f for each in both for terms in each.terms for f in terms)
        write_table(fit.table, seen)


if __name__ == "__main__":
    main()
