"""A command run on commits: what it came to, what is kept, and what it saw."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bisect_ml.errors import ConfigError, GitError
from bisect_ml.runs import Runner
from tests.builders import Built, build_repository, commit

TABLE = "print('key,prediction')\nprint('1,{}')\n"


@pytest.fixture
def built(tmp_path: Path) -> Built:
    """Three commits: one that predicts 1, one that breaks, one that predicts 3."""
    return build_repository(
        tmp_path / "a repo ü",
        [
            commit("one", {"app.py": TABLE.format(1)}),
            commit(
                "broken", {"app.py": "import sys\nprint('loading', file=sys.stderr)\nsys.exit('no model')\n"}
            ),
            commit("three", {"app.py": TABLE.format(3)}),
        ],
        checkout=True,
    )


@pytest.fixture
def runner(built: Built, tmp_path: Path) -> Callable[..., Runner]:
    def make(run: str = "python3 app.py", **options: object) -> Runner:
        return Runner(built.path, run=run, folder=tmp_path / "the cache", **options)  # type: ignore[arg-type] # any option

    return make


def text(path: Path | None) -> str:
    assert path is not None
    return path.read_text()


def test_a_command_runs_on_the_code_of_each_commit(built: Built, runner: Callable[..., Runner]) -> None:
    with runner() as runs:
        one, broken, three, again = runs.run_many(
            [built["one"], built["broken"], built["three"], built["one"]]
        )

    assert text(one.output) == "key,prediction\n1,1\n"
    assert text(three.output) == "key,prediction\n1,3\n"
    assert again == one
    assert (broken.output, broken.failed, broken.returncode) == (None, "it ended with exit code 1", 1)
    assert broken.last_lines == ("loading", "no model")
    assert broken.log.read_text() == "loading\nno model\n"


def test_what_ran_once_is_taken_from_the_cache(built: Built, runner: Callable[..., Runner]) -> None:
    with runner() as runs:
        first = runs.run(built["one"])
    with runner() as runs:
        second = runs.run(built["one"])
        repeated = runs.run(built["one"], repeat=1)
    with runner(cache=False) as runs:
        third = runs.run(built["one"])

    assert (first.cached, second.cached, repeated.cached, third.cached) == (False, True, False, False)
    assert second.output == first.output
    assert len({first.output, repeated.output, third.output}) == 3


def test_an_unknown_commit_is_an_error(built: Built, runner: Callable[..., Runner]) -> None:
    with runner() as runs:
        with pytest.raises(GitError, match="no commit 1111111"):
            runs.run("1" * 40)
        with pytest.raises(GitError, match="not a full commit sha"):
            runs.run("main")


def test_commands_that_do_not_fit_together_are_refused(runner: Callable[..., Runner]) -> None:
    with pytest.raises(ConfigError, match="no input"):
        runner("app --in {input}")
    with pytest.raises(ConfigError, match="no set-up makes it"):
        runner("{env}/bin/python app.py")
