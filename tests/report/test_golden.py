"""The formats of the sample reports, compared with tests/golden (`make golden` renews the files)."""

import os
import re
from pathlib import Path

import pytest

from bisect_ml.report import RENDERERS, Options
from bisect_ml.saved_report import Report
from tests import reports

GOLDEN = Path(__file__).parents[1] / "golden"
UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))
SUFFIXES = {"html": "html", "jira": "jira", "json": "json", "markdown": "md", "terminal": "txt"}
SAMPLES: dict[str, Report] = {
    "one_incident": reports.one_incident(),
    "several": reports.several(),
    "unexplained": reports.unexplained(),
    "clean": reports.clean(),
    "replayed": reports.replayed(),
}
# Style and script are the same on every page: the shortest one is kept whole, of the others what they tell.
WHOLE = "clean"


def shown(sample: str, name: str) -> str:
    """Return a report in a format; of most pages the part that people see."""
    text = RENDERERS[name](SAMPLES[sample], Options(width=80))
    if name != "html" or sample == WHOLE:
        return text
    page = re.search(r"<main>.*</main>\n", text, re.DOTALL)
    assert page
    return page[0]


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", RENDERERS)
def test_golden(sample: str, name: str) -> None:
    text = shown(sample, name)
    path = GOLDEN / f"{sample}.{SUFFIXES[name]}"
    if UPDATE:
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8"), f"{path.name} differs: look, then `make golden`"
