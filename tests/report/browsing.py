"""How a page is looked at in headless Chromium, without network."""

import re
import shutil
import unicodedata
from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeAlias

import pytest

Open: TypeAlias = Callable[..., Any]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
IN_CHROMIUM = [
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


def unfold(page: Any) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")


def bottom(page: Any, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return float(box["y"] + box["height"])


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until what the selector names has the focus, as a reader without a pointer would."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab never reaches {selector}")


def squeezed(text: str) -> str:
    """Drop what a PDF may add or take: blanks between glyphs, and ligatures."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def printed(page: Any) -> str:
    """Return the text of the page on paper, squeezed."""
    pypdf = pytest.importorskip("pypdf")
    page.emulate_media(media="print")
    sheets = pypdf.PdfReader(BytesIO(page.pdf(format="A4"))).pages
    return squeezed("".join(sheet.extract_text() for sheet in sheets))
