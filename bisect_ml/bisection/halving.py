"""What plain halving would have taken: `git bisect`, played against a known culprit."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from bisect_ml.bisection.reach import Reach


def halving_runs(culprit: str, parents: Mapping[str, Sequence[str]], *, skipped: Collection[str] = ()) -> int:
    """Count the runs with which halving finds a culprit in a range of history.

    As git does, each run is of the commit that has most nearly half of the remaining ones behind it, merges
    and branches alike; what descends from the culprit is bad. Builds that do not run cost a run
    and tell nothing.

    Args:
        culprit: The commit that is to be found.
        parents: The commits of the range with their parents, parents first; the last is known to be bad.
        skipped: The builds that do not run.
    """
    reach = Reach(parents)
    target = reach.places[culprit]
    left = np.ones(len(reach), dtype=np.bool_)
    untried = left.copy()
    runs = 0
    while left.sum() > 1:
        weights = reach.sums(left.astype(np.float64))
        halves = np.where(left & untried, np.minimum(weights, left.sum() - weights), 0.0)
        chosen = int(np.argmax(halves))
        if halves[chosen] <= 0:
            return runs
        runs += 1
        behind = reach.of(chosen)
        if reach.shas[chosen] in skipped:
            untried[chosen] = False
        elif behind[target]:
            left &= behind
        else:
            left &= ~behind
    return runs
