"""The search against every truth of short histories, and against many of long and tangled ones."""

import itertools
import math
import random

import pytest

from bisect_ml.bisection import ErrorRates, halving_runs
from tests.bisection.histories import BASE, Truth, after, main_line, play, straight, tangled

SEEDS = range(25)


def guess(chance: random.Random, shas: list[str]) -> dict[str, float]:
    """A ranking, sharp or flat, that need not be right."""
    return {sha: chance.random() ** chance.choice([0, 1, 8]) for sha in shas}


@pytest.mark.parametrize("length", range(1, 18))
def test_every_culprit_of_a_line_is_found(length: int) -> None:
    parents = straight(length)
    chance = random.Random(length)
    for culprit in parents:
        for probabilities in ({}, guess(chance, list(parents)), {"c1": 1.0}, {culprit: 1.0}):
            played = play(parents, Truth(bad=after(culprit, parents)), probabilities=probabilities)
            assert played.found.culprit == culprit
            assert len(set(played.runs)) == len(played.runs)
            assert played.found.probability > 0.99


@pytest.mark.parametrize("length", range(1, 10))
def test_every_truth_of_a_line_ends_at_a_step_from_good_to_bad(length: int) -> None:
    """Broken, mended, broken again: whatever the truth, the culprit is bad and its parent good."""
    parents = straight(length)
    chance = random.Random(length)
    for pattern in itertools.product([False, True], repeat=length - 1):
        bad = {f"c{n}" for n, broken in enumerate((*pattern, True), start=1) if broken}
        found = play(parents, Truth(bad=bad), probabilities=guess(chance, list(parents))).found
        assert found.culprit in bad
        assert not bad.intersection(parents[str(found.culprit)])


@pytest.mark.parametrize("seed", SEEDS)
def test_every_culprit_of_a_tangled_history_is_found(seed: int) -> None:
    chance = random.Random(seed)
    parents = tangled(chance, chance.randint(2, 40))
    probabilities = guess(chance, list(parents))
    for culprit in parents:
        played = play(parents, Truth(bad=after(culprit, parents)), probabilities=probabilities)
        assert played.found.culprit == culprit
        assert len(set(played.runs)) == len(played.runs)


@pytest.mark.parametrize("seed", SEEDS)
def test_any_truth_of_a_tangled_history_ends_at_a_step_from_good_to_bad(seed: int) -> None:
    chance = random.Random(1000 + seed)
    parents = tangled(chance, chance.randint(2, 30))
    for _ in range(40):
        bad = {sha for sha in parents if chance.random() < 0.5} | {"tip"}
        found = play(parents, Truth(bad=bad), probabilities=guess(chance, list(parents))).found
        assert found.culprit in bad
        assert parents[str(found.culprit)][0] not in bad


@pytest.mark.parametrize("seed", SEEDS)
def test_the_merge_of_the_culprit_is_named(seed: int) -> None:
    chance = random.Random(seed)
    parents = tangled(chance, 40)
    for culprit in parents:
        bad = after(culprit, parents)
        found = play(parents, Truth(bad=bad)).found
        bringing = next(sha for sha in main_line(parents) if sha in bad)
        assert found.merge == (None if bringing == culprit else bringing)


@pytest.mark.parametrize("seed", SEEDS)
def test_builds_that_do_not_run_are_passed_over(seed: int) -> None:
    """The culprit is named, or hides in the range that is said; nothing is run twice."""
    chance = random.Random(seed)
    parents = straight(chance.randint(3, 40))
    for culprit in parents:
        start, length = chance.randint(1, len(parents)), chance.randint(1, 12)
        broken = {f"c{n}" for n in range(start, start + length)} - {f"c{len(parents)}"}
        played = play(
            parents,
            Truth(bad=after(culprit, parents), broken=broken),
            probabilities=guess(chance, list(parents)),
        )
        found = played.found
        assert len(set(played.runs)) == len(played.runs)
        if found.culprit is None:
            assert culprit in found.among
            assert len(found.among) > 1
            assert broken.intersection(found.among)
            assert "not run" in found.remark
        else:
            assert found.culprit == culprit


