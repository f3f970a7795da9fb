"""Every format of deploy logs, from a file in the shape that its system writes.

In the files a sha of forty `a` stands for the commit `a` of the repository, and seven for its short sha.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from functools import reduce
from pathlib import Path

import pytest

from bisect_ml.errors import InputError
from bisect_ml.releases import build_releases, select
from bisect_ml.sources.deploys import DeployLog, read_deploys
from bisect_ml.sources.git import Repository
from tests.builders import Built, TagOf, build_repository, commit

LOGS = Path(__file__).parent / "deploy_logs"
FEBRUARY = datetime(2026, 2, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_repository(
        tmp_path_factory.mktemp("git") / "repo",
        [
            *(commit(name, {"m.py": f"{name}\n"}) for name in "abcd"),
            TagOf(name="v1.0.0", commit="a"),
            TagOf(name="v1.1.0-rc1", commit="b"),
            TagOf(name="v1.1.0", commit="b"),
        ],
    )


def read(name: str, built: Built, folder: Path) -> DeployLog:
    """Read a log in which the shas of the repository were put."""
    text = (LOGS / name).read_text()
    for letter in "abcd":
        for length in (40, 8, 7):
            text = text.replace(letter * length, built[letter][:length])
    copy = folder / name
    copy.write_text(text)
    return read_deploys(copy, repository=Repository(built.path))


def facts(log: DeployLog, built: Built) -> list[tuple[object, ...]]:
    """Return what matters of each deploy: day and minutes of start and finish, commit, place, status."""
    names = {sha: name for name, sha in built.shas.items()}

    def minutes(moment: datetime | None) -> float | None:
        return None if moment is None else round((moment - FEBRUARY) / timedelta(minutes=1), 1)

    return [
        (
            minutes(deploy.started_at),
            minutes(deploy.finished_at),
            names.get(deploy.sha or ""),
            deploy.service,
            deploy.environment,
            deploy.status,
        )
        for deploy in log.deploys
    ]


DAY = 24 * 60


def test_github_deployments_with_their_statuses(built: Built, tmp_path: Path) -> None:
    log = read("github_deployments.json", built, tmp_path)

    assert facts(log, built) == [
        (1, 6, "a", None, "staging", "succeeded"),
        (DAY + 1, DAY + 6, "b", None, "production", "succeeded"),
        (2 * DAY + 1, None, "c", None, "production", "failed"),
        (3 * DAY, None, "d", None, "production", "failed"),
    ]
    assert log.guesses == ("Deploys: GitHub deployments",)
    assert log.warnings == ()


def test_github_deployments_in_pages_and_without_statuses(built: Built, tmp_path: Path) -> None:
    log = read("github_deployments_paged.json", built, tmp_path)

    assert facts(log, built) == [
        (0, None, "a", None, "staging", "unknown"),
        (DAY, None, "b", None, "production", "unknown"),
    ]
    assert "2 of 2 GitHub deployments come without statuses" in log.warnings[0]


def test_github_deployments_from_graphql(built: Built, tmp_path: Path) -> None:
    log = read("github_deployments_graphql.json", built, tmp_path)

    assert facts(log, built) == [
        (1, 6, "a", None, "production", "succeeded"),
        (DAY, DAY + 6, "b", None, "production", "succeeded"),
    ]


def test_github_releases(built: Built, tmp_path: Path) -> None:
    log = read("github_releases.json", built, tmp_path)

    assert facts(log, built) == [
        (0, None, "a", None, "production", "succeeded"),
        (DAY, None, "b", None, "pre-release", "succeeded"),
        (2 * DAY, None, "b", None, "production", "succeeded"),
    ]
    assert [deploy.ref for deploy in log.deploys] == ["v1.0.0", "v1.1.0-rc1", "v1.1.0"]


def test_gitlab_deployments(built: Built, tmp_path: Path) -> None:
    log = read("gitlab_deployments.json", built, tmp_path)

    assert facts(log, built) == [
        (0.5, 3.9, "a", None, "production", "succeeded"),
        (DAY + 0.5, None, "b", None, "production", "failed"),
        (2 * DAY + 0.5, None, "c", None, "production", "unknown"),
    ]


def test_argo_cd_history_with_revisions_of_code_and_of_manifests(built: Built, tmp_path: Path) -> None:
    log = read("argocd_application.json", built, tmp_path)

    assert facts(log, built) == [
        (0, 2, "a", "scorer", "production", "succeeded"),
        (DAY, DAY + 2, "b", "scorer", "production", "succeeded"),
        (2 * DAY + 2, 2 * DAY + 2, "c", "scorer", "production", "succeeded"),
        (3 * DAY, 3 * DAY + 2, "d", "scorer", "production", "succeeded"),
    ]
    assert log.warnings == ()


def test_helm_history(built: Built, tmp_path: Path) -> None:
    log = read("helm_history.json", built, tmp_path)

    assert facts(log, built) == [
        (0, None, "a", "scorer", None, "succeeded"),
        (DAY, None, "b", "scorer", None, "succeeded"),
        (2 * DAY, None, "c", "scorer", None, "failed"),
        (2 * DAY + 30, None, "a", "scorer", None, "succeeded"),
    ]


def test_kubernetes_replica_sets(built: Built, tmp_path: Path) -> None:
    log = read("kubernetes_replicasets.json", built, tmp_path)

    assert facts(log, built) == [
        (0, None, "a", "scorer", "production", "unknown"),
        (DAY, None, "b", "scorer", "production", "unknown"),
        (2 * DAY, None, "c", "scorer", "production", "unknown"),
    ]
    assert [deploy.id for deploy in log.deploys] == ["scorer-1", "scorer-4", "scorer-3"]
    assert "1 ReplicaSets came back in a rollback (scorer-4)" in log.warnings[0]


def test_cdevents(built: Built, tmp_path: Path) -> None:
    log = read("cdevents.jsonl", built, tmp_path)

    assert facts(log, built) == [
        (0, None, "a", "scorer", "production", "succeeded"),
        (DAY, None, "b", "scorer", "production", "succeeded"),
        (2 * DAY, None, "c", "scorer", "production", "succeeded"),
        (2 * DAY + 120, None, "a", "scorer", "production", "succeeded"),
    ]


def test_mlflow_model_versions_are_deploys_without_code(built: Built, tmp_path: Path) -> None:
    log = read("mlflow_model_versions.json", built, tmp_path)

    assert [deploy.ref for deploy in log.deploys] == [
        "models:/churn/1",
        "models:/churn/3",
        "models:/churn/4",
    ]
    assert facts(log, built) == [
        (0, None, None, None, "production", "unknown"),
        (2 * DAY, None, None, None, "production", "unknown"),
        (3 * DAY, None, None, None, "staging", "unknown"),
    ]
    assert "registered and not when it went live" in log.warnings[0]


def test_sentry_releases(built: Built, tmp_path: Path) -> None:
    log = read("sentry_releases.json", built, tmp_path)

    assert facts(log, built) == [
        (5, 5, "a", "scorer", "production", "succeeded"),
        (DAY, None, "b", None, None, "succeeded"),
        (2 * DAY, 2 * DAY + 5, "c", "scorer", "production", "succeeded"),
    ]
    assert log.warnings == (
        "1 Sentry releases were deployed more than once; only the last deploy of each is known",
    )


def test_models_and_code_together_leave_each_others_ranges_alone(built: Built, tmp_path: Path) -> None:
    repository = Repository(built.path)
    code = tmp_path / "deploys.csv"
    code.write_text(
        "deployed_at,sha,service,environment\n"
        f"2026-02-01T09:00:00Z,{built['a']},scorer,production\n"
        f"2026-02-04T09:00:00Z,{built['c']},scorer,production\n"
    )

    log = read_deploys([code, LOGS / "mlflow_model_versions.json"], repository=repository)
    chosen, _ = select(log.deploys, service="scorer")
    releases, _ = build_releases(chosen, repository)

    assert [(r.deploy.ref, len(r.shipped), r.truncated) for r in releases] == [
        (built["a"], 0, False),
        ("models:/churn/1", 0, False),
        ("models:/churn/3", 0, False),
        (built["c"], 2, False),
    ]
    assert releases[2].previous == releases[1].deploy


@pytest.mark.parametrize(
    ("name", "records", "path"),
    [
        ("github_deployments.json", "", "created_at"),
        ("github_releases.json", "", "published_at"),
        ("gitlab_deployments.json", "", "environment.name"),
        ("argocd_application.json", "status.history", "deployedAt"),
        ("helm_history.json", "", "updated"),
        ("kubernetes_replicasets.json", "items", "metadata.creationTimestamp"),
        ("mlflow_model_versions.json", "model_versions", "version"),
        ("sentry_releases.json", "", "version"),
    ],
)
def test_a_missing_field_is_named_with_its_place(
    name: str, records: str, path: str, built: Built, tmp_path: Path
) -> None:
    document = json.loads((LOGS / name).read_text())
    *way, field = path.split(".")
    listed = reduce(dict.__getitem__, records.split(".") if records else (), document)
    del reduce(dict.__getitem__, way, listed[-1])[field]
    copy = tmp_path / name
    copy.write_text(json.dumps(document))

    with pytest.raises(InputError) as found:
        read_deploys(copy, repository=Repository(built.path))

    assert re.fullmatch(
        rf"{re.escape(str(copy))}, (item 1, history entry|item) {len(listed)}: no field '{re.escape(path)}'",
        found.value.message,
    )
    assert "docs/deploys.md" in found.value.hint


@pytest.mark.parametrize("name", sorted(path.name for path in LOGS.iterdir()))
def test_fields_that_nobody_asked_for_change_nothing(name: str, built: Built, tmp_path: Path) -> None:
    plain = facts(read(name, built, tmp_path), built)
    text = (tmp_path / name).read_text()
    (tmp_path / name).write_text(re.sub(r'\{("| *\n *")', r'{"x_new": {"y": [1, null]}, \1', text))

    log = read_deploys(tmp_path / name, repository=Repository(built.path))

    assert facts(log, built) == plain
