import html
import re

import pytest
from markdown_it import MarkdownIt

from bisect_ml.report import to_markdown
from bisect_ml.report.untrusted import visible
from bisect_ml.saved_report import Report
from tests import reports, saved_nouns

SAMPLES = [
    reports.one_incident(),
    reports.several(),
    reports.unexplained(),
    reports.clean(),
    reports.largest(),
]
TAGS = {
    "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "a", "code", "pre", "strong", "em",
    "ul", "li", "details", "summary",
}  # fmt: skip


def rendered(report: Report) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(to_markdown(report)))


def test_the_verdict_is_the_title() -> None:
    assert to_markdown(reports.one_incident()).startswith("## The mean prediction rose 995-fold")


@pytest.mark.parametrize("report", SAMPLES)
def test_it_fits_into_a_ticket(report: Report) -> None:
    assert len(to_markdown(report).encode()) <= 60_000


def test_incidents_that_do_not_fit_are_counted() -> None:
    text = to_markdown(reports.largest())
    left = re.search(r"\*(\d+) more incidents in the JSON file", text)
    assert left
    assert int(left[1]) + text.count("\n### Incident ") == 50


@pytest.mark.parametrize("text", reports.HOSTILE)
def test_hostile_text_forms_nothing(text: str) -> None:
    page = rendered(reports.hostile(text))
    assert set(re.findall(r"<([a-z][a-z0-9]*)", page)) <= TAGS
    assert not re.search(r"<[^>]* on\w+=|<a [^>]*href=\"(?!https?://)", page)
    assert not re.search(r"(?<![\w`])@\w", re.sub(r"<code.*?</code>", "", page, flags=re.DOTALL))
    tables = re.findall(r"<table>(.*?)</table>", page, re.DOTALL)
    columns = [{row.count("<td>") + row.count("<th>") for row in table.split("<tr>")[1:]} for table in tables]
    assert all(len(widths) == 1 for widths in columns)
    assert set.union(*columns) <= {4, 5, 6}


@pytest.mark.parametrize("text", reports.HOSTILE)
def test_hostile_text_stays_readable(text: str) -> None:
    words = html.unescape(re.sub(r"<[^>]+>", "", rendered(reports.hostile(text)))).replace("\u200b", "")
    assert " ".join(words.split()).count(" ".join(visible(text).split())) > 40


def test_commits_are_linked() -> None:
    url = f"https://github.com/acme/scoring/commit/{saved_nouns.sha(31)}"
    assert f'<a href="{url}"><code>632667547e</code></a>' in rendered(reports.one_incident())


def test_the_diff_is_shown() -> None:
    assert 'class="language-diff"' in rendered(reports.one_incident())


def test_no_code_change_is_reasoned() -> None:
    text = to_markdown(reports.unexplained())
    assert "**Why no code change**" in text
    assert "| 94% | no code change explains this |" in text
    assert "| tier=business | 12% | **41%** | 0.74 | 0.74 |" in text
