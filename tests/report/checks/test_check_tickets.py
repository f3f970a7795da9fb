"""A check as people read it as text: terminal, Markdown, Jira."""

import html
import re
import unicodedata
from collections.abc import Callable

import pytest
from markdown_it import MarkdownIt

from bisect_ml.report import check_to_jira, check_to_markdown, check_to_terminal
from bisect_ml.report.untrusted import visible
from bisect_ml.saved_check import CheckReport
from tests.report.wiki import read
from tests.reports_check import HOSTILE, SAMPLES, failing, hostile, largest, of_files, passing, undecided

TAGS = {
    "h2", "p", "table", "thead", "tbody", "tr", "th", "td", "a", "code", "pre", "strong", "em", "ul", "li",
    "details", "summary",
}  # fmt: skip


def rendered(report: CheckReport) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(check_to_markdown(report)))


@pytest.mark.parametrize(
    ("make", "start"),
    [
        (failing, "FAIL  The mean prediction for region=region-07 rose 1,000-fold, from 12.3 to"),
        (passing, "PASS  Every metric that must be proved stayed inside its margin."),
        (undecided, "INCONCLUSIVE  It cannot be decided: the mean prediction may have moved by −1.1%"),
        (of_files, "FAIL  4.1% of the rows changed their class."),
    ],
)
def test_the_verdict_comes_first(make: Callable[[], CheckReport], start: str) -> None:
    assert check_to_terminal(make()).startswith(start)
    word, _, sentence = start.partition("  ")
    assert check_to_markdown(make()).startswith(f"## {word}: {sentence}"[:40])
    assert check_to_jira(make()).startswith(f"h2. {word}: ")


@pytest.mark.parametrize("make", [*SAMPLES.values(), largest])
@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_no_line_is_wider_than_the_terminal(make: Callable[[], CheckReport], width: int) -> None:
    text = check_to_terminal(make(), width=width)
    assert max(map(len, text.splitlines())) <= width
    assert "\x1b" not in text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_controls_no_terminal(text: str) -> None:
    shown = check_to_terminal(hostile(text))
    hidden = [char for char in shown if unicodedata.category(char) in ("Cc", "Cf", "Cs") and char != "\n"]
    # The blank of no width is put before what a CI runner would take for a command.
    assert set(hidden) <= {"\u200b", "\u200c", "\u200d"}
    assert not re.search(r"^::", shown, re.MULTILINE)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_forms_nothing_in_markdown(text: str) -> None:
    page = rendered(hostile(text))
    assert set(re.findall(r"<([a-z][a-z0-9]*)", page)) <= TAGS
    assert not re.search(r"<[^>]* on\w+=|<a [^>]*href=\"(?!https?://)", page)
    assert not re.search(r"(?<![\w`])@\w", re.sub(r"<code.*?</code>", "", page, flags=re.DOTALL))
    columns = [row.count("<td>") for row in re.findall(r"<tr>\n(.*?)</tr>", page, re.DOTALL) if "<td>" in row]
    assert set(columns) <= {3, 4, 8}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_keeps_the_rows_of_jira_whole(text: str) -> None:
    for line in check_to_jira(hostile(text)).splitlines():
        if line.startswith("|") and not line.startswith("||"):
            cells = re.sub(r"\\\||\[[^\]]*\]", "", line)
            assert cells.count("|") in (4, 5, 9)


def test_what_is_left_out_is_counted() -> None:
    shown = html.unescape(re.sub(r"<[^>]+>", " ", rendered(largest())))
    for text in ("2,980 more results computed", "192 more commits, together", "71 more in the JSON file"):
        assert text in shown


def test_the_runs_and_what_they_saved_are_told() -> None:
    for text in (check_to_terminal(failing(), width=120), check_to_markdown(failing())):
        assert "It took 1 run beyond the two sides; plain halving takes 3." in text
        assert "has the shift" in text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_forms_nothing_in_jira_and_stays_readable(text: str) -> None:
    words, live = read(check_to_jira(hostile(text)))
    assert live == []
    assert words.count(" ".join(visible(text).split())) > 12


@pytest.mark.parametrize("make", SAMPLES.values())
def test_our_own_text_forms_nothing_in_jira_by_accident(make: Callable[[], CheckReport]) -> None:
    assert read(check_to_jira(make()))[1] == []
