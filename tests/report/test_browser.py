"""The HTML report in a real browser: headless Chromium, without network."""

import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from bisect_ml.report import to_html
from bisect_ml.saved_report import Report
from tests import reports

playwright = pytest.importorskip("playwright.sync_api")
axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright")
pypdf = pytest.importorskip("pypdf")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
    # Playwright's own event loop is collected late.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
# What Jenkins serves archived files under.
STRICT_POLICY = "sandbox; default-src 'none'; img-src 'self'; style-src 'self';"
SAMPLES = {
    "one": reports.one_incident(),
    "several": reports.several(),
    "unexplained": reports.unexplained(),
    "clean": reports.clean(),
}
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Open a report from disk; fail where it asks for anything but itself, or reports an error."""
    contexts = []
    requests: list[str] = []
    errors: list[str] = []

    def opened(report: Report, *, viewport: dict[str, int] = DESKTOP, **options: Any) -> Any:
        path = tmp_path / "report.html"
        path.write_text(to_html(report), encoding="utf-8")
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert {url.rsplit("/", 1)[-1].split("#")[0] for url in requests} <= {"report.html"}
    assert errors == []


def bottom(page: Any, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return float(box["y"] + box["height"])


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_the_first_screen_holds_the_verdict_the_chart_and_the_top_suspect(
    open_page: Open, viewport: dict[str, int]
) -> None:
    page = open_page(SAMPLES["one"], viewport=viewport)
    assert bottom(page, "h1") < viewport["height"]
    assert bottom(page, "figure.lead svg.chart:visible") < viewport["height"]
    assert bottom(page, ".card header h2") < viewport["height"]
    assert "632667547e" in page.locator(".card header h2").first.inner_text()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_the_first_screen_of_several_incidents_holds_their_causes(
    open_page: Open, viewport: dict[str, int]
) -> None:
    page = open_page(SAMPLES["several"], viewport=viewport)
    assert bottom(page, "h1") < viewport["height"]
    assert bottom(page, ".summary tbody tr:first-child .sha") < viewport["height"]


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_nothing_is_wider_than_the_screen(open_page: Open, name: str, viewport: dict[str, int]) -> None:
    page = open_page(SAMPLES[name], viewport=viewport)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_long_words_break_on_a_phone(open_page: Open) -> None:
    word = "91f13c65c27a8c0d1f51288b6f6a9c1a2fe19fda" * 2
    spoken = replace(SAMPLES["one"].incidents[0], next_step=f"Read {word}")
    page = open_page(
        replace(SAMPLES["one"], warnings=(f"Unknown: {word}",), incidents=(spoken,)), viewport=PHONE
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
@pytest.mark.parametrize("name", SAMPLES)
def test_axe_finds_nothing(open_page: Open, name: str, scheme: str, viewport: dict[str, int]) -> None:
    # axe is brought in by the test and not by the page, whose policy would refuse it.
    page = open_page(SAMPLES[name], viewport=viewport, color_scheme=scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    found = axe_playwright.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_it_is_complete_without_scripts(open_page: Open) -> None:
    page = open_page(SAMPLES["one"], java_script_enabled=False)
    assert bottom(page, ".card header h2") < DESKTOP["height"]
    folds = page.locator("summary")
    for index in range(folds.count()):
        folds.nth(index).click()
    assert page.locator("table:visible").count() == page.locator("table").count()
    assert page.locator("th button").count() == 0


def test_it_reads_under_a_strict_policy(browser: Any) -> None:
    html = to_html(SAMPLES["one"])
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": STRICT_POLICY})

    page.route("**/*", answer)
    page.goto("http://ci.test/report.html")
    assert asked == ["http://ci.test/report.html"]
    # No style sheet was applied, no script ran, and still the chart has its colours.
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "none"
    line = page.locator("figure.lead svg.chart path.line").first
    style = "node => { const s = getComputedStyle(node); return [s.fill, s.stroke]; }"
    assert line.evaluate(style) == ["none", "rgb(0, 114, 178)"]
    assert page.locator("figure.lead .narrow").is_hidden()
    assert "632667547e" in page.locator(".card header h2").first.inner_text()
    context.close()


@pytest.mark.parametrize("text", reports.HOSTILE)
@pytest.mark.parametrize("bypass_csp", [False, True])
def test_hostile_text_runs_nothing(open_page: Open, text: str, bypass_csp: bool) -> None:
    page = open_page(reports.hostile(text), bypass_csp=bypass_csp)
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    for link in page.locator("a[href]").all():
        assert re.match(r"(https?|file):", link.evaluate("node => node.href"))
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    page.locator("svg.chart").first.hover()
    page.locator("th button").first.click()
    assert page.evaluate("window.pwned") is None
    assert page.locator("main img, main script, main iframe").count() == 0


def test_tables_are_sorted_by_keyboard(open_page: Open) -> None:
    page = open_page(SAMPLES["several"])
    head = page.locator(".summary th", has_text="Chance")
    chances = page.locator(".summary tbody td:last-child")
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert chances.all_inner_texts() == ["94%", "91%", "87%", "72%", "46%"]
    page.keyboard.press("Space")
    assert head.get_attribute("aria-sort") == "ascending"
    assert chances.all_inner_texts() == ["46%", "72%", "87%", "91%", "94%"]


def test_folds_open_by_keyboard(open_page: Open) -> None:
    page = open_page(SAMPLES["one"])
    fold = page.locator("details").first
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    assert fold.get_attribute("open") is not None
    everything = page.locator(".fold")
    everything.focus()
    page.keyboard.press("Enter")
    assert page.locator("details:not([open])").count() == 0
    assert everything.inner_text() == "Fold all"
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == 0


def test_the_pointer_reads_the_curve(open_page: Open) -> None:
    page = open_page(SAMPLES["one"])
    chart = page.locator("svg.chart").first
    box = chart.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2)
    assert re.fullmatch(r"2026-03-1\d \d\d:\d\d UTC: 0\.\d+", page.locator(".readout").first.inner_text())
    page.mouse.move(0, 0)
    assert page.locator(".readout").first.inner_text() == ""


def squeezed(text: str) -> str:
    """Drop what a PDF may add or take: blanks between glyphs, and ligatures."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("scripts", [True, False])
def test_print_loses_nothing(open_page: Open, scripts: bool) -> None:
    page = open_page(SAMPLES["one"], java_script_enabled=scripts)
    page.emulate_media(media="print")
    printed = pypdf.PdfReader(BytesIO(page.pdf(format="A4")))
    text = squeezed("".join(sheet.extract_text() for sheet in printed.pages))
    finding = SAMPLES["one"].incidents[0]
    wanted = [item.sha[:10] for item in finding.suspects if item.sha]
    wanted += [item.id for item in SAMPLES["one"].deploys]
    wanted += [item.sentence.replace("`", "") for item in finding.suspects[0].evidence]
    wanted += ["elapsed_ms = (dropoff.at - pickup.at).total_seconds() * 1000", "b5bb9d8014a0f9b1"]
    wanted += ["Standard deviation of the predictions", "300 to 1,000", "bisect-ml trace logs/predictions"]
    missing = [words for words in wanted if squeezed(words) not in text]
    assert missing == []


def test_the_first_paint_is_soon(open_page: Open) -> None:
    page = open_page(SAMPLES["one"])
    page.screenshot()
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    # The budget is 0.5 s on an idle machine.
    assert 0 < paint < 2000
