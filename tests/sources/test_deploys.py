"""Deploy logs of any shape: guesses, names looked up in git, and what is wrong said with its row."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from bisect_ml.errors import InputError
from bisect_ml.sources.deploys import DeployLog, read_deploys
from bisect_ml.sources.git import Repository
from tests.builders import START, STEP, BranchOf, Built, TagOf, build_repository, commit

NINE = datetime(2026, 2, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_repository(
        tmp_path_factory.mktemp("git") / "repo",
        [
            *(commit(name, {"m.py": f"{name}\n"}) for name in ("a", "b", "c", "d")),
            TagOf(name="v1.0.0", commit="a"),
            TagOf(name="deploy/1", commit="b", at=NINE),
            TagOf(name="deploy/2", commit="c"),
            TagOf(name="scorer-2.0.0", commit="d"),
            BranchOf(name="production", commit="c"),
        ],
    )


@pytest.fixture
def repository(built: Built) -> Repository:
    return Repository(built.path)


def written(folder: Path, text: str, name: str = "deploys.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_a_csv_file_with_every_column(built: Built, repository: Repository, tmp_path: Path) -> None:
    log = read_deploys(
        written(
            tmp_path,
            "id,deployed_at,finished_at,sha,service,environment,status\n"
            f"17,2026-02-01T09:00:00Z,2026-02-01T10:00:00Z,{built['a']},api,production,success\n",
        ),
        repository=repository,
    )

    (deploy,) = log.deploys
    assert (deploy.id, deploy.ref, deploy.sha) == ("17", built["a"], built["a"])
    assert (deploy.service, deploy.environment, deploy.status) == ("api", "production", "succeeded")
    assert (deploy.started_at, deploy.finished_at) == (NINE, NINE.replace(hour=10))
    assert log.guesses == (
        "Deploy column for started: deployed_at",
        "Deploy column for finished: finished_at",
        "Deploy column for ref: sha",
        "Deploy column for service: service",
        "Deploy column for environment: environment",
        "Deploy column for status: status",
        "Deploy column for id: id",
    )
    assert log.warnings == ()


@pytest.mark.parametrize(
    "header",
    [
        "timestamp,version",
        "created_at,commit",
        "Time;Git SHA",
        "started at\trevision",
        "when,tag",
        "date,ref",
        "startTime,commitSha",
    ],
)
def test_columns_are_guessed_by_name(
    header: str, built: Built, repository: Repository, tmp_path: Path
) -> None:
    mark = next(mark for mark in ",;\t" if mark in header)
    path = written(tmp_path, f"{header}\n2026-02-01T09:00:00Z{mark}v1.0.0\n")

    assert [deploy.sha for deploy in read_deploys(path, repository=repository).deploys] == [built["a"]]


@pytest.mark.parametrize(
    ("ref", "name"),
    [
        ("v1.0.0", "a"),
        ("1.0.0", "a"),
        ("refs/tags/v1.0.0", "a"),
        ("registry.example.com:5000/acme/api:v1.0.0", "a"),
        ("{b:10}", "b"),
        ("sha-{b:12}", "b"),
        ("main-{c:8}-20260304", "c"),
        ("v1.0.0-2-g{c:9}", "c"),
        ("registry.example.com/acme/api:main-{c:8}", "c"),
        ("{d:40}", "d"),
        ("2.0.0", "d"),
        ("origin/nowhere", None),
    ],
)
def test_a_cell_can_name_a_commit_in_many_ways(
    ref: str, name: str | None, built: Built, repository: Repository, tmp_path: Path
) -> None:
    for letter in "bcd":
        for length in (8, 9, 10, 12, 40):
            ref = ref.replace(f"{{{letter}:{length}}}", built[letter][:length])
    path = written(
        tmp_path,
        f"deployed_at,version,service\n2026-02-01T09:00:00Z,{ref},scorer\n2026-02-02T09:00:00Z,{built['a']},scorer\n",
    )

    deploy = read_deploys(path, repository=repository).deploys[0]

    assert deploy.sha == (built[name] if name else None)
    assert deploy.ref == ref


def test_json_lists_objects_lines_and_nested_fields_are_read(
    built: Built, repository: Repository, tmp_path: Path
) -> None:
    deploy = {"time": "2026-02-01T09:00:00Z", "commit": {"id": built["a"], "message": "x"}, "env": "prod"}
    for text in (
        json.dumps([deploy]),
        json.dumps({"deployments": [deploy], "total": 1}),
        json.dumps({"page": {"deployments": [deploy]}}),
        json.dumps(deploy),
        json.dumps(deploy) + "\n",
        f"[{json.dumps(deploy)}]\n[]",
    ):
        (read,) = read_deploys(written(tmp_path, text, "d.json"), repository=repository).deploys
        assert (read.sha, read.environment, read.started_at) == (built["a"], "prod", NINE)


def test_a_data_frame_is_read(built: Built, repository: Repository) -> None:
    table = pd.DataFrame(
        {
            "deployed_at": pd.to_datetime(["2026-02-01T09:00:00Z", "2026-02-02T09:00:00Z"]),
            "finished_at": [pd.Timestamp("2026-02-01T09:30:00Z"), pd.NaT],
            "sha": [built["a"], built["b"]],
            "service": ["api", None],
        }
    )

    first, second = read_deploys(table, repository=repository).deploys

    assert (first.started_at, first.finished_at) == (NINE, NINE.replace(minute=30))
    assert (second.finished_at, second.service, second.sha) == (None, None, built["b"])


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Success", "succeeded"),
        ("DEPLOYED", "succeeded"),
        ("rolled back", "succeeded"),
        ("failure", "failed"),
        ("cancelled", "failed"),
        ("timed-out", "failed"),
        ("queued", "failed"),
        ("in_progress", "unknown"),
        ("", "unknown"),
        ("whatever", "unknown"),
    ],
)
def test_words_for_the_outcome(
    word: str, status: str, built: Built, repository: Repository, tmp_path: Path
) -> None:
    path = written(tmp_path, f"deployed_at,sha,status\n2026-02-01T09:00:00Z,{built['a']},{word}\n")

    assert read_deploys(path, repository=repository).deploys[0].status == status


def test_newest_first_is_turned_round_and_disorder_is_said(
    built: Built, repository: Repository, tmp_path: Path
) -> None:
    def read(*days: int) -> DeployLog:
        rows = (f"2026-02-{day:02}T09:00:00Z,{built['a']}" for day in days)
        return read_deploys(written(tmp_path, "\n".join(["deployed_at,sha", *rows])), repository=repository)

    assert [deploy.started_at.day for deploy in read(3, 2, 1).deploys] == [1, 2, 3]
    assert read(3, 2, 1).warnings == read(1, 2, 3).warnings == ()
    assert [deploy.started_at.day for deploy in read(2, 3, 1).deploys] == [1, 2, 3]
    assert "not in the order of time" in read(2, 3, 1).warnings[0]


def test_deploys_of_one_moment_keep_their_order_also_when_newest_come_first(
    built: Built, repository: Repository, tmp_path: Path
) -> None:
    rows = [
        f"2026-02-02T09:00:00Z,{built['c']}",
        f"2026-02-01T09:00:00Z,{built['b']}",
        f"2026-02-01T09:00:00Z,{built['a']}",
    ]

    log = read_deploys(written(tmp_path, "\n".join(["deployed_at,sha", *rows])), repository=repository)

    assert [deploy.sha for deploy in log.deploys] == [built["a"], built["b"], built["c"]]


def test_an_unknown_commit_is_kept_and_said(built: Built, repository: Repository, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        f"deployed_at,sha\n2026-02-01T09:00:00Z,{'9' * 40}\n2026-02-02T09:00:00Z,{built['b']}\n",
    )

    log = read_deploys(path, repository=repository)

    assert [deploy.sha for deploy in log.deploys] == [None, built["b"]]
    assert f"1 of 2 deployed commits are not in {built.path} ({'9' * 10})" in log.warnings[0]


def test_a_log_of_another_repository_is_an_error(repository: Repository, tmp_path: Path) -> None:
    path = written(tmp_path, f"deployed_at,sha\n2026-02-01T09:00:00Z,{'9' * 40}\n")

    with pytest.raises(InputError, match="none of its 1 commits is in") as found:
        read_deploys(path, repository=repository)

    assert "--repo" in found.value.hint


def test_without_a_repository_no_commit_is_known(tmp_path: Path) -> None:
    path = written(tmp_path, "deployed_at,sha\n2026-02-01T09:00:00Z,abc\n")

    assert [deploy.sha for deploy in read_deploys(path, repository=None).deploys] == [None]


def test_a_branch_stands_for_what_it_was_at_the_time(
    built: Built, repository: Repository, tmp_path: Path
) -> None:
    """`a` was committed an hour after the start, the others an hour after each other."""
    moments = [START, START + 1.5 * STEP, START + 2.5 * STEP, START + 100 * STEP]
    path = written(tmp_path, "\n".join(["deployed_at,branch", *(f"{m.isoformat()},main" for m in moments)]))

    log = read_deploys(path, repository=repository)

    assert [deploy.sha for deploy in log.deploys] == [None, built["a"], built["b"], built["d"]]
    assert "branches move" in log.warnings[0]


def test_tags_are_deploys_at_the_time_they_were_made(built: Built, repository: Repository) -> None:
    log = read_deploys("tags:deploy/*", repository=repository)

    assert [(deploy.ref, deploy.sha) for deploy in log.deploys] == [
        ("deploy/2", built["c"]),
        ("deploy/1", built["b"]),
    ]
    assert [deploy.started_at for deploy in log.deploys] == [START + 3 * STEP, NINE]
    assert log.guesses == ("Deploys: 2 tags that match deploy/*, at the time they were made",)
    assert "1 of 2 tags carry no date of their own" in log.warnings[0]


def test_the_commits_of_a_branch_can_be_the_deploys(built: Built, repository: Repository) -> None:
    log = read_deploys("branch:production", repository=repository)

    assert [deploy.sha for deploy in log.deploys] == [built["a"], built["b"], built["c"]]
    assert log.deploys[0].started_at == START + STEP


@pytest.mark.parametrize(
    ("source", "message", "hint"),
    [
        ("tags:release/*", "no tag that matches 'release/*'", "scorer-2.0.0"),
        ("branch:nowhere", "no branch 'nowhere'", "branch -a"),
    ],
)
def test_what_git_does_not_have_is_said(source: str, message: str, hint: str, repository: Repository) -> None:
    with pytest.raises(InputError) as found:
        read_deploys(source, repository=repository)

    assert message in found.value.message
    assert hint in found.value.hint


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "deploys.csv: no deploys in it"),
        ("deployed_at,sha\n", "deploys.csv: no deploys in it"),
        ("[]", "deploys.csv: no deploys in it"),
        ("sha,who\nabc,ada\n", "no column says when a deploy was; its columns are sha, who"),
        ("deployed_at,who\n2026-02-01,ada\n", "no column says which commit it was; its columns are"),
        ("deployed_at,sha\n2026-02-01,abc\nsoon,abc\n", "row 3: cannot read 'soon' as a time"),
        ("deployed_at,sha\n2026-02-01,abc\n,abc\n", "row 3: no time"),
        ("deployed_at,sha\n03/04/2026,abc\n", "row 2: cannot read '03/04/2026' as a time"),
        (
            "started_at,finished_at,sha\n2026-02-02,2026-02-01,abc\n",
            "row 2: finished at 2026-02-01, before it started at 2026-02-02",
        ),
        ('[{"time": "2026-02-01", "sha": "abc"},\n {"time": ]', "line 2: not JSON"),
        ("[1, 2]", "'1' is no object"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(
    text: str, message: str, repository: Repository, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as found:
        read_deploys(written(tmp_path, text), repository=repository)

    assert message in found.value.message
    assert found.value.hint


def test_files_that_cannot_be_read_are_errors(repository: Repository, tmp_path: Path) -> None:
    for path, message in (
        (tmp_path / "absent.csv", "No such file or directory"),
        (tmp_path, "Is a directory"),
    ):
        with pytest.raises(InputError, match=message):
            read_deploys(path, repository=repository)
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not a text file"):
        read_deploys(tmp_path / "binary.csv", repository=repository)
