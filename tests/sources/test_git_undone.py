"""What later commits took back, by their messages and by their lines."""

from datetime import timedelta
from pathlib import Path

import pytest

from bisect_ml.sources.git import Repository
from tests.builders import START, STEP, BranchOf, CommitOf, build_repository, commit, run_git

BEFORE = "def scale(x):\n    return x / 1000\n\n\ndef name():\n    return 'model'\n"
AFTER = "def scale(x):\n    return x * 1000\n\n\ndef name():\n    return 'model'\n"
ELSE = AFTER.replace("'model'", "'other model'")


def undoings(folder: Path, *later: CommitOf, message: str = "Scale up (#41)") -> list[tuple[str, str, str]]:
    """Return what undid the commit `bad`, by name."""
    bad = commit("bad", {"m.py": AFTER}, message=message)
    built = build_repository(folder / "repo", [commit("base", {"m.py": BEFORE}), bad, *later])
    repository = Repository(built.path)
    names = {sha: name for name, sha in built.shas.items()}
    found = repository.undoings(repository.commits([built["bad"]]))
    assert all(each.sha == built["bad"] for each in found)
    return [(names[each.by], each.kind, "" if each.share is None else f"{each.share:.1f}") for each in found]


def sha_of_bad(folder: Path) -> str:
    return build_repository(
        folder / "first",
        [commit("base", {"m.py": BEFORE}), commit("bad", {"m.py": AFTER}, message="Scale up (#41)")],
    )["bad"]


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Back to normal\n\nThis reverts commit {sha}.", "reverts"),
        ("Back to normal\n\nThis reverts commits {short} and 1234567.", "reverts"),
        ("Revert {short}", "reverts"),
        ('Revert "Scale up (#41)"', "reverts"),
        ('Back out "Scale up (#41)"', "reverts"),
        ("Back to normal (#44)\n\nReverts acme/scorer#41", "reverts"),
        ('Do not scale\n\nFixes: {short} ("Scale up")', "fixes"),
        ("Do not scale\n\nfixes commit {sha}", "fixes"),
    ],
)
def test_messages_that_take_a_commit_back(message: str, kind: str, tmp_path: Path) -> None:
    sha = sha_of_bad(tmp_path)
    text = message.format(sha=sha, short=sha[:9])

    found = undoings(tmp_path, commit("later", {"other.py": "1\n"}, message=text))

    assert found == [("later", kind, "")]


@pytest.mark.parametrize(
    "message",
    [
        "Mention {sha}",
        "Fixes #41",
        "Reverts acme/scorer#40",
        "This reverts commit 1234567890.",
        'Revert "Scale down"',
        "(cherry picked from commit {sha})",
    ],
)
def test_messages_that_only_look_like_it(message: str, tmp_path: Path) -> None:
    text = message.format(sha=sha_of_bad(tmp_path))

    assert undoings(tmp_path, commit("later", {"other.py": "1\n"}, message=text)) == []


def test_lines_that_are_put_back_silently(tmp_path: Path) -> None:
    found = undoings(tmp_path, commit("other", {"m.py": ELSE}), commit("quiet", {"m.py": BEFORE}))

    assert found == [("quiet", "lines", "1.0")]


def test_lines_that_are_put_back_among_many_others(tmp_path: Path) -> None:
    more = BEFORE + "".join(f"value_{n} = {n}\n" for n in range(50))

    assert undoings(tmp_path, commit("large", {"m.py": more})) == [("large", "lines", "1.0")]


def test_lines_that_change_once_more_are_not_put_back(tmp_path: Path) -> None:
    again = AFTER.replace("x * 1000", "x * 100")

    assert undoings(tmp_path, commit("again", {"m.py": again})) == []


def test_other_lines_of_the_file_undo_nothing(tmp_path: Path) -> None:
    assert undoings(tmp_path, commit("other", {"m.py": ELSE})) == []


def test_a_revert_on_another_branch_counts(tmp_path: Path) -> None:
    hotfix = commit("hotfix", {"m.py": BEFORE}, branch="hotfix", parents=["bad"])

    assert undoings(tmp_path, hotfix) == [("hotfix", "lines", "1.0")]


def test_what_is_older_undoes_nothing(tmp_path: Path) -> None:
    older = commit("older", {"m.py": AFTER}, branch="old", parents=["base"], at=START + STEP)
    removed = commit("removed", {"m.py": BEFORE}, branch="old", at=START + STEP + timedelta(minutes=1))

    assert undoings(tmp_path, older, removed) == []


def test_a_partial_clone_knows_what_messages_say(tmp_path: Path) -> None:
    built = build_repository(
        tmp_path / "origin",
        [
            commit("base", {"m.py": BEFORE}),
            commit("bad", {"m.py": AFTER}, message="Scale up"),
            commit("back", {"m.py": BEFORE}, message='Revert "Scale up"'),
            BranchOf(name="main", commit="back"),
        ],
    )
    built.git("config", "uploadpack.allowFilter", "true")
    run_git("clone", "-q", "--bare", "--filter=blob:none", f"file://{built.path}", str(tmp_path / "clone"))
    repository = Repository(tmp_path / "clone")

    found = repository.undoings(repository.commits([built["bad"]]))

    assert [(each.by, each.kind) for each in found] == [(built["back"], "reverts")]


def test_no_commits_are_undone_by_nothing(tmp_path: Path) -> None:
    built = build_repository(tmp_path / "repo", [commit("a")])

    assert Repository(built.path).undoings({}) == ()
