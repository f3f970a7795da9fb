"""Branches of the sample service checked end to end, by running them."""

import sys
from pathlib import Path

import pytest

import bisect_ml
from bisect_ml.errors import RunError
from tests.checked_service import CheckedService, unpack_service

# Release ranges of the sample, with the commit that moved the predictions.
UNITS = ("13f334a", "27e050a", "c96812c")
BRAZIL = ("7aee41a", "13f334a", "bace688")
WALLETS = ("741ab08", "0ef9917", "759d3e4")
REFACTORING = ("43f23fb", "8c45b62")


pytestmark = pytest.mark.usefixtures("own_cache")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> CheckedService:
    return unpack_service(tmp_path_factory.mktemp("checked"))


def test_the_unit_mistake_fails_and_is_found_in_fewer_runs_than_by_halving(
    service: CheckedService,
) -> None:
    base, head, culprit = UNITS
    report = service.check(base, head, bisect=True)
    worst = report.comparison.results[0]
    assert report.comparison.verdict == "fail"
    assert (worst.metric, worst.slice, worst.signature) == ("mean", None, "/100")
    found = report.bisection
    assert found is not None
    assert str(found.culprit).startswith(culprit)
    assert found.subject == "Parse amounts once, at the edge"
    assert str(found.merge).startswith("54e0a73")
    assert found.share == pytest.approx(1, abs=0.01)
    assert found.runs < found.halving_runs
    first = report.suspects[0]
    assert first.sha == found.culprit
    assert first.trial is not None
    assert first.trial.outcome == "bad"
    assert first.probability > 0.99
    total = sum(one.probability for one in report.suspects) + report.unexplained_probability
    assert total == pytest.approx(1)
    assert f"git show {str(found.culprit)[:12]}" in report.next_step
    assert {"base", "head", found.culprit} <= set(report.logs)
    assert all(Path(log).exists() for log in report.logs.values())


@pytest.mark.parametrize(("base", "head", "culprit"), [BRAZIL, WALLETS])
def test_a_mistake_in_one_slice_is_named(service: CheckedService, base: str, head: str, culprit: str) -> None:
    report = service.check(base, head)
    named = {one.slice for one in report.comparison.results if one.verdict == "fail"}
    assert report.comparison.verdict == "fail"
    assert named & {"country=BR", "payment=wallet"}
    assert str(report.suspects[0].sha).startswith(culprit)
    assert sum(one.probability for one in report.suspects) == pytest.approx(1)
    assert "--bisect" in report.next_step


@pytest.mark.parametrize("bisect", [False, True])
def test_what_the_evidence_lacked_is_said_until_the_runs_have_found_the_commit(
    service: CheckedService, bisect: bool
) -> None:
    base, head, _ = UNITS
    report = service.check(base, head, bisect=bisect, entry="checkout_risk.serve:guess")
    assert any("no entry point" in told for told in report.warnings) is not bisect


def test_a_refactoring_passes(service: CheckedService) -> None:
    report = service.check(*REFACTORING)
    assert report.comparison.verdict == "pass"
    assert report.suspects == ()
    assert report.base.rows == report.head.rows == 800
    assert report.comparison.rows[0].changed == 0
    assert report.next_step == ""


def test_a_branch_that_cannot_run_says_the_last_lines_of_its_log(service: CheckedService) -> None:
    service.commit("broken", ("checkout_risk/serve.py", "import logging", "import loging"), at="27e050a")
    with pytest.raises(RunError) as caught:
        service.check("27e050a", "broken")
    assert caught.value.exit_code == 4
    assert "broken (" in caught.value.message
    assert "ModuleNotFoundError: No module named 'loging'" in caught.value.message.splitlines()[-1]
    assert "log" in caught.value.hint


