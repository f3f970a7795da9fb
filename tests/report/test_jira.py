import html
import re

import pytest

from bisect_ml.report import to_jira
from bisect_ml.report.untrusted import jira, jira_block, visible
from bisect_ml.saved_report import Report
from tests import reports, saved_nouns
from tests.report.wiki import read


def test_the_verdict_is_the_title() -> None:
    assert to_jira(reports.one_incident()).startswith("h2. The mean prediction rose 995-fold")


@pytest.mark.parametrize("report", [reports.several(), reports.clean(), reports.largest()])
def test_it_fits_into_a_description(report: Report) -> None:
    assert len(to_jira(report).encode()) <= 30_000


def test_commits_are_linked() -> None:
    url = f"https://github.com/acme/scoring/commit/{saved_nouns.sha(31)}"
    assert f"[{{{{632667547e}}}}|{url}]" in to_jira(reports.one_incident())


def test_the_diff_is_shown() -> None:
    assert "{code:diff}\n@@ -41,9 +41,9 @@" in to_jira(reports.one_incident())


@pytest.mark.parametrize(
    "text",
    [
        *reports.HOSTILE,
        "{code}x{code} {noformat} {color:red}x{color}",
        "[~admin] [x|javascript:alert(1)] !http://evil.example/x.png!",
        "h1. title",
        "bq. quote",
        "*bold* _it_ -gone- +in+ ^up^ ~down~ ??cite?? {{code}} \\\\ ----",
        "(x) (!) :) ;)",
        "# one",
        "&#91;~admin&#93;",
    ],
)
def test_text_forms_no_markup_and_reads_the_same(text: str) -> None:
    escaped = jira(text)
    bare = re.sub(r"&#\d+;", "x", escaped)
    assert not re.search(r"[{}\[\]|*^~!\\\\]|\?\?|(?<!\w)[-_+]\w|^\s*(?:h\d|bq)\.|^#|\([x!]\)|[:;]\)", bare)
    assert not re.search(r"https?:/|www\.", bare)
    assert html.unescape(escaped).replace("\u200b", "") == visible(text)


def test_names_and_paths_stay_legible() -> None:
    assert jira("app/check_out-risk.py: 17%") == "app/check_out-risk.py: 17%"


def test_a_block_cannot_be_left() -> None:
    block = jira_block("+x = 1 {code}{CODE:java}{noformat}", "diff")
    assert re.findall(r"(?i)\{(?:code|noformat)", block) == ["{code", "{code"]
    assert block.startswith("{code:diff}\n")
    assert block.endswith("\n{code}")


@pytest.mark.parametrize("text", reports.HOSTILE)
def test_hostile_text_leaves_tables_whole(text: str) -> None:
    lines = to_jira(reports.hostile(text)).splitlines()
    links = re.compile(r"\[\{\{[^|\]]*\}\}\|https?://[^|\]]*\]")
    columns = 0
    for line in lines:
        if line.startswith("||"):
            columns = line.count("||") - 1
            assert columns in (4, 5, 6)
        elif line.startswith("|"):
            assert links.sub("", line).count("|") - 1 == columns


@pytest.mark.parametrize("text", reports.HOSTILE)
def test_hostile_text_forms_nothing_and_stays_readable(text: str) -> None:
    words, live = read(to_jira(reports.hostile(text)))
    assert live == []
    # Subject, author, place, slice, path, diff, evidence, columns, warning and command, in every incident.
    assert words.count(" ".join(visible(text).split())) > 80


@pytest.mark.parametrize(
    "report",
    [reports.one_incident(), reports.several(), reports.unexplained(), reports.clean(), reports.replayed()],
)
def test_our_own_text_forms_nothing_by_accident(report: Report) -> None:
    assert read(to_jira(report))[1] == []
