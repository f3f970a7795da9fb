"""Merges: what they only join, and what they do themselves."""

from dataclasses import replace
from pathlib import Path

import pytest

from bisect_ml.candidates import candidates
from bisect_ml.sources.git import Repository
from bisect_ml.sources.git_merges import merged_files
from bisect_ml.types import Change
from tests.builders import Built, build_repository, commit
from tests.nouns import release

LINES = [f"line {number}\n" for number in range(30)]


def text(**lines: str) -> str:
    """Thirty lines, those whose numbers are given (`n5="x"`) replaced."""
    changed = {int(name[1:]): f"{line}\n" for name, line in lines.items()}
    return "".join(changed.get(number, line) for number, line in enumerate(LINES))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_repository(
        tmp_path_factory.mktemp("git") / "repo",
        [
            commit(
                "base",
                {
                    "m.py": text(),
                    "both.py": text(),
                    "bin": b"\0a",
                    "gone.py": "1\n2\n3\n",
                    b"\xe9 t\t.py": "x\n",
                },
            ),
            commit(
                "ours",
                {"m.py": text(n5="ours"), "both.py": text(n2="o"), "bin": b"\0b", "gone.py": "1\n2\n4\n"},
            ),
            commit(
                "theirs",
                {
                    "m.py": text(n5="theirs"),
                    "both.py": text(n25="t"),
                    "bin": b"\0c",
                    "gone.py": "9\n2\n3\n",
                    b"\xe9 t\t.py": "y",
                },
                branch="side",
                parents=["base"],
            ),
            commit(
                "evil",
                {
                    "m.py": text(n5="resolved", n20="slipped in"),
                    "both.py": text(n2="o", n25="t"),
                    "bin": b"\0d",
                    "gone.py": None,
                    "new.py": "fresh\n",
                    b"\xe9 t\t.py": "z",
                },
                parents=["ours", "theirs"],
            ),
            commit(
                "clean",
                {"both.py": text(n2="o", n25="t"), b"\xe9 t\t.py": "y"},
                branch="clean",
                parents=["ours", "theirs"],
            ),
            commit("third", {"third.py": "3\n"}, branch="third", parents=["base"]),
            commit(
                "octopus",
                {"both.py": text(n2="o", n25="t"), "third.py": "3\n", "own.py": "4\n", b"\xe9 t\t.py": "y"},
                branch="octopus",
                parents=["ours", "theirs", "third"],
            ),
        ],
    )


def test_an_evil_merge_has_the_files_that_follow_no_parent(built: Built) -> None:
    files = Repository(built.path).commits([built["evil"]])[built["evil"]].files

    assert [(file.path, file.status, file.added, file.removed) for file in files] == [
        ("bin", "M", None, None),
        ("gone.py", "D", 0, 5),
        ("m.py", "M", 2, 3),
        ("new.py", "A", 1, 0),
        (r"\xe9 t" + "\t.py", "M", 1, 2),
    ]
    assert all((file.before, file.after) == (None, None) for file in files)


def test_its_patch_is_an_ordinary_one(built: Built) -> None:
    patches = {
        file.path: file.patch for file in Repository(built.path).commits([built["evil"]])[built["evil"]].files
    }

    assert patches["m.py"] == (
        "@@ -3,8 +3,7 @@\n line 2\n line 3\n line 4\n-ours\n-theirs\n+resolved\n line 6\n line 7\n line 8\n"
        "@@ -18,7 +18,7 @@\n line 17\n line 18\n line 19\n-line 20\n+slipped in\n"
        " line 21\n line 22\n line 23\n"
    )
    assert patches["new.py"] == "@@ -1,0 +1,1 @@\n+fresh\n"
    assert patches["bin"] is None
    assert patches["\\xe9 t\t.py"] == "@@ -1,2 +1,1 @@\n-x\n-y\n+z\n"


def test_a_merge_that_only_joins_has_no_files(built: Built) -> None:
    assert Repository(built.path).commits([built["clean"]])[built["clean"]].files == ()


def test_an_octopus_has_what_none_of_its_parents_had(built: Built) -> None:
    (file,) = Repository(built.path).commits([built["octopus"]])[built["octopus"]].files

    assert (file.path, file.status, file.patch) == ("own.py", "A", "@@ -1,0 +1,1 @@\n+4\n")


