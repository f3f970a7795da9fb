import json
import re
import time
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from bisect_ml.report import from_json, to_html, to_notebook
from bisect_ml.report.page import BUDGET_BYTES
from bisect_ml.report.untrusted import visible
from bisect_ml.resources import folder
from bisect_ml.saved_report import Report
from tests import reports, saved_findings

SAMPLES = {
    "one": reports.one_incident(),
    "several": reports.several(),
    "unexplained": reports.unexplained(),
    "clean": reports.clean(),
}
VOID = {"meta", "br"}


class Page(HTMLParser):
    """Collects what a browser would act on, and checks that elements nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not set(self.open) & {"script", "style", "title", "desc"}:
            self.text.append(data)

    def attributes(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.tags if name in attrs]

    def tells(self, text: str) -> bool:
        """Say whether a text is there, in whatever elements its parts stand."""
        return "".join(text.split()) in "".join("".join(self.text).split())

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())


@pytest.mark.parametrize("report", [*SAMPLES.values(), reports.largest()])
def test_elements_nest_and_ids_are_unique(report: Report) -> None:
    page = Page(to_html(report))
    assert page.open == []
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    named = {name for names in page.attributes("aria-labelledby") for name in names.split()}
    assert named <= set(ids)
    assert {href[1:] for href in page.attributes("href") if href.startswith("#")} <= set(ids)


@pytest.mark.parametrize("report", SAMPLES.values())
def test_nothing_is_fetched(report: Report) -> None:
    page = Page(to_html(report))
    assert not page.attributes("src")
    assert not page.attributes("srcset")
    assert not [
        tag for tag, _ in page.tags if tag in ("link", "img", "iframe", "object", "embed", "base", "form")
    ]
    assert "url(" not in to_html(report)
    assert "@import" not in to_html(report)


@pytest.mark.parametrize("report", SAMPLES.values())
def test_inline_styles_and_handlers_are_not_needed(report: Report) -> None:
    page = Page(to_html(report))
    assert not page.attributes("style")
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]


def test_the_first_things_stand_in_the_decided_order() -> None:
    words = Page(to_html(reports.one_incident())).words
    order = [
        "The mean prediction rose 995-fold",
        "Almost certainly caused by commit 632667547e",
        "Lasted 7 d 9 h, until 2026-03-07 04:53 UTC",
        "Began (90% interval)",
        "41,230",
        "Next:",
        "suspected deploy",
        "#1 91%",
        "for The shift is ×1000",
        "against A small change",
        "Not checked, or to be read with care",
        "Every cause weighed (7)",
        "How this was made",
    ]
    places = [words.index(text) for text in order]
    assert places == sorted(places)


def test_the_tables_alone_carry_the_answer() -> None:
    html = re.sub(r"<(svg|style|script).*?</\1>", "", to_html(reports.one_incident()), flags=re.DOTALL)
    cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", html, re.DOTALL)
    text = " ".join(re.sub(r"<[^>]+>", " ", " ".join(cells)).split())
    for words in (
        "91% 632667547e Measure trip duration",
        "Ines Duarte",
        "2026-02-27 19:12",
        "mean prediction for",
    ):
        assert words in text.lower() or words in text


def test_several_incidents_begin_with_a_list() -> None:
    words = Page(to_html(reports.several())).words
    order = [
        "5 incidents, 4 ongoing: 4 traced",
        "Incident 2 , still ongoing: The mean prediction rose by 23%",
        "Almost certainly no code change explains this (94%).",
        "Next:",
        "Most likely cause",
        "Incident 3.",
    ]
    places = [words.index(text) for text in order]
    assert places == sorted(places)


def test_no_code_change_gets_as_much() -> None:
    words = Page(to_html(reports.unexplained())).words
    for text in (
        "Almost certainly no code change explains this (94%).",
        "for Traffic moved to tier=business",
        "Traffic and level of each slice",
        "Traffic moving between these slices moved the mean by +0.104, levels moving inside them by",
        "The likeliest code change, for comparison: #1 6% e6c3dd6304 Raise the retry limit",
    ):
        assert text in words


def test_the_likeliest_code_change_is_shown_however_unlikely() -> None:
    finding = saved_findings.mix_shift()
    unlikely = replace(finding.suspects[0], probability=0.001)
    report = reports.report(replace(finding, suspects=(unlikely,), unexplained_probability=0.999))
    words = Page(to_html(report)).words
    assert "The likeliest code change, for comparison: #1 <1% e6c3dd6304" in words
    assert "against Touches serving code" in words
    alone = reports.report(replace(finding, suspects=(), unexplained_probability=1.0))
    assert "for comparison" not in to_html(alone)


def test_a_report_without_incidents_says_what_was_examined() -> None:
    words = Page(to_html(reports.clean())).words
    assert "Mean prediction over the whole log" in words
    assert "onset, 90% interval" not in words
    assert "No break found" in words
    assert "38 series examined" in words


def test_the_embedded_json_is_a_report() -> None:
    for report in SAMPLES.values():
        found = re.search(r'<script type="application/json" id="report">(.*?)</script>', to_html(report))
        assert found
        read = from_json(found[1])
        assert [finding.id for finding in read.incidents] == [finding.id for finding in report.incidents]
        for finding in read.incidents:
            total = sum(item.probability for item in finding.suspects) + finding.unexplained_probability
            assert total + finding.cut_probability == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("text", reports.HOSTILE)
def test_hostile_text_forms_nothing(text: str) -> None:
    html = to_html(reports.hostile(text))
    page = Page(html)
    assert page.open == []
    tags = [tag for tag, _ in page.tags]
    assert tags.count("script") == 2
    assert tags.count("style") == 1
    assert not {"img", "iframe"} & set(tags)
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    for href in page.attributes("href"):
        assert re.match(r"https://|#incident-\d", href)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html)
    assert html.count("</script>") == 2
    embedded = re.search(r'id="report">(.*?)</script>', html)
    assert embedded
    json.loads(embedded[1])


@pytest.mark.parametrize("text", reports.HOSTILE)
def test_hostile_text_stays_readable(text: str) -> None:
    shown = " ".join(visible(text).split())
    words = Page(to_html(reports.hostile(text))).words
    # Subject, author, place, slice, path, evidence, file names, columns, settings, warning and command.
    assert words.count(shown) > 40


@pytest.mark.parametrize("report", [reports.one_incident(), reports.unexplained(), reports.clean()])
def test_a_typical_report_is_small(report: Report) -> None:
    assert len(to_html(report).encode()) <= 200_000


def test_the_sample_report_is_small_and_leaves_nothing_out(sample_report: Report) -> None:
    html = to_html(sample_report)
    assert len(html.encode()) <= 200_000
    page = Page(html)
    for finding in sample_report.incidents:
        assert finding.cut_suspects == 0
        for suspect in finding.suspects:
            assert f"{(suspect.sha or '')[:10]} {suspect.subject}" in page.words
        for item in finding.unexplained:
            assert page.tells(item.sentence[1:].replace("`", ""))
    for warning in sample_report.warnings:
        assert page.tells(warning[1:])
    assert " not listed here" not in page.words


def huge() -> Report:
    """Return a report in which every text is as long and as costly to show as texts can be."""
    text = "\u202e\"'&<" * 300
    report = reports.hostile(text)
    return replace(
        report,
        incidents=tuple(replace(item, id=number) for number, item in enumerate(report.incidents * 10)),
        warnings=(text,) * 200,
        settings={f"{number}{text}": text for number in range(200)},
    )


@pytest.mark.parametrize("report", [reports.largest(), huge()])
def test_the_largest_report_keeps_to_its_budget_and_says_what_is_left_out(report: Report) -> None:
    html = to_html(report)
    assert len(html.encode()) <= BUDGET_BYTES
    assert "surest incidents are shown in full below" in Page(html).words


def test_the_largest_report_counts_what_it_leaves_out() -> None:
    words = Page(to_html(reports.largest())).words
    listed = re.findall(r"(\d+) more suspects, together", words)
    assert listed
    for cut, weighed in zip(listed, re.findall(r"Every cause weighed \((\d+)\)", words), strict=True):
        assert int(weighed) == 201
        assert int(cut) > 180
    assert re.search(r"\d+ more series in the JSON file", words)
    assert "30 more warnings in the JSON file" in words


def test_rendering_is_quick() -> None:
    report = reports.largest()
    to_html(reports.clean())
    start = time.process_time()
    to_html(report)
    # The budget is 0.3 s on an idle core; a busy one takes longer for the same work.
    assert time.process_time() - start < 1.0


def test_the_script_is_short() -> None:
    assert len((folder("templates") / "report.js").read_bytes()) <= 8 * 1024


def test_a_notebook_shows_the_report() -> None:
    html = reports.several()._repr_html_()
    assert html == to_notebook(reports.several())
    page = Page(html)
    assert page.open == []
    assert "script" not in {tag for tag, _ in page.tags}
    assert "632667547e Measure trip duration" in page.words


@pytest.mark.parametrize("text", reports.HOSTILE)
def test_a_notebook_runs_nothing(text: str) -> None:
    page = Page(to_notebook(reports.hostile(text)))
    assert not {"script", "img", "iframe"} & {tag for tag, _ in page.tags}
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]


def test_input_files_without_a_hash_are_counted() -> None:
    report = reports.one_incident()
    inputs = replace(report.inputs, predictions=(*report.inputs.predictions, "b.csv", "c.csv"))
    assert "2 more files not hashed" in to_html(replace(report, inputs=inputs))
    assert "not hashed" not in to_html(report)
