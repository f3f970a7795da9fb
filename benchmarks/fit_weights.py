"""Fit `bisect_ml/weights.toml` to cases with known culprits, calibrate it, and report what it is worth.

    python -m benchmarks.fit_weights HARVEST [--write] [--strength S] [--page docs/attribution.md]

HARVEST holds what `benchmarks.incidents.harvest` wrote. One conditional logit over the candidates of each
reported break, `NO_DEPLOY` included: the weight of every level, the priors of merges, deploys and of no
deploy, all at once, so that scorers that say the same thing share its weight. A normal prior around what
judgement says (the table, before its first fit) keeps levels that were seen rarely near it; all cases of one
culprit count as one. Then one factor turns sums into probabilities; it is learnt from answers to the
histories, each by a fit that has not seen it, and is at most 1. The figures are of held-out histories:
neither a weight nor that factor has seen them.
"""

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.special import logsumexp

from benchmarks.attribution_page import page
from benchmarks.incidents.examples import answered
from benchmarks.judging import HEADER, Answered, Example, Feature, judge
from bisect_ml.suspects import carried_over, settled_probabilities
from bisect_ml.types import FloatArray

_NOT_OF_MADE_COMMITS = frozenset({"expectations", "size", "names", "merge", "undone"})
"""Mutations are one line each, bring no tests and are named by lot: what is said of those is not learnt."""

_ONLY_SAYS_WHY = frozenset({"shipment", "aside"})
"""Weighed elsewhere, by the prior of the deploy: these hold no weight of their own."""

_NO_EVIDENCE = frozenset({"calibration"})
_TRUST_IN_MADE = 0.5
"""How much a break made by a mutation counts: mutations are simpler than what people do."""

TABLE = Path(__file__).parent.parent / "bisect_ml" / "weights.toml"
_Part: TypeAlias = tuple[FloatArray, FloatArray, FloatArray, float]


class Fit:
    """A conditional logit with a normal prior around given weights, and the factor that calibrates it."""

    def __init__(self, table: dict[Feature, float], strength: float, scale: float = 1.0) -> None:
        self.features = sorted(table)
        self.centre = np.array([table[each] for each in self.features])
        self.weights = self.centre.copy()
        self.strength = strength
        self.scale = scale
        self._place = {each: place for place, each in enumerate(self.features)}

    def matrix(self, example: Example) -> FloatArray:
        """Return candidate × feature."""
        found = np.zeros((len(example.terms), len(self.features)))
        for row, terms in enumerate(example.terms):
            for feature, value in terms.items():
                found[row, self._place[feature]] = value
        return found

    def run(self, learnt_from: Sequence[Answered]) -> None:
        """Move the weights to what the cases say."""
        told_apart = [(each, one) for one in learnt_from for each in one.examples if each.guilty.any()]
        cases_of = Counter(_culprit(*both) for both in told_apart)
        parts = [self._part(*both, 1 / cases_of[_culprit(*both)]) for both in told_apart]
        prior = self.strength * np.ones(len(self.features))

        def penalised(weights: FloatArray) -> tuple[float, FloatArray]:
            total, slope = _loss(weights, parts)
            off = weights - self.centre
            return total + 0.5 * float(prior @ off**2), slope + prior * off

        self.weights = minimize(penalised, self.centre, jac=True, method="L-BFGS-B").x

    def _part(self, example: Example, one: Answered, share: float) -> _Part:
        """Return the matrix that is learnt from, the offsets with what is not, and how much it all counts."""
        matrix, offsets = self.matrix(example), example.fixed + example.timing
        of_it = _ONLY_SAYS_WHY | (_NOT_OF_MADE_COMMITS if one.made else frozenset())
        held = np.array([scorer in of_it for scorer, _ in self.features])
        trust = share * (_TRUST_IN_MADE if one.made else 1.0)
        return matrix * ~held, offsets + matrix[:, held] @ self.centre[held], example.guilty, trust

    def logs(self, example: Example) -> FloatArray:
        """Return the log weight of each candidate, and last of no deploy."""
        found: FloatArray = example.fixed + example.timing + self.matrix(example) @ self.weights
        return found

    def probabilities(self, example: Example) -> FloatArray:
        """Return the probability of each candidate as the report tells it, and last of no deploy."""
        return told(self.scale * self.logs(example), example)

    @property
    def table(self) -> dict[Feature, float]:
        """The weights by scorer and level."""
        return dict(zip(self.features, map(float, self.weights), strict=True))


def _culprit(example: Example, one: Answered) -> tuple[str, ...]:
    """Return what is the same for all cases of one culprit, which count as one together.

    They show the same diff again, however many logs and deploys were made around it.
    """
    if example.guilty[-1]:
        return (one.id, str(id(example)))
    return (one.history, *sorted(example.guilty_changes))


def softmax(logs: FloatArray) -> FloatArray:
    """Return probabilities from log weights."""
    found: FloatArray = np.exp(logs - logsumexp(logs))
    return found


def told(logs: FloatArray, example: Example) -> FloatArray:
    """Return probabilities from log weights as the report tells them."""
    carried = carried_over(softmax(logs).tolist(), example.earlier)
    return np.array(settled_probabilities(carried, example.merges))


def _loss(weights: FloatArray, parts: Sequence[_Part]) -> tuple[float, FloatArray]:
    """Return the negative log-likelihood of the guilty candidates, and its slope."""
    total, slope = 0.0, np.zeros_like(weights)
    for matrix, offsets, guilty, trust in parts:
        logs = offsets + matrix @ weights
        whole, ours = logsumexp(logs), logsumexp(np.where(guilty > 0, logs, -np.inf))
        total += trust * float(whole - ours)
        slope += trust * (np.exp(logs - whole) - np.where(guilty > 0, np.exp(logs - ours), 0.0)) @ matrix
    return total, slope