def test_without_patches_no_merge_has_files(built: Built) -> None:
    found = Repository(built.path).commits([built["evil"], built["ours"]], patches=False)

    assert found[built["evil"]].files == ()
    assert len(found[built["ours"]].files) == 4


def test_paths_name_what_differs_from_every_parent(built: Built) -> None:
    found = Repository(built.path).paths([built["clean"], built["ours"]])

    assert [file.path for file in found[built["clean"]].files] == ["both.py"]
    assert len(found[built["ours"]].files) == 4


def test_a_rename_on_one_side_and_an_edit_on_the_other_is_no_doing_of_the_merge(tmp_path: Path) -> None:
    edited = text(n4="edited")
    renamed = build_repository(
        tmp_path / "repo",
        [
            commit("base", {"m.py": text()}),
            commit("ours", {"m.py": edited}),
            commit("theirs", {"m.py": None, "new.py": text()}, branch="side", parents=["base"]),
            commit("merge", {"m.py": None, "new.py": edited}, parents=["ours", "theirs"]),
        ],
    )

    assert Repository(renamed.path).commits([renamed["merge"]])[renamed["merge"]].files == ()


@pytest.mark.parametrize(("name", "own"), [("evil", True), ("clean", False)])
def test_only_an_evil_merge_comes_with_changes_of_its_own(built: Built, name: str, own: bool) -> None:
    change = Change(sha=built[name], commits=(built[name], built["theirs"]))
    shipping = replace(release(100), shipped=(change,))

    found = candidates([shipping], Repository(built.path).commits(change.commits))

    assert [each.commit.sha for each in found if each.commit] == [built[name], built["theirs"]]
    assert found[0].commit is not None
    assert bool(found[0].commit.files) is own


def test_content_of_a_merge_cannot_pose_as_another_file(tmp_path: Path) -> None:
    posing = "diff --cc x\nindex 1,2..3\n@@@ -1,1 -1,1 +1,1 @@@\n++x\n"
    built = build_repository(
        tmp_path / "repo",
        [
            commit("base", {"a.txt": "1\n", "b.txt": "1\n"}),
            commit("ours", {"a.txt": "2\n"}),
            commit("theirs", {"a.txt": "3\n"}, branch="side", parents=["base"]),
            commit("evil", {"a.txt": posing, "b.txt": "4\n"}, parents=["ours", "theirs"]),
        ],
    )

    files = Repository(built.path).commits([built["evil"]])[built["evil"]].files

    assert [(file.path, file.added, file.removed) for file in files] == [("a.txt", 4, 2), ("b.txt", 1, 1)]


def test_no_program_of_the_repository_runs_for_a_merge(tmp_path: Path) -> None:
    built = build_repository(
        tmp_path / "repo",
        [
            commit("base", {"a.txt": "1\n", ".gitattributes": "* diff=evil\n"}),
            commit("ours", {"a.txt": "2\n"}),
            commit("theirs", {"a.txt": "3\n"}, branch="side", parents=["base"]),
            commit("evil", {"a.txt": "4\n"}, parents=["ours", "theirs"]),
        ],
        checkout=True,
    )
    (built.path / ".git" / "info").mkdir(exist_ok=True)
    (built.path / ".git" / "info" / "attributes").write_text("* diff=evil\n")
    for name in ("diff.external", "diff.evil.command", "diff.evil.textconv"):
        built.git("config", name, f"touch {tmp_path}/ran; cat")

    (file,) = Repository(built.path).commits([built["evil"]])[built["evil"]].files

    assert (file.added, file.removed) == (1, 2)
    assert not (tmp_path / "ran").exists()
    built.git("log", "-1", "--cc", built["evil"])
    assert (tmp_path / "ran").exists(), "the trap is not sharp"


def test_a_merge_that_only_sets_modes_has_no_hunks() -> None:
    old, theirs, new = b"1" * 40, b"2" * 40, b"3" * 40
    section = b"diff --cc run.py\nindex %s,%s..%s\nmode 100644,100644..100755\n" % (old, theirs, new)
    fields = [b"100644", b"100644", b"100755", old, theirs, new, b"MM"]
    (found,) = merged_files([(fields, b"run.py")], section, 1_000)
    assert (found.patch, found.added, found.removed) == ("", 0, 0)
