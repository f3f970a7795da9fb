"""All formats of the sample checks, compared with tests/golden (`make golden` renews the files)."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bisect_ml.report import (
    check_to_html,
    check_to_jira,
    check_to_json,
    check_to_markdown,
    check_to_terminal,
    to_annotations,
    to_junit,
)
from bisect_ml.saved_check import CheckReport
from tests.reports_check import SAMPLES

GOLDEN = Path(__file__).parents[2] / "golden"
UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))


def body(report: CheckReport) -> str:
    """Return the page without the style and script, which the page of a report holds too."""
    page = re.search(r"<main>.*</main>\n", check_to_html(report), re.DOTALL)
    assert page
    return page[0]


FORMATS: dict[str, Callable[[CheckReport], str]] = {
    "html": body,
    "jira": check_to_jira,
    "json": check_to_json,
    "junit.xml": to_junit,
    "annotations": to_annotations,
    "md": check_to_markdown,
    "txt": check_to_terminal,
    "wide.txt": lambda report: check_to_terminal(report, width=120),
}


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("suffix", FORMATS)
def test_golden(sample: str, suffix: str) -> None:
    text = FORMATS[suffix](SAMPLES[sample]())
    path = GOLDEN / f"{sample}.{suffix}"
    if UPDATE:
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8"), f"{path.name} differs: look, then `make golden`"
