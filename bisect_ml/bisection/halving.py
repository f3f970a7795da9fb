"""What plain halving would have taken: `git bisect`, played against a known culprit."""

from collections.abc import Collection, Mapping, Sequence

from bisect_ml.bisection.units import ancestors_within


def halving_runs(culprit: str, parents: Mapping[str, Sequence[str]], *, skipped: Collection[str] = ()) -> int:
    """Count the runs with which halving finds a culprit in a range of history.

    As git does, each run is of the commit that has most nearly half of the remaining ones behind it, merges
    and branches alike; what descends from the culprit is bad. Builds that do not run cost a run
    and tell nothing.

    Args:
        culprit: The commit that is to be found.
        parents: The commits of the range, each with its parents; the newest is known to be bad.
        skipped: The builds that do not run.
    """
    left = set(parents)
    reached = _ancestors(parents)
    tried: set[str] = set()
    runs = 0
    while len(left) > 1:
        weights = {sha: len(reached[sha] & left) for sha in left if sha not in tried}
        halves = [sha for sha, weight in weights.items() if weight < len(left)]
        if not halves:
            return runs
        # Of equal halves the order in which the commits came decides, so that the count is always the same.
        order = {sha: place for place, sha in enumerate(parents)}
        chosen = max(halves, key=lambda sha: (min(weights[sha], len(left) - weights[sha]), -order[sha]))
        runs += 1
        if chosen in skipped:
            tried.add(chosen)
        elif culprit in reached[chosen]:
            left &= reached[chosen]
        else:
            left -= reached[chosen]
    return runs


def _ancestors(parents: Mapping[str, Sequence[str]]) -> Mapping[str, set[str]]:
    return {sha: ancestors_within(sha, parents, parents) for sha in parents}
