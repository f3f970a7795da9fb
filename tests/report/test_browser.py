"""The HTML report in a real browser: headless Chromium, without network."""

import re
from dataclasses import replace
from typing import Any

import pytest

from bisect_ml.report import movements, to_html, wording
from bisect_ml.report.blames import blame
from bisect_ml.report.commands import on_lines
from bisect_ml.saved_report import Report
from tests import reports
from tests.report.browsing import (
    DESKTOP,
    IN_CHROMIUM,
    PHONE,
    STRICT_POLICY,
    Open,
    bottom,
    printed,
    squeezed,
    tab_to,
    unfold,
)

axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright")

pytestmark = IN_CHROMIUM
MADE = {
    "one": reports.one_incident(),
    "several": reports.several(),
    "unexplained": reports.unexplained(),
    "clean": reports.clean(),
}
# The sample incident, traced by the real pipeline, and reports made to hold what it lacks.
NAMES = ["sample", *MADE]


@pytest.fixture
def report(request: pytest.FixtureRequest, name: str) -> Report:
    """Return the report of a name; the sample is traced where a test asks for it."""
    if name != "sample":
        return MADE[name]
    traced: Report = request.getfixturevalue("sample_report")
    return traced


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_the_first_screen_of_the_sample_holds_the_verdict_and_the_top_suspect(
    open_page: Open, sample_report: Report, viewport: dict[str, int]
) -> None:
    page = open_page(sample_report, viewport=viewport)
    assert page.locator("h1").inner_text().startswith(f"{len(sample_report.incidents)} incidents, 1 ongoing")
    ongoing = next(finding for finding in sample_report.incidents if finding.ongoing)
    suspect = ongoing.suspects[0]
    verdict = page.locator(".first .verdict")
    for words in (wording.moved_at(ongoing), str(suspect.sha)[:10], str(suspect.subject)):
        assert words in verdict.inner_text()
    assert bottom(page, ".first .next") < viewport["height"]
    assert bottom(page, "figure.lead svg.chart:visible") < viewport["height"]
    # The list of all has begun.
    assert bottom(page, ".summary tbody tr") < viewport["height"]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_the_first_screen_of_each_incident_holds_the_verdict_the_chart_and_the_top_suspect(
    open_page: Open, sample_report: Report, viewport: dict[str, int]
) -> None:
    for finding in (*sample_report.incidents, *MADE["one"].incidents, *MADE["unexplained"].incidents):
        page = open_page(replace(sample_report, incidents=(finding,)), viewport=viewport)
        told = " ".join(page.locator("h1").inner_text().split())
        assert told == wording.verdict(finding).replace("`", "")
        assert bottom(page, "h1") < viewport["height"]
        assert bottom(page, "figure.lead svg.chart:visible") < viewport["height"]
        assert bottom(page, ".card header") < viewport["height"], finding.id
        judged = blame(finding)
        sha = "No code change" if judged.lead is None else str(finding.suspects[judged.lead].sha)[:10]
        assert sha in page.locator(".card header h2").first.inner_text()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_nothing_is_wider_than_the_screen(open_page: Open, report: Report, viewport: dict[str, int]) -> None:
    page = open_page(report, viewport=viewport)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


@pytest.mark.parametrize("name", ["sample", "one"])
def test_no_table_scrolls_sideways_on_a_phone(open_page: Open, report: Report) -> None:
    page = open_page(report, viewport=PHONE)
    unfold(page)
    assert page.locator(".stacks td:visible").count() > 20
    wider = (
        "nodes => nodes.filter(node => node.scrollWidth > node.clientWidth + 1).map(node => node.ariaLabel)"
    )
    assert page.locator(".scroll:has(table):visible").evaluate_all(wider) == []
    # Stacked cells are still the cells of a table.
    cells = page.get_by_role("table").first.get_by_role("cell")
    assert cells.count() > 5


