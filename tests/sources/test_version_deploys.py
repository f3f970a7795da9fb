"""Deploys read off the versions in the rows, and the check of a deploy log against them."""

from datetime import UTC, datetime

import pytest

from bisect_ml.errors import InputError
from bisect_ml.sources.git import Repository
from bisect_ml.sources.logs import VersionSpan
from bisect_ml.sources.version_deploys import check_against_versions, deploys_from_versions
from bisect_ml.types import Deploy
from tests.builders import Built, TagOf, build_repository, commit

HOUR = 3600.0


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_repository(
        tmp_path_factory.mktemp("git") / "repo",
        [*(commit(name) for name in "abc"), TagOf(name="v1", commit="a")],
    )


@pytest.fixture
def repository(built: Built) -> Repository:
    return Repository(built.path)


def span(version: str, first: float, last: float) -> VersionSpan:
    """A version that answered once a minute from one hour to another."""
    return VersionSpan(
        version=version, first=first * HOUR, last=last * HOUR, rows=max(1, round((last - first) * 60))
    )


def takeovers(spans: list[VersionSpan], built: Built) -> list[tuple[str, float, float | None]]:
    names = {sha: name for name, sha in built.shas.items()}
    return [
        (
            names[deploy.sha or ""],
            deploy.started_at.timestamp() / HOUR,
            None if deploy.finished_at is None else deploy.finished_at.timestamp() / HOUR,
        )
        for deploy in deploys_from_versions(spans, repository=Repository(built.path)).deploys
    ]


def test_each_version_takes_over_with_its_first_row(built: Built) -> None:
    spans = [span("v1", 0, 5), span(built["b"], 5, 9), span(built["c"][:10], 10, 12)]

    assert takeovers(spans, built) == [("a", 0, None), ("b", 5, 5), ("c", 10, 10)]


def test_a_roll_out_ends_with_the_last_row_of_the_version_before(built: Built) -> None:
    assert takeovers([span("v1", 0, 5), span(built["b"], 4, 9)], built) == [("a", 0, None), ("b", 4, 5)]


def test_a_version_that_comes_back_is_a_rollback(built: Built) -> None:
    assert takeovers([span("v1", 0, 10), span(built["b"], 3, 5)], built) == [
        ("a", 0, None),
        ("b", 3, None),
        ("a", 5, None),
    ]


def test_after_a_rollback_the_next_version_takes_over(built: Built) -> None:
    spans = [span("v1", 0, 8), span(built["b"], 3, 5), span(built["c"], 7.5, 12)]

    assert takeovers(spans, built) == [("a", 0, None), ("b", 3, None), ("a", 5, None), ("c", 7.5, 8)]


def test_two_versions_at_the_end_of_the_log_are_a_roll_out_under_way(built: Built) -> None:
    spans = [span("v1", 0, 10), span(built["b"], 9, 9.99)]

    assert takeovers(spans, built) == [("a", 0, None), ("b", 9, 10)]


def test_versions_that_git_does_not_know_are_said(built: Built, repository: Repository) -> None:
    log = deploys_from_versions([span("v1", 0, 1), span("nightly", 1, 2)], repository=repository)

    assert [deploy.sha for deploy in log.deploys] == [built["a"], None]
    assert log.warnings == (f"1 of 2 versions in the log are not in {built.path}: nightly",)
    with pytest.raises(InputError, match="none of the 1 versions"):
        deploys_from_versions([span("nightly", 1, 2)], repository=repository)


def logged(sha: str, hour: float) -> Deploy:
    return Deploy(
        id=sha,
        ref=sha,
        sha=sha,
        service=None,
        environment=None,
        started_at=datetime.fromtimestamp(hour * HOUR, UTC),
        finished_at=None,
    )


def test_a_deploy_log_that_fits_the_rows_raises_no_doubt(built: Built, repository: Repository) -> None:
    spans = [span("v1", 0, 5), span(built["b"], 5, 9)]

    assert check_against_versions([logged(built["b"], 4.9)], spans, repository=repository) == ()


def test_versions_that_no_deploy_shipped_or_that_came_too_early_are_said(
    built: Built, repository: Repository
) -> None:
    spans = [span("v1", 0, 5), span(built["b"], 5, 9), span(built["c"], 9, 12)]

    warnings = check_against_versions([logged(built["b"], 7)], spans, repository=repository)

    assert [warning.split(":")[1].strip() for warning in warnings] == [
        "the deploy log is not complete",
        "the clocks or the time zone of the deploy log are off",
    ]
    assert built["c"] in warnings[0]
    assert built["b"] in warnings[1]
