"""The join of deploys, settings and repositories that `bisect-ml deploys` shows."""

from pathlib import Path

import pytest

from bisect_ml.config import Settings
from bisect_ml.errors import ConfigError, InputError
from bisect_ml.saved_timeline import Timeline, TimelineChange
from bisect_ml.timeline import timeline
from tests.builders import build_repository, commit
from tests.deployed_services import Company, at, make_company, write_rows


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    return make_company(tmp_path_factory.mktemp("company"))


def read(company: Company, *, at: str | None = None, **settings: object) -> Timeline:
    mapped = {"features": str(company.features.path)}
    told = {"deploys": str(company.log), "repositories": mapped} | settings
    return timeline(repo=company.services.path, settings=Settings(**told), at=at)  # type: ignore[arg-type] # any field


def names(company: Company, changes: tuple[TimelineChange, ...]) -> list[str]:
    known = {sha: name for built in (company.services, company.features) for name, sha in built.shas.items()}
    return [known[each.sha] for change in changes for each in change.commits]


def test_each_deploy_says_what_it_did_in_its_own_service_environment_and_repository(company: Company) -> None:
    found = [
        (
            release.deploy.service,
            release.kind,
            names(company, release.shipped),
            names(company, release.removed),
        )
        for release in read(company).releases
    ]

    assert found == [
        ("scorer", "first", [], []),
        ("features", "first", [], []),
        ("scorer", "first", [], []),
        ("scorer", "update", ["merge", "scorer change", "batch change"], []),
        ("scorer", "failed", [], []),
        ("scorer", "rollback", [], ["merge", "scorer change"]),
        ("scorer", "update", ["aside"], []),
        ("scorer", "diverged", ["merge", "scorer change"], ["aside"]),
        ("scorer", "redeploy", [], []),
        ("features", "update", ["two"], []),
    ]


def test_a_merge_has_its_pull_request_and_commits_have_their_subjects(company: Company) -> None:
    merge = read(company).releases[3].shipped[0]

    assert merge.pull_request == "7"
    assert [each.subject for each in merge.commits] == [
        "Merge pull request #7 from t",
        "Commit scorer change",
    ]


def test_a_service_is_kept_to_its_paths(company: Company) -> None:
    found = read(company, paths={"scorer": ("scorer",)}).releases[3]

    assert names(company, found.shipped) == ["scorer change"]


def test_a_service_and_an_environment_can_be_chosen(company: Company) -> None:
    found = read(company, service="scorer", environment="staging")

    assert [(each.deploy.service, each.deploy.environment) for each in found.releases] == [
        ("scorer", "staging")
    ]


def test_what_was_live_is_told_for_each_service_and_environment(company: Company) -> None:
    live = read(company, at=at(4.1).isoformat()).live

    assert [(each.deploy.service, each.deploy.environment, each.deploy.sha) for each in live] == [
        ("features", "production", company.features["one"]),
        ("scorer", "production", company.services["merge"]),
        ("scorer", "staging", company.services["base"]),
    ]
    assert [each.subject for each in live] == ["Commit one", "Merge pull request #7 from t", "Commit base"]


def test_within_a_rollout_the_deploy_before_still_answers(company: Company) -> None:
    during = read(company, at=at(3.1).isoformat(), service="scorer", environment="production").live[0]
    after = read(company, at=at(3.5).isoformat(), service="scorer", environment="production").live[0]

    assert during.replacing is not None
    assert during.replacing.sha == company.services["base"]
    assert after.replacing is None


def test_before_the_first_deploy_nothing_is_known(company: Company) -> None:
    assert read(company, at=at(-1).isoformat()).live == ()


def test_the_moment_is_read_in_the_zone_of_the_settings(company: Company) -> None:
    found = read(company, at="2026-03-01 01:00", tz="Europe/Berlin")

    assert found.at == at(0)


def test_a_moment_that_cannot_be_read_is_refused(company: Company) -> None:
    with pytest.raises(ConfigError, match="--at: cannot read 'soon'"):
        read(company, at="soon")


def test_a_mapped_repository_that_is_none_is_named_by_its_setting(company: Company, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"repositories\.features: not a git repository"):
        read(company, repositories={"features": str(tmp_path)})


def test_a_service_outside_the_map_is_looked_for_in_the_main_repository(company: Company) -> None:
    """The shas of `features` are not in the monorepo; they are said to be unknown, never guessed."""
    found = read(company, repositories={})

    unknown = [each for each in found.releases if each.kind == "unknown"]
    assert {each.deploy.service for each in unknown} == {"features"}
    assert any("2 of 6 deployed commits are not in" in warning for warning in found.warnings)


def test_a_repository_with_none_of_its_services_commits_is_refused(company: Company, tmp_path: Path) -> None:
    other = build_repository(tmp_path / "other", [commit("x")])

    with pytest.raises(InputError, match="none of its 2 commits is in"):
        read(company, repositories={"features": str(other.path)})


def test_the_main_repository_is_not_needed_where_every_service_has_its_own(
    company: Company, tmp_path: Path
) -> None:
    mapped = {"features": str(company.features.path), "scorer": str(company.services.path)}
    settings = Settings(deploys=str(company.log), repositories=mapped)

    assert timeline(repo=tmp_path, settings=settings).releases == tuple(read(company).releases)


def test_tags_are_taken_from_the_repository_of_the_service_that_is_looked_at(company: Company) -> None:
    settings = Settings(
        deploys="tags:v*", service="scorer", repositories={"scorer": str(company.services.path)}
    )

    (found,) = timeline(repo=company.features.path, settings=settings).releases

    assert found.deploy.sha == company.services["merge"]


def test_several_logs_are_one_timeline_with_ids_of_their_own(company: Company, tmp_path: Path) -> None:
    more = write_rows(tmp_path / "more.csv", (10, company.services["base"], "scorer", "production", "ok"))

    found = read(company, deploys=(str(company.log), str(more))).releases

    assert [each.deploy.id for each in found[-2:]] == ["10", "2/1"]
    assert found[-1].kind == "rollback"
    assert len({each.deploy.id for each in found}) == len(found)


def test_a_log_beside_us_is_found_and_said(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(company.folder)
    settings = Settings(repositories={"features": str(company.features.path)})

    assert len(timeline(repo=company.services.path, settings=settings).releases) == 10


def test_release_tags_stand_in_for_a_log(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    (found,) = timeline(repo=company.services.path).releases

    assert (found.deploy.ref, found.deploy.started_at) == ("v2", at(30))


def test_nothing_to_go_by_is_an_error(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(InputError, match="no deploy history was given") as caught:
        timeline(repo=company.features.path)
    assert "--deploys" in caught.value.hint


def test_going_back_to_another_branch_is_a_rollback_and_forward_again_is_none(tmp_path: Path) -> None:
    built = build_repository(
        tmp_path / "repo",
        [
            commit("root", {"a.py": "a = 1\n"}),
            commit("old", {"b.py": "b = 1\n"}, parents=["root"]),
            commit("new", {"c.py": "c = 1\n"}, parents=["root"]),
        ],
    )
    log = tmp_path / "deploys.csv"
    deployed = ("root", "old", "new", "old", "new", "root")
    rows = [f"2026-03-0{day}T10:00:00Z,{built[name]}" for day, name in enumerate(deployed, start=1)]
    log.write_text("\n".join(["deployed_at,sha", *rows]) + "\n")

    found = timeline(repo=built.path, settings=Settings(deploys=str(log)))

    kinds = [release.kind for release in found.releases]
    assert kinds == ["first", "update", "diverged", "rollback", "diverged", "rollback"]
