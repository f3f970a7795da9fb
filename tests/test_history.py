"""What `trace` makes of several deploy logs, repositories, shared repositories and versions in the rows."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import bisect_ml
from bisect_ml.config import Settings, load_settings
from bisect_ml.errors import ConfigError, InputError
from bisect_ml.saved_report import Report
from tests.builders import TagOf, build_repository, commit, run_git
from tests.incident_site import AFTER, BEFORE, BREAK, START, Site, make_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("site"))


@pytest.fixture
def rows(site: Site) -> pd.DataFrame:
    """The log of the site with the version that served each row."""
    rows = pd.read_csv(site.log)
    broken = _moments(rows) >= BREAK - timedelta(minutes=2)
    rows["version"] = broken.map({False: site.repository["first"], True: site.repository["docs"][:12]})
    return rows


def _moments(rows: pd.DataFrame) -> pd.Series:
    return pd.to_datetime(rows["timestamp"], format="ISO8601")


def write_services(path: Path, *rows: tuple[float, str, str, str]) -> Path:
    """Write a deploy log of (hours from the break, commit, service, status)."""
    lines = [
        f"{(BREAK + timedelta(hours=hours)).isoformat()},{sha},{service},{status}"
        for hours, sha, service, status in rows
    ]
    path.write_text("\n".join(["deployed_at,sha,service,status", *lines]) + "\n")
    return path


def suspects(report: Report) -> list[str | None]:
    (incident,) = report.incidents
    return [suspect.sha for suspect in incident.suspects]


def test_versions_in_the_rows_stand_in_for_a_deploy_log(
    site: Site, rows: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    report = bisect_ml.trace(rows, repo=site.repository.path, entry="app.model:predict")

    assert suspects(report)[0] == site.culprit
    assert report.inputs.deploys == "the versions in the rows"
    assert [deploy.ref for deploy in report.deploys] == [
        site.repository["first"],
        site.repository["docs"][:12],
    ]


@pytest.mark.parametrize(
    ("names", "pattern"),
    [
        (("v1", "v2"), "v[0-9]*"),
        (("2026.1.0", "2026.2.0"), "[0-9]*.[0-9]*"),
        (("release-1", "release-2"), "release-*"),
    ],
)
def test_versions_come_before_tags_and_tags_before_nothing(
    names: tuple[str, str],
    pattern: str,
    site: Site,
    rows: pd.DataFrame,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    tagged = build_repository(
        tmp_path / "repo",
        [
            commit("first", {"app/model.py": BEFORE}),
            commit("culprit", {"app/model.py": AFTER}),
            TagOf(name=names[0], commit="first", at=START),
            TagOf(name=names[1], commit="culprit", at=BREAK),
        ],
    )

    report = bisect_ml.trace(rows, repo=tagged.path)

    assert report.inputs.deploys == f"tags:{pattern}"
    assert suspects(report)[0] == tagged["culprit"]
    bare = build_repository(tmp_path / "bare", [commit("only", {"app/model.py": BEFORE})])
    with pytest.raises(InputError, match="versions in the rows or tags"):
        bisect_ml.trace(rows, repo=bare.path)


def test_versions_that_no_deploy_shipped_are_said(site: Site, rows: pd.DataFrame, tmp_path: Path) -> None:
    later = BREAK + timedelta(days=3)
    rows.loc[_moments(rows) >= later, "version"] = site.repository["culprit"]

    report = bisect_ml.trace(rows, repo=site.repository.path, deploys=site.deploys)

    assert any("1 version answered that no deploy shipped" in warning for warning in report.warnings)
    fitting = bisect_ml.trace(rows.drop(columns="version"), repo=site.repository.path, deploys=site.deploys)
    assert not any("versions" in warning for warning in fitting.warnings)


@pytest.fixture
def two_repositories(site: Site, tmp_path: Path) -> tuple[Path, str, str]:
    """A deploy log of the site's service and of one from a repository of its own; its commits."""
    other = build_repository(
        tmp_path / "features",
        [
            commit("old", {"features/scale.py": "def scale(x: float) -> float:\n    return x\n"}),
            commit("new", {"features/scale.py": "def scale(x: float) -> float:\n    return x * 1000\n"}),
        ],
    )
    log = write_services(
        tmp_path / "deploys.csv",
        (-200, site.repository["first"], "scorer", "ok"),
        (-200, other["old"], "features", "ok"),
        (-20, site.repository["readme"], "scorer", "ok"),
        (-0.03, other["new"], "features", "ok"),
    )
    return log, str(other.path), other["new"]


