"""The sample incident is what its truth says, comes from its story, and unpacks."""

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import git
import pytest

from bisect_ml.demo import ENTRY, ENVIRONMENT, SERVICE, Sample, unpack
from bisect_ml.errors import GitError
from sample_data.history import History, play
from sample_data.regenerate import HERE, STORY, find_truth, log_rows, write_deploys
from sample_data.traffic import FIRST_DAY, requests_of_day

TRUTH: dict[str, Any] = json.loads((HERE / "truth.json").read_text())
ROLLOUT_DAY = (datetime(2026, 5, 19, tzinfo=UTC) - FIRST_DAY).days
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def history() -> History:
    return play(STORY)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return unpack(tmp_path_factory.mktemp("sample"))


def logged(start: datetime, end: datetime) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        return connection.execute(
            "SELECT epoch_us(timestamp), * EXCLUDE (timestamp) FROM read_parquet($file)"
            " WHERE timestamp >= $start AND timestamp < $end ORDER BY timestamp",
            {"file": str(HERE / "predictions.parquet"), "start": start, "end": end},
        ).fetchall()


def mean(rows: list[tuple[Any, ...]]) -> float:
    known = [row[1] for row in rows if row[1] is not None]
    return float(sum(known) / len(known))


def test_folder_is_flat_and_small() -> None:
    files = [path for path in HERE.iterdir() if path.name != "__pycache__"]
    assert all(path.is_file() for path in files)
    assert sum(path.stat().st_size for path in files) < 5e6
    assert (HERE / "service.bundle").stat().st_size < 200_000


def test_bundle_holds_the_story(sample: Sample, history: History) -> None:
    with git.Repo(sample.repository) as repository:
        assert repository.head.commit.hexsha == history.heads["main"] == TRUTH["head"]
        assert set(repository.git.rev_list("HEAD").split()) == set(history.commits)
        assert not repository.is_dirty(untracked_files=True)


def test_history_is_as_large_as_a_real_one(sample: Sample) -> None:
    with git.Repo(sample.repository) as repository:
        commits = list(repository.iter_commits())
        assert 60 <= len(commits) <= 90
        assert len({commit.author.name for commit in commits}) >= 4
        assert sum(len(commit.parents) == 2 for commit in commits) >= 5
        span = commits[0].committed_datetime - commits[-1].committed_datetime
        assert timedelta(weeks=9) < span < timedelta(weeks=11)
        assert [commit.committed_datetime for commit in commits] == sorted(
            (commit.committed_datetime for commit in commits), reverse=True
        )


def test_deploys_come_from_the_story(history: History, tmp_path: Path) -> None:
    write_deploys(history.deploys, tmp_path / "deploys.csv")
    assert (tmp_path / "deploys.csv").read_bytes() == (HERE / "deploys.csv").read_bytes()


def test_deploys_ship_what_was_committed_before(sample: Sample) -> None:
    rows = list(csv.DictReader(sample.deploys.read_text().splitlines()))
    assert {row["service"] for row in rows} == {SERVICE, "review-queue"}
    assert {row["environment"] for row in rows} == {ENVIRONMENT, "staging"}
    assert [row["status"] for row in rows].count("failed") == 1
    with git.Repo(sample.repository) as repository:
        for row in rows:
            committed = repository.commit(row["sha"]).committed_datetime
            assert committed < datetime.fromisoformat(row["started_at"])
            assert row["started_at"] < row["finished_at"]


