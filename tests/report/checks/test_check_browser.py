"""The page of a check in a real browser: headless Chromium, without network."""

import re
from typing import Any

import pytest

from bisect_ml.report import check_to_html
from bisect_ml.report.checks import amounts, forest, wording
from bisect_ml.report.commands import on_lines
from bisect_ml.saved_check import CheckReport
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
from tests.reports_check import HOSTILE, SAMPLES, failing, hostile, largest, of_files

axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright")

pytestmark = IN_CHROMIUM
MADE = {**SAMPLES, "largest": largest}


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
@pytest.mark.parametrize("name", SAMPLES)
def test_the_first_screen_answers(open_page: Open, name: str, viewport: dict[str, int]) -> None:
    report = SAMPLES[name]()
    page = open_page(report, viewport=viewport)
    told = page.locator("h1").inner_text()
    assert told.startswith(wording.WORDS[report.comparison.verdict])
    assert wording.verdict(report) in told
    assert wording.cause(report) in told
    assert bottom(page, ".figures") < viewport["height"]
    if report.comparison.verdict == "pass":
        assert page.locator(".next").count() == 0
    else:
        assert bottom(page, ".next") < viewport["height"]
    # The worst results are drawn on it, all of them where the screen is wide.
    rows = page.locator(".effects tbody tr")
    seen = rows.nth(rows.count() - 1 if viewport is DESKTOP else 1).bounding_box()
    assert seen["y"] + seen["height"] < viewport["height"]


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_nothing_is_wider_than_the_screen(open_page: Open, name: str, viewport: dict[str, int]) -> None:
    page = open_page(MADE[name](), viewport=viewport)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


@pytest.mark.parametrize("name", ["check_failing", "check_passing", "check_undecided"])
def test_no_table_scrolls_sideways_on_a_phone(open_page: Open, name: str) -> None:
    page = open_page(SAMPLES[name](), viewport=PHONE)
    unfold(page)
    wider = (
        "nodes => nodes.filter(node => node.scrollWidth > node.clientWidth + 1).map(node => node.ariaLabel)"
    )
    assert page.locator(".scroll:has(table):visible").evaluate_all(wider) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
@pytest.mark.parametrize("name", SAMPLES)
def test_axe_finds_nothing(open_page: Open, name: str, scheme: str, viewport: dict[str, int]) -> None:
    # axe is brought in by the test and not by the page, whose policy would refuse it.
    page = open_page(SAMPLES[name](), viewport=viewport, color_scheme=scheme, bypass_csp=True)
    unfold(page)
    found = axe_playwright.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", SAMPLES)
def test_it_is_complete_without_scripts(open_page: Open, name: str) -> None:
    page = open_page(SAMPLES[name](), java_script_enabled=False)
    for fold in page.locator("summary").all():
        fold.click()
    assert page.locator("table:visible").count() == page.locator("table").count()
    assert page.locator("svg.forest:visible").count() == page.locator("svg.forest").count() > 0
    assert page.locator("th button, .fold").count() == 0


@pytest.mark.parametrize("name", SAMPLES)
def test_it_reads_under_a_strict_policy(browser: Any, name: str) -> None:
    report = SAMPLES[name]()
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        headers = {"Content-Security-Policy": STRICT_POLICY}
        route.fulfill(body=check_to_html(report), content_type="text/html", headers=headers)

    page.route("**/*", answer)
    page.goto("http://ci.test/check.html")
    assert asked == ["http://ci.test/check.html"]
    # No style sheet was applied, and still the chart has its colours and its size.
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "none"
    box = page.locator("svg.forest").first.bounding_box()
    assert (box["width"], box["height"]) == (forest.WIDTH, forest.HEIGHT)
    colours = page.locator("svg.forest path.mark").evaluate_all(
        "nodes => nodes.map(node => getComputedStyle(node).fill)"
    )
    assert colours
    assert set(colours) <= {"rgb(0, 128, 95)", "rgb(213, 94, 0)", "rgb(179, 107, 0)", "rgb(0, 114, 178)"}
    text = page.locator("main").inner_text()
    assert wording.verdict(report) in text
    context.close()


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("bypass_csp", [False, True])
def test_hostile_text_runs_nothing(open_page: Open, text: str, bypass_csp: bool) -> None:
    page = open_page(hostile(text), bypass_csp=bypass_csp)
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    for link in page.locator("a[href]").all():
        assert re.match(r"(https?|file):", link.evaluate("node => node.href"))
    unfold(page)
    page.locator("th button").first.click()
    assert page.evaluate("window.pwned") is None
    assert page.locator("main img, main script, main iframe").count() == 0


def test_results_are_sorted_by_keyboard(open_page: Open) -> None:
    page = open_page(failing())
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    assert page.locator("details#results[open]").count() == 1
    tab_to(page, ".results th:nth-child(6) button")
    page.keyboard.press("Enter")
    cells = page.locator(".results tbody td:nth-child(6)")
    keys = [float(key) for key in cells.evaluate_all("cells => cells.map(cell => cell.dataset.sort)")]
    assert keys == sorted(keys, reverse=True)
    assert len(set(keys)) > 5
    page.keyboard.press("Space")
    keys = [float(key) for key in cells.evaluate_all("cells => cells.map(cell => cell.dataset.sort)")]
    assert keys == sorted(keys)


def told_of(report: CheckReport) -> list[str]:
    """Return all that a reader of the print must find."""
    comparison = report.comparison
    wanted = [
        wording.verdict(report),
        wording.cause(report),
        report.next_step,
        on_lines(report.reproduce or ""),
    ]
    wanted += [amounts.in_cell(amounts.effect(one)) for one in comparison.results]
    wanted += [one.slice for one in comparison.results if one.slice]
    wanted += [one.accepted for one in comparison.results if one.accepted]
    wanted += [str(one.sha)[:10] for one in report.suspects]
    wanted += [one.subject for one in report.suspects if one.subject]
    wanted += [item.sentence for one in report.suspects[:3] for item in one.evidence]
    wanted += [text[1:] for text in (*comparison.guesses, *comparison.warnings, *report.warnings)]
    wanted += [*report.sha256.values(), *report.logs.values()]
    return [words.replace("`", "") for words in wanted]


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("scripts", [True, False])
def test_print_loses_nothing(open_page: Open, name: str, scripts: bool) -> None:
    page = open_page(SAMPLES[name](), java_script_enabled=scripts)
    text = printed(page)
    assert [words for words in told_of(SAMPLES[name]()) if squeezed(words) not in text] == []


def test_the_symbols_of_a_verdict_differ_where_no_colour_is_seen(open_page: Open) -> None:
    page = open_page(of_files())
    shapes = page.locator("svg.forest path.mark").evaluate_all("nodes => nodes.map(n => n.getBBox().height)")
    assert len(set(shapes)) == 2
