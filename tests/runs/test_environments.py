"""Which set-ups are shared between commits, and which are repeated."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bisect_ml.runs import Run, Runner
from tests.builders import Built, build_repository, commit

MakeRunner = Callable[..., Runner]


@pytest.fixture
def built(tmp_path: Path) -> Built:
    return build_repository(
        tmp_path / "repository",
        [
            commit(
                "one",
                {"app.py": "1\n", "deps/requirements-prod.txt": "numpy==1\n", "tools/setup.sh": "echo 1\n"},
            ),
            commit("two", {"app.py": "2\n"}),
            commit("three", {"app.py": "3\n", "deps/requirements-prod.txt": "numpy==2\n"}),
            commit("four", {"app.py": "4\n", "tools/setup.sh": "echo 2\n"}),
        ],
    )


def said(run: Run) -> list[str]:
    assert run.output is not None, (run.failed, run.last_lines)
    return run.output.read_text().splitlines()[1:]


@pytest.fixture
def times(tmp_path: Path) -> Callable[[], int]:
    """Count the set-ups since the last time."""
    counted = tmp_path / "counted"

    def count() -> int:
        number = len(counted.read_text()) if counted.exists() else 0
        counted.unlink(missing_ok=True)
        return number

    return count


def test_commits_with_equal_lock_files_share_an_environment(
    built: Built, tmp_path: Path, runner: MakeRunner, times: Callable[[], int]
) -> None:
    setup = f"printf 1 >> {tmp_path}/counted; cp deps/*.txt {{env}}/made"
    run = "echo x; cat {env}/made app.py"
    with runner(built.path, run, setup=setup) as runs:
        seen = [
            said(each) for each in runs.run_many([built["one"], built["two"], built["three"], built["four"]])
        ]
    assert seen == [["numpy==1", "1"], ["numpy==1", "2"], ["numpy==2", "3"], ["numpy==2", "4"]]
    assert times() == 2

    with runner(built.path, f"{run}; true", setup=setup) as runs:
        assert not runs.run(built["four"]).cached
    assert times() == 0
    with runner(built.path, run, setup=f"{setup}; true") as runs:
        runs.run(built["one"])
    assert times() == 1


def test_a_script_that_the_set_up_names_is_a_lock_file(
    built: Built, tmp_path: Path, runner: MakeRunner
) -> None:
    setup = "sh ./tools/setup.sh > {env}/made"
    with runner(built.path, "echo x; cat {env}/made", setup=setup) as runs:
        assert said(runs.run(built["three"])) == ["1"]
        assert said(runs.run(built["four"])) == ["2"]


@pytest.mark.parametrize(
    "setup",
    [
        "cp app.py made",
        "cp app.py {env}/made; cp app.py made",
        "cp app.py made; touch {env}/x",
        "cp app.py made; mkdir -p {env}/lib; pwd > {env}/lib/code.pth",
        "cp app.py {env}/made; echo file://{worktree} > {env}/direct_url.json",
    ],
)
def test_a_set_up_that_is_bound_to_its_commit_is_repeated(
    built: Built, tmp_path: Path, runner: MakeRunner, times: Callable[[], int], setup: str
) -> None:
    run = "cat {env}/made" if "direct_url" in setup else "cat made"
    with runner(built.path, f"echo x; {run}", setup=f"printf 1 >> {tmp_path}/counted; {setup}") as runs:
        seen = [said(each) for each in runs.run_many([built["one"], built["two"]])]
        seen += [said(runs.run(built["one"], repeat=1))]

    assert seen == [["1"], ["2"], ["1"]]
    assert times() == 3


def test_an_environment_is_active(built: Built, runner: MakeRunner) -> None:
    app = "printf '#!/bin/sh\\necho mine' > {env}/bin/app; chmod +x {env}/bin/app"
    setup = f"mkdir {{env}}/bin; {app}; app > /dev/null"
    with runner(built.path, "echo x; app; echo $VIRTUAL_ENV", setup=setup) as runs:
        mine, active = said(runs.run(built["one"]))

    assert mine == "mine"
    assert Path(active).parent.name == "environments"


def test_a_set_up_that_fails_leaves_no_environment(
    built: Built, tmp_path: Path, runner: MakeRunner, times: Callable[[], int]
) -> None:
    setup = f"printf 1 >> {tmp_path}/counted; echo no network >&2; touch {{env}}/half; exit 3"
    with runner(built.path, "echo x; ls {env}", setup=setup) as runs:
        one, two = runs.run_many([built["one"], built["two"]])

    assert (one.failed, one.returncode, one.output) == ("its set-up ended with exit code 3", 3, None)
    assert one.last_lines == ("no network",)
    assert two.failed == one.failed
    assert times() == 2
    assert not list(tmp_path.rglob("half"))


def test_an_unfinished_environment_is_made_again(built: Built, runner: MakeRunner, tmp_path: Path) -> None:
    setup = "test ! -e {env}/made && cp app.py {env}/made"
    with runner(built.path, "echo x; cat {env}/made", setup=setup) as runs:
        assert said(runs.run(built["one"])) == ["1"]
    for mark in tmp_path.rglob("bisect-ml-environment"):
        mark.unlink()
    with runner(built.path, "echo x; cat {env}/made", setup=setup) as runs:
        assert said(runs.run(built["two"])) == ["2"]
