"""`bisect-ml init`: what is found in a folder becomes a settings file that `trace` can read."""

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bisect_ml.cli.commands import app
from bisect_ml.config import Settings, load_settings
from bisect_ml.demo import Sample, unpack
from bisect_ml.errors import InputError
from bisect_ml.initialisation import draft


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sample:
    sample = unpack(tmp_path / "work")
    monkeypatch.chdir(sample.folder)
    return sample


def test_what_it_writes_is_what_trace_would_guess(sample: Sample) -> None:
    found = draft(repo="repository")
    (sample.folder / "bisect-ml.toml").write_text(found.text, encoding="utf-8")
    settings = load_settings({}, folder=sample.folder)

    assert settings == Settings(
        timestamp="timestamp",
        prediction="prediction",
        slices=("country", "payment", "channel"),
        features=("amount_minor", "account_age_days"),
        deploys="deploys.csv",
    )
    assert found.command == "bisect-ml trace predictions.parquet --repo repository --html report.html"


def test_what_only_the_user_knows_is_offered_and_off(sample: Sample) -> None:
    text = draft(repo="repository").text

    assert '# service = "checkout-risk"' in text
    assert "review-queue (5 deploys)" in text
    switched_on = text.replace("# service", "service").replace("# entry", "entry")
    assert tomllib.loads(switched_on)["service"] == "checkout-risk"


def test_the_one_service_and_environment_of_a_deploy_log_are_on(sample: Sample) -> None:
    lines = sample.deploys.read_text(encoding="utf-8").splitlines(keepends=True)
    own = [line for line in lines[1:] if "checkout-risk" in line and "production" in line]
    sample.deploys.write_text("".join([lines[0], *own]), encoding="utf-8")

    settings = tomllib.loads(draft(repo="repository").text)
    assert (settings["service"], settings["environment"]) == ("checkout-risk", "production")


def test_files_of_one_folder_are_one_log_and_what_is_no_log_is_passed_over(sample: Sample) -> None:
    day = "timestamp,score\n" + "".join(f"2026-03-0{n % 9 + 1}T00:00:00Z,0.{n}\n" for n in range(1, 60))
    logs = sample.folder / "logs"
    logs.mkdir()
    for name in ("one.csv", "two.csv"):
        (logs / name).write_text(day, encoding="utf-8")
    sample.predictions.unlink()
    (sample.folder / "notes.csv").write_text("a,b\n" + "x,y\n" * 5_000, encoding="utf-8")

    assert draft(repo="repository").command.startswith("bisect-ml trace 'logs/*.csv'")


def test_release_tags_stand_in_for_a_deploy_log(sample: Sample) -> None:
    import git

    sample.deploys.unlink()
    git.Repo(sample.repository).create_tag("v1.0")

    assert 'deploys = "tags:v[0-9]*"' in draft(repo="repository").text


def test_without_any_log_it_says_what_to_name(sample: Sample) -> None:
    sample.predictions.unlink()

    with pytest.raises(InputError, match="no prediction log was found") as caught:
        draft(repo="repository")
    assert "bisect-ml init PREDICTIONS" in caught.value.hint


def test_the_command_never_overwrites_a_settings_file(sample: Sample) -> None:
    (sample.folder / "bisect-ml.toml").write_text("tz = 'Europe/Berlin'\n", encoding="utf-8")

    done = CliRunner().invoke(app, ["init", "--repo", "repository"])
    assert done.exit_code == 2
    assert "exists already" in done.stderr
    assert (sample.folder / "bisect-ml.toml").read_text(encoding="utf-8") == "tz = 'Europe/Berlin'\n"


def test_the_command_writes_the_file_and_says_what_to_run(sample: Sample) -> None:
    done = CliRunner().invoke(app, ["init", "--repo", "repository"])

    assert done.exit_code == 0, done.stderr
    assert "bisect-ml trace predictions.parquet" in done.stdout
    assert load_settings({}, folder=sample.folder).prediction == "prediction"
