"""The count of runs that plain halving takes, against git itself."""

import random
from pathlib import Path

import pytest

from bisect_ml.bisection import halving_runs
from tests.bisection.histories import BASE, after, straight, tangled
from tests.builders import build_repository, commit


@pytest.mark.parametrize(("length", "runs"), [(1, 0), (2, 1), (3, 2), (16, 4), (64, 6)])
def test_a_line_takes_its_logarithm(length: int, runs: int) -> None:
    counts = {halving_runs(culprit, straight(length)) for culprit in straight(length)}
    assert max(counts) == runs
    assert min(counts) >= runs - 1


def test_builds_that_do_not_run_cost_a_run_and_tell_nothing() -> None:
    parents = straight(8)
    assert halving_runs("c8", parents, skipped={"c4"}) >= halving_runs("c8", parents)
    assert halving_runs("c5", parents, skipped=set(parents)) == 7


@pytest.mark.parametrize("seed", range(2))
def test_it_takes_as_many_runs_as_git_bisect(seed: int, tmp_path: Path) -> None:
    """Git may choose another one of equal halves, so single counts may differ by some; the mean hardly."""
    chance = random.Random(seed)
    parents = tangled(chance, 24)
    commits = [commit(sha, {sha: "x"}, parents=above, branch=sha) for sha, above in parents.items()]
    built = build_repository(tmp_path / "repository", [commit(BASE), *commits])
    culprits = chance.sample(list(parents), 3)
    differences = []
    for culprit in culprits:
        bad = {built[sha] for sha in after(culprit, parents)}
        built.git("checkout", "-q", built["tip"])
        told = built.git("bisect", "start", built["tip"], built[BASE])
        runs = 0
        while "is the first bad commit" not in told:
            at = built.git("rev-parse", "HEAD")
            told = built.git("bisect", "bad" if at in bad else "good")
            runs += 1
        assert built[culprit] in told
        built.git("bisect", "reset")
        differences.append(halving_runs(culprit, parents) - runs)
    assert all(abs(difference) <= 2 for difference in differences)
    assert abs(sum(differences)) <= len(differences)
