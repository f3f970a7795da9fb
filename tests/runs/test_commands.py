import subprocess

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bisect_ml.runs.commands import filled, placeholders, script_of

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)


def said(command: str) -> str:
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=True)
    return done.stdout.decode()


@settings(max_examples=50)
@example('it\'s "$HOME" `id` \\ !\n*')
@given(TEXTS)
def test_a_value_is_one_word_wherever_it_stands(value: str) -> None:
    command = "printf '<%s>' {input} \"{input}\" '{input}' a{input}b \"a {input} b\" 'a {input} b'"

    shown = said(filled(command, {"input": value}))

    assert shown == f"<{value}><{value}><{value}><a{value}b><a {value} b><a {value} b>"


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("app {input} {output} {seed}", {"input", "output", "seed"}),
        ("{env}/bin/python {worktree}/app.py", {"env", "worktree"}),
        ("echo ${input} | awk '{print $1}' {}", set()),
        ("echo \\{input}", set()),
        ("echo '\\{input}'", {"input"}),
        ("echo {inputs} { input }", set()),
    ],
)
def test_only_our_own_placeholders_count(command: str, names: set[str]) -> None:
    assert placeholders(command) == names


def test_other_braces_stay() -> None:
    command = "echo ${HOME} {input} '{print}' {a,b}"

    assert filled(command, {"input": "x"}) == "echo ${HOME} x '{print}' {a,b}"


@pytest.mark.parametrize(
    ("command", "module"),
    [
        ("python -m app.score --input {input}", "app.score"),
        ("cd x && uv run python3.12 -u -m app < {input}", "app"),
        ("python ./jobs/score.py {input} > {output}", "jobs.score"),
        ("/usr/bin/python3 score.py", "score"),
        ("python -c 'import app.score'", None),
        ("node score.js {input}", None),
        ("cat ipython.py", None),
    ],
)
def test_the_script_of_a_command_is_a_module(command: str, module: str | None) -> None:
    assert script_of(command) == module