def test_a_range_that_builds_hide_is_as_narrow_as_can_be() -> None:
    parents = straight(20)
    truth = Truth(bad=after("c9", parents), broken={"c8", "c9", "c10"})
    found = play(parents, truth).found
    assert found.culprit is None
    assert found.among == ("c8", "c9", "c10", "c11")


def test_a_long_stretch_of_broken_builds_is_not_tried_one_by_one() -> None:
    parents = straight(400)
    broken = {f"c{n}" for n in range(100, 300)}
    played = play(parents, Truth(bad=after("c200", parents), broken=broken))
    assert played.found.culprit is None
    assert {"c200", "c300"} <= set(played.found.among)
    assert len(played.runs) < 40


@pytest.mark.parametrize("error", [0.02, 0.1, 0.25])
def test_runs_that_mislead_are_repeated_until_decided(error: float) -> None:
    """At least 97 of 100 searches are right, and a run more often wrong costs more of them."""
    parents = straight(40)
    right, runs = 0, 0
    for seed in range(100):
        chance = random.Random(seed)
        culprit = chance.choice(list(parents))
        truth = Truth(bad=after(culprit, parents), error=error, chance=chance)
        played = play(
            parents,
            truth,
            probabilities=guess(chance, list(parents)),
            errors=ErrorRates(false_bad=error, false_good=error),
        )
        assert played.found.probability >= 0.99
        right += played.found.culprit == culprit
        runs += len(played.runs)
    assert right >= 97
    assert runs / 100 < 8 + 200 * error


def test_a_mistake_that_shows_only_now_and_then_is_found() -> None:
    """Bad runs look good half the time, good ones never look bad."""
    parents = straight(30)
    right = 0
    for seed in range(100):
        chance = random.Random(seed)
        culprit = chance.choice(list(parents))
        truth = Truth(bad=after(culprit, parents), missed=0.5, chance=chance)
        found = play(parents, truth, errors=ErrorRates(false_good=0.5)).found
        right += found.culprit == culprit
    assert right >= 97


def test_a_sure_ranking_takes_two_runs() -> None:
    parents = straight(64)
    played = play(parents, Truth(bad=after("c40", parents)), probabilities={"c40": 1.0})
    assert played.runs in {("c40", "c39"), ("c39", "c40")}


def test_without_a_ranking_it_halves() -> None:
    parents = straight(64)
    runs = [len(play(parents, Truth(bad=after(culprit, parents))).runs) for culprit in parents]
    assert runs == [6] * 64


def test_a_wrong_ranking_costs_little() -> None:
    """The culprit is where the ranking is sure that it is not."""
    parents = straight(256)
    worst = max(
        len(play(parents, Truth(bad=after(culprit, parents)), probabilities={"c200": 1.0}).runs)
        for culprit in parents
    )
    assert worst <= 2 + 8 + math.ceil(math.log2(1 / 0.1))


def test_a_right_ranking_saves_runs() -> None:
    """Culprits drawn from the ranking itself take fewer runs than halving, and not much over the entropy."""
    chance = random.Random(7)
    parents = straight(40)
    weights = {sha: 1 / (1 + place) ** 1.5 for place, sha in enumerate(chance.sample(list(parents), 40))}
    total = sum(weights.values())
    entropy = -sum(w / total * math.log2(w / total) for w in weights.values())
    ours = sum(
        weight / total * len(play(parents, Truth(bad=after(sha, parents)), probabilities=weights).runs)
        for sha, weight in weights.items()
    )
    halving = sum(weight / total * halving_runs(sha, parents) for sha, weight in weights.items())
    assert ours < halving - 0.5
    assert ours < entropy + 1.5


def test_a_single_commit_needs_no_run() -> None:
    parents = straight(1)
    played = play(parents, Truth(bad={"c1"}))
    assert played.found.culprit == "c1"
    assert played.runs == ()


def test_a_merge_whose_branches_are_harmless_is_itself_the_culprit() -> None:
    parents = {
        "m1": (BASE,),
        "f1": (BASE,),
        "f2": ("f1",),
        "tip": ("m1", "f2"),
    }
    found = play(parents, Truth(bad={"tip"})).found
    assert found.culprit == "tip"
    assert found.merge is None
