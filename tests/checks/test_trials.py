"""Commits run by a stand-in for the runner: what is said of each, which is found, how many runs it took."""

import json
import math
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bisect_ml.bisection import ErrorRates, halving_runs
from bisect_ml.checks.trials import Laboratory, Shift, bisect, error_rates, judge, shift_name
from bisect_ml.progress import Silence
from bisect_ml.runs import Run
from bisect_ml.saved_check import Bisection
from tests.bisection.histories import BASE, Parents, after, straight

FALL = Shift(effect=-0.99, unit="relative", name="mean")
NULLS = Shift(effect=0.3, unit="points", name="null_rate of payment=wallet")


@dataclass
class Bench:
    """Runs commits without running anything: each predicts its one number, None where it does not run."""

    folder: Path
    values: Mapping[str, float | None]
    noise: Callable[[], float] = lambda: 1.0
    cached: frozenset[str] = frozenset()
    asked: list[str] = field(default_factory=list)

    def run(self, sha: str, repeat: int = 0) -> Run:
        self.asked.append(sha)
        value = self.values[sha]
        output = None if value is None else self.folder / f"{sha}-{repeat}.json"
        if output is not None and not output.exists():
            output.write_text(json.dumps(float(str(value)) * self.noise()))
        return Run(
            sha=sha,
            tree=sha,
            output=output,
            failed=None if output else "the command ended with code 1",
            returncode=0 if output else 1,
            log=self.folder / "log",
            seconds=1.5,
            cached=sha in self.cached,
            repeat=repeat,
        )


class Roots:
    """Says which code a commit grew from: the base, where nothing else is said."""

    def __init__(self, **roots: str) -> None:
        self._roots = roots

    def merge_base(self, first: str, second: str) -> str | None:
        return self._roots.get(first, second)


def ratio(base: Path, other: Path) -> float | None:
    before, after = json.loads(base.read_text()), json.loads(other.read_text())
    return None if math.isnan(after) else float(after / before - 1)


def difference(base: Path, other: Path) -> float | None:
    return float(json.loads(other.read_text()) - json.loads(base.read_text()))


def found_by(
    bench: Bench,
    parents: Parents,
    *,
    shift: Shift = FALL,
    probabilities: Mapping[str, float] | None = None,
    errors: ErrorRates | None = None,
    roots: Roots | None = None,
) -> Bisection:
    return bisect(
        Laboratory(bench, ratio, shift),
        base=BASE,
        head=list(parents)[-1],
        parents=parents,
        probabilities=probabilities or {},
        ancestry=roots or Roots(),
        errors=errors or ErrorRates(),
        progress=Silence(),
    )


def test_the_culprit_is_found_and_its_part_told(tmp_path: Path) -> None:
    parents = straight(16)
    values = {sha: 0.01 if sha in after("c11", parents) else 1.0 for sha in (BASE, *parents)}
    found = found_by(Bench(tmp_path, values), parents, probabilities={"c11": 0.8})
    assert found.culprit == "c11"
    assert found.share == pytest.approx(1)
    assert found.runs == len(found.trials) == 2
    assert found.halving_runs == halving_runs("c11", parents) == 4
    assert {trial.sha: trial.outcome for trial in found.trials} == {"c10": "good", "c11": "bad"}
    assert {trial.sha: trial.sentence for trial in found.trials} == {
        "c10": "the mean did not move",
        "c11": "the mean fell 100-fold",
    }


def test_of_two_that_add_up_the_one_that_crosses_the_middle_is_named_with_its_part(tmp_path: Path) -> None:
    parents = straight(8)
    values = {BASE: 1.0} | {f"c{n}": 1.0 if n < 3 else 1.3 if n < 6 else 2.0 for n in range(1, 9)}
    shift = Shift(effect=1.0, unit="relative", name="mean")
    found = found_by(Bench(tmp_path, values), parents, shift=shift)
    assert found.culprit == "c6"
    assert found.share == pytest.approx(1 - math.log(1.3) / math.log(2))


def test_builds_that_do_not_run_are_skipped_and_the_range_is_said(tmp_path: Path) -> None:
    parents = straight(8)
    values = {sha: 0.01 if sha in after("c5", parents) else 1.0 for sha in (BASE, *parents)}
    found = found_by(Bench(tmp_path, {**values, "c5": None, "c4": None}), parents)
    assert found.culprit is None
    assert found.reason == "it hides behind 2 builds that do not run: it is one of c4, c5, c6"
    skipped = [trial for trial in found.trials if trial.outcome == "skipped"]
    assert {trial.sentence for trial in skipped} == {"the command ended with code 1"}


