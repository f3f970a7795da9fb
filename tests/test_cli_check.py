"""`check` and `replay` from the command line: exit codes, mistakes, acceptances, `git bisect run`."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bisect_ml.checks.acceptance import FILE_NAME
from bisect_ml.cli.commands import app
from bisect_ml.demo import unpack
from tests.checked_service import CheckedService, unpack_service

FAILING = ("13f334a", "27e050a")
PASSING = ("43f23fb", "8c45b62")


pytestmark = pytest.mark.usefixtures("own_cache")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> CheckedService:
    return unpack_service(tmp_path_factory.mktemp("checked"), orders=800)


def bisect_ml(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(arguments), prog_name="bisect-ml")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def test_a_refactoring_passes_with_0(service: CheckedService) -> None:
    code, out, _ = bisect_ml("check", *PASSING, *service.flags())
    assert code == 0
    assert "PASS" in out


def test_a_mistake_fails_with_1_and_the_report_is_saved(service: CheckedService, tmp_path: Path) -> None:
    saved = tmp_path / "check.json"
    html = tmp_path / "check.html"
    outputs = ("--json", str(saved), "--html", str(html))
    code, _, notes = bisect_ml("check", *FAILING, *service.flags(), "--bisect", *outputs)
    assert code == 1
    assert "c96812c44e" in html.read_text()
    report = json.loads(saved.read_text())
    assert (report["schema"], report["version"]) == ("bisect-ml/check", 1)
    assert report["comparison"]["verdict"] == "fail"
    assert report["bisection"]["culprit"].startswith("c96812c")
    assert report["bisection"]["runs"] < report["bisection"]["halving_runs"]
    assert "c96812c44e is bad: the mean fell 100-fold" in notes
    assert report["reproduce"].startswith("bisect-ml check 13f334a 27e050a --repo ")


def test_too_few_rows_are_inconclusive_with_3(service: CheckedService, tmp_path: Path) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text("".join(f"{line}\n" for line in service.orders.read_text().splitlines()[:30]))
    arguments = ("check", *PASSING, *service.flags()[:-1], str(few), "--quiet")
    assert bisect_ml(*arguments)[0] == 3
    assert bisect_ml(*arguments, "--inconclusive=pass")[0] == 0
    assert bisect_ml(*arguments, "--bisect-run")[0] == 125
    assert bisect_ml(*arguments, "--bisect-run", "--inconclusive=pass")[0] == 0


def test_a_branch_that_cannot_run_exits_with_4_and_its_last_lines(service: CheckedService) -> None:
    service.commit("broken", ("checkout_risk/serve.py", "import logging", "import loging"), at="27e050a")
    code, _, complaint = bisect_ml("check", "27e050a", "broken", *service.flags())
    assert code == 4
    assert complaint.splitlines()[-2:][0].strip() == "ModuleNotFoundError: No module named 'loging'"
    assert complaint.splitlines()[-1].startswith("hint: the whole log: ")
    assert bisect_ml("check", "27e050a", "broken", *service.flags(), "--bisect-run")[0] == 125


MISTAKES = {
    "unknown branch": (("check", "main", "feature/nwe"), "no branch, tag or commit 'feature/nwe' in"),
    "same commit": (("check", "main", "main"), "main and main are the same commit, 9f539b0803"),
    "nothing new": (("check", "main", "27e050a"), "27e050a (27e050a918) has nothing that main has not"),
    "no head": (("check", "main"), "there is nothing to compare"),
    "one file": (("check", "--base-predictions", "a.csv"), "predictions are given for one side only"),
    "files and bisect": (
        ("check", "--base-predictions", "a.csv", "--head-predictions", "b.csv", "--bisect"),
        "--bisect runs the code, and files of predictions have none",
    ),
    "missing file": (
        ("check", "--base-predictions", "a.csv", "--head-predictions", "b.csv"),
        "a.csv",
    ),
    "margin": (("check", *FAILING, "--margin", "mean"), "--margin mean: not a margin"),
    "margin of nothing": (("check", *FAILING, "--margin", "meen=1%"), "there is no metric 'meen'"),
    "inconclusive": (("check", *FAILING, "--inconclusive", "maybe"), "--inconclusive=maybe: no such choice"),
    "no reason": (("check", *FAILING, "--accept", " "), "--accept needs a reason"),
    "not checked out": (("check", *FAILING, "--accept", "meant"), "27e050a is not checked out"),
    "no key": (("check", *FAILING, "--key", "request_id"), "request_id"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_of_the_user_is_said_with_a_way_out(service: CheckedService, mistake: str) -> None:
    arguments, complaint = MISTAKES[mistake]
    files = "--base-predictions" in arguments
    code, out, told = bisect_ml(*arguments, *(() if files else service.flags()))
    assert code == 2
    assert out == ""
    error, hint = told.splitlines()[-2:]
    assert error.startswith("error: ")
    assert complaint in error
    assert hint.startswith("hint: ")
    assert "Traceback" not in told


def test_a_command_that_is_not_given_or_takes_no_input_is_refused(service: CheckedService) -> None:
    repo, _, orders = service.flags()[:2], None, service.flags()[-2:]
    code, _, told = bisect_ml("check", *FAILING, *repo)
    assert code == 2
    assert "it is not said how the code predicts" in told
    code, _, told = bisect_ml("check", *FAILING, *repo, *orders, "--run", "python -m app")
    assert code == 2
    assert "--run does not say where the input goes" in told
    code, _, told = bisect_ml("check", *FAILING, *repo, "--run", "python -m app {input}")
    assert code == 2
    assert "{input}, but there is no input" in told


def test_a_mistake_ends_git_bisect_instead_of_marking_a_commit_bad(service: CheckedService) -> None:
    assert bisect_ml("check", "main", "main", *service.flags(), "--bisect-run")[0] == 128


def test_a_name_that_is_nearly_right_is_suggested(service: CheckedService) -> None:
    service.git("branch", "-f", "feature/tariffs", "27e050a")
    _, _, told = bisect_ml("check", "main", "feature/tarifs", *service.flags())
    assert "did you mean feature/tariffs?" in told


def test_what_is_meant_is_accepted_until_its_code_changes(service: CheckedService) -> None:
    """Accepted and committed it passes; a further edit of the same file makes it fail again."""
    loss = "checkout_risk/loss.py"
    edit = (loss, "order.amount / 100", "order.amount / 80")
    service.commit("tariff", edit, at="43f23fb", message="Raise the tariff")
    check = ("check", "43f23fb", "tariff", *service.flags(), "--quiet")
    assert bisect_ml(*check)[0] == 1
    assert bisect_ml(*check, "--accept", "new tariff since May")[0] == 0
    file = service.repository / FILE_NAME
    assert 'reason = "new tariff since May"' in file.read_text()
    assert loss in file.read_text()
    service.git("add", FILE_NAME)
    service.git("commit", "-q", "-m", "Accept the tariff")
    assert bisect_ml(*check)[0] == 0
    (service.repository / "README.md").write_text("Scores orders.\n")
    service.git("commit", "-q", "-a", "-m", "Shorten the readme")
    assert bisect_ml(*check)[0] == 0
    service.commit("tariff", (loss, "order.amount / 80", "order.amount / 79"), message="Raise it more")
    saved = service.folder / "expired.json"
    assert bisect_ml(*check, "--json", str(saved))[0] == 1
    warnings = json.loads(saved.read_text())["warnings"]
    assert f"the acceptance “new tariff since May” has expired: {loss} changed since" in warnings
    assert bisect_ml(*check, "--accept", "newer tariff")[0] == 0
    assert "new tariff since May" not in file.read_text()
    service.git("checkout", "-q", "-f", "main")


def test_settings_come_from_the_table_of_the_file(
    service: CheckedService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command = json.dumps(service.command)
    Path("bisect-ml.toml").write_text(
        f'entry = "checkout_risk.serve:predict"\n[check]\nrun = {command}\n'
        f"input = {json.dumps(str(service.orders))}\n[check.margins]\nmean = 5.0\nmedian = 5.0\nrows = 5.0\n"
    )
    assert bisect_ml("check", *FAILING, "--repo", str(service.repository), "--quiet")[0] == 0
    again = ("check", *FAILING, "--repo", str(service.repository), "--quiet", "--margin", "mean=2%")
    assert bisect_ml(*again)[0] == 1


@pytest.mark.slow
def test_replay_confirms_the_causes_of_the_sample_and_clears_the_others(
    service: CheckedService, tmp_path: Path
) -> None:
    sample = unpack(tmp_path / "sample")
    traced, replayed = tmp_path / "traced.json", tmp_path / "replayed.json"
    log = ("--repo", str(sample.repository), "--deploys", str(sample.deploys), "--service", sample.service)
    bisect_ml("trace", str(sample.predictions), *log, "--json", str(traced), "--quiet")
    html = tmp_path / "replayed.html"
    code, out, _ = bisect_ml(
        *("replay", str(traced), "--json", str(replayed), "--html", str(html)),
        *("--repo", str(sample.repository), *service.flags()[2:]),
    )
    assert code == 0
    assert "confirmed" in out
    incidents = json.loads(replayed.read_text())["incidents"]
    outcomes = {
        (one["id"], suspect["sha"][:7]): suspect["trial"]["outcome"]
        for one in incidents
        for suspect in one["suspects"]
        if suspect["trial"]
    }
    confirmed = {key for key, outcome in outcomes.items() if outcome == "confirmed"}
    expected = {(3, "bace688"), (4, "c96812c"), (5, "63fc74b"), (6, "759d3e4"), (7, "759d3e4")}
    assert confirmed == expected
    assert set(outcomes.values()) == {"confirmed", "cleared"}
    for one in incidents:
        total = sum(suspect["probability"] for suspect in one["suspects"]) + one["unexplained_probability"]
        assert total + one["cut_probability"] == pytest.approx(1)
        if one["id"] >= 3:
            assert one["suspects"][0]["probability"] > 0.95
            assert one["next_step"].startswith("Running `")
    assert "<html" in html.read_text()


def test_a_replay_of_an_incident_that_is_not_there_is_refused(
    service: CheckedService, tmp_path: Path
) -> None:
    missing = bisect_ml("replay", str(tmp_path / "none.json"), *service.flags())
    assert missing[0] == 2


@pytest.mark.slow
def test_git_bisect_run_finds_the_culprit(service: CheckedService) -> None:
    """Every exit code under a real `git bisect run`: 0 good, 1 bad, 125 for a build that does not run."""
    serve = "checkout_risk/serve.py"
    service.commit("walk", at="8c45b62")
    for number in range(7):
        if number == 3:
            service.commit("walk", ("checkout_risk/features.py", "order.amount / 100", "order.amount"))
        elif number == 5:
            service.commit("walk", (serve, "import logging", "import loging"), message="Break")
        elif number == 6:
            service.commit("walk", (serve, "import loging", "import logging"), message="Mend")
        else:
            service.commit("walk", message=f"Step {number}")
    culprit = service.git("rev-parse", "walk~3")
    service.git("bisect", "start", "walk", "8c45b62")
    tool = Path(sys.executable).parent / "bisect-ml"
    command = [str(tool), "check", "8c45b62", "HEAD", *service.flags(), "--bisect-run", "--quiet"]
    told = service.git("bisect", "run", *command)
    service.git("bisect", "reset")
    service.git("checkout", "-q", "main")
    assert f"{culprit} is the first bad commit" in told


def _heed_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_during_a_run_leaves_nothing_behind(service: CheckedService, tmp_path: Path) -> None:
    started = tmp_path / "started"
    command = f"touch {shlex.quote(str(started))} && sleep 600 && cat {{input}}"
    before = service.git("worktree", "list"), service.git("for-each-ref"), service.git("status", "--short")
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    tool = Path(sys.executable).parent / "bisect-ml"
    flags = ["--repo", str(service.repository), "--run", command, "--input", str(service.orders)]
    process = subprocess.Popen(
        [str(tool), "check", *FAILING, *flags],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # Whoever runs the tests in the background has them ignore the signal.
        preexec_fn=_heed_ctrl_c,  # noqa: PLW1509 - the test has no threads
    )
    deadline = time.monotonic() + 60
    while not started.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert started.exists()
    process.send_signal(signal.SIGINT)
    # The command outlasts the wait: the test fails where a signal is lost.
    _, complaint = process.communicate(timeout=120)
    assert process.returncode == 130
    assert b"Traceback" not in complaint
    after = service.git("worktree", "list"), service.git("for-each-ref"), service.git("status", "--short")
    assert after == before
    left = [path for path in (tmp_path / "cache").rglob("*") if path.name == "features.py"]
    assert left == []
