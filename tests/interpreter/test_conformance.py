"""The interpreter gives what Python gives."""

from pathlib import Path

import pytest

from tests.interpreter.programs import executed, interpreted, told

PROGRAMS = [
    f"{each}\n"
    for each in Path(__file__).with_name("snippets.txt").read_text(encoding="utf-8").split("\n---\n")
]
"""Each binds `result`."""


@pytest.mark.parametrize("source", PROGRAMS, ids=[each.split("\n")[0] for each in PROGRAMS])
def test_a_program_gives_what_python_gives(source: str) -> None:
    assert told(interpreted(source)) == told(executed(source))
