import shlex

from hypothesis import given
from hypothesis import strategies as st

from bisect_ml.report.commands import on_lines


def test_each_option_has_a_line() -> None:
    command = "bisect-ml trace log.csv --repo . --run 'python a.py --quick'"
    assert on_lines(command) == "bisect-ml trace log.csv \\\n  --repo . \\\n  --run 'python a.py --quick'"


def test_one_option_stays_on_the_line() -> None:
    assert on_lines("bisect-ml trace log.csv --repo .") == "bisect-ml trace log.csv --repo ."


def test_what_no_shell_reads_is_left_alone() -> None:
    assert on_lines("a 'b --c --d") == "a 'b --c --d"
    assert on_lines("a ***&*** --c --d") == "a ***&*** --c --d"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1), min_size=1))
def test_a_shell_reads_the_same_words(words: list[str]) -> None:
    assert shlex.split(on_lines(shlex.join(words)).replace(" \\\n  ", " ")) == [
        word.replace(" \\\n  ", " ") for word in words
    ]
