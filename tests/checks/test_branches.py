"""The commits that two names lead to, and names that lead nowhere."""

from pathlib import Path

import pytest

from bisect_ml.checks.branches import find_branches
from bisect_ml.errors import ConfigError, GitError
from bisect_ml.sources import Repository
from tests.builders import BranchOf, Built, TagOf, build_repository, commit, run_git


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_repository(
        tmp_path_factory.mktemp("branches") / "repository",
        [
            commit("start", {"a.txt": "1"}),
            commit("feature", {"b.txt": "1"}, branch="feature", parents=["start"]),
            commit("main", {"a.txt": "2"}, parents=["start"]),
            commit("stranger", {"c.txt": "1"}, branch="stranger", parents=[]),
            TagOf(name="both", commit="main"),
            BranchOf(name="both", commit="feature"),
        ],
    )


@pytest.fixture
def repository(built: Built) -> Repository:
    return Repository(built.path)


def test_a_head_is_held_against_where_it_left_the_base(built: Built, repository: Repository) -> None:
    found = find_branches(repository, "main", "feature")
    assert (found.base.sha, found.head.sha) == (built["start"], built["feature"])
    assert found.behind
    assert found.head.subject == "Commit feature"


def test_or_against_the_base_itself(built: Built, repository: Repository) -> None:
    found = find_branches(repository, "main", "feature", merge_base=False)
    assert found.base.sha == built["main"]
    assert not found.behind


def test_branches_that_share_nothing_are_refused(repository: Repository) -> None:
    with pytest.raises(GitError, match="main and stranger share no commit in") as caught:
        find_branches(repository, "main", "stranger")
    assert caught.value.hint == "compare them with --no-merge-base"


def test_a_clone_that_was_cut_off_is_told_to_fetch_the_rest(built: Built, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    run_git("clone", "-q", "--depth=1", "--no-single-branch", built.path.as_uri(), str(shallow))
    with pytest.raises(GitError) as caught:
        find_branches(Repository(shallow), "main", "feature")
    assert caught.value.hint == "run git fetch --unshallow"


def test_a_name_of_two_things_is_refused(repository: Repository) -> None:
    with pytest.raises(ConfigError, match="'both' could be more than one commit"):
        find_branches(repository, "main", "both")


@pytest.mark.parametrize("name", ["--upload-pack=x", "main..feature", "", "a b"])
def test_what_is_no_name_is_unknown(repository: Repository, name: str) -> None:
    with pytest.raises(ConfigError, match="no branch, tag or commit"):
        find_branches(repository, "main", name)
