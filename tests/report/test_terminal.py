import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from bisect_ml.report import to_terminal
from bisect_ml.report.untrusted import visible
from bisect_ml.saved_report import Report
from tests import reports, saved_findings

SAMPLES = [
    reports.one_incident(),
    reports.several(),
    reports.unexplained(),
    reports.clean(),
    reports.largest(),
]


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("report", SAMPLES)
def test_no_line_is_wider_than_the_terminal(report: Report, width: int) -> None:
    assert max(cell_len(line) for line in to_terminal(report, width=width).splitlines()) <= width


def test_the_verdict_comes_first() -> None:
    text = " ".join(to_terminal(reports.one_incident()).split())
    assert text.startswith("The mean prediction rose 995-fold, from 0.42 to 418, at 2026-02-27 19:16 UTC.")
    assert text.index("Almost certainly caused by commit 632667547e") < text.index("Chance")


def test_there_is_no_escape_code_unless_asked_for() -> None:
    assert "\x1b" not in to_terminal(reports.several())
    colored = to_terminal(reports.several(), color=True)
    assert "\x1b[1m" in colored
    plain = re.sub(r"\x1b\[[\d;]*m", "", colored)
    assert [line.rstrip() for line in plain.splitlines()] == to_terminal(reports.several()).splitlines()


@pytest.mark.parametrize("text", reports.HOSTILE)
def test_hostile_text_controls_nothing(text: str) -> None:
    shown = to_terminal(reports.hostile(text), width=120)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert not re.search(r"::[\w-]+( .*)?::|##(vso)?\[", shown)
    assert "632667547e" in shown


@pytest.mark.parametrize("text", reports.HOSTILE)
def test_hostile_text_stays_readable(text: str) -> None:
    shown = " ".join(to_terminal(reports.hostile(text), width=400).replace("\u200b", "").split())
    assert shown.count(" ".join(visible(text).split())) > 20


def test_every_shown_suspect_and_the_rest_add_up() -> None:
    finding = saved_findings.unit_mix_up()
    shown = to_terminal(reports.report(replace(finding, cut_suspects=4, cut_probability=0.002)))
    assert "5 more suspects" in shown


def test_no_code_change_leads_where_it_is_the_answer() -> None:
    lines = to_terminal(reports.unexplained()).splitlines()
    table = lines[next(index for index, line in enumerate(lines) if line.startswith("Chance")) + 2 :]
    assert table[0].split(maxsplit=1) == ["94%", "no code change explains this"]
    assert "Why no code change" in lines
    assert "tier=business" in " ".join(lines)
    assert any(line.split() == ["tier=business", "12%", "41%", "0.74", "0.74"] for line in lines)


def test_many_incidents_are_listed_before_they_are_told() -> None:
    text = to_terminal(reports.several())
    assert text.index("What moved") < text.index("── Incident 3")
    assert "5 incidents, 4 ongoing: 4 traced" in text


def test_a_report_without_incidents_says_so() -> None:
    assert to_terminal(reports.clean()).startswith("No break found")


def test_marks_of_the_chart_have_a_legend() -> None:
    text = to_terminal(reports.one_incident())
    assert "◆ suspected  ▲ deploy  ▼ rollback" in text
    chart = text.split("rollback", 1)[1].split("Chance")[0]
    assert chart.count("◆") == 1
    assert chart.count("▼") == 1
    assert any(0x2800 < ord(char) <= 0x28FF for char in chart)
