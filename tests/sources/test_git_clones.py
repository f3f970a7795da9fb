"""Clones that lack a part of the history or of the files: said, and never mistaken for the whole."""

from pathlib import Path

import pytest

from bisect_ml.errors import GitError, InputError
from bisect_ml.releases import build_releases
from bisect_ml.sources.deploys import read_deploys
from bisect_ml.sources.git import Repository
from tests.builders import Built, build_repository, commit, run_git


@pytest.fixture
def origin(tmp_path: Path) -> Built:
    """Twelve commits on the main line; a branch forked at the second is merged into the eleventh."""
    line = [commit(f"m{n}", {f"m{n}.py": f"{n}\n", "model.py": f"x = {n}\n"}) for n in range(10)]
    built = build_repository(
        tmp_path / "origin",
        [
            *line,
            commit("side", {"side.py": "1\n"}, branch="side", parents=["m1"]),
            commit("merge", parents=["m9", "side"]),
            commit("last", {"model.py": "x = 99\n"}),
        ],
    )
    built.git("config", "uploadpack.allowFilter", "true")
    built.git("config", "uploadpack.allowAnySHA1InWant", "true")
    return built


def clone(origin: Built, to: Path, *options: str) -> Repository:
    run_git("clone", "-q", "--bare", *options, f"file://{origin.path}", str(to))
    return Repository(to)


def deploys(folder: Path, *shas: str) -> Path:
    log = folder / "deploys.csv"
    rows = [f"2026-02-{day:02}T00:00:00Z,{sha}" for day, sha in enumerate(shas, start=1)]
    log.write_text("\n".join(["deployed_at,sha", *rows]) + "\n")
    return log


def test_a_whole_clone_is_neither_shallow_nor_partial(origin: Built, tmp_path: Path) -> None:
    repository = clone(origin, tmp_path / "clone")

    assert (repository.is_shallow, repository.is_partial) == (False, False)


def test_commits_at_the_edge_of_a_shallow_clone_add_no_files(origin: Built, tmp_path: Path) -> None:
    repository = clone(origin, tmp_path / "clone", "--depth=3", "--branch=main")

    found = repository.commits([origin["last"], origin["m9"]])

    assert repository.is_shallow
    assert [file.path for file in found[origin["last"]].files] == ["model.py"]
    assert found[origin["m9"]].files == ()
    assert found[origin["m9"]].subject == "Commit m9"
    assert any("--unshallow" in warning for warning in repository.warnings)


def test_a_range_within_a_shallow_clone_is_exact(origin: Built, tmp_path: Path) -> None:
    repository = clone(origin, tmp_path / "clone", "--depth=3", "--branch=main")
    log = read_deploys(deploys(tmp_path, origin["merge"], origin["last"]), repository=repository)

    releases, warnings = build_releases(log.deploys, repository)

    assert [change.sha for change in releases[1].shipped] == [origin["last"]]
    assert not releases[1].truncated
    assert not any("shallow" in warning for warning in warnings)


def test_a_range_over_the_edge_of_a_shallow_clone_names_no_commit(origin: Built, tmp_path: Path) -> None:
    """m0 and m1 are seen below the merged branch, although m8, which served before, contains them."""
    repository = clone(origin, tmp_path / "clone", "--depth=4", "--branch=main")
    log = read_deploys(deploys(tmp_path, origin["m8"], origin["last"]), repository=repository)

    releases, warnings = build_releases(log.deploys, repository)

    assert (releases[1].shipped, releases[1].removed, releases[1].truncated) == ((), (), True)
    assert any("1 of 2 releases" in warning and "--unshallow" in warning for warning in warnings)


def test_deploys_that_a_shallow_clone_does_not_have_are_named(origin: Built, tmp_path: Path) -> None:
    repository = clone(origin, tmp_path / "clone", "--depth=2", "--branch=main")

    log = read_deploys(
        deploys(tmp_path, origin["m2"], origin["merge"], origin["last"]), repository=repository
    )

    assert [deploy.sha for deploy in log.deploys] == [None, origin["merge"], origin["last"]]
    assert "git fetch --unshallow" in log.warnings[0]
    with pytest.raises(InputError, match="none of its 2 commits") as found:
        read_deploys(deploys(tmp_path, origin["m2"], origin["m3"]), repository=repository)
    assert "--unshallow" in found.value.hint


def test_a_blobless_clone_has_paths_and_says_what_it_lacks(origin: Built, tmp_path: Path) -> None:
    repository = clone(origin, tmp_path / "clone", "--filter=blob:none")

    assert repository.is_partial
    assert repository.paths([origin["m3"]])[origin["m3"]].files[0].path == "m3.py"
    for patches in (True, False):
        found = repository.commits([origin["m3"], origin["merge"]], patches=patches)
        assert [(f.path, f.added, f.patch) for f in found[origin["m3"]].files] == [
            ("m3.py", None, None),
            ("model.py", None, None),
        ]
        assert found[origin["merge"]].parents == (origin["m9"], origin["side"])
    assert repository.tree(origin["m3"]) == {}
    assert "lacks files of 1 of 2 commits" in repository.warnings[0]
    assert len(list(repository.walk([origin["last"]]))) == 13


def test_a_blobless_clone_reads_the_commits_whose_files_it_has(origin: Built, tmp_path: Path) -> None:
    run_git("clone", "-q", "--filter=blob:none", f"file://{origin.path}", str(tmp_path / "clone"))
    run_git("-C", str(tmp_path / "clone"), "log", "-p", "-1", origin["last"])
    repository = Repository(tmp_path / "clone")

    found = repository.commits([origin["last"], origin["m3"]])

    assert found[origin["last"]].files[0].before == "x = 9\n"
    assert found[origin["m3"]].files[0].patch is None


def test_the_hint_for_a_partial_clone_makes_it_whole(origin: Built, tmp_path: Path) -> None:
    repository = clone(origin, tmp_path / "clone", "--filter=blob:none")
    repository.commits([origin["m3"]])
    command = repository.warnings[0].split("git -C ", 1)[1].split()

    run_git("-C", *command)

    again = Repository(tmp_path / "clone")
    assert again.commits([origin["m3"]])[origin["m3"]].files[1].after == "x = 3\n"
    assert again.warnings == ()


def test_a_treeless_clone_has_commits_without_files(origin: Built, tmp_path: Path) -> None:
    repository = clone(origin, tmp_path / "clone", "--filter=tree:0")

    found = repository.commits([origin["m3"]])[origin["m3"]]

    assert (found.subject, found.files) == ("Commit m3", ())
    assert "lacks the trees" in repository.warnings[0]


def test_a_damaged_repository_is_an_error_that_names_the_check(origin: Built, tmp_path: Path) -> None:
    repository = clone(origin, tmp_path / "clone")
    for pack in (tmp_path / "clone" / "objects" / "pack").glob("*.pack"):
        pack.chmod(0o644)
        pack.write_bytes(b"")

    with pytest.raises(GitError) as found:
        repository.commits([origin["m3"]])

    assert "fsck" in found.value.hint
