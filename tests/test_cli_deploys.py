"""`bisect-ml deploys`, as it is typed."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bisect_ml.cli.commands import app
from tests.builders import build_repository, commit
from tests.deployed_services import Company, at, make_company, write_rows


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    made = make_company(tmp_path_factory.mktemp("company"))
    (made.folder / "settings.toml").write_text(f"[repositories]\nfeatures = '{made.features.path}'\n")
    return made


def run(company: Company, *arguments: str) -> tuple[int, str, str]:
    fixed = ["--repo", str(company.services.path), "--config", str(company.folder / "settings.toml")]
    return typed(["deploys", *arguments, *fixed])


def typed(arguments: Sequence[str]) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(arguments), prog_name="bisect-ml")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def test_the_timeline_is_a_table_that_fits_eighty_columns(company: Company) -> None:
    code, out, err = run(company, str(company.log))

    shas = {name: sha[:7] for name, sha in company.services.shas.items()}
    two, one = company.features["two"][:7], company.features["one"][:7]
    rows = [line.split() for line in out.splitlines() if line.startswith("2026-")]
    assert code == 0
    assert "Deploy column for started: started_at" in err
    assert out.startswith("10 deploys, 2026-03-01 00:00 to 09:00 UTC\n")
    assert rows == [
        ["2026-03-01", "00:00", "scorer/production", shas["base"], "?", "?", "first", "known"],
        ["2026-03-01", "01:00", "features", one, "?", "?", "first", "known"],
        ["2026-03-01", "02:00", "scorer/staging", shas["base"], "?", "?", "first", "known"],
        ["2026-03-01", "03:00", "scorer/production", f"{shas['base']}..{shas['merge']}", "3", "0", "#7"],
        ["2026-03-01", "04:00", "scorer/production", shas["aside"], "-", "-", "failed"],
        ["2026-03-01", "05:00", "scorer/production", f"{shas['merge']}..{shas['batch change']}", "0", "2",
         "rollback,"],
        ["2026-03-01", "06:00", "scorer/production", f"{shas['batch change']}..{shas['aside']}", "1", "0"],
        ["2026-03-01", "07:00", "scorer/production", f"{shas['aside']}..{shas['merge']}", "2", "1",
         "diverged,"],
        ["2026-03-01", "08:00", "scorer/production", shas["merge"], "0", "0", "redeploy"],
        ["2026-03-01", "09:00", "features", f"{one}..{two}", "1", "0"],
    ]  # fmt: skip
    assert max(map(len, out.splitlines())) <= 80
    assert "1 of 10 deploys failed or were cancelled" in out


def test_what_came_after_an_unknown_commit_is_no_redeploy(company: Company, tmp_path: Path) -> None:
    base, lost = company.services["base"], "deadbeef12"
    log = write_rows(
        tmp_path / "log.csv",
        *((hour, sha, "scorer", "production", "ok") for hour, sha in enumerate((base, lost, base))),
    )

    _, out, _ = run(company, str(log), "--json", "-")
    _, shown, _ = run(company, str(log))

    assert [release["kind"] for release in json.loads(out)["releases"]] == ["first", "unknown", "unknown"]
    lines = [line.split(maxsplit=3)[3] for line in shown.splitlines() if line.startswith("2026-")]
    assert lines == ["?     ?   first known", "?     ?   not in git", "?     ?   range not known"]


def test_what_all_deploys_share_stands_in_the_heading(company: Company) -> None:
    _, out, _ = run(company, str(company.log), "--service", "scorer", "--environment", "production")

    assert out.startswith("7 deploys of scorer/production, ")
    assert "Where" not in out


def test_what_was_live_is_told(company: Company) -> None:
    code, out, _ = run(company, "--deploys", str(company.log), "--at", at(3.1).isoformat())

    assert code == 0
    assert out.startswith("Live at 2026-03-01 03:06:00 UTC\n")
    told = " ".join(out.split())
    assert f"scorer/production 2026-03-01 03:00 {company.services['merge'][:10]}" in told
    assert "rolling out until" in told


def test_not_knowing_what_was_live_is_no_success(company: Company) -> None:
    code, out, _ = run(company, str(company.log), "--at", "2020-01-01")

    assert code == 3
    assert "is unknown" in out


def test_the_json_stands_alone_and_holds_the_names_that_are_documented(company: Company) -> None:
    code, out, err = run(company, str(company.log), "--at", at(4).isoformat(), "--json", "-")

    saved = json.loads(out)
    assert (code, err) == (0, "")
    assert (saved["schema"], saved["version"], saved["at"]) == (
        "bisect-ml/deploys",
        1,
        "2026-03-01T04:00:00Z",
    )
    release = saved["releases"][3]
    assert {"deploy", "kind", "repository", "previous", "shipped", "removed", "truncated"} == release.keys()
    assert release["shipped"][0]["pull_request"] == "7"
    assert release["shipped"][0]["commits"][1]["sha"] == company.services["scorer change"]
    assert [live["deploy"]["service"] for live in saved["live"]] == ["features", "scorer", "scorer"]


def test_a_file_is_written_and_said(company: Company, tmp_path: Path) -> None:
    target = tmp_path / "timeline.json"

    code, out, _ = run(company, str(company.log), "--json", str(target))

    assert code == 0
    assert out.endswith(f"Wrote {target}\n")
    assert json.loads(target.read_text())["releases"]


def test_logs_as_arguments_and_as_options_are_put_together(company: Company, tmp_path: Path) -> None:
    more = write_rows(tmp_path / "more.csv", (10, company.services["base"], "scorer", "production", "ok"))

    _, out, _ = run(company, str(company.log), "--deploys", str(more))

    assert out.startswith("11 deploys, ")


def test_hostile_names_and_messages_are_shown_and_not_obeyed(tmp_path: Path) -> None:
    built = build_repository(
        tmp_path / "repo",
        [
            commit("a"),
            commit("b", message="\x1b[31mred\x1b[0m ::error::x\u202e token=ghp_" + "a1" * 18),
        ],
    )
    log = write_rows(
        tmp_path / "log.csv",
        (0, built["a"], "\x1b[2Jsvc", "prod", "ok"),
        (1, "##[error]\x1b]0;x\x07", "\x1b[2Jsvc", "prod", "ok"),
        (2, built["b"], "\x1b[2Jsvc", "prod", "ok"),
    )
    fixed = ["deploys", str(log), "--repo", str(built.path)]
    for more in ([], ["--at", at(3).isoformat()], ["--json", "-"]):
        _, out, err = typed([*fixed, *more])
        assert not set(out + err) & {"\x1b", "\x07", "\u202e"}
        assert "a1a1a1a1" not in out
        assert "--json" in more or not re.search(r"::error::|##\[error\]", out)


def test_an_empty_choice_says_so(company: Company) -> None:
    code, out, _ = run(company, str(company.log), "--environment", "moon")

    assert code == 0
    assert "No deploy of this service and environment" in out
    assert "no deploy is to environment 'moon'" in " ".join(out.split()).lower()


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["absent.csv"], "absent.csv"),
        (["--at", "soon"], "--at"),
        (["--json", "/no/such/folder/x.json"], "/no/such/folder"),
        (["--tz", "Mars/Olympus"], "Mars/Olympus"),
    ],
)
def test_mistakes_end_in_two_lines(company: Company, flags: list[str], told: str) -> None:
    code, out, err = run(company, str(company.log), *flags)

    assert (code, out) == (2, "")
    *_, error, hint = err.splitlines()
    assert error.startswith("error: ")
    assert told in error
    assert hint.startswith("hint: ")
