"""Measures what the HTML report costs: `python -m benchmarks.report [REPORT.json]`.

Goals: at most 200 kB where it is typical and 500 kB where it is as large as one may be, 0.3 CPU seconds
to render, and 0.5 s from opening the file to the first paint in headless Chromium (needs Playwright from
the `browser` extra). Without a saved report the sample incident is traced. The largest one has 50
incidents of 200 suspects on 5,000 buckets.

CPU seconds are the least of some rounds, each in a process of its own: once for the first page that a
process renders, templates compiled, once for the next. What the clock says is the median of some rounds.
"""

import gzip
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import bisect_ml
from bisect_ml.demo import unpack
from bisect_ml.publication import read_report
from bisect_ml.report import to_html, to_json
from bisect_ml.saved_report import Report
from tests.reports import largest

ROUNDS = 7
CPU_S, PAINT_MS = 0.3, 500
TYPICAL_BYTES, LARGEST_BYTES = 200_000, 500_000
RENDER = """
import json, sys, time
from pathlib import Path
from bisect_ml.report import from_json, to_html
report = from_json(Path(sys.argv[1]).read_text(encoding="utf-8"))
seen = []
for _ in range(2):
    start = time.process_time()
    to_html(report)
    seen.append(time.process_time() - start)
print(json.dumps(seen))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One report: bytes of its page, plain and as gzip sends it, CPU seconds, milliseconds to first paint."""

    size: int
    sent: int
    first_s: float
    next_s: float
    paint_ms: float | None


def main(arguments: list[str]) -> int:
    """Print what each report costs; return 1 where a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        typical = read_report(Path(arguments[0])) if arguments else _sample(Path(folder, "sample"))
        found = {
            name: _measured(report, Path(folder))
            for name, report in (("typical", typical), ("largest", largest()))
        }
    print(f"{'':10}{'kB':>8}{'gzip kB':>10}{'first CPU s':>14}{'next CPU s':>13}{'first paint ms':>17}")
    for name, cost in found.items():
        paint = "no browser" if cost.paint_ms is None else f"{cost.paint_ms:.0f}"
        print(
            f"{name:10}{cost.size / 1000:8.1f}{cost.sent / 1000:10.1f}"
            f"{cost.first_s:14.3f}{cost.next_s:13.3f}{paint:>17}"
        )
    print(f"\ngoals: {TYPICAL_BYTES // 1000} and {LARGEST_BYTES // 1000} kB, {CPU_S} CPU s, {PAINT_MS} ms")
    missed = [
        name
        for name, cost in found.items()
        if cost.size > (TYPICAL_BYTES if name == "typical" else LARGEST_BYTES)
        or cost.first_s > CPU_S
        or (cost.paint_ms or 0) > PAINT_MS
    ]
    return int(bool(missed))


def _sample(folder: Path) -> Report:
    sample = unpack(folder)
    return bisect_ml.trace(
        sample.predictions,
        repo=sample.repository,
        deploys=sample.deploys,
        service=sample.service,
        entry=sample.entry,
    )


def _measured(report: Report, folder: Path) -> Measured:
    saved, page = folder / "report.json", folder / "report.html"
    saved.write_text(to_json(report), encoding="utf-8")
    text = to_html(report)
    page.write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", RENDER, str(saved)]
    rounds = [json.loads(subprocess.check_output(command, text=True)) for _ in range(ROUNDS)]
    return Measured(
        size=len(text.encode()),
        sent=len(gzip.compress(text.encode(), mtime=0)),
        first_s=min(first for first, _ in rounds),
        next_s=min(following for _, following in rounds),
        paint_ms=_paint_ms(page),
    )


def _paint_ms(page: Path) -> float | None:
    """Open a page some times and return the median time to its first contentful paint."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    if program is None:
        return None
    seen = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        # The first page pays for the browser's own start.
        for number in range(ROUNDS + 1):
            context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
            opened = context.new_page()
            opened.goto(page.as_uri())
            opened.screenshot()
            paint = opened.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            if number:
                seen.append(float(paint))
            context.close()
        browser.close()
    return statistics.median(seen)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
