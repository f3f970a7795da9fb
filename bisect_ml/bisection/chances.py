"""How likely each commit is the culprit, once commits of the range have run."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from bisect_ml.bisection.reach import Reach
from bisect_ml.bisection.search import LEAST_ERROR, ErrorRates, Outcome

# A commit that nobody suspects may have done it all the same.
LEAST_WEIGHT = 1e-6


def chances(
    parents: Mapping[str, Sequence[str]],
    probabilities: Mapping[str, float],
    outcomes: Sequence[tuple[str, Outcome]],
    *,
    errors: ErrorRates,
    culprit: str | None,
    certainty: float,
) -> Mapping[str, float]:
    """Return how likely each commit of a range is the culprit; they sum to 1.

    By Bayes' rule, with one culprit: a run looks bad where it descends from the culprit. The culprit that a
    search has named is as likely as the search says, since a step from good to bad was seen itself, whatever
    the history holds besides.

    Args:
        parents: The commits of the range with their parents, parents first.
        probabilities: How likely each commit was before any run.
        outcomes: What was seen of which commit; the same one may stand there again.
        errors: How often runs mislead.
        culprit: The commit that the search named, None where it named none.
        certainty: How surely the runs show that.
    """
    reach = Reach(parents)
    weights = [max(0.0, probabilities.get(sha, 0.0)) + LEAST_WEIGHT for sha in reach.shas]
    log_weights = np.log(np.array(weights))
    false_bad, false_good = max(LEAST_ERROR, errors.false_bad), max(LEAST_ERROR, errors.false_good)
    for sha, outcome in outcomes:
        if outcome == "skipped" or sha not in reach.places:
            continue
        descends = reach.of(reach.places[sha])
        looks_bad = np.where(descends, 1 - false_good, false_bad)
        log_weights += np.log(looks_bad if outcome == "bad" else 1 - looks_bad)
    posterior = np.exp(log_weights - log_weights.max())
    posterior /= posterior.sum()
    if culprit is not None:
        place = reach.places[culprit]
        others = math.fsum(posterior) - posterior[place]
        named = max(float(posterior[place]), certainty)
        posterior *= (1 - named) / others if others > 0 else 0.0
        posterior[place] = named
    return dict(zip(reach.shas, posterior.tolist(), strict=True))
