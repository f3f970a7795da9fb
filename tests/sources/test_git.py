"""What a repository answers about names, commits, files and tags, in every form it comes in."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bisect_ml.errors import GitError
from bisect_ml.sources.git import Repository
from tests.builders import (
    EXECUTABLE,
    START,
    SUBMODULE,
    SYMLINK,
    BranchOf,
    Built,
    TagOf,
    build_repository,
    commit,
    run_git,
)

TAGGED = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
def built(tmp_path: Path) -> Built:
    return build_repository(
        tmp_path / "repo",
        [
            commit("root", {"model.py": "x = 1\ny = 2\n", "data.bin": b"\0\1\2"}),
            commit("change", {"model.py": "x = 1000\ny = 2\n"}, message="Scale x\n\nIn milliseconds now."),
            commit("side", {"side.py": "z = 3\n"}, branch="side", parents=["root"]),
            commit("merge", parents=["change", "side"], message="Merge pull request #7 from a/b\n\nAdd z"),
            commit("empty"),
            TagOf(name="v1", commit="change"),
            TagOf(name="v2", commit="merge", at=TAGGED),
            BranchOf(name="refs/remotes/origin/release", commit="side"),
        ],
        checkout=True,
    )


def test_names_resolve_to_commits(built: Built) -> None:
    repository = Repository(built.path)

    assert repository.resolve(
        ["v1", "v2", "main", "side", "release", "origin/release", built["root"][:8], "HEAD", "v1-2-gffffff"]
    ) == {
        "v1": built["change"],
        "v2": built["merge"],
        "main": built["empty"],
        "side": built["side"],
        "release": built["side"],
        "origin/release": built["side"],
        built["root"][:8]: built["root"],
        "HEAD": built["empty"],
        "v1-2-gffffff": None,
    }
    assert repository.head() == built["empty"]
    assert repository.warnings == ()


def test_describe_and_upper_case_shas_resolve(built: Built) -> None:
    repository = Repository(built.path)

    described = f"v1-2-g{built['merge'][:10]}"
    assert repository.resolve([described, built["merge"].upper()]) == {
        described: built["merge"],
        built["merge"].upper(): built["merge"],
    }


@pytest.mark.parametrize(
    "ref",
    ["--all", "-n1", "main~1", "main^", ":/Scale", "v1..v2", "main@{1}", "a b", "", "x\ny", "main:model.py"],
)
def test_what_is_no_plain_name_is_unknown(built: Built, ref: str) -> None:
    assert Repository(built.path).resolve([ref]) == {ref: None}


def test_a_name_of_two_commits_is_refused_with_a_warning(built: Built) -> None:
    built.git("branch", "v1", built["side"])
    repository = Repository(built.path)

    assert repository.resolve(["v1"]) == {"v1": None}
    assert repository.warnings == (f"'v1' could be more than one commit in {built.path}; give the full sha",)


def test_a_tag_and_a_branch_on_one_commit_are_one(built: Built) -> None:
    built.git("branch", "v1", built["change"])

    assert Repository(built.path).resolve(["v1"]) == {"v1": built["change"]}


def test_a_commit_has_its_message_author_and_date(built: Built) -> None:
    found = Repository(built.path).commits([built["change"]])[built["change"]]

    assert (found.subject, found.body, found.author) == ("Scale x", "In milliseconds now.", "Ada")
    assert found.parents == (built["root"],)
    assert found.committed_at.tzinfo is UTC
    assert (found.committed_at - START).total_seconds() == 7200


def test_a_changed_file_has_counts_patch_and_both_texts(built: Built) -> None:
    (file,) = Repository(built.path).commits([built["change"]])[built["change"]].files

    assert (file.path, file.old_path, file.status, file.added, file.removed) == ("model.py", None, "M", 1, 1)
    assert file.patch == "@@ -1,2 +1,2 @@\n-x = 1\n+x = 1000\n y = 2\n"
    assert (file.before, file.after) == ("x = 1\ny = 2\n", "x = 1000\ny = 2\n")


def test_without_patches_files_have_counts_only(built: Built) -> None:
    (file,) = Repository(built.path).commits([built["change"]], patches=False)[built["change"]].files

    assert (file.status, file.added, file.removed, file.patch, file.after) == ("M", 1, 1, None, None)


def test_a_root_commit_adds_its_files_and_binary_ones_have_no_text(built: Built) -> None:
    binary, source = Repository(built.path).commits([built["root"]])[built["root"]].files

    assert (source.status, source.added, source.before, source.after) == ("A", 2, None, "x = 1\ny = 2\n")
    assert (binary.path, binary.added, binary.removed, binary.patch) == ("data.bin", None, None, None)


@pytest.mark.parametrize("patches", [True, False])
def test_merges_and_empty_commits_have_no_files(built: Built, patches: bool) -> None:
    found = Repository(built.path).commits([built["merge"], built["empty"]], patches=patches)

    assert found[built["merge"]].parents == (built["change"], built["side"])
    assert [each.files for each in found.values()] == [(), ()]


def test_suffixes_limit_the_texts_and_not_the_patches(built: Built) -> None:
    (file,) = Repository(built.path).commits([built["side"]], suffixes=[".sql"])[built["side"]].files

    assert (file.patch, file.after) == ("@@ -0,0 +1 @@\n+z = 3\n", None)


def test_paths_read_no_file(built: Built) -> None:
    (file,) = Repository(built.path).paths([built["change"]])[built["change"]].files

    assert (file.path, file.status, file.added, file.patch) == ("model.py", "M", None, None)


def test_a_tree_has_the_source_files_of_its_moment(built: Built) -> None:
    repository = Repository(built.path)

    assert repository.tree(built["root"]) == {"model.py": "x = 1\ny = 2\n"}
    assert repository.tree(built["side"], (".py", ".bin")) == {
        "model.py": "x = 1\ny = 2\n",
        "side.py": "z = 3\n",
    }


def test_texts_beside_the_sources_are_those_that_are_here(built: Built) -> None:
    repository = Repository(built.path)

    assert repository.texts_beside(built["side"], (".py", ".bin")) == {
        "model.py": "x = 1\ny = 2\n",
        "side.py": "z = 3\n",
    }
    assert repository.texts_beside(built["side"], (".json",)) == {}
    assert repository.warnings == ()


def test_tags_have_the_date_of_the_tagger_or_of_the_commit(built: Built) -> None:
    first, second = Repository(built.path).tags("v*")

    assert (first.name, first.sha, first.annotated) == ("v1", built["change"], False)
    assert first.tagged_at == datetime(2026, 1, 5, 11, tzinfo=UTC)
    assert (second.name, second.sha, second.annotated) == ("v2", built["merge"], True)
    assert second.tagged_at == TAGGED
    assert Repository(built.path).tags("deploy/*") == ()


def test_a_walk_has_messages_pull_requests_and_dates(built: Built) -> None:
    steps = list(Repository(built.path).walk([built["merge"]]))

    assert {step.sha for step in steps} == {built[name] for name in ("root", "change", "side", "merge")}
    assert steps[0].sha == built["merge"]
    assert steps[0].pull_request == "7"
    assert steps[0].parents == (built["change"], built["side"])


def test_a_walk_that_is_left_early_leaves_no_process(built: Built) -> None:
    walk = Repository(built.path).walk([built["empty"]])
    next(walk)
    walk.close()

    with pytest.raises(StopIteration):
        next(walk)


def test_the_main_line_skips_merged_branches(built: Built) -> None:
    line = Repository(built.path).first_parents(built["empty"])

    assert [sha for sha, _ in line] == [built[name] for name in ("empty", "merge", "change", "root")]


def test_every_form_of_a_repository_gives_the_same_answer(built: Built, tmp_path: Path) -> None:
    folder = built.path / "package" / "inner"
    folder.mkdir(parents=True)
    built.git("worktree", "add", "-q", "--detach", str(tmp_path / "linked"), "side")
    run_git("clone", "-q", "--bare", str(built.path), str(tmp_path / "bare.git"))
    run_git("clone", "-q", "--bare", "--shared", str(built.path), str(tmp_path / "shared.git"))
    run_git("clone", "-q", "--bare", str(built.path), str(tmp_path / "bald.git"))
    (tmp_path / "bald.git" / "config").unlink()

    answers = [
        Repository(path).commits([built["change"]])
        for path in (
            built.path,
            built.path / ".git",
            folder,
            tmp_path / "linked",
            tmp_path / "bare.git",
            tmp_path / "shared.git",
            tmp_path / "bald.git",
        )
    ]

    assert all(answer == answers[0] for answer in answers)
    assert Repository(tmp_path / "linked").head() == built["side"]


def test_a_path_may_be_relative(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built.path)

    assert Repository(".").head() == built["empty"]


def test_sha256_repositories_are_read(tmp_path: Path) -> None:
    built = build_repository(
        tmp_path / "repo",
        [commit("a", {"m.py": "1\n"}), commit("b", {"m.py": "2\n"})],
        object_format="sha256",
    )
    repository = Repository(built.path)

    assert len(built["b"]) == 64
    assert repository.resolve([built["b"], built["a"][:12], "main"]) == {
        built["b"]: built["b"],
        built["a"][:12]: built["a"],
        "main": built["b"],
    }
    assert repository.commits([built["b"]])[built["b"]].files[0].before == "1\n"
    assert [step.sha for step in repository.walk([built["b"]])] == [built["b"], built["a"]]


def test_renames_are_followed_with_their_old_path(tmp_path: Path) -> None:
    text = "".join(f"line {number}\n" for number in range(20))
    built = build_repository(
        tmp_path / "repo",
        [commit("a", {"old.py": text}), commit("b", {"old.py": None, "new.py": text + "more\n"})],
    )
    repository = Repository(built.path)

    for patches in (True, False):
        (file,) = repository.commits([built["b"]], patches=patches)[built["b"]].files
        assert (file.path, file.old_path, file.status) == ("new.py", "old.py", "R")
        assert (file.added, file.removed) == (1, 0)
    (file,) = repository.commits([built["b"]])[built["b"]].files
    assert (file.before, file.after) == (text, text + "more\n")


def test_links_modes_types_and_submodules_keep_their_files_apart(tmp_path: Path) -> None:
    built = build_repository(
        tmp_path / "repo",
        [
            commit("a", {"a-link": (SYMLINK, "target"), "run.sh": "echo\n", "z.py": "1\n"}),
            commit(
                "b",
                {
                    "a-link": "text\n",
                    "run.sh": (EXECUTABLE, "echo\n"),
                    "sub": (SUBMODULE, "1" * 40),
                    "z.py": "2\n",
                },
            ),
        ],
    )
    files = Repository(built.path).commits([built["b"]])[built["b"]].files

    assert [(f.path, f.status, f.added, f.removed) for f in files] == [
        ("a-link", "T", 1, 1),
        ("run.sh", "M", 0, 0),
        ("sub", "A", 1, 0),
        ("z.py", "M", 1, 1),
    ]
    assert files[1].patch == ""
    assert files[2].after is None
    assert (files[3].before, files[3].after) == ("1\n", "2\n")
    assert "Subproject commit" in (files[2].patch or "")


def test_texts_and_messages_that_are_not_utf8_are_read(tmp_path: Path) -> None:
    built = build_repository(
        tmp_path / "repo",
        [
            commit(
                "said", {"m.py": "# caf\xe9\n".encode("latin-1")}, message=b"caf\xe9", encoding="ISO-8859-1"
            ),
            commit("unsaid", {"m.py": "# caf\xe8\n".encode("latin-1")}, message=b"caf\xe9"),
            commit("path", {b"caf\xe9.py": "1\n"}),
            commit("mark", {"bom.py": b"\xef\xbb\xbfx = 1\n"}),
        ],
    )
    found = Repository(built.path).commits(built.shas.values())

    assert found[built["said"]].subject == "café"
    assert found[built["unsaid"]].subject == "café"
    (file,) = found[built["unsaid"]].files
    assert (file.before, file.after) == ("# café\n", "# cafè\n")
    assert found[built["path"]].files[0].path == r"caf\xe9.py"
    assert found[built["mark"]].files[0].after == "x = 1\n"


def test_content_cannot_pose_as_another_commit_or_file(tmp_path: Path) -> None:
    posing = "diff --git a/x b/x\n:100644 100644 0 0 M\n@@ -1 +1 @@\n--- a/x\n+++ b/x\n"
    built = build_repository(
        tmp_path / "repo",
        [
            commit("a", {"m.txt": "1\n", "late.txt": "x" * 9000 + "\n"}),
            commit(
                "b",
                {"m.txt": posing, "late.txt": b"x" * 9000 + b"\0\n", "odd\n\tname.txt": "1\n"},
                message=f"{posing}\n\n{posing}",
            ),
            commit("c", {"m.txt": "2\n"}),
        ],
    )
    found = Repository(built.path).commits(built.shas.values())

    assert list(found) == list(built.shas.values())
    assert [(f.path, f.added, f.removed) for f in found[built["b"]].files] == [
        ("late.txt", 1, 1),
        ("m.txt", 5, 1),
        ("odd\n\tname.txt", 1, 0),
    ]
    assert found[built["b"]].files[1].after == posing
    assert found[built["c"]].files[0].removed == 5


def test_dates_out_of_range_do_not_stop_the_reading(tmp_path: Path) -> None:
    built = build_repository(
        tmp_path / "repo", [commit("a", {"m.py": "1\n"}, at=datetime(1970, 1, 1, tzinfo=UTC))]
    )
    raw = built.git("cat-file", "commit", built["a"]).replace(" 0 +0000", " 99999999999999 +0000") + "\n"
    broken = run_git(
        "-C",
        str(built.path),
        "hash-object",
        "-t",
        "commit",
        "-w",
        "--literally",
        "--stdin",
        stdin=raw.encode(),
    ).strip()

    found = Repository(built.path).commits([broken])[broken]

    assert found.committed_at == datetime(1970, 1, 1, tzinfo=UTC)


def test_large_files_have_a_patch_and_no_text(tmp_path: Path) -> None:
    large = "".join(f"row {number}\n" for number in range(200_000))
    built = build_repository(
        tmp_path / "repo", [commit("a", {"big.csv": large}), commit("b", {"big.csv": large + "end\n"})]
    )
    repository = Repository(built.path)
    (file,) = repository.commits([built["b"]])[built["b"]].files

    assert (file.added, file.removed, file.before, file.after) == (1, 0, None, None)
    assert file.patch is not None
    assert repository.warnings == ("2 of 2 files are too large to be read as texts",)
    (whole,) = repository.commits([built["a"]])[built["a"]].files
    assert (whole.added, whole.patch) == (200_000, None)


def test_an_unknown_commit_is_an_error(built: Built) -> None:
    repository = Repository(built.path)

    with pytest.raises(GitError, match="git log failed"):
        repository.commits(["0" * 39 + "1"])
    with pytest.raises(GitError, match="not a full sha"):
        repository.commits(["--all"])
    with pytest.raises(GitError, match="not a full sha"):
        next(repository.walk(["main"]))


def test_what_is_no_repository_is_an_error_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="not a git repository") as found:
        Repository(tmp_path)
    assert "--repo" in found.value.hint
    with pytest.raises(GitError, match="no such folder"):
        Repository(tmp_path / "absent")


def test_a_folder_with_a_dollar_sign_is_no_variable(tmp_path: Path) -> None:
    built = build_repository(tmp_path / "$HOME", [commit("a")])

    assert Repository(built.path).head() == built["a"]


def test_a_missing_git_program_is_an_error(
    built: Built, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code = (
        "from bisect_ml.sources.git import Repository\n"
        "from bisect_ml.errors import GitError\n"
        "try: Repository('.')\n"
        "except GitError as problem: print(problem.message)\n"
    )
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=Path.cwd(), check=True
    )

    assert done.stdout.strip() == "there is no git program on the PATH"


def test_an_empty_repository_has_no_head(tmp_path: Path) -> None:
    built = build_repository(tmp_path / "repo", [])
    repository = Repository(built.path)

    assert repository.head() is None
    assert repository.tags() == ()
    assert repository.commits([]) == {}


@pytest.mark.parametrize(
    ("remote", "shown"),
    [
        ("https://user:secret@host.example/team/app.git", "https://host.example/team/app"),
        ("https://token@host.example:8443/team/app.git?key=secret", "https://host.example:8443/team/app"),
        ("git@host.example:team/app.git", "https://host.example/team/app"),
        ("ssh://git@host.example:22/team/app.git", "https://host.example/team/app"),
        ("/srv/git/app.git", None),
        ("file:///srv/git/app.git", None),
    ],
)
def test_a_web_address_has_no_credentials(built: Built, remote: str, shown: str | None) -> None:
    built.git("remote", "add", "origin", remote)

    assert Repository(built.path).web_url() == shown


def test_replacements_and_grafts_are_ignored_and_said(built: Built) -> None:
    built.git("replace", built["change"], built["side"])
    (built.path / ".git" / "info").mkdir(exist_ok=True)
    (built.path / ".git" / "info" / "grafts").write_text(f"{built['empty']}\n")
    repository = Repository(built.path)

    assert repository.commits([built["change"]])[built["change"]].subject == "Scale x"
    assert repository.commits([built["empty"]])[built["empty"]].parents == (built["merge"],)
    assert [warning.split(":")[0] for warning in repository.warnings] == [
        "the repository has replacement objects (git replace)",
        "the repository has grafts (info/grafts)",
    ]