def test_long_words_break_on_a_phone(open_page: Open) -> None:
    word = "91f13c65c27a8c0d1f51288b6f6a9c1a2fe19fda" * 2
    spoken = replace(MADE["one"].incidents[0], next_step=f"Read {word}")
    page = open_page(
        replace(MADE["one"], warnings=(f"Unknown: {word}",), incidents=(spoken,)), viewport=PHONE
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(open_page: Open, report: Report, scheme: str, viewport: dict[str, int]) -> None:
    # axe is brought in by the test and not by the page, whose policy would refuse it.
    page = open_page(report, viewport=viewport, color_scheme=scheme, bypass_csp=True)
    unfold(page)
    found = axe_playwright.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", ["sample", "one"])
def test_it_is_complete_without_scripts(open_page: Open, report: Report) -> None:
    page = open_page(report, java_script_enabled=False)
    folds = page.locator("summary")
    for index in range(folds.count()):
        folds.nth(index).click()
    assert page.locator("table:visible").count() == page.locator("table").count()
    assert page.locator("figure.lead .wide svg:visible").count() == page.locator("figure.lead .wide").count()
    assert page.locator("th button, .fold").count() == 0


@pytest.mark.parametrize("name", ["sample", "one", "unexplained"])
def test_it_reads_under_a_strict_policy(browser: Any, report: Report) -> None:
    html = to_html(report)
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": STRICT_POLICY})

    page.route("**/*", answer)
    page.goto("http://ci.test/report.html")
    assert asked == ["http://ci.test/report.html"]
    # No style sheet was applied, no script ran, and still every chart has its colours and its size.
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "none"
    assert page.locator("th button, .fold").count() == 0
    style = (
        "nodes => nodes.map(node => { const s = getComputedStyle(node); return `${s.fill} ${s.stroke}`; })"
    )
    lines = page.locator("svg.chart path.line").evaluate_all(style)
    assert lines
    assert set(lines) == {"none rgb(0, 114, 178)"}
    for figure in page.locator("figure.lead").all():
        box = figure.locator(".wide svg.chart").bounding_box() if figure.locator(".wide").count() else None
        assert box is None or (box["width"], box["height"] > 150) == (960, True)
    assert page.locator("figure.lead .narrow:visible").count() == 0
    text = page.locator("main").inner_text()
    for finding in report.incidents:
        assert wording.moved_at(finding) in text
        for suspect in finding.suspects[:1]:
            assert str(suspect.sha)[:10] in text
    context.close()


def test_nothing_is_asked_for_however_it_is_used(open_page: Open, sample_report: Report) -> None:
    # `open_page` fails where anything but the file itself was asked for.
    page = open_page(sample_report)
    unfold(page)
    for part in page.locator("svg.chart:visible, th button").all()[:20]:
        part.scroll_into_view_if_needed()
        part.hover()
    page.locator(".summary a").first.click()
    page.emulate_media(media="print")
    page.pdf(format="A4")
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("text", reports.HOSTILE)
@pytest.mark.parametrize("bypass_csp", [False, True])
def test_hostile_text_runs_nothing(open_page: Open, text: str, bypass_csp: bool) -> None:
    page = open_page(reports.hostile(text), bypass_csp=bypass_csp)
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    for link in page.locator("a[href]").all():
        assert re.match(r"(https?|file):", link.evaluate("node => node.href"))
    unfold(page)
    page.locator("svg.chart").first.hover()
    page.locator("th button").first.click()
    assert page.evaluate("window.pwned") is None
    assert page.locator("main img, main script, main iframe").count() == 0


@pytest.mark.parametrize("name", ["sample", "several"])
def test_tables_are_sorted_by_keyboard(open_page: Open, report: Report) -> None:
    page = open_page(report)
    head = page.locator(".summary th", has_text="Chance")
    before = page.locator(".summary tbody td:last-child").all_inner_texts()
    tab_to(page, ".summary th:last-child button")
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    keys = [float(key) for key in sorted_keys(page)]
    assert keys == sorted(keys, reverse=True)
    page.keyboard.press("Space")
    assert head.get_attribute("aria-sort") == "ascending"
    assert [float(key) for key in sorted_keys(page)] == sorted(keys)
    assert sorted(page.locator(".summary tbody td:last-child").all_inner_texts()) == sorted(before)


def sorted_keys(page: Any) -> list[str]:
    keys: list[str] = page.locator(".summary tbody td:last-child").evaluate_all(
        "cells => cells.map(cell => cell.dataset.sort)"
    )
    return keys


def test_numbers_are_sorted_as_readers_read_them(open_page: Open) -> None:
    report = MADE["one"]
    (finding,) = report.incidents
    levels = (("a", 0.5, 5000.0), ("b", 0.5, 40.0), ("c", 0.5, -3.0), ("d", 0.5, 2e9))
    moved = tuple(
        replace(finding.symptoms[0], slice=f"s={name}", before=before, after=after, chart=None)
        for name, before, after in levels
    )
    page = open_page(replace(report, incidents=(replace(finding, symptoms=moved),)))
    unfold(page)
    table = page.locator("table", has_text="s=a").last
    table.get_by_role("button", name="After").click()
    told = table.locator("tbody th").all_inner_texts()
    assert [text[-1] for text in told] == ["d", "a", "b", "c"]


@pytest.mark.parametrize("name", ["sample", "one"])
def test_folds_open_by_keyboard(open_page: Open, report: Report) -> None:
    page = open_page(report)
    tab_to(page, ".fold")
    page.keyboard.press("Enter")
    assert page.locator("details:not([open])").count() == 0
    assert page.locator(".fold").inner_text() == "Fold all"
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == 0
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == 1


def test_the_pointer_reads_the_curve(open_page: Open) -> None:
    page = open_page(MADE["one"])
    chart = page.locator("svg.chart").first
    box = chart.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2)
    assert re.fullmatch(r"2026-03-1\d \d\d:\d\d UTC: 0\.\d+", page.locator(".readout").first.inner_text())
    page.mouse.move(0, 0)
    assert page.locator(".readout").first.inner_text() == ""


