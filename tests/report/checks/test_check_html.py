import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from bisect_ml.report import check_from_json, check_to_html, wording
from bisect_ml.report.checks import wording as check_wording
from bisect_ml.report.page import BUDGET_BYTES
from bisect_ml.report.untrusted import visible
from bisect_ml.saved_check import CheckReport
from tests.report.test_html import Page
from tests.reports_check import (
    HOSTILE,
    SAMPLES,
    failing,
    hostile,
    largest,
    of_files,
    passing,
    result,
    undecided,
)


@pytest.mark.parametrize("make", [*SAMPLES.values(), largest])
def test_elements_nest_ids_are_unique_and_nothing_is_fetched(make: Callable[[], CheckReport]) -> None:
    text = check_to_html(make())
    page = Page(text)
    assert page.open == []
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.attributes("href") if href.startswith("#")} <= set(ids)
    assert not page.attributes("src")
    assert not page.attributes("style")
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    assert not [tag for tag, _ in page.tags if tag in ("link", "img", "iframe", "object", "base", "form")]
    assert "url(" not in text


@pytest.mark.parametrize(
    ("make", "order"),
    [
        (
            failing,
            ["FAIL The mean prediction for region=region-07 rose 1,000-fold", "caused by commit 632667547e",
             "Rows paired", "5 failed in 1 slice, of 124", "1 more (plain halving: 3)", "Next:",
             "90% interval", "×1,000", "in margins", "Suspects", "#1 >99%", "has the shift",
             "for The shift is ×1000", "against A small change", "All other commits together: <1%",
             "Commits that ran", "plain halving takes 3", "Row by row", "999×", "Coverage",
             "Not checked", "All results that tell something (25 of 124)", "Every commit weighed (3)",
             "How this was made"],
        ),
        (
            passing,
            ["PASS Every metric", "None failed or undecided, of 124", "−0.29% to +0.51%",
             "What this proves", "Mean prediction 0.51% ±2% 1%", "Row by row",
             "The base differs from itself in 0.12%", "Coverage", "none is without a partner"],
        ),
        (
            undecided,
            ["INCONCLUSIVE It cannot be decided", "4,300 rows would decide", "2 undecided, of 12", "Next:",
             "What would decide it", "Mean prediction −1.1% to +3.5% ±2% 800 4,300", "What is proved",
             "The rows are not paired", "compared unpaired"],
        ),
        (
            of_files,
            ["FAIL 4.1% of the rows changed their class", "3 failed, 1 accepted, of 40", "Next:",
             "Share of ham", "accepted", "310 lost their value", "ham – 3,950", "New classes phishing",
             "short texts get no class any more (#77)"],
        ),
    ],
)  # fmt: skip
def test_the_page_stands_in_the_decided_order(make: Callable[[], CheckReport], order: list[str]) -> None:
    words = Page(check_to_html(make())).words
    places: list[int] = []
    for text in order:
        places.append(words.find(text, places[-1] if places else 0))
        assert places[-1] >= 0, text


def test_the_page_shows_the_deciles_and_the_widened_intervals() -> None:
    words = Page(check_to_html(failing())).words
    assert "99.6% to 100% picked: 99.4% to 100%" in words
    assert "10% 5.61 5.64 +0.535%" in words
    plain = Page(check_to_html(passing())).words
    assert "picked" not in plain
    assert "Deciles" not in plain


def test_a_pass_tells_nothing_to_do_and_calls_small_slices_undecided() -> None:
    report = passing()
    small = result("mean", 0.0, of="region=region-21", rows=60, verdict="inconclusive", rows_needed=4_000)
    compared = replace(report.comparison, results=(*report.comparison.results, small))
    text = check_to_html(replace(report, comparison=compared))
    assert "Next:" not in text
    assert 'class="outcome undecided"' in text
    assert "inconclusive</span>" not in text


@pytest.mark.parametrize("make", SAMPLES.values())
def test_a_usual_page_is_small(make: Callable[[], CheckReport]) -> None:
    assert len(check_to_html(make()).encode()) <= 200_000


@pytest.mark.parametrize("text", ["", "x" * 2000])
def test_the_largest_page_keeps_to_its_budget(text: str) -> None:
    report = largest()
    if text:
        comparison = replace(
            report.comparison,
            results=tuple(replace(one, slice=f"{one.slice}{text}") for one in report.comparison.results),
        )
        report = replace(report, comparison=comparison)
    assert len(check_to_html(report).encode()) <= BUDGET_BYTES


def test_what_is_left_out_of_the_largest_page_is_counted() -> None:
    page = Page(check_to_html(largest()))
    for text in (
        "2,988 more results computed",
        "2,275 more results in the JSON file",
        "140 more commits, together 69%",
        "90 more runs in the JSON file",
        "460 more slices in the JSON file",
        "and 370 more",
        "120 more logs in the JSON file",
        "71 more warnings in the JSON file",
    ):
        assert page.tells(text), text


def test_the_embedded_json_is_the_check() -> None:
    for make in SAMPLES.values():
        text = check_to_html(make())
        embedded = re.search(r'<script type="application/json" id="report">(.*?)</script>', text, re.DOTALL)
        assert embedded
        read = check_from_json(embedded[1])
        assert read.comparison.verdict == make().comparison.verdict
        assert [one.metric for one in read.comparison.results] == [
            one.metric for one in make().comparison.results
        ]
        assert json.loads(embedded[1])["schema"] == "bisect-ml/check"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_forms_nothing(text: str) -> None:
    page = Page(check_to_html(hostile(text)))
    ordinary = Page(check_to_html(hostile("plain")))
    assert page.open == []
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in ordinary.tags} | {"code"}
    assert {name for _, attrs in page.tags for name in attrs} == {
        name for _, attrs in ordinary.tags for name in attrs
    }
    assert all(re.match(r"https?://|#", href) for href in page.attributes("href"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_readable(text: str) -> None:
    page = Page(check_to_html(hostile(text)))
    words = " ".join("".join(page.text).split())
    assert words.count(" ".join(visible(text, limit=60).rstrip("…").split())[:40]) > 10


def test_each_verdict_has_a_shape_of_its_own() -> None:
    text = check_to_html(of_files()) + check_to_html(undecided())
    shapes = dict(re.findall(r'<svg class="symbol (\w+)"[^>]*><path d="([^"]+)"', text))
    assert set(shapes) == {"fail", "accepted", "inconclusive", "pass"}
    assert len(set(shapes.values())) == 4


def test_a_result_of_which_nothing_is_known_has_a_row_without_a_mark() -> None:
    report = passing()
    lost = replace(report.comparison.results[0], effect=None, interval=None, head=None, smallest_margin=None)
    page = check_to_html(replace(report, comparison=replace(report.comparison, results=(lost,), computed=1)))
    assert 'class="mark' not in page
    assert "n/a" in Page(page).words


def test_a_check_without_any_result_is_still_a_page() -> None:
    report = undecided()
    coverage = replace(report.comparison.coverage, problems=("no column of predictions",))
    none = replace(report.comparison, results=(), computed=0, coverage=coverage)
    words = Page(check_to_html(replace(report, comparison=none))).words
    assert "It cannot be decided: no column of predictions." in words


def test_a_search_that_found_nothing_says_why() -> None:
    report = failing()
    assert report.bisection is not None
    open_end = replace(report.bisection, culprit=None, reason="the commits between could not run")
    words = Page(check_to_html(replace(report, bisection=open_end))).words
    assert "The commits between could not run" in words
    assert f"{wording.capital(check_wording.cause(replace(report, bisection=None)))}" in words