def crossed(
    cases: Sequence[Answered], table: dict[Feature, float], strength: float, folds: int = 6
) -> list[tuple[Answered, Fit]]:
    """Return each case with a fit that has not seen its history; histories are dealt into folds."""
    histories = sorted({one.history for one in cases})
    found = []
    for fold in range(folds):
        out = set(histories[fold::folds])
        fit = Fit(table, strength)
        fit.run([one for one in cases if one.history not in out])
        found += [(one, fit) for one in cases if one.history in out]
    return found


def calibrated(unseen: Sequence[tuple[Answered, Fit]]) -> float:
    """Return the factor on log weights with the best Brier score of the answers to unseen histories.

    Each history counts once, however many of its cases were made. The likelihood would listen to the few
    answers that are wrong for reasons that no scorer sees, and make all others timid for their sake. Where
    the histories do not agree that another factor is better than 1, by two standard errors of the mean, it
    is 1: the score is flat there, and what the weights say is not doubted without need.
    """
    logs: dict[str, list[tuple[FloatArray, Example]]] = {}
    for one, fit in unseen:
        answers = ((fit.logs(each), each) for each in one.examples if each.guilty.any())
        logs.setdefault(one.history, []).extend(answers)

    def scores(scale: float) -> FloatArray:
        told_so = [
            [_brier(told(scale * each, x), x.guilty > 0) for each, x in own] for own in logs.values() if own
        ]
        return np.array([np.mean(each) for each in told_so])

    found = minimize_scalar(
        lambda log: scores(float(np.exp(log))).sum(), bounds=(-1.5, 1.5), method="bounded"
    )
    best = float(np.exp(found.x))
    better = scores(1.0) - scores(best)
    error = better.std(ddof=1) / np.sqrt(len(better))
    print(f"factor {best:.2f}: Brier score better by {better.mean():.3f}, standard error {error:.3f}")
    return best if better.mean() > 2 * error else 1.0


def _brier(p: FloatArray, guilty: NDArray[np.bool_]) -> float:
    return float((1 - p[guilty].sum()) ** 2 + (p[~guilty] ** 2).sum())


def read_table() -> tuple[dict[Feature, float], float]:
    """Return the weights of the table and the factor that calibrates them."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    weights = {
        (scorer, level): float(value)
        for scorer, levels in table.items()
        for level, value in levels.items()
        if scorer not in _NO_EVIDENCE
    }
    return weights, float(table["calibration"]["scale"])


def write_table(fit: Fit, seen: Counter[Feature]) -> None:
    """Replace the numbers of the table in place, each with how often its level was seen."""
    lines, scorer, table = [], "", fit.table
    for old in TABLE.read_text(encoding="utf-8").splitlines():
        scorer = old.strip("[]").split("]")[0] if old.startswith("[") else scorer
        level = old.split("=")[0].strip()
        if scorer == "calibration" and level == "scale":
            lines.append(f"scale = {fit.scale:.2f}{old[old.find('  #') :]}")
        elif scorer == "prior" and level:
            lines.append(
                f"{level} = {table[scorer, level]:.2f}{old[old.find('  #') :]}" if "=" in old else old
            )
        elif seen[scorer, level] and scorer not in _ONLY_SAYS_WHY:
            lines.append(f"{level} = {table[scorer, level]:.2f}  # seen {seen[scorer, level]} times")
        else:
            lines.append(old)
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def report(title: str, cases: Sequence[Answered], fit: Fit) -> None:
    """Print the figures of cases, whole and by kind and language."""
    print(f"\n{title:<28} {HEADER}")
    groups = {
        "all": cases,
        **{kind: [one for one in cases if one.kind == kind] for kind in sorted({one.kind for one in cases})},
        **{
            name: [one for one in cases if one.language == name]
            for name in sorted({o.language for o in cases})
        },
        "real": [one for one in cases if not one.made],
        "made": [one for one in cases if one.made],
    }
    for name, some in groups.items():
        if some:
            print(f"{name:<28} {judge(some, fit.probabilities)}")


def main() -> None:
    """Fit, calibrate, report, and write where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("harvest", type=Path)
    parser.add_argument("--strength", type=float, default=30.0, help="how firmly the current table is held")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--page", type=Path, help="only write this page, with the table as it is")
    arguments = parser.parse_args()
    by_entry = {entry: answered(arguments.harvest, entry=entry) for entry in (True, False)}
    held_out = {entry: [one for one in cases if one.held_out] for entry, cases in by_entry.items()}
    table, scale = read_table()
    current = Fit(table, arguments.strength, scale)
    if arguments.page:
        arguments.page.write_text(page(held_out, current.probabilities), encoding="utf-8")
        return
    learn = [one for cases in by_entry.values() for one in cases if not one.held_out]
    fit = Fit(table, arguments.strength)
    fit.run(learn)
    # Evidence that overlaps is worth less than its sum, never more.
    fit.scale = min(1.0, calibrated(crossed(learn, table, arguments.strength)))
    print(f"scale {fit.scale:.2f}")
    for entry in (True, False):
        some = "with an entry" if entry else "without one"
        report(f"table as it is, {some}", held_out[entry], current)
        report(f"fitted, {some}", held_out[entry], fit)
    if arguments.write:
        write_table(fit, _seen(learn))


def _seen(cases: Iterable[Answered]) -> Counter[Feature]:
    return Counter(f for one in cases for each in one.examples for terms in each.terms for f in terms)


if __name__ == "__main__":
    main()