def test_commits_of_each_service_come_from_its_own_repository(
    site: Site, two_repositories: tuple[Path, str, str]
) -> None:
    log, folder, culprit = two_repositories

    report = bisect_ml.trace(
        site.log,
        repo=site.repository.path,
        deploys=log,
        repositories={"features": folder},
        entry="app.model:predict",
    )

    assert set(suspects(report)) == {culprit, site.repository["readme"]}
    (incident,) = report.incidents
    blamed = incident.suspects[0]
    assert (blamed.sha, blamed.deploy.service) == (culprit, "features")
    # The entry point is in the other repository: what it does not reach there says nothing here.
    assert "reach" not in {evidence.scorer for evidence in blamed.evidence}
    assert folder in (report.inputs.repository or "")


def test_one_service_alone_has_its_own_repository_as_the_main_one(
    site: Site, two_repositories: tuple[Path, str, str], tmp_path: Path
) -> None:
    _, folder, culprit = two_repositories
    log = write_services(
        tmp_path / "d.csv", (-200, f"{culprit}", "features", "ok"), (-1, culprit, "features", "ok")
    )

    report = bisect_ml.trace(
        site.log, repo=tmp_path, deploys=log, repositories={"features": folder}, service="features"
    )

    assert report.inputs.repository == folder
    assert suspects(report) == [None]


def test_no_commit_links_to_a_repository_that_does_not_have_it(
    site: Site, two_repositories: tuple[Path, str, str]
) -> None:
    log, folder, _ = two_repositories
    main = replace(site.repository, path=Path(folder))
    main.git("config", "remote.origin.url", "https://code.example/acme/features.git")

    report = bisect_ml.trace(
        site.log, repo=site.repository.path, deploys=log, repositories={"features": folder}
    )

    assert report.inputs.repository_url is None


def test_a_service_of_a_shared_repository_is_blamed_for_its_paths_only(site: Site) -> None:
    def blamed(**settings: Any) -> set[str | None]:
        report = bisect_ml.trace(site.log, repo=site.repository.path, deploys=site.deploys, **settings)
        return set(suspects(report))

    built = site.repository
    assert blamed() == {built["readme"], built["culprit"], built["docs"]}
    assert blamed(service="scorer", paths={"scorer": ["app"]}) == {built["culprit"]}


def test_failed_deploys_are_in_the_report_and_ship_nothing(site: Site, tmp_path: Path) -> None:
    log = write_services(
        tmp_path / "d.csv",
        (-200, site.repository["first"], "scorer", "ok"),
        (-30, site.repository["docs"], "scorer", "failed"),
        (-0.03, site.repository["docs"], "scorer", "ok"),
        (60, site.repository["first"], "scorer", "ok"),
    )

    report = bisect_ml.trace(site.log, repo=site.repository.path, deploys=log)

    assert [deploy.status for deploy in report.deploys] == ["succeeded", "failed", "succeeded", "succeeded"]
    assert [(each.deploy, each.shipped, each.removed, each.undoes) for each in report.releases] == [
        ("1", 0, 0, None),
        ("3", 3, 0, None),
        ("4", 0, 3, "3"),
    ]


def test_the_report_names_every_log_and_can_be_made_again(site: Site, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    more.write_text(
        f"deployed_at,sha,environment\n{START.isoformat()},{site.repository['first']},production\n"
    )

    report = bisect_ml.trace(
        site.log, repo=site.repository.path, deploys=[site.deploys, more], paths={"x": ["y"]}
    )

    assert report.inputs.deploys == f"{site.deploys}, {more}"
    assert report.settings["paths"] == "x = y"
    assert report.reproduce is not None
    words = report.reproduce.split()
    assert [words[n + 1] for n, word in enumerate(words) if word == "--deploys"] == [
        str(site.deploys),
        str(more),
    ]
    assert "--paths" not in words


def test_tables_of_the_settings_file_are_read(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.bisect-ml]\ndeploys = ["a.csv", "tags:v*"]\n'
        '[tool.bisect-ml.repositories]\nfeature-store = "../features"\n'
        '[tool.bisect-ml.paths]\nscorer = ["services/scorer", "libs"]\n'
    )

    assert load_settings({}, folder=tmp_path) == Settings(
        deploys=("a.csv", "tags:v*"),
        repositories={"feature-store": "../features"},
        paths={"scorer": ("services/scorer", "libs")},
    )


