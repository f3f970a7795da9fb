import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import bisect_ml
from bisect_ml.cli.commands import app
from bisect_ml.errors import BisectError
from tests.builders import run_git
from tests.incident_site import BREAK, START, Site, make_site, write_deploys, write_log


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("site"))


def run(arguments: Sequence[str]) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(arguments), prog_name="bisect-ml")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def test_the_culprit_of_a_thousandfold_rise_is_named(site: Site, tmp_path: Path) -> None:
    saved = tmp_path / "report.json"
    code, out, _ = run([*site.arguments(), "--entry", "app.model:predict", "--json", str(saved)])
    assert code == 0
    report = json.loads(saved.read_text())
    (incident,) = report["incidents"]
    onset = datetime.fromisoformat(incident["onset"])
    assert abs(onset - BREAK) < timedelta(minutes=30)
    assert (incident["kind"], incident["signature"]) == ("ratio", "x1000")
    assert incident["suspects"][0]["sha"] == site.culprit
    total = sum(one["probability"] for one in incident["suspects"]) + incident["unexplained_probability"]
    assert total == pytest.approx(1)
    assert site.culprit[:10] in out
    assert max(len(line) for line in out.splitlines() if not line.startswith("Wrote ")) <= 80


def test_the_saved_report_has_the_names_that_other_tools_rely_on(site: Site, tmp_path: Path) -> None:
    saved = tmp_path / "report.json"
    run([*site.arguments(), "--json", str(saved)])
    report = json.loads(saved.read_text())
    assert (report["schema"], report["version"]) == ("bisect-ml/trace", 1)
    assert {"created_at", "inputs", "settings", "warnings", "incidents"} <= report.keys()
    (incident,) = report["incidents"]
    assert {
        *("id", "onset", "interval", "metric", "slice", "kind", "before", "after", "ongoing", "symptoms"),
        *("suspects", "unexplained_probability"),
    } <= incident.keys()
    suspect = incident["suspects"][0]
    assert {
        *("sha", "probability", "deploy", "subject", "author", "committed_at", "evidence"),
    } <= suspect.keys()
    assert {"sha", "started_at", "service", "environment"} <= suspect["deploy"].keys()
    assert {"scorer", "llr", "sentence"} <= suspect["evidence"][0].keys()
    assert incident["onset"].endswith("Z")


def test_commits_link_where_the_template_says(site: Site, tmp_path: Path) -> None:
    saved = tmp_path / "report.json"
    template = "https://git.example.com/app/{sha}"
    assert run([*site.arguments(), "--json", str(saved), "--link-template", template])[0] == 0
    link = f"https://git.example.com/app/{site.culprit}"
    code, out, _ = run(["render", str(saved), "--markdown", "-"])
    assert code == 0
    assert link in out
    elsewhere = run(["render", str(saved), "--markdown", "-", "--link-template", "http://other/{sha}"])[1]
    assert link not in elsewhere
    assert f"http://other/{site.culprit}" in elsewhere
    assert_refused(*run(["render", str(saved), "--link-template", "{sha}"]), "link template")


def test_every_format_is_written_and_a_saved_report_renders_alike(site: Site, tmp_path: Path) -> None:
    files = {name: tmp_path / f"report.{name}" for name in ("html", "jira", "json", "markdown")}
    flags = [word for name, path in files.items() for word in (f"--{name}", str(path))]
    code, out, _ = run([*site.arguments(), *flags])
    assert code == 0
    again = {name: tmp_path / f"again.{name}" for name in files}
    code, rendered, _ = run(
        ["render", str(files["json"]), *(w for name, path in again.items() for w in (f"--{name}", str(path)))]
    )
    assert code == 0
    for name, path in files.items():
        assert path.read_text() == again[name].read_text(), name
    assert rendered.replace("again.", "report.") == out


def test_json_on_standard_output_stands_alone(site: Site) -> None:
    code, out, err = run([*site.arguments(), "--json", "-"])
    assert code == 0
    assert json.loads(out)["incidents"]
    assert err == ""


def test_quiet_says_nothing(site: Site) -> None:
    assert run([*site.arguments(), "--quiet"]) == (0, "", "")


def test_guesses_are_printed(site: Site) -> None:
    _, _, err = run(site.arguments())
    assert "timestamp" in err
    assert "prediction" in err