def test_builds_that_do_not_run_hide_the_culprit_in_a_range_that_is_said(service: CheckedService) -> None:
    serve, loss = "checkout_risk/serve.py", "checkout_risk/loss.py"
    service.commit("hidden", at="8c45b62")
    before = service.git("rev-parse", "HEAD")
    service.commit("hidden", (serve, "import logging", "import loging"), message="Break the build")
    service.commit("hidden", (loss, "/ 100", "/ 10"), message="Change the unit")
    service.commit("hidden", (serve, "import loging", "import logging"), message="Mend the build")
    service.commit("hidden", message="Go on")
    report = service.check(before, "hidden", bisect=True)
    found = report.bisection
    assert found is not None
    assert found.culprit is None
    assert str(found.reason).startswith("it hides behind 2 builds that do not run: it is one of ")
    assert sum(trial.outcome == "skipped" for trial in found.trials) == 2
    among = [one for one in report.suspects if (one.sha or "")[:10] in str(found.reason)]
    assert sum(one.probability for one in among) > 0.999


def test_a_base_that_has_moved_on_does_not_count(service: CheckedService) -> None:
    """The main line has the unit mistake, the branch left before it."""
    service.commit("feature", at="8c45b62", message="Nothing that acts")
    report = service.check("27e050a", "feature")
    assert report.comparison.verdict == "pass"
    assert report.base.sha == service.git("rev-parse", "8c45b62")
    assert any("where it left 27e050a" in warning for warning in report.warnings)


def test_two_files_are_compared_without_running_anything(service: CheckedService, tmp_path: Path) -> None:
    run = service.check(*UNITS[:2])
    report = bisect_ml.check(
        base_predictions=run.base.predictions, head_predictions=run.head.predictions, key=["order_id"]
    )
    assert report.comparison.results == run.comparison.results
    assert report.suspects == ()
    named = bisect_ml.check(
        *UNITS[:2],
        repo=service.repository,
        base_predictions=run.base.predictions,
        head_predictions=run.head.predictions,
        key=["order_id"],
    )
    assert str(named.suspects[0].sha).startswith(UNITS[2])
    assert named.head.subject == run.head.subject


def test_the_base_that_runs_again_shows_no_noise(service: CheckedService) -> None:
    report = service.check(*REFACTORING, repeat_base=1)
    assert report.comparison.noise is not None
    assert report.comparison.noise.runs == 2
    assert report.comparison.noise.changed == 0


def test_a_noisy_command_is_met_with_repeated_runs(service: CheckedService, tmp_path: Path) -> None:
    """Scores that vary by some per cent from run to run, and a branch that moves them by a tenth."""
    script = tmp_path / "noisy.py"
    script.write_text(
        "import json, random, sys, pathlib\n"
        "factor = float(pathlib.Path('factor.txt').read_text()) * (1 + random.gauss(0, 0.01))\n"
        "rows = [{'id': n, 'score': factor * (1 + n % 7)} for n in range(400)]\n"
        "open(sys.argv[1], 'w').write('\\n'.join(map(json.dumps, rows)))\n"
    )
    factors = [1.0, 1.0, 1.0, 1.0, 1.12, 1.12, 1.12]
    shas = []
    service.git("checkout", "-q", "--orphan", "noisy")
    service.git("rm", "-rfq", ".")
    for number, factor in enumerate(factors):
        (service.repository / "factor.txt").write_text(f"{factor}\n")
        (service.repository / "step.txt").write_text(f"{number}\n")
        service.git("add", "factor.txt", "step.txt")
        service.git("commit", "-q", "-m", f"Step {number}")
        shas.append(service.git("rev-parse", "HEAD"))
    report = bisect_ml.check(
        shas[0],
        shas[-1],
        repo=service.repository,
        run=f"{sys.executable} {script} {{output}}",
        key=["id"],
        repeat_base=3,
        bisect=True,
    )
    assert report.comparison.verdict == "fail"
    assert report.comparison.noise is not None
    assert report.comparison.noise.changed > 0.9
    assert report.bisection is not None
    assert report.bisection.culprit == shas[4]
