"""The formats of the sample reports, compared with tests/golden (`make golden` renews the files)."""

import os
from pathlib import Path

import pytest

from bisect_ml.report import RENDERERS, Options
from bisect_ml.saved_report import Report
from tests import reports

GOLDEN = Path(__file__).parents[1] / "golden"
UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))
SUFFIXES = {"html": "html", "jira": "jira", "json": "json", "markdown": "md", "terminal": "txt"}
SAMPLES = {
    "one_incident": reports.one_incident(),
    "several": reports.several(),
    "unexplained": reports.unexplained(),
    "clean": reports.clean(),
    "replayed": reports.replayed(),
}
# One page is enough: the HTML and JSON of all samples would be a megabyte.
CASES = [
    (sample, name)
    for sample in SAMPLES
    for name in RENDERERS
    if name in ("jira", "markdown", "terminal") or sample == "unexplained"
]


@pytest.mark.parametrize(("sample", "name"), CASES)
def test_golden(sample: str, name: str) -> None:
    report: Report = SAMPLES[sample]
    text = RENDERERS[name](report, Options(width=80))
    path = GOLDEN / f"{sample}.{SUFFIXES[name]}"
    if UPDATE:
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8"), f"{path.name} differs: look, then `make golden`"
