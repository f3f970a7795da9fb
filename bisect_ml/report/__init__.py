"""Renderers: each turns a frozen `Report` into text and reads nothing else.

What leaves here has its secrets masked, and its diffs and authors left out on request.
"""

from collections.abc import Callable, Mapping

from bisect_ml.report import json
from bisect_ml.report.checks import (
    check_to_html,
    check_to_jira,
    check_to_markdown,
    check_to_terminal,
    to_annotations,
    to_junit,
)
from bisect_ml.report.html import to_html, to_notebook
from bisect_ml.report.json import check_from_json, check_schema, from_json, is_check, schema
from bisect_ml.report.links import web_url
from bisect_ml.report.markdown import to_jira, to_markdown
from bisect_ml.report.options import Options
from bisect_ml.report.privacy import prepare, prepare_check
from bisect_ml.report.terminal import to_terminal
from bisect_ml.report.timeline import timeline_to_json, timeline_to_terminal
from bisect_ml.saved_check import CheckReport
from bisect_ml.saved_report import Report

__all__ = [
    "RENDERERS",
    "Options",
    "check_from_json",
    "check_schema",
    "check_to_html",
    "check_to_jira",
    "check_to_json",
    "check_to_markdown",
    "check_to_terminal",
    "from_json",
    "is_check",
    "schema",
    "timeline_to_json",
    "timeline_to_terminal",
    "to_annotations",
    "to_html",
    "to_jira",
    "to_json",
    "to_junit",
    "to_markdown",
    "to_notebook",
    "to_terminal",
    "web_url",
]


def to_json(report: Report, *, diffs: bool = True, authors: bool = True) -> str:
    """Write a report as JSON; `from_json` brings back all that was not masked or left out."""
    return json.to_json(prepare(report, diffs=diffs, authors=authors))


def check_to_json(report: CheckReport, *, diffs: bool = True, authors: bool = True) -> str:
    """Write a check as JSON; `check_from_json` brings back all that was not masked or left out."""
    return json.to_json(prepare_check(report, diffs=diffs, authors=authors))


RENDERERS: Mapping[str, Callable[[Report, Options], str]] = {
    "html": lambda report, options: to_html(report, diffs=options.diffs, authors=options.authors),
    "jira": lambda report, options: to_jira(report, diffs=options.diffs, authors=options.authors),
    "json": lambda report, options: to_json(report, diffs=options.diffs, authors=options.authors),
    "markdown": lambda report, options: to_markdown(report, diffs=options.diffs, authors=options.authors),
    "terminal": lambda report, options: to_terminal(
        report, width=options.width, color=options.color, diffs=options.diffs, authors=options.authors
    ),
}
