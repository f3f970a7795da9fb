"""Make the pictures and texts of `docs/gallery.md` from the sample: `make gallery`.

Needs Chromium, and Playwright from the `browser` extra.
"""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from bisect_ml.config import Settings
from bisect_ml.demo import unpack
from bisect_ml.report import (
    check_to_html,
    check_to_terminal,
    to_html,
    to_jira,
    to_markdown,
    to_terminal,
)
from bisect_ml.saved_check import CheckReport
from bisect_ml.saved_report import Report
from bisect_ml.tracing import run
from tests.checked_service import unpack_service

DOCS = Path(__file__).parent
MADE_AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
# What tells the incident that most pictures show.
UNIT_MISTAKE = "/100"
# The merge that brought it into the service, and a commit some way before it.
MERGE, EARLIER = "54e0a73", "27a25d0"
ORDERS = 4000
_TERMINAL = re.compile(r"```text\n.*?```\n", re.DOTALL)
DESKTOP, PHONE = (1280, 800), (390, 844)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One screenshot: its file, what is at the top of the screen, and how it is looked at."""

    name: str
    top: str = "body"
    screen: tuple[int, int] = DESKTOP
    dark: bool = False
    printed: bool = False
    unfolded: bool = False


def main() -> None:
    """Trace the sample, check a branch of its service, and write the gallery beside this file."""
    with tempfile.TemporaryDirectory() as folder, _inside(Path(folder)):
        sample = unpack(Path())
        settings = Settings(deploys=str(sample.deploys), service=sample.service, entry=sample.entry)
        report = run([str(sample.predictions)], repo=sample.repository, settings=settings, created_at=MADE_AT)
        file = Path(folder) / "report.html"
        file.write_text(to_html(report), encoding="utf-8")
        _shoot(file, _pictures(report))
        failing, passing = _checks(Path(folder))
        for name, check in (("fail", failing), ("pass", passing)):
            page = Path(folder) / f"check-{name}.html"
            page.write_text(check_to_html(check), encoding="utf-8")
            _shoot(page, (Picture(name=f"gallery/check-{name}.png"),))
    alone = _only(report, _unit_mistake(report))
    texts = {
        "gallery/ticket.md": to_markdown(report),
        "gallery/ticket.jira": to_jira(alone),
    }
    for name, text in texts.items():
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
    _tell(check_to_terminal(failing, width=100), to_terminal(alone, width=100))
    for path in [DOCS / "report.png", *sorted((DOCS / "gallery").iterdir())]:
        sys.stdout.write(f"{path.relative_to(DOCS.parent)}: {path.stat().st_size / 1000:.0f} kB\n")


def _checks(folder: Path) -> tuple[CheckReport, CheckReport]:
    """Check a branch that breaks the sample's service, and one that does not.

    Logs and commands are left out of them: they name folders of the machine that this runs on.
    """
    service = unpack_service(folder, orders=ORDERS)
    service.git("checkout", "-q", "--detach")
    for branch, commit in (("main", f"{MERGE}^1"), ("feature/money", MERGE), ("stable", EARLIER)):
        service.git("branch", "-f", branch, commit)
    failing = service.check("main", "feature/money", bisect=True)
    passing = service.check("stable", "main")
    return replace(failing, created_at=MADE_AT, logs={}), replace(passing, created_at=MADE_AT, logs={})


def _tell(*outputs: str) -> None:
    """Put what the terminal showed into the page, in order."""
    page = DOCS / "gallery.md"
    told = page.read_text(encoding="utf-8")
    left = iter(outputs)
    page.write_text(
        _TERMINAL.sub(lambda _: f"```text\n{next(left)}```\n", told), encoding="utf-8", newline="\n"
    )


def _pictures(report: Report) -> tuple[Picture, ...]:
    mistake = f"#incident-{_unit_mistake(report)}"
    campaign = next(
        one.id for one in report.incidents if not one.suspects or one.unexplained_probability > 0.5
    )
    return (
        Picture(name="report.png", top=mistake),
        Picture(name="gallery/overview.png"),
        Picture(name="gallery/no-code.png", top=f"#incident-{campaign}", dark=True),
        Picture(name="gallery/details.png", top=f"{mistake} + .more", screen=(1280, 1250), unfolded=True),
        Picture(name="gallery/phone.png", top=mistake, screen=PHONE),
        Picture(name="gallery/print.png", top=mistake, screen=(794, 1123), printed=True),
    )


def _unit_mistake(report: Report) -> int:
    return next(one.id for one in report.incidents if one.signature == UNIT_MISTAKE)


def _only(report: Report, number: int) -> Report:
    return replace(report, incidents=tuple(one for one in report.incidents if one.id == number))


def _shoot(page: Path, pictures: tuple[Picture, ...]) -> None:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        sys.exit("error: no Chromium on the PATH\nhint: on Debian and Ubuntu: apt-get install chromium")
    (DOCS / "gallery").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for picture in pictures:
            _take(browser, page, picture)
        browser.close()


def _take(browser: Any, path: Path, picture: Picture) -> None:
    width, height = picture.screen
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if picture.dark else "light"
    )
    page = context.new_page()
    page.emulate_media(media="print" if picture.printed else "screen")
    page.goto(path.as_uri())
    if picture.unfolded:
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    if picture.top != "body":
        place = "node => scrollTo(0, node.getBoundingClientRect().top + scrollY - 14)"
        page.locator(picture.top).evaluate(place)
    page.screenshot(path=DOCS / picture.name)
    context.close()


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """Work in a folder, so that the report names its inputs without the path of this machine."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


if __name__ == "__main__":
    main()
