"""Where a report goes: files that are whole or absent, and standard output."""

import os
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bisect_ml.config import check_link_template
from bisect_ml.errors import ConfigError, InputError
from bisect_ml.report import (
    check_from_json,
    check_to_html,
    check_to_jira,
    check_to_json,
    check_to_markdown,
    check_to_terminal,
    from_json,
    is_check,
    timeline_to_json,
    timeline_to_terminal,
    to_annotations,
    to_html,
    to_jira,
    to_json,
    to_junit,
    to_markdown,
    to_terminal,
)
from bisect_ml.saved_check import CheckReport
from bisect_ml.saved_report import Report
from bisect_ml.saved_timeline import Timeline
from bisect_ml.whole_files import write_whole

STANDARD_OUTPUT = Path("-")
MAX_TERMINAL_WIDTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """What may leave in a report: the diffs, and the names of the authors."""

    diffs: bool = True
    authors: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The files to write; `-` is standard output, None is not wanted."""

    html: Path | None = None
    json: Path | None = None
    markdown: Path | None = None
    jira: Path | None = None

    def check(self) -> None:
        """Refuse what could not be written, before any work is done.

        Raises:
            ConfigError: Two files share a path, a folder is missing or may not be written to.
        """
        wanted = [path for path in self._paths if path is not None]
        if len(wanted) != len(set(wanted)):
            raise ConfigError(f"{wanted[0]}: two reports would go to the same place", "give each its own")
        for path in wanted:
            if path != STANDARD_OUTPUT:
                _check_file(path)

    @property
    def standard_output_taken(self) -> bool:
        """Whether a report goes to standard output, so that nothing else may."""
        return STANDARD_OUTPUT in self._paths

    @property
    def _paths(self) -> tuple[Path | None, ...]:
        return self.html, self.json, self.markdown, self.jira


def publish(report: Report, targets: Targets, *, privacy: Privacy, quiet: bool) -> None:
    """Write every report that was asked for, and print the answer.

    Raises:
        ConfigError: A file cannot be written; it is then as it was before.
    """
    allowed = {"diffs": privacy.diffs, "authors": privacy.authors}
    forms = (
        (targets.html, to_html),
        (targets.json, to_json),
        (targets.markdown, to_markdown),
        (targets.jira, to_jira),
    )
    paths = _write({path: to_text(report, **allowed) for path, to_text in forms if path is not None})
    if not quiet and not targets.standard_output_taken:
        _answer(to_terminal(report, width=_width(), color=_color(), **allowed), paths)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckTargets(Targets):
    """The files that a check writes, and whether it prints annotations."""

    junit: Path | None = None
    annotations: bool = False

    @property
    def _paths(self) -> tuple[Path | None, ...]:
        return self.html, self.json, self.markdown, self.jira, self.junit


def publish_check(report: CheckReport, targets: CheckTargets, *, privacy: Privacy, quiet: bool) -> None:
    """Write every report of a check that was asked for, and print the answer.

    Raises:
        ConfigError: A file cannot be written; it is then as it was before.
    """
    allowed = {"diffs": privacy.diffs, "authors": privacy.authors}
    forms = (
        (targets.html, check_to_html),
        (targets.json, check_to_json),
        (targets.markdown, check_to_markdown),
        (targets.jira, check_to_jira),
        (targets.junit, to_junit),
    )
    paths = _write({path: to_text(report, **allowed) for path, to_text in forms if path is not None})
    if targets.standard_output_taken:
        return
    if targets.annotations:
        sys.stdout.write(to_annotations(report, **allowed))
    if not quiet:
        _answer(check_to_terminal(report, width=_width(), color=_color(), **allowed), paths)


def publish_saved(
    saved: Report | CheckReport, targets: CheckTargets, *, privacy: Privacy, quiet: bool
) -> None:
    """Write every form of a saved report or check that was asked for, and print the answer.

    Raises:
        ConfigError: A file cannot be written, or there is no such form; files are then as they were before.
    """
    if isinstance(saved, CheckReport):
        publish_check(saved, targets, privacy=privacy, quiet=quiet)
        return
    if targets.junit is not None:
        raise ConfigError("--junit: the report of a trace has no test cases", "give the report of a check")
    publish(saved, targets, privacy=privacy, quiet=quiet)


def publish_timeline(timeline: Timeline, targets: Targets) -> None:
    """Write the timeline of deploys where it was asked for, and print it unless JSON is printed.

    Raises:
        ConfigError: The file cannot be written; it is then as it was before.
    """
    paths = _write({} if targets.json is None else {targets.json: timeline_to_json(timeline)})
    if not targets.standard_output_taken:
        _answer(timeline_to_terminal(timeline, width=_width(), color=_color()), paths)


def _write(texts: Mapping[Path, str]) -> Collection[Path]:
    """Write every text to its path, and return the paths."""
    for path, text in texts.items():
        if path == STANDARD_OUTPUT:
            sys.stdout.write(text if text.endswith("\n") else text + "\n")
        else:
            write_whole(path, text)
    return texts.keys()


def _answer(text: str, paths: Collection[Path]) -> None:
    sys.stdout.write(text)
    for path in paths:
        sys.stdout.write(f"Wrote {path}\n")


def read_report(path: Path, *, link_template: str | None = None) -> Report:
    """Read a report that was saved as JSON.

    Args:
        path: The file.
        link_template: Links its commits elsewhere than the report says.

    Raises:
        InputError: The file cannot be read, or holds no report that this version knows.
        ConfigError: The template makes no web address.
    """
    report = from_json(_saved_text(path, link_template), source=str(path))
    if link_template is None:
        return report
    return replace(report, inputs=replace(report.inputs, link_template=link_template))


def read_saved(path: Path, *, link_template: str | None = None) -> Report | CheckReport:
    """Read a report or a check that was saved as JSON; its `schema` tells which.

    Args:
        path: The file.
        link_template: Links its commits elsewhere than the report says.

    Raises:
        InputError: The file cannot be read, or holds neither that this version knows.
        ConfigError: The template makes no web address.
    """
    text = _saved_text(path, link_template)
    if not is_check(text):
        return read_report(path, link_template=link_template)
    report = check_from_json(text, source=str(path))
    return report if link_template is None else replace(report, link_template=link_template)


def _saved_text(path: Path, link_template: str | None) -> str:
    if link_template is not None:
        check_link_template(link_template)
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", "name a file that --json wrote") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: is not UTF-8 text", "name a file that --json wrote") from None


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise ConfigError(f"{path}: is a folder", "give the name of a file in it")
    if not path.parent.is_dir():
        raise ConfigError(f"{path}: the folder {path.parent} does not exist", "make it first")
    if not os.access(path.parent, os.W_OK):
        raise ConfigError(f"{path}: no permission to write in {path.parent}", "choose another place")


def _width() -> int:
    """The terminal's width; 80 where there is none, and never so wide that lines are hard to follow."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns) > 0:
        width = int(columns)
    else:
        width = os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else 80
    return min(width, MAX_TERMINAL_WIDTH)


def _color() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