def told_of(report: Report) -> list[str]:
    """Return all that a reader of the print must find: verdicts, suspects, evidence, deploys, warnings."""
    wanted = [
        *(text[1:] for text in report.warnings),
        on_lines(report.reproduce or ""),
        *report.inputs.sha256.values(),
    ]
    for finding in report.incidents:
        judged = blame(finding)
        wanted += [wording.moved_at(finding), wording.cause(finding), finding.next_step]
        wanted += [str(item.sha)[:10] for item in finding.suspects]
        wanted += [item.subject for item in finding.suspects if item.subject]
        wanted += [item.author for item in finding.suspects if item.author]
        wanted += [movements.metric_name(item.metric, item.slice)[1:] for item in finding.symptoms]
        told = finding.unexplained if judged.lead is None else finding.suspects[judged.lead].evidence
        wanted += [item.sentence[1:] for item in told if item.llr]
        wanted += [part.slice for part in finding.mix]
    return [words.replace("`", "") for words in wanted]


@pytest.mark.parametrize("name", ["sample", "one", "unexplained"])
@pytest.mark.parametrize("scripts", [True, False])
def test_print_loses_nothing(open_page: Open, report: Report, scripts: bool) -> None:
    text = printed(open_page(report, java_script_enabled=scripts))
    assert [words for words in told_of(report) if squeezed(words) not in text] == []


def test_print_holds_diffs_and_distributions(open_page: Open) -> None:
    text = printed(open_page(MADE["one"]))
    wanted = ["elapsed_ms = (dropoff.at - pickup.at).total_seconds() * 1000", "300 to 1,000"]
    wanted += [item.id for item in MADE["one"].deploys]
    assert [words for words in wanted if squeezed(words) not in text] == []


def test_the_first_paint_is_soon(open_page: Open) -> None:
    page = open_page(MADE["one"])
    page.screenshot()
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    # The budget is 0.5 s on an idle machine.
    assert 0 < paint < 2000