def test_log_is_what_the_live_code_answers(history: History) -> None:
    """The day of a roll-out, made again: old and new code serve side by side in it."""
    made = log_rows(history, [ROLLOUT_DAY])
    start = FIRST_DAY + ROLLOUT_DAY * DAY
    stored = logged(start, start + DAY)
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    assert [((at - epoch) // timedelta(microseconds=1), *rest) for at, *rest in made] == stored


def test_orders_of_a_day_are_the_same_on_every_run() -> None:
    assert requests_of_day(ROLLOUT_DAY) == requests_of_day(ROLLOUT_DAY)
    assert requests_of_day(ROLLOUT_DAY) != requests_of_day(ROLLOUT_DAY + 7)


@pytest.mark.slow
def test_truth_is_found_by_running_every_commit(history: History) -> None:
    assert find_truth(history) == TRUTH


def event_of(subject: str, direction: str = "shipped") -> dict[str, Any]:
    found = [
        event
        for event in TRUTH["events"]
        if subject in event.get("subjects", []) and event["direction"] == direction
    ]
    assert len(found) == 1
    return dict(found[0])


def around(event: dict[str, Any], width: timedelta) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    start = datetime.fromisoformat(event["onset"])
    full = datetime.fromisoformat(event["full_at"])
    return logged(start - width, start), logged(full, full + width)


def test_unit_mix_up_is_a_hundredfold_and_ships_with_others() -> None:
    event = event_of("Parse amounts once, at the edge")
    before, after = around(event, 7 * DAY)
    assert mean(before) / mean(after) == pytest.approx(100, rel=0.1)
    assert event["commits"] >= 11
    assert len(event["culprits"]) == 1


def test_lost_default_moves_one_country_only() -> None:
    event = event_of("Tidy the missing-value defaults (#16)")
    assert event["slice"] == ["country=BR"]
    before, after = around(event, 7 * DAY)
    brazil = [[row for row in rows if row[2] == "BR"] for rows in (before, after)]
    elsewhere = [[row for row in rows if row[2] not in {"BR", "ES"}] for rows in (before, after)]
    assert mean(brazil[1]) / mean(brazil[0]) > 1.4
    assert mean(elsewhere[1]) / mean(elsewhere[0]) == pytest.approx(1, abs=0.05)


def test_rollback_ends_the_missing_scores() -> None:
    broken = event_of("Validate the device block")
    undone = event_of("Validate the device block", "removed")
    assert broken["deploy"] == undone["previous"]
    assert broken["previous"] == undone["deploy"]
    rows = logged(datetime.fromisoformat(broken["full_at"]), datetime.fromisoformat(undone["onset"]))
    assert sum(row[1] is None for row in rows) / len(rows) > 0.1


def test_campaign_moves_the_mix_and_no_score() -> None:
    start, end = (
        datetime.fromisoformat(event["onset"]) for event in TRUTH["events"] if event["cause"] == "traffic mix"
    )
    before, during = logged(start - (end - start), start), logged(start, end)
    share = [sum(row[2] == "ES" for row in rows) / len(rows) for rows in (before, during)]
    assert share[1] > 2.5 * share[0]
    assert mean(during) > 1.2 * mean(before)
    for country in ("DE", "ES", "FR"):
        old, new = ([row for row in rows if row[2] == country] for rows in (before, during))
        assert mean(new) == pytest.approx(mean(old), rel=0.08)


def test_entry_point_is_the_one_that_the_truth_names() -> None:
    assert (TRUTH["service"], TRUTH["environment"], TRUTH["entry"]) == (SERVICE, ENVIRONMENT, ENTRY)


def test_unpacking_twice_says_what_is_in_the_way(tmp_path: Path) -> None:
    unpack(tmp_path / "new")
    with pytest.raises(GitError, match="repository exists already") as caught:
        unpack(tmp_path / "new")
    assert caught.value.hint


def test_unpacking_ignores_the_callers_git_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pre-commit hook runs with these; the user's settings may name hooks."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    hook = tmp_path / "hooks" / "post-checkout"
    hook.parent.mkdir()
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    hook.chmod(0o755)
    settings = tmp_path / "gitconfig"
    settings.write_text(f"[core]\n\thooksPath = {hook.parent}\n\tautocrlf = true\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    repository = unpack(tmp_path / "sample").repository
    assert (repository / ".git" / "refs" / "heads" / "main").read_text().strip() == TRUTH["head"]
    assert b"\r" not in (repository / "README.md").read_bytes()
    assert not (tmp_path / "elsewhere").exists()
    assert not (tmp_path / "ran").exists()


def test_unpacks_to_a_temporary_folder_by_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    sample = unpack()
    assert sample.folder.parent == tmp_path
    assert sample.predictions.is_file()


def test_without_git_there_is_no_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="no git program"):
        unpack(tmp_path / "sample")


def test_a_relative_folder_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sample = unpack(Path("sample"))
    assert sample.repository == Path("sample/repository")
    assert (tmp_path / "sample" / "repository" / "checkout_risk").is_dir()
