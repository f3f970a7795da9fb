"""Renderers of a check; each turns a frozen `CheckReport` into text and reads nothing else."""

from bisect_ml.report.checks.annotations import to_annotations
from bisect_ml.report.checks.html import check_to_html
from bisect_ml.report.checks.junit import to_junit
from bisect_ml.report.checks.terminal import check_to_terminal
from bisect_ml.report.checks.tickets import check_to_jira, check_to_markdown

__all__ = [
    "check_to_html",
    "check_to_jira",
    "check_to_markdown",
    "check_to_terminal",
    "to_annotations",
    "to_junit",
]
