"""From evidence to probabilities: one softmax over all candidates of an incident, `NO_DEPLOY` included.

The log weight of a candidate is its prior plus the sum of its evidence. A deploy's prior is spread
over the first-parent changes that it brought, and each change's over its commits, so that a pull
request of fifty commits is not fifty times as suspect as one of a single commit. Scorers overlap, so
their sum is worth more or less than it says: one factor, learnt from incidents that the weights were not
fitted to, turns sums into probabilities that hold (Platt 1999 with one parameter; Guo et al. 2017).

What is told is as narrow as the evidence is sharp: where nothing tells the commits of a merge apart, the
answer is the merge (Deng et al. 2012, *Hedging your bets*).
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from bisect_ml.types import NO_DEPLOY, Candidate, Case, Evidence, Ranked
from bisect_ml.weights import WEIGHTS

Earlier: TypeAlias = tuple[str, float] | None
"""The deploy that took a commit out, and how likely the commit caused the break that this ended."""


def rank(case: Case, evidence: Sequence[tuple[Evidence, ...]]) -> tuple[Ranked, ...]:
    """Return all candidates and `NO_DEPLOY`, most probable first.

    Args:
        case: The incident and its candidates.
        evidence: What was gathered on each candidate, in the case's order, and last on `NO_DEPLOY`.
    """
    candidates = (*case.candidates, NO_DEPLOY)
    logs = [
        prior + sum(each.llr for each in said) for prior, said in zip(log_priors(case), evidence, strict=True)
    ]
    top, scale = max(logs), WEIGHTS["calibration"]["scale"]
    weights = [math.exp(scale * (log - top)) for log in logs]
    total = math.fsum(weights)
    probabilities = carried_over([weight / total for weight in weights], earlier(case))
    by_change: defaultdict[tuple[str, str] | int, float] = defaultdict(float)
    for index, (candidate, probability) in enumerate(zip(candidates, probabilities, strict=True)):
        by_change[_unit(index, candidate)] += probability
    ranked = [
        Ranked(
            candidate=candidate,
            probability=probabilities[index],
            change_probability=min(1.0, by_change[_unit(index, candidate)]),
            evidence=evidence[index],
        )
        for index, candidate in enumerate(candidates)
    ]
    return tuple(sorted(ranked, key=lambda each: -each.probability))


def earlier(case: Case) -> tuple[Earlier, ...]:
    """Return what the break that this one ended says of each candidate, in order, `NO_DEPLOY` last."""
    return (*(_earlier(one, case.ended) for one in case.candidates), None)


def _earlier(candidate: Candidate, ended: Mapping[str, float]) -> Earlier:
    release, commit = candidate.release, candidate.commit
    if not ended or release is None or commit is None or candidate.direction != "removed":
        return None
    return release.deploy.id, ended.get(commit.sha, 0.0)


def carried_over(probabilities: Sequence[float], known: Sequence[Earlier]) -> list[float]:
    """Share out what a deploy that took commits out got, as the break that it ended was shared out.

    Their diffs have been weighed for that break; weighed once more they would count twice, and a doubtful
    answer would become a sure one. Where the earlier break may have another cause, evidence of its own
    counts for the rest.

    Args:
        probabilities: Of each candidate by itself.
        known: For each candidate what `earlier` says of it.
    """
    carried = list(probabilities)
    deploys: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, one in enumerate(known):
        if one is not None:
            deploys[one[0]].append((place, one[1]))
    for taken_out in deploys.values():
        whole = math.fsum(probabilities[place] for place, _ in taken_out)
        among_them = min(1.0, math.fsum(chance for _, chance in taken_out))
        for place, chance in taken_out:
            carried[place] = whole * chance + (1.0 - among_them) * probabilities[place]
    return carried


def settle(ranking: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """Lay on each merge what the evidence cannot lay on one of its commits; return most probable first.

    Args:
        ranking: All candidates with the probability that each by itself did it, `NO_DEPLOY` among them.
    """
    own = merges([one.candidate for one in ranking])
    settled = [
        replace(one, probability=probability)
        for one, probability in zip(
            ranking, settled_probabilities([one.probability for one in ranking], own), strict=True
        )
    ]
    return tuple(sorted(settled, key=lambda each: -each.probability))


def settled_probabilities(probabilities: Sequence[float], own: Sequence[int | None]) -> list[float]:
    """Move to each merge the part of its change's probability that no commit of it can claim.

    With the shares q of the commits in their change, a draw from them names the right one with a
    chance of the sum of q squared (Simpson 1949). They keep that part; the merge as a whole gets the rest.

    Args:
        probabilities: Of each candidate by itself.
        own: For each candidate the place of the merge that it came by, None where it came by none.
    """
    settled = list(probabilities)
    changes: defaultdict[int, list[int]] = defaultdict(list)
    for place, merge in enumerate(own):
        if merge is not None:
            changes[merge].append(place)
    for merge, places in changes.items():
        whole = math.fsum(probabilities[place] for place in places)
        told = math.fsum((probabilities[place] / whole) ** 2 for place in places) if whole else 1.0
        for place in places:
            settled[place] *= told
        settled[merge] += whole * (1.0 - told)
    return settled


def merges(candidates: Sequence[Candidate]) -> tuple[int | None, ...]:
    """Return for each candidate the place of the merge that it came by (a merge's own), None without one."""
    heads = {_unit(place, one): place for place, one in enumerate(candidates) if one.is_merge}
    return tuple(heads.get(_unit(place, one)) for place, one in enumerate(candidates))


def log_priors(case: Case) -> tuple[float, ...]:
    """Return the log prior of each candidate, in the case's order, and last of `NO_DEPLOY`."""
    return tuple(
        fixed + sum(WEIGHTS[scorer][level] * value for (scorer, level), value in linear.items())
        for fixed, linear in prior_terms(case)
    )


def prior_terms(case: Case) -> tuple[tuple[float, Mapping[tuple[str, str], float]], ...]:
    """Return each candidate's log prior as a fixed part and the terms that the table weighs.

    Before any evidence a fixed share of breaks has no deploy behind it; the rest is shared equally by
    the deploys of the log, and by what each deploy brought.
    """
    deploys = {each.deploy.id for each in case.releases} | {
        each.release.deploy.id for each in case.candidates if each.release is not None
    }
    a_deploy = -math.log(max(1, len(deploys)))
    of_candidates = ((a_deploy, _terms(each)) for each in case.candidates)
    return (*of_candidates, (0.0, {("prior", "no_deploy"): 1.0}))


def _terms(candidate: Candidate) -> Mapping[tuple[str, str], float]:
    """Return how the prior of a candidate's deploy is split: by its changes, and by their commits."""
    release, change, commit = candidate.release, candidate.change, candidate.commit
    if release is None:
        return {}
    if commit is None:
        known = release.previous is not None and not release.truncated and release.deploy.sha is not None
        return {("deploy", "redeploy" if known else "unknown_range"): 1.0}
    changes = max(1, len(release.shipped) + len(release.removed))
    commits = 1 if change is None else max(1, len(change.commits))
    return {
        ("prior", "change_split"): -math.log(changes),
        ("prior", "commit_split"): -math.log(commits),
    }


def _unit(index: int, candidate: Candidate) -> tuple[str, str] | int:
    """Return what identifies the change a candidate came by, or its own place where it came by none."""
    if candidate.release is None or candidate.change is None:
        return index
    return candidate.release.deploy.id, candidate.change.sha