@pytest.mark.parametrize(
    "text", ['repositories = "x"', '[repositories]\nscorer = ["x"]', '[paths]\nscorer = "x"', "deploys = [1]"]
)
def test_tables_that_do_not_fit_are_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "bisect-ml.toml").write_text(text)

    with pytest.raises(ConfigError, match=r"bisect-ml\.toml: Expected .*(repositories|paths|deploys)"):
        load_settings({}, folder=tmp_path)


def test_what_was_taken_back_since_on_any_branch_is_heard_of(site: Site, tmp_path: Path) -> None:
    taken_back = build_repository(
        tmp_path / "repo",
        [
            commit("first", {"app/model.py": BEFORE}, at=START),
            commit("culprit", {"app/model.py": AFTER}, at=START + timedelta(days=8)),
            commit(
                "quietly",
                {"app/model.py": BEFORE},
                branch="hotfix",
                parents=["culprit"],
                at=BREAK + timedelta(days=9),
            ),
        ],
    )
    log = write_services(
        tmp_path / "d.csv",
        (-200, taken_back["first"], "scorer", "ok"),
        (-0.03, taken_back["culprit"], "scorer", "ok"),
    )

    report = bisect_ml.trace(site.log, repo=taken_back.path, deploys=log)

    told = {one.scorer: one.sentence for one in report.incidents[0].suspects[0].evidence}
    assert told["undone"].startswith(taken_back["quietly"][:7])


def test_a_partial_clone_fetches_only_when_a_flag_says_so(site: Site, tmp_path: Path) -> None:
    site.repository.git("config", "uploadpack.allowFilter", "true")
    origin, clone = f"file://{site.repository.path}", tmp_path / "clone"
    run_git("clone", "-q", "--bare", "--filter=blob:none", origin, str(clone))

    offline = bisect_ml.trace(site.log, repo=clone, deploys=site.deploys)
    online = bisect_ml.trace(site.log, repo=clone, deploys=site.deploys, fetch=True)

    assert any("--fetch" in warning for warning in offline.warnings)
    assert not any("partial clone" in warning for warning in online.warnings)
    assert online.incidents[0].suspects[0].hunk is not None
    assert (online.reproduce or "").endswith(" --fetch")
    (tmp_path / "bisect-ml.toml").write_text("fetch = true\n")
    with pytest.raises(ConfigError, match="unknown setting 'fetch'"):
        load_settings({}, folder=tmp_path)


def test_deploys_that_cannot_have_acted_are_named_beside_the_incident(site: Site, tmp_path: Path) -> None:
    log = write_services(
        tmp_path / "d.csv",
        (-200, site.repository["first"], "scorer", "ok"),
        (-5, site.repository["docs"], "scorer", "failed"),
        (-0.05, "0" * 40, "search", "ok"),
        (-0.03, site.repository["docs"], "scorer", "ok"),
    )

    report = bisect_ml.trace(site.log, repo=site.repository.path, deploys=log, service="scorer")

    (incident,) = report.incidents
    told = {one.scorer: one.sentence for one in incident.unexplained}
    assert told["aside"] == (
        "2 deploys of the day before the onset cannot have acted: 3 (service search), 2 (failed)"
    )
    assert told["elsewhere"].startswith("search, another service, was deployed ")


def test_versions_that_served_side_by_side_are_compared(
    site: Site, rows: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For four hours every other row is still answered by the old version, a thousand times lower."""
    monkeypatch.chdir(tmp_path)
    late = (_moments(rows) >= BREAK) & (_moments(rows) < BREAK + timedelta(hours=4)) & (rows.index % 2 == 0)
    assert late.sum() > 60
    rows.loc[late, "prediction"] /= 1000
    rows.loc[late, "version"] = site.repository["first"]

    report = bisect_ml.trace(rows, repo=site.repository.path, entry="app.model:predict")

    (incident,) = report.incidents
    told = {one.scorer: one.sentence for one in incident.suspects[0].evidence}
    assert incident.suspects[0].sha == site.culprit
    assert "differ: mean " in told["version_contrast"]
