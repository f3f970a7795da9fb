from dataclasses import replace
from pathlib import Path

import pytest

from bisect_ml.checks.side_runs import hint_of_missing_file
from bisect_ml.errors import InputError, RunError
from tests.checked_service import CheckedService, unpack_service

pytestmark = pytest.mark.usefixtures("own_cache")
PYTHON = "/usr/bin/python3: can't open file '/cache/running/0/{}': [Errno 2] No such file or directory"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> CheckedService:
    return unpack_service(tmp_path_factory.mktemp("checked"), orders=60)


@pytest.mark.parametrize(
    ("command", "line", "named"),
    [
        ("python3 tools/score.py {input} {output}", PYTHON.format("tools/score.py"), "tools/score.py"),
        ("python3 '../score.py' {input}", PYTHON.format("../score.py"), "../score.py"),
        ("nosuch {input} {output}", "sh: 1: nosuch: not found", "nosuch"),
        ("python3 -m app.score {input}", "python3: No module named app.score", "app.score"),
    ],
)
def test_a_file_that_no_checkout_has_is_named(tmp_path: Path, command: str, line: str, named: str) -> None:
    hint = hint_of_missing_file(command, ["Starting", line], tmp_path)
    assert hint == f"the command starts in a checkout of each commit, where {named} is not found; "


def test_a_file_that_lies_where_the_user_stands_is_to_be_named_in_full(tmp_path: Path) -> None:
    (tmp_path / "score.py").touch()
    hint = hint_of_missing_file("python3 score.py {input}", [PYTHON.format("score.py")], tmp_path)
    assert hint.endswith(f"of each commit: write {tmp_path.resolve() / 'score.py'} for score.py; ")


@pytest.mark.parametrize(
    "line", ["ValueError: score.py", "FileNotFoundError: No such file or directory: 'model.pkl'", ""]
)
def test_of_other_failures_nothing_is_guessed(tmp_path: Path, line: str) -> None:
    assert hint_of_missing_file("python3 score.py {input} {output}", [line], tmp_path) == ""


def test_outputs_are_called_by_their_sides(service: CheckedService, tmp_path: Path) -> None:
    head = service.commit("named", ("README.md", "# ", "# Another name: "), at="8c45b62")
    rename = "if grep -q Another README.md; then sed -i.old s/expected_loss/loss/ {output}; fi"
    renaming = replace(service, command=f"{service.command} && {rename} && rm -f {{output}}.old")
    with pytest.raises(InputError) as caught:
        renaming.check("8c45b62", head)
    assert "only the output of 8c45b62 has 'expected_loss'" in caught.value.message
    assert f"only the output of {head} has 'loss'" in caught.value.message


def test_a_command_that_is_not_there_says_where_it_was_looked_for(service: CheckedService) -> None:
    with pytest.raises(RunError) as caught:
        replace(service, command="python3 nowhere.py {input} {output}").check("43f23fb", "8c45b62")
    assert "where nowhere.py is not found" in caught.value.hint
    assert "the whole log: " in caught.value.hint