def test_a_break_can_fail_the_run(site: Site, tmp_path: Path) -> None:
    assert run([*site.arguments(), "--fail-on-break"])[0] == 1
    write_log(tmp_path / "quiet.csv", shifted=False)
    quiet = ["trace", str(tmp_path / "quiet.csv"), *site.arguments()[2:], "--fail-on-break"]
    code, out, _ = run(quiet)
    assert code == 0
    assert "No break found" in out


def test_deploys_beside_the_log_are_found(site: Site) -> None:
    code, out, err = run(["trace", str(site.log), "--repo", str(site.repository.path)])
    assert code == 0
    assert "deploys.csv" in err
    assert site.culprit[:10] in out


def test_in_a_shallow_clone_no_deploy_is_said_to_have_shipped_nothing(site: Site, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    run_git("clone", "--quiet", "--depth=1", site.repository.path.as_uri(), str(clone))
    code, out, _ = run(["trace", str(site.log), "--repo", str(clone), "--deploys", str(site.deploys)])
    text = " ".join(out.split())
    assert code == 0
    assert "the history back to the commit that served before it is not in this shallow clone" in text
    assert f"Next: Roll back to `{site.repository['first'][:12]}`, which served before." in text
    assert "trace again: `git fetch --unshallow --tags`." in text
    assert "no deploy came before it" not in text
    assert "new commit" not in text


def test_python_gives_the_same_answer_from_frames(site: Site) -> None:
    log, deploys = pd.read_csv(site.log), pd.read_csv(site.deploys)
    report = bisect_ml.trace(log, repo=site.repository.path, deploys=deploys, entry="app.model:predict")
    assert [one.suspects[0].sha for one in report.incidents] == [site.culprit]


def test_an_entry_point_that_is_not_in_the_code_is_said(site: Site) -> None:
    told = " ".join(run([*site.arguments(), "--entry", "app.model:guess"])[1].split())
    assert "The code has no entry point app.model:guess" in told
    assert "no entry point" not in run([*site.arguments(), "--entry", "app.model:predict"])[1]


def test_the_module_runs_too() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bisect_ml", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"bisect-ml {bisect_ml.__version__}\n"


def _log_of(text: str, path: Path) -> str:
    path.write_text(text)
    return str(path)


def _rows(values: Sequence[object], *, start: datetime = START) -> str:
    rows = (f"{(start + timedelta(hours=at)).isoformat()},{value}" for at, value in enumerate(values))
    return "timestamp,prediction\n" + "\n".join(rows) + "\n"


def _words(site: Site, log: str) -> list[str]:
    return ["trace", log, *site.arguments()[2:]]


BAD_LOGS = {
    "missing file": (None, "log.csv"),
    "empty file": ("", "log.csv"),
    "only a header": ("timestamp,prediction\n", "log.csv"),
    "unparseable time": (_rows([1, 2, 3]).replace("2026-03-01T01", "yesterday-ish"), "yesterday-ish"),
    "all null": (_rows([""] * 30), "prediction"),
    "one point": (_rows([1.0]), "one"),
    "no usable column": ("colour,shape\nred,round\nblue,square\n", "--timestamp"),
}


@pytest.mark.parametrize("case", BAD_LOGS)
def test_a_log_that_cannot_be_used_ends_in_two_lines(site: Site, tmp_path: Path, case: str) -> None:
    text, told = BAD_LOGS[case]
    log = tmp_path / "log.csv"
    if text is not None:
        log.write_text(text)
    report = tmp_path / "report.html"
    code, out, err = run([*_words(site, str(log)), "--html", str(report)])
    assert_refused(code, out, err, told)
    assert not list(tmp_path.glob("*report*"))


def assert_refused(code: int, out: str, err: str, told: str) -> None:
    lines = err.splitlines()
    assert code == 2
    assert out == ""
    assert lines[-2].startswith("error: ")
    assert lines[-1].startswith("hint: ")
    assert told.lower() in (lines[-2] + lines[-1]).lower()
    assert "Traceback" not in err


def test_a_column_that_is_not_there(site: Site) -> None:
    assert_refused(*run([*site.arguments(), "--prediction", "scoer"]), "scoer")


def test_a_corrupt_parquet_file(site: Site, tmp_path: Path) -> None:
    (tmp_path / "log.parquet").write_bytes(b"PAR1" + bytes(range(200)))
    assert_refused(*run(_words(site, str(tmp_path / "log.parquet"))), "log.parquet")


def test_a_file_that_may_not_be_read(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "secret.csv"
    log.write_text(_rows([1, 2, 3]))
    log.chmod(0)
    if _readable(log):
        pytest.skip("this user may read everything")
    assert_refused(*run(_words(site, str(log))), "permission")


def _readable(path: Path) -> bool:
    try:
        path.read_bytes()
    except PermissionError:
        return False
    return True


def test_a_constant_series_is_quiet_not_wrong(site: Site, tmp_path: Path) -> None:
    log = _log_of(_rows([0.5] * 24 * 12), tmp_path / "log.csv")
    code, out, _ = run(_words(site, log))
    assert code == 0
    assert "No break found" in out


def test_a_folder_that_is_no_repository(site: Site, tmp_path: Path) -> None:
    words = ["trace", str(site.log), "--deploys", str(site.deploys), "--repo", str(tmp_path)]
    assert_refused(*run(words), "repository")


def test_deploys_of_shas_that_git_does_not_know(site: Site, tmp_path: Path) -> None:
    write_deploys(tmp_path / "d.csv", [(BREAK, "f" * 40)])
    words = [*site.arguments()[:4], "--deploys", str(tmp_path / "d.csv")]
    assert_refused(*run(words), "f" * 10)


def test_deploys_outside_the_window_of_the_log(site: Site, tmp_path: Path) -> None:
    write_deploys(tmp_path / "d.csv", [(datetime(2019, 1, 1, tzinfo=UTC), site.culprit)])
    words = [*site.arguments()[:4], "--deploys", str(tmp_path / "d.csv")]
    assert_refused(*run(words), "window")


def test_a_deploy_file_that_is_not_there(site: Site) -> None:
    words = [*site.arguments()[:4], "--deploys", "absent.csv"]
    assert_refused(*run(words), "absent.csv")


def test_a_service_that_nothing_deploys(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text(f"deployed_at,sha,service\n{BREAK.isoformat()},{site.culprit},scorer\n")
    words = [*site.arguments()[:4], "--deploys", str(path), "--service", "scoerr"]
    assert_refused(*run(words), "service")


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--tz", "Mars/Olympus"], "Mars/Olympus"),
        (["--bucket", "fortnight"], "fortnight"),
        (["--html", "/no/such/folder/report.html"], "/no/such/folder"),
        (["--json", "x", "--html", "x"], "same place"),
        (["--config", "absent.toml"], "absent.toml"),
        (["--max-unreadable", "7"], "max_unreadable"),
        (["--link-template", "https://git.example.com/commit/"], "link template"),
        (["--link-template", "javascript:alert('{sha}')"], "link template"),
    ],
)
def test_a_flag_that_does_not_fit(site: Site, flags: list[str], told: str) -> None:
    assert_refused(*run([*site.arguments(), *flags]), told)


def test_too_many_unreadable_rows(site: Site, tmp_path: Path) -> None:
    good = _rows([0.5 + 0.01 * (at % 7) for at in range(300)]).splitlines()
    bad = [*good[:50], *["2026-03-05T00:00:00Z,not-a-number"] * 20, *good[50:]]
    log = _log_of("\n".join(bad) + "\n", tmp_path / "log.csv")
    words = [*_words(site, log), "--prediction", "prediction"]
    assert_refused(*run(words), "not-a-number")
    code, out, _ = run([*words, "--max-unreadable", "0.2"])
    assert code == 0
    assert "20" in out


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"schema": "other"}', '{"schema": "bisect-ml/trace", "version": 9}']
)
def test_a_saved_report_that_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(text)
    assert_refused(*run(["render", str(path)]), "report.json")


def test_a_report_that_is_not_there() -> None:
    assert_refused(*run(["render", "absent.json"]), "absent.json")


def test_errors_do_not_obey_control_characters(site: Site) -> None:
    _, _, err = run(_words(site, "\x1b[31mred.csv"))
    assert "\x1b" not in err


def test_an_error_of_ours_carries_its_exit_code() -> None:
    assert BisectError("what").exit_code == 2
