"""What reaches standard output and files: colours and width by what it is connected to."""

import io
import os
import sys
from pathlib import Path

import pytest

from bisect_ml.errors import ConfigError
from bisect_ml.publication import (
    CheckTargets,
    Privacy,
    Targets,
    publish,
    publish_check,
    publish_saved,
    read_saved,
)
from bisect_ml.report import check_to_json, is_check, to_json
from bisect_ml.saved_check import CheckReport
from tests import reports, reports_check


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


def check_targets(folder: Path) -> CheckTargets:
    names = ("html", "json", "markdown", "jira", "junit")
    return CheckTargets(**{name: folder / f"check.{name}" for name in names}, annotations=True)


def test_a_check_goes_to_every_file_and_its_annotations_come_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish_check(reports_check.failing(), check_targets(tmp_path), privacy=Privacy(), quiet=False)
    starts = {
        "html": "<!doctype html>",
        "json": "{",
        "markdown": "## FAIL: ",
        "jira": "h2. FAIL: ",
        "junit": "<?xml",
    }
    for name, start in starts.items():
        assert (tmp_path / f"check.{name}").read_text(encoding="utf-8").startswith(start)
    out = capsys.readouterr().out
    assert out.startswith("::error title=bisect-ml check::")
    assert "\nFAIL  The mean prediction" in out
    assert out.count("Wrote ") == 5


def test_a_saved_check_is_rendered_as_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "again").mkdir()
    publish_check(reports_check.failing(), check_targets(tmp_path / "first"), privacy=Privacy(), quiet=True)
    saved = read_saved(tmp_path / "first" / "check.json")
    publish_saved(saved, check_targets(tmp_path / "again"), privacy=Privacy(), quiet=True)
    first, again = (
        {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / folder).iterdir()}
        for folder in ("first", "again")
    )
    assert first == again
    # Quiet keeps the answer for oneself, but a CI run still gets its annotations.
    assert all(line.startswith("::error") for line in capsys.readouterr().out.splitlines())


def test_privacy_reaches_every_file_of_a_check(tmp_path: Path) -> None:
    privacy = Privacy(diffs=False, authors=False)
    publish_check(reports_check.failing(), check_targets(tmp_path), privacy=privacy, quiet=True)
    for path in tmp_path.iterdir():
        text = path.read_text(encoding="utf-8")
        assert "Ines Duarte" not in text, path.name
        assert "elapsed_ms" not in text, path.name


def test_a_saved_report_and_a_saved_check_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text(to_json(reports.clean()), encoding="utf-8")
    (tmp_path / "c.json").write_text(check_to_json(reports_check.passing()), encoding="utf-8")
    assert read_saved(tmp_path / "r.json") == reports.clean()
    assert read_saved(tmp_path / "c.json") == reports_check.passing()
    linked = read_saved(tmp_path / "c.json", link_template="https://git.example/{sha}")
    assert isinstance(linked, CheckReport)
    assert linked.link_template == "https://git.example/{sha}"


def test_a_report_has_no_test_cases(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no test cases"):
        publish_saved(reports.clean(), CheckTargets(junit=tmp_path / "x"), privacy=Privacy(), quiet=True)


def test_two_files_of_a_check_need_two_places(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="same place"):
        CheckTargets(html=tmp_path / "x", junit=tmp_path / "x").check()


def test_a_report_on_standard_output_stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    targets = CheckTargets(json=Path("-"), annotations=True)
    publish_check(reports_check.failing(), targets, privacy=Privacy(), quiet=False)
    assert is_check(capsys.readouterr().out)
