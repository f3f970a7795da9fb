"""What all formats of a check keep to themselves: secrets always, authors and code where asked."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bisect_ml.report import (
    check_to_html,
    check_to_jira,
    check_to_json,
    check_to_markdown,
    check_to_terminal,
    to_annotations,
    to_junit,
)
from bisect_ml.report.privacy import prepare_check
from bisect_ml.saved_check import CheckReport
from tests import reports_check, saved_nouns
from tests.saved_nouns import told

# Built from parts, so that no scanner takes this file for a leak.
SECRET = "gh" + "p_" + "a1B2" * 9
WRITERS: dict[str, Callable[..., str]] = {
    "html": check_to_html,
    "json": check_to_json,
    "terminal": check_to_terminal,
    "markdown": check_to_markdown,
    "jira": check_to_jira,
    "junit": to_junit,
    "annotations": to_annotations,
}


LEAKS = [f"https://x:{SECRET}@git.example/r", f"TOKEN={SECRET}", SECRET]


def leaky(text: str) -> CheckReport:
    """Return a check with `text` in every field but values of the predictions, which a reader needs whole."""
    plain, report = reports_check.failing(), reports_check.hostile(text)
    results = (*plain.comparison.results[:3], replace(plain.comparison.results[3], accepted=text))
    coverage = replace(plain.comparison.coverage, problems=(text,))
    comparison = replace(
        plain.comparison, results=results, coverage=coverage, guesses=(text,), warnings=(text,)
    )
    assert report.suspects[0].hunk is not None
    hunk = replace(report.suspects[0].hunk, path="a.py", marks=())
    author = plain.suspects[0].author
    top = replace(report.suspects[0], author=author, hunk=hunk)
    return replace(report, comparison=comparison, suspects=(top,))


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("text", LEAKS)
def test_no_secret_leaves(writer: str, text: str) -> None:
    assert SECRET not in WRITERS[writer](leaky(text))


def personal() -> CheckReport:
    """Return a check whose author and code are named in all kinds of places."""
    report = reports_check.failing()
    evidence = (told("undone", 1.0, "Ines Duarte wrote: `elapsed_ms = x * 1000`"),)
    first = replace(report.suspects[0], subject="Thank Ines Duarte", evidence=evidence)
    return replace(report, suspects=(first, *report.suspects[1:]), next_step="Ask Ines Duarte")


@pytest.mark.parametrize("writer", WRITERS)
def test_authors_and_diffs_are_left_out_on_request(writer: str) -> None:
    text = WRITERS[writer](personal(), diffs=False, authors=False)
    assert "Ines" not in text
    assert "elapsed_ms" not in text


@pytest.mark.parametrize("writer", ["html", "json", "terminal", "markdown", "jira"])
def test_authors_and_diffs_are_shown_otherwise(writer: str) -> None:
    text = WRITERS[writer](personal())
    assert "Ines Duarte" in text
    assert "elapsed_ms" in text


def test_diffs_are_left_out_on_request() -> None:
    shown = check_to_markdown(reports_check.failing())
    hidden = check_to_markdown(reports_check.failing(), diffs=False)
    assert "```diff" in shown
    assert "```diff" not in hidden
    assert "`* 1000`" not in hidden
    saved = check_to_json(reports_check.failing(), diffs=False, authors=False)
    assert max(saved_nouns.HUNK.text.splitlines(), key=len).strip() not in saved
    assert "`* 1000`" not in saved


def test_an_author_whom_a_reason_names_goes_too() -> None:
    report = reports_check.failing()
    author = report.suspects[0].author
    assert author
    assert report.bisection is not None
    named = replace(report, bisection=replace(report.bisection, reason=f"{author} skipped it"))
    assert author not in check_to_json(named, authors=False)


@pytest.mark.parametrize("name", reports_check.SAMPLES)
def test_nothing_else_is_changed(name: str) -> None:
    report = reports_check.SAMPLES[name]()
    assert prepare_check(report) == report
