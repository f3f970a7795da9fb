"""How many runs the ranking saves: `python -m benchmarks.bisection [PAIRS]`.

Branches are cut out of the sample's history: each mistake of it, with PAIRS random bases before and heads
after it (10 by default), so that nothing else that moves the predictions lies between them. Each is checked
as `bisect-ml check --bisect` does, with the service really run. Printed are the mean runs beyond those of
base and head: with the ranking, with the same search and no ranking, and by halving as `git bisect` does. The
last column draws the culprit from the ranking itself: what a calibrated ranking saves on average.
"""

import json
import random
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from bisect_ml.bisection import Outcome, halving_runs, search
from bisect_ml.saved_check import CheckReport
from bisect_ml.sources import Repository
from sample_data.regenerate import HERE
from tests.checked_service import CheckedService, unpack_service

SEED = 7


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What one branch took: commits, runs with the ranking, without it, by halving, and expected of both."""

    commits: int
    ranked: float
    uniform: float
    halving: float
    expected_ranked: float
    expected_halving: float


def main(pairs: int) -> None:
    """Print a line for each mistake of the sample, and one for all."""
    truth = json.loads((HERE / "truth.json").read_text())
    movers = [sha for event in truth["events"] if event["cause"] == "code" for sha in event["culprits"]]
    with tempfile.TemporaryDirectory() as folder:
        service = unpack_service(Path(folder))
        repository = Repository(service.repository)
        line = [sha for sha, _ in repository.first_parents(str(repository.head()))][::-1]
        found = {
            culprit: _branches(service, repository, line, set(movers), culprit, pairs)
            for culprit in dict.fromkeys(movers)
        }
    print(f"{'culprit':10}{'branches':>9}{'commits':>9}{'ranked':>8}{'uniform':>9}{'halving':>9}  calibrated")
    for culprit, measured in found.items():
        _print(culprit[:8], measured)
    _print("all", [one for measured in found.values() for one in measured])


def _branches(
    service: CheckedService,
    repository: Repository,
    line: Sequence[str],
    movers: set[str],
    culprit: str,
    pairs: int,
) -> list[Measured]:
    """Check branches that hold one mistake; others of the same range would be found as well."""
    chance = random.Random(SEED)
    bringing = next(
        place
        for place in range(1, len(line))
        if culprit in repository.parents_between(line[place - 1], line[place])
    )
    first, last = bringing, bringing
    others = movers - {culprit}
    between = repository.parents_between
    while first > 1 and not others & set(between(line[first - 1], line[bringing - 1])):
        first -= 1
    while last + 1 < len(line) and not others & set(
        repository.parents_between(line[bringing], line[last + 1])
    ):
        last += 1
    measured: list[Measured] = []
    while len(measured) < pairs:
        base, head = chance.randrange(first, bringing), chance.randrange(bringing, last + 1)
        report = service.check(line[base], line[head], bisect=True)
        # A branch that also takes its mistake back shows nothing to look for.
        if report.comparison.verdict == "fail":
            measured.append(_measured(report, repository, culprit))
    return measured


def _measured(report: CheckReport, repository: Repository, culprit: str) -> Measured:
    base, head = str(report.base.sha), str(report.head.sha)
    if report.bisection is None or report.bisection.culprit != culprit:
        raise SystemExit(f"{base[:8]}..{head[:8]}: {culprit[:8]} was not found: {report.bisection}")
    parents = repository.parents_between(base, head)
    ranking = {str(one.sha): one.probability for one in report.suspects}
    return Measured(
        commits=len(parents),
        ranked=report.bisection.runs,
        uniform=_runs(parents, {}, culprit),
        halving=report.bisection.halving_runs,
        expected_ranked=sum(chance * _runs(parents, ranking, sha) for sha, chance in ranking.items()),
        expected_halving=sum(chance * halving_runs(sha, parents) for sha, chance in ranking.items()),
    )


def _runs(parents: Mapping[str, Sequence[str]], ranking: Mapping[str, float], culprit: str) -> int:
    """Count the runs of a search for a culprit, played."""
    bad = {culprit}
    for sha, above in parents.items():
        if bad.intersection(above):
            bad.add(sha)
    asking, runs = search(parents, ranking), 0
    try:
        sha = next(asking)
        while True:
            runs += 1
            outcome: Outcome = "bad" if sha in bad else "good"
            sha = asking.send(outcome)
    except StopIteration:
        return runs


def _print(name: str, measured: Sequence[Measured]) -> None:
    print(
        f"{name:10}{len(measured):9}{fmean(one.commits for one in measured):9.1f}"
        f"{fmean(one.ranked for one in measured):8.1f}{fmean(one.uniform for one in measured):9.1f}"
        f"{fmean(one.halving for one in measured):9.1f}"
        f"   {fmean(one.expected_ranked for one in measured):.1f}"
        f" of {fmean(one.expected_halving for one in measured):.1f}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
