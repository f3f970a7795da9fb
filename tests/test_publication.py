"""What reaches standard output: colours and width by what it is connected to."""

import io
import os
import sys

import pytest

from bisect_ml.publication import Privacy, Targets, publish
from tests import reports


class Terminal(io.StringIO):
    """Standard output that says it is a terminal of 100 columns."""

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1


def shown(monkeypatch: pytest.MonkeyPatch, out: io.StringIO, **environment: str) -> str:
    for name in ("NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((100, 30)))
    monkeypatch.setattr(sys, "stdout", out)
    publish(reports.one_incident(), Targets(), privacy=Privacy(), quiet=False)
    return out.getvalue()


def test_a_terminal_has_colours_and_its_own_width(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, Terminal())
    assert "\x1b[1" in text
    assert "─" * 100 in text
    assert "─" * 101 not in text


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_it_is_not_wanted(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    assert "\x1b" not in shown(monkeypatch, Terminal(), **environment)


def test_a_pipe_has_no_colour_and_80_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, io.StringIO())
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) == 80


def test_lines_are_never_too_long_to_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, Terminal(), COLUMNS="400", NO_COLOR="1")
    assert max(map(len, text.splitlines())) == 120
