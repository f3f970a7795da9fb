"""A command run on commits: what it came to, what is kept, and when it is refused."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bisect_ml.errors import BisectError, ConfigError, GitError, InputError
from bisect_ml.runs import Runner
from bisect_ml.sources import open_predictions
from tests.builders import Built, build_repository, commit

TABLE = "print('key,prediction')\nprint('1,{}')\n"
BROKEN = "import sys\nprint('loading', file=sys.stderr)\nsys.exit('no model')\n"


@pytest.fixture
def built(tmp_path: Path) -> Built:
    """Three commits: one that predicts 1, one that breaks, one that predicts 3."""
    return build_repository(
        tmp_path / "a repo ü",
        [
            commit("one", {"app.py": TABLE.format(1)}),
            commit("broken", {"app.py": BROKEN}),
            commit("three", {"app.py": TABLE.format(3)}),
            commit("three again", {"app.py": TABLE.format(3)}),
        ],
        checkout=True,
    )


def text(path: Path | None) -> str:
    assert path is not None
    return path.read_text()


def test_a_command_runs_on_the_code_of_each_commit(built: Built, runner: Callable[..., Runner]) -> None:
    with runner(built.path, "python3 app.py") as runs:
        one, broken, three, again = runs.run_many(
            [built["one"], built["broken"], built["three"], built["one"]]
        )

    assert text(one.output) == "key,prediction\n1,1\n"
    assert (one.failed, one.returncode, one.cached, one.last_lines) == (None, 0, False, ())
    assert text(three.output) == "key,prediction\n1,3\n"
    assert again == one
    assert (broken.output, broken.failed, broken.returncode) == (None, "it ended with exit code 1", 1)
    assert broken.last_lines == ("loading", "no model")
    assert broken.log.read_text() == "loading\nno model\n"


def test_what_ran_once_is_taken_from_the_cache(built: Built, runner: Callable[..., Runner]) -> None:
    with runner(built.path, "python3 app.py") as runs:
        first, failed = runs.run_many([built["three"], built["broken"]])
    with runner(built.path, "python3 app.py") as runs:
        second, failed_again = runs.run_many([built["three again"], built["broken"]])
        repeated = runs.run(built["three"], repeat=1)
    with runner(built.path, "python3 app.py", cache=False) as runs:
        third = runs.run(built["three"])

    assert (first.cached, second.cached, repeated.cached, third.cached) == (False, True, False, False)
    assert (second.output, second.seconds, second.sha) == (first.output, first.seconds, built["three again"])
    assert len({first.output, repeated.output, third.output}) == 3
    assert not failed.cached
    assert not failed_again.cached


@pytest.mark.parametrize(
    "other",
    [
        {"run": "python3 app.py #"},
        {"seed": 1},
        {"setup": "true"},
        {"setup": "mkdir {env}/bin"},
    ],
)
def test_the_cache_tells_recipes_apart(
    built: Built, runner: Callable[..., Runner], other: dict[str, object]
) -> None:
    with runner(built.path, "python3 app.py") as runs:
        runs.run(built["one"])
    with runner(built.path, **{"run": "python3 app.py", **other}) as runs:
        assert not runs.run(built["one"]).cached


def test_the_cache_tells_inputs_and_packages_apart(
    built: Built, tmp_path: Path, runner: Callable[..., Runner]
) -> None:
    recorded = tmp_path / "recorded"
    packages = tmp_path / "venv" / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)
    program = tmp_path / "venv" / "bin" / "app"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\ncat "$1"\n')
    program.chmod(0o755)

    def is_cached() -> bool:
        with runner(built.path, f"{program} {{input}}", input=recorded) as runs:
            run = runs.run(built["one"])
        assert text(run.output) == recorded.read_text()
        return run.cached

    recorded.write_text("a\n1\n")
    assert (is_cached(), is_cached()) == (False, True)
    recorded.write_text("a\n2\n")
    assert (is_cached(), is_cached()) == (False, True)
    (packages / "numpy").mkdir()
    assert (is_cached(), is_cached()) == (False, True)


def test_the_output_opens_as_predictions(built: Built, runner: Callable[..., Runner]) -> None:
    rows = "printf 'timestamp,prediction\\n2026-01-01,1\\n2026-01-02,2\\n' > {output}"
    with runner(built.path, rows) as runs:
        output = runs.run(built["one"]).output

    assert output is not None
    with open_predictions(output) as log:
        assert log.columns.prediction == "prediction"


def test_an_input_may_be_a_folder_and_is_the_same_for_all(
    built: Built, tmp_path: Path, runner: Callable[..., Runner]
) -> None:
    recorded = tmp_path / "it's $(touch ran) `touch ran`"
    recorded.mkdir()
    (recorded / "a.csv").write_text("a\n1\n")
    (recorded / "nested").mkdir()
    (recorded / "nested" / "b.csv").write_text("2\n")
    command = "cat {input}/*.csv \"{input}\"/nested/* '{input}/nested/b.csv'"

    with runner(built.path, command, input=recorded) as runs:
        first = runs.run(built["one"])
    (recorded / "nested" / "b.csv").rename(recorded / "nested" / "c.csv")
    with runner(built.path, command.replace("b.csv", "c.csv"), input=recorded) as runs:
        second = runs.run(built["one"])

    assert text(first.output) == text(second.output) == "a\n1\n2\n2\n"
    assert not list(tmp_path.rglob("ran"))


def test_a_command_that_changes_its_input_has_failed(
    built: Built, tmp_path: Path, runner: Callable[..., Runner]
) -> None:
    recorded = tmp_path / "recorded.csv"
    recorded.write_text("a\n1\n")

    with runner(built.path, "echo 2 >> {input}; cat {input}", input=recorded) as runs:
        run = runs.run(built["one"])

    assert run.output is None
    assert run.failed == f"its input {recorded} changed meanwhile: other runs read something else"


def test_a_time_limit_ends_the_command(built: Built, runner: Callable[..., Runner]) -> None:
    with runner(built.path, "echo begun >&2; sleep 100", timeout_s=1) as runs:
        run = runs.run(built["one"])

    assert (run.failed, run.returncode) == ("it did not end within 1 s", None)
    assert run.last_lines == ("begun",)
    assert run.seconds < 60


def test_a_command_ended_by_a_signal_says_so(built: Built, runner: Callable[..., Runner]) -> None:
    with runner(built.path, "kill -9 $$") as runs:
        run = runs.run(built["one"])

    assert (run.failed, run.returncode) == ("it was ended by signal 9", -9)


def test_a_program_that_only_the_checkout_has_is_told(built: Built, runner: Callable[..., Runner]) -> None:
    (built.path / ".venv").mkdir()
    (built.path / ".venv" / "python").touch(mode=0o755)

    with runner(built.path, ".venv/python app.py") as runs:
        run = runs.run(built["one"])

    assert run.returncode == 127
    assert run.failed is not None
    assert run.failed.endswith(
        ".venv/python is in your checkout and not in the commit: give its absolute path"
    )


def test_a_large_log_keeps_its_two_ends(built: Built, runner: Callable[..., Runner]) -> None:
    printing = "import sys\nsys.stderr.write('first\\n' + 'x' * 12_000_000 + '\\nlast\\n')\nsys.exit(2)"
    with runner(built.path, f'python3 -c "{printing}"') as runs:
        run = runs.run(built["one"])

    log = run.log.read_text()
    assert log.startswith("first\nxxx")
    assert log.endswith("xxx\nlast\n")
    assert "[ 2000012 bytes are left out here ]" in log
    assert len(log) < 10_001_000
    assert run.last_lines[-1] == "last"


def test_what_a_run_does_is_told(built: Built, runner: Callable[..., Runner]) -> None:
    told: list[str] = []

    class Listening:
        def stage(self, name: str) -> None:
            told.append(name)

        def note(self, text: str) -> None:
            told.append(f"note: {text}")

    (built.path / "app.py").write_text("changed\n")
    with runner(built.path, "python3 app.py", setup="true", progress=Listening()) as runs:
        runs.run(built["one"])

    warning = "uncommitted changes in the checkout are not part of what runs: only commits are"
    short = built["one"][:10]
    assert told == [f"note: {warning}", f"Running {short}", f"Setting up {short}", f"Running {short}"]
    assert runs.warnings == (warning,)


def test_an_unknown_commit_is_an_error(built: Built, runner: Callable[..., Runner]) -> None:
    with runner(built.path, "true") as runs:
        with pytest.raises(GitError, match="no commit 1111111"):
            runs.run("1" * 40)
        with pytest.raises(GitError, match="not a full commit sha"):
            runs.run("main")
        with pytest.raises(GitError, match="not a full commit sha"):
            runs.run_many([built["one"], "--help"])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"run": "app --in {input}"}, "there is no input"),
        ({"run": "{env}/bin/python app.py"}, "no set-up makes it"),
        ({"run": "app", "setup": "make {output}"}, "for the run alone"),
        ({"run": " "}, "not a command"),
        ({"run": "a\0b"}, "not a command"),
        ({"run": "app", "setup": ""}, "not a command"),
        ({"run": "app", "timeout_s": 0}, "a time limit of 0 s"),
    ],
)
def test_what_does_not_fit_together_is_refused(
    built: Built, runner: Callable[..., Runner], options: dict[str, str], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        runner(built.path, **options)


def test_bad_surroundings_are_errors_with_a_hint(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    cases: list[tuple[type[BisectError], Callable[[], Runner]]] = [
        (GitError, lambda: Runner(tmp_path / "nothing", run="true", folder=tmp_path / "cache")),
        (GitError, lambda: Runner(tmp_path, run="true", folder=tmp_path / "cache")),
        (ConfigError, lambda: Runner(built.path, run="true", folder=tmp_path / "file" / "cache")),
        (InputError, lambda: Runner(built.path, run="true", input=tmp_path / "x", folder=tmp_path / "cache")),
    ]
    for kind, make in cases:
        with pytest.raises(kind) as found, make():
            pass
        assert found.value.hint
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    with Runner(built.path, run="python3 app.py") as runs:
        output = runs.run(built["one"]).output
    assert output is not None
    assert output.is_relative_to(tmp_path / "xdg" / "bisect-ml" / "results")
    assert (tmp_path / "xdg" / "bisect-ml").stat().st_mode & 0o777 == 0o700


def test_an_input_that_is_no_file_is_refused(
    built: Built, tmp_path: Path, runner: Callable[..., Runner]
) -> None:
    (tmp_path / "inputs").mkdir()
    os.mkfifo(tmp_path / "inputs" / "pipe")

    with (
        pytest.raises(InputError, match="pipe: is not a file"),
        runner(built.path, "true", input=tmp_path / "inputs"),
    ):
        pass


def test_where_the_system_has_no_such_locks_runs_are_refused(
    built: Built, runner: Callable[..., Runner], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bisect_ml.runs.locks.sys.platform", "win32")

    with pytest.raises(ConfigError, match="Linux or macOS") as found, runner(built.path, "true"):
        pass
    assert "--base-predictions" in found.value.hint
