from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bisect_ml.report import check_to_html, to_html
from bisect_ml.saved_check import CheckReport
from bisect_ml.saved_report import Report
from tests.report.browsing import CHROMIUM, DESKTOP, FLAGS, Open


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Open a report or a check from disk; fail where it asks for anything but itself, or reports an error."""
    contexts = []
    requests: list[str] = []
    errors: list[str] = []

    def opened(report: Report | CheckReport, *, viewport: dict[str, int] = DESKTOP, **options: Any) -> Any:
        path = tmp_path / "report.html"
        text = check_to_html(report) if isinstance(report, CheckReport) else to_html(report)
        path.write_text(text, encoding="utf-8")
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