def test_predictions_that_cannot_be_compared_are_skipped(tmp_path: Path) -> None:
    parents = straight(4)
    values = {BASE: 1.0, "c1": 1.0, "c2": math.nan, "c3": 0.01, "c4": 0.01}
    found = found_by(Bench(tmp_path, values), parents)
    assert found.reason is not None
    assert "c2, c3" in found.reason


def test_noise_is_met_with_fresh_runs(tmp_path: Path) -> None:
    parents = straight(20)
    values = {sha: 1.1 if sha in after("c7", parents) else 1.0 for sha in (BASE, *parents)}
    shift = Shift(effect=0.1, unit="relative", name="mean")
    chance = random.Random(3)
    bench = Bench(tmp_path, values, noise=lambda: 1 + chance.gauss(0, 0.02))
    found = found_by(bench, parents, shift=shift, errors=error_rates(0.06, shift))
    assert found.culprit == "c7"
    assert len(found.trials) > len({trial.sha for trial in found.trials})


def test_a_commit_on_older_code_is_held_against_that_code(tmp_path: Path) -> None:
    """The base has gained a step of its own since the branch began; the branch brought the fall."""
    parents = {"f1": ("old",), "f2": ("f1",), "f3": ("f2",), "joined": ("f3", BASE), "tip": ("joined",)}
    values = {"old": 5.0, BASE: 1.0, "f1": 5.0, "f2": 5.0, "f3": 0.05, "joined": 0.01, "tip": 0.01}
    bench = Bench(tmp_path, values)
    found = found_by(bench, parents, roots=Roots(f1="old", f2="old", f3="old"))
    assert found.culprit == "f3"
    assert "old" in bench.asked
    assert found.runs == len(found.trials) + 1


@pytest.mark.parametrize(
    ("with_it", "outcome"),
    [
        (0.01, "confirmed"),
        (0.02, "confirmed"),
        (1.0, "cleared"),
        (1.1, "cleared"),
        (0.5, "other"),
        (3.0, "other"),
    ],
)
def test_a_suspect_is_judged_against_its_parent(tmp_path: Path, with_it: float, outcome: str) -> None:
    bench = Bench(tmp_path, {"parent": 1.0, "suspect": with_it})
    trial = judge(Laboratory(bench, ratio, FALL), "suspect", "parent")
    assert trial.outcome == outcome
    assert trial.sha == "suspect"


def test_a_commit_that_was_taken_out_is_judged_the_other_way_round(tmp_path: Path) -> None:
    bench = Bench(tmp_path, {"parent": 0.0, "suspect": 0.3})
    back = Shift(effect=-0.3, unit="points", name="null_rate of payment=wallet")
    trial = judge(Laboratory(bench, difference, back), "suspect", "parent", removed=True)
    assert trial.outcome == "confirmed"
    assert trial.sentence == (
        "without it, the null_rate of payment=wallet fell by 30 points on the same inputs"
    )
    assert judge(Laboratory(bench, difference, NULLS), "suspect", "parent").outcome == "confirmed"


def test_a_shift_is_named_in_words() -> None:
    assert shift_name("mean", None) == "mean"
    assert shift_name("share[spam]", None) == "share of spam"
    assert shift_name("null_rate", "payment=wallet") == "share of missing predictions of payment=wallet"


def test_a_suspect_that_does_not_run_is_skipped(tmp_path: Path) -> None:
    bench = Bench(tmp_path, {"parent": 1.0, "suspect": None})
    trial = judge(Laboratory(bench, ratio, FALL), "suspect", "parent")
    assert trial.outcome == "skipped"
    other = Bench(tmp_path, {"parent": None, "suspect": 1.0})
    assert judge(Laboratory(other, ratio, FALL), "suspect", "parent").outcome == "skipped"


def test_runs_from_the_cache_are_not_counted_as_runs(tmp_path: Path) -> None:
    bench = Bench(tmp_path, {"parent": 1.0, "suspect": 0.01}, cached=frozenset({"suspect"}))
    assert judge(Laboratory(bench, ratio, FALL), "suspect", "parent").runs == 0


@pytest.mark.parametrize(
    ("effect", "share"), [(0.0, 0.0), (-0.9, 0.5), (-0.99, 1.0), (9.0, -0.5), (-1.0, 1.0101), (-2.0, 2.0202)]
)
def test_ratios_are_shares_of_ratios(effect: float, share: float) -> None:
    assert FALL.share(effect) == pytest.approx(share, rel=1e-3)


def test_more_noise_means_more_errors() -> None:
    rates = [error_rates(noise, NULLS).false_bad for noise in (None, 0.0, 0.01, 0.2, 0.4, 3.0)]
    assert rates[:2] == [0.0, 0.0]
    assert rates == sorted(rates)
    assert rates[-1] == 0.3
