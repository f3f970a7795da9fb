"""What a command finds in its checkout, and what can never reach it or get out of it."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bisect_ml.errors import GitError
from bisect_ml.runs import Run, Runner
from tests.builders import (
    EXECUTABLE,
    SUBMODULE,
    SYMLINK,
    Built,
    TagOf,
    build_repository,
    commit,
    run_git,
)

MakeRunner = Callable[..., Runner]
FILES = "printf 'path\\n'; find . -path ./.git -prune -o -type f -print | sort"


def lines(run: Run) -> list[str]:
    assert run.failed is None, (run.failed, run.last_lines)
    assert run.output is not None
    return run.output.read_text().splitlines()[1:]


@pytest.fixture
def built(tmp_path: Path) -> Built:
    return build_repository(
        tmp_path / "repository",
        [
            commit("one", {"app.py": "1\n", "old/gone.py": "1\n", "run.sh": (EXECUTABLE, "#!/bin/sh\n")}),
            TagOf(name="v1.0", commit="one"),
            commit(
                "two",
                {"app.py": "2\n", "old/gone.py": None, 'ü "new"\n$(x).py': "2\n", ".gitignore": "*.log\n"},
            ),
        ],
        checkout=True,
    )


def test_each_commit_finds_its_own_files_and_nothing_else(built: Built, runner: MakeRunner) -> None:
    show = "echo path; find . -path ./.git -prune -o -type f -print0 | sort -z | tr '\\n\\0' '?\\n'"
    leave = (
        "mkdir -p junk/.git old; touch junk/x.log y.log; echo 9 > app.py; chmod 000 junk; rm -f .gitignore"
    )
    with runner(
        built.path,
        f"{show}; {leave}",
        jobs=1,
    ) as runs:
        for repeat in range(3):
            one, two = runs.run(built["one"], repeat), runs.run(built["two"], repeat)
            assert lines(one) == ["./app.py", "./old/gone.py", "./run.sh"]
            assert lines(two) == ["./.gitignore", "./app.py", "./run.sh", './ü "new"?$(x).py']


def test_changed_files_come_back_even_within_a_second(built: Built, runner: MakeRunner) -> None:
    with runner(
        built.path, "printf 'x\\n'; cat app.py; printf '9\\n' > app.py; touch -d @0 app.py", jobs=1
    ) as runs:
        seen = [lines(runs.run(built[name], repeat)) for repeat in range(4) for name in ("one", "two")]

    assert seen == [["1"], ["2"]] * 4


def test_a_command_may_ask_git_about_its_commit(built: Built, runner: MakeRunner) -> None:
    asked = "echo x; git describe --tags --dirty; git rev-parse HEAD --show-toplevel; git status --porcelain"
    with runner(built.path, asked, jobs=1) as runs:
        one, two = lines(runs.run(built["one"])), lines(runs.run(built["two"]))

    assert one[:2] == ["v1.0", built["one"]]
    assert two[0].startswith("v1.0-1-g")
    assert two[1] == built["two"]
    assert two[2] == one[2]
    assert len(one) == len(two) == 3


def test_a_command_that_writes_to_git_writes_to_nobody_s(built: Built, runner: MakeRunner) -> None:
    before = built.git("for-each-ref"), built.git("config", "--list", "--local"), objects(built)
    write = (
        "echo x; git -c user.name=a -c user.email=b commit -qam mine --allow-empty; git tag mine;"
        "git gc -q --prune=now;"
        "git config core.sparseCheckout true; git update-index --assume-unchanged app.py; echo 9 > app.py;"
        "rm -rf .git/objects/info; cat app.py"
    )
    with runner(built.path, write, jobs=1) as runs:
        assert lines(runs.run(built["one"])) == ["9"]
        assert lines(runs.run(built["two"])) == ["9"]
    with runner(built.path, "echo x; cat app.py; git tag -l", jobs=1) as runs:
        assert lines(runs.run(built["one"])) == ["1", "v1.0"]

    assert (built.git("for-each-ref"), built.git("config", "--list", "--local"), objects(built)) == before


def objects(built: Built) -> dict[str, bytes]:
    folder = built.path / ".git" / "objects"
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_link_in_the_place_of_the_checkout_is_not_followed(
    built: Built, tmp_path: Path, runner: MakeRunner
) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").write_text("keep me\n")
    swap = f'here=$(pwd); cd ..; rm -rf "$here"; ln -s {precious} "$here"; printf "x\\n1\\n"'
    with runner(built.path, swap, jobs=1) as runs:
        assert lines(runs.run(built["one"])) == ["1"]
        assert lines(runs.run(built["two"])) == ["1"]

    assert [path.name for path in precious.iterdir()] == ["file"]


def test_nothing_that_a_repository_names_runs(built: Built, tmp_path: Path, runner: MakeRunner) -> None:
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\ncat\n")
    trap.chmod(0o755)
    hooks = built.path / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "post-merge"):
        (hooks / hook).symlink_to(trap)
    (built.path / ".git" / "info").mkdir(exist_ok=True)
    (built.path / ".git" / "info" / "attributes").write_text("* filter=evil\n")
    for name in (
        "filter.evil.smudge",
        "filter.evil.clean",
        "filter.evil.process",
        "core.fsmonitor",
        "core.hooksPath",
    ):
        built.git("config", name, str(trap))
    (built.path / "app.py").write_text("touched\n")

    with runner(built.path, FILES) as runs:
        assert "./app.py" in lines(runs.run(built["one"]))
        assert any("uncommitted" in warning for warning in runs.warnings)

    assert not (tmp_path / "ran").exists()


def test_a_clean_checkout_has_no_warning(built: Built, runner: MakeRunner) -> None:
    (built.path / "untracked").touch()
    with runner(built.path, FILES) as runs:
        runs.run(built["one"])
        assert runs.warnings == ()
    (built.path / "app.py").write_text("staged\n")
    built.git("add", "app.py")
    with runner(built.path, FILES) as runs:
        assert len(runs.warnings) == 1


def test_hostile_trees_are_refused_or_contained(tmp_path: Path, runner: MakeRunner) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    built = build_repository(
        tmp_path / "repository",
        [
            commit("link", {"link": (SYMLINK, str(outside)), "a.py": "1\n"}),
            commit("through", {"link": None, "link/file": "x\n"}),
        ],
    )
    with runner(built.path, FILES, jobs=1) as runs:
        assert lines(runs.run(built["link"])) == ["./a.py"]
        assert lines(runs.run(built["through"])) == ["./a.py", "./link/file"]
        assert lines(runs.run(built["link"], repeat=1)) == ["./a.py"]

    assert list(outside.iterdir()) == []


def test_a_commit_that_cannot_be_checked_out_has_failed(built: Built, runner: MakeRunner) -> None:
    blob = built.git("rev-parse", f"{built['two']}:app.py")
    (loosen(built) / blob[:2] / blob[2:]).unlink()

    with runner(built.path, FILES) as runs:
        one, two = runs.run_many([built["one"], built["two"]])

    assert one.failed is None
    assert two.failed is not None
    assert two.failed.startswith("it cannot be checked out: ")
    assert f"failed in {built.path}: unable to read" in two.failed


def loosen(built: Built) -> Path:
    """Unpack all objects, so that one can be taken away."""
    packs = built.path / ".git" / "objects" / "pack"
    moved = built.path.parent / "packs"
    shutil.move(packs, moved)
    packs.mkdir()
    for pack in moved.glob("*.pack"):
        run_git("-C", str(built.path), "unpack-objects", "-q", stdin=pack.read_bytes())
    return packs.parent


@pytest.mark.parametrize("shape", ["bare", "linked", "sha256", "borrowing", "subfolder", "link", "dot git"])
def test_repositories_of_every_shape(built: Built, tmp_path: Path, runner: MakeRunner, shape: str) -> None:
    path, one, two, subfolder = built.path, built["one"], built["two"], "old"
    if shape == "bare":
        path = tmp_path / "bare.git"
        run_git("clone", "-q", "--bare", str(built.path), str(path))
    elif shape == "linked":
        path = tmp_path / "linked"
        built.git("worktree", "add", "-q", "--detach", str(path), two)
    elif shape == "borrowing":
        middle = tmp_path / 'middle\n"x"'
        run_git("clone", "-q", "--shared", "--bare", str(built.path), str(middle))
        path = tmp_path / "borrowing"
        run_git("clone", "-q", "--bare", str(middle), str(path))
        for pack in path.glob("objects/pack/*"):
            pack.unlink()
        (path / "objects" / "info").mkdir(exist_ok=True)
        (path / "objects" / "info" / "alternates").write_text("../../repository/.git/objects\n")
    elif shape == "sha256":
        path = tmp_path / "sha256"
        other = build_repository(
            path, [commit("one", {"app.py": "1\n"}), commit("two", {})], object_format="sha256"
        )
        one, two = other["one"], other["two"]
    elif shape == "subfolder":
        path = built.path / "old"
        path.mkdir()
    elif shape == "link":
        path = tmp_path / "link"
        path.symlink_to(built.path)
    elif shape == "dot git":
        path = built.path / ".git"
    command = "printf 'x\\n'; cat ../app.py" if shape == "subfolder" else "printf 'x\\n'; cat app.py"

    with runner(path, command) as runs:
        first, second = runs.run_many([one, two])

    assert lines(first) == ["1"]
    if shape == "subfolder":
        assert second.failed == f"the folder {subfolder} is not in the commit"
    else:
        assert lines(second) == (["1"] if shape == "sha256" else ["2"])


def test_paths_that_need_quotes(tmp_path: Path, runner: MakeRunner) -> None:
    built = build_repository(
        tmp_path / '#a "b"\nc; $(touch d)', [commit("one", {"app.py": "1\n"})], checkout=True
    )

    with runner(built.path, FILES) as runs:
        assert lines(runs.run(built["one"])) == ["./app.py"]


def test_a_shallow_clone_runs_what_it_has(built: Built, tmp_path: Path, runner: MakeRunner) -> None:
    run_git("clone", "-q", "--depth=1", f"file://{built.path}", str(tmp_path / "shallow"))

    with runner(tmp_path / "shallow", "echo x; cat app.py; git log --format=%H") as runs:
        assert lines(runs.run(built["two"])) == ["2", built["two"]]
        with pytest.raises(GitError, match="no commit") as found:
            runs.run(built["one"])

    assert "--unshallow" in found.value.hint


def test_a_partial_clone_says_what_it_lacks_and_how_to_get_it(
    built: Built, tmp_path: Path, runner: MakeRunner
) -> None:
    built.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "partial"
    run_git("clone", "-q", "--filter=blob:none", f"file://{built.path}", str(clone))

    with runner(clone, "echo x; cat app.py") as runs:
        one, two = runs.run_many([built["one"], built["two"]])
        assert lines(two) == ["2"]
        assert one.failed is not None
        assert "lacks 2 of its files, such as app.py" in one.failed
        advice = one.failed.rpartition(": git ")[2]
        run_git("-C", str(clone), *advice.split())
    with runner(clone, "echo x; cat app.py") as runs:
        assert lines(runs.run(built["one"])) == ["1"]


def test_submodules_stay_empty_with_a_warning(tmp_path: Path, runner: MakeRunner) -> None:
    built = build_repository(
        tmp_path / "repository",
        [
            commit("one", {"app.py": "1\n", "libs/sub": (SUBMODULE, "1" * 40)}),
            commit("two", {"app.py": "2\n"}),
        ],
    )
    with runner(built.path, f"{FILES}; touch libs/sub/fetched", jobs=1) as runs:
        assert lines(runs.run(built["one"])) == ["./app.py"]
        assert lines(runs.run(built["two"])) == ["./app.py"]
        assert runs.warnings == ("submodules are left empty (libs/sub); --setup may fetch them",)


def test_files_of_lfs_come_from_its_store(tmp_path: Path, runner: MakeRunner) -> None:
    content = b"weights"
    oid = hashlib.sha256(content).hexdigest()
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 7\n"
    attributes = "*.bin filter=lfs diff=lfs merge=lfs -text\n*.key filter=git-crypt\n"
    built = build_repository(
        tmp_path / "repository",
        [
            commit(
                "one", {".gitattributes": attributes, "model.bin": pointer.format(oid), "a.key": "sealed"}
            ),
            commit("two", {"other.bin": pointer.format("0" * 64)}),
        ],
    )
    store = built.path / ".git" / "lfs" / "objects" / oid[:2] / oid[2:4]
    store.mkdir(parents=True)
    (store / oid).write_bytes(content)

    with runner(built.path, "echo x; cat model.bin; echo; echo broken > model.bin", jobs=1) as runs:
        assert lines(runs.run(built["one"])) == ["weights"]
        sealed = "filter 'git-crypt' is not run: its files, such as a.key, are as git keeps them"
        assert list(runs.warnings) == [sealed]
        assert lines(runs.run(built["two"])) == ["weights"]
        assert "1 files of Git LFS, such as other.bin, were not fetched" in runs.warnings[-1]

    assert (store / oid).read_bytes() == content


def test_python_finds_the_code_of_the_commit_first(
    tmp_path: Path, runner: MakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user's own checkout is on Python's path, as an install for editing puts it."""
    built = build_repository(
        tmp_path / "repository",
        [
            commit("one", {"src/pkg/__init__.py": "where = 'one'\n", "lib/dep.py": "where = 'lib one'\n"}),
            commit("two", {"src/pkg/__init__.py": "where = 'two'\n", "lib/dep.py": "where = 'lib two'\n"}),
        ],
        checkout=True,
    )
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join([str(built.path / "src"), str(built.path / "lib"), "/elsewhere"])
    )
    monkeypatch.setenv("GIT_DIR", str(built.path / ".git"))
    code = "import pkg, dep, sys; print('x'); print(pkg.where, dep.where, '/elsewhere' in sys.path)"
    command = f'python3 -c "{code}"'

    with runner(built.path, command) as runs:
        assert lines(runs.run(built["one"])) == ["one lib one True"]
        assert lines(runs.run(built["two"])) == ["two lib two True"]


def test_hashes_and_seeds_are_the_same_each_time(built: Built, runner: MakeRunner) -> None:
    command = "python3 -c \"print('x'); print(hash('a'), '{seed}')\"; echo $PYTHONHASHSEED $PWD"
    with runner(built.path, command, seed=7, jobs=1) as runs:
        first, second = lines(runs.run(built["one"])), lines(runs.run(built["two"]))

    assert first == second
    assert first[0].endswith(" 7")
    assert first[1].startswith("7 ")
