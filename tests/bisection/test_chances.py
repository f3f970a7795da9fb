"""What runs leave of the chances of a ranking."""

import random

import pytest

from bisect_ml.bisection import ErrorRates, chances
from tests.bisection.histories import Truth, after, play, straight, tangled

EXACT = ErrorRates()


@pytest.mark.parametrize("seed", range(20))
def test_the_culprit_that_runs_named_takes_all(seed: int) -> None:
    chance = random.Random(seed)
    parents = tangled(chance, chance.randint(2, 30))
    culprit = chance.choice(list(parents))
    truth = Truth(bad=after(culprit, parents))
    # A ranking that is sure of the wrong one.
    before = {sha: 0.9 if sha == "tip" else 0.1 / len(parents) for sha in parents}
    played = play(parents, truth, probabilities=before)
    told = chances(
        parents,
        before,
        [(sha, truth(sha)) for sha in played.runs],
        errors=EXACT,
        culprit=played.found.culprit,
        certainty=played.found.probability,
    )
    assert sum(told.values()) == pytest.approx(1)
    assert told[culprit] >= played.found.probability > 0.99


def test_runs_without_an_end_clear_what_they_can() -> None:
    parents = straight(6)
    before = {"c1": 0.1, "c2": 0.1, "c3": 0.3, "c4": 0.3, "c5": 0.1, "c6": 0.1}
    told = chances(
        parents,
        before,
        [("c2", "good"), ("c5", "bad"), ("c4", "skipped")],
        errors=EXACT,
        culprit=None,
        certainty=0.0,
    )
    assert told["c1"] + told["c2"] + told["c6"] < 1e-4
    assert told["c3"] == pytest.approx(3 / 7, abs=1e-4)
    assert told["c5"] == pytest.approx(1 / 7, abs=1e-4)


def test_runs_that_err_clear_less() -> None:
    parents = straight(2)
    told = chances(
        parents,
        {"c1": 0.5, "c2": 0.5},
        [("c1", "good")],
        errors=ErrorRates(false_bad=0.2, false_good=0.2),
        culprit=None,
        certainty=0.0,
    )
    assert told == pytest.approx({"c1": 0.2, "c2": 0.8}, abs=1e-6)


def test_runs_of_other_commits_tell_nothing() -> None:
    told = chances(
        straight(2), {"c1": 0.3, "c2": 0.7}, [("base", "good")], errors=EXACT, culprit=None, certainty=0.0
    )
    assert told == pytest.approx({"c1": 0.3, "c2": 0.7}, abs=1e-5)
