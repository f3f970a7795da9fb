"""The terminal, Markdown and Jira forms of a check: order, budget, truncation, hostile text."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from bisect_ml.report import check_to_jira, check_to_markdown, check_to_terminal
from bisect_ml.saved_check import CheckReport, ClassFlip
from tests import reports_check

WRITERS: dict[str, Callable[[CheckReport], str]] = {
    "terminal": check_to_terminal,
    "markdown": check_to_markdown,
    "jira": check_to_jira,
}
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def crowded() -> CheckReport:
    """Return a failing check of very many slices, classes, suspects, trials and warnings."""
    report = reports_check.failing()
    long = "x" * 300
    results = tuple(
        reports_check.result("mean", 0.5, of=f"region=r{number}{long}", verdict="fail")
        for number in range(900)
    )
    comparison = replace(
        report.comparison,
        results=results,
        computed=9000,
        rows=tuple(replace(report.comparison.rows[1], slice=f"r={n}{long}") for n in range(900)),
        flips=tuple(ClassFlip(base=f"{n}{long}", head=long, rows=n) for n in range(900)),
        warnings=tuple(f"warning {n} {long}" for n in range(900)),
    )
    assert report.bisection is not None
    return replace(
        report,
        comparison=comparison,
        suspects=report.suspects * 100,
        bisection=replace(report.bisection, trials=report.bisection.trials * 400),
    )


@pytest.mark.parametrize("writer", WRITERS)
def test_the_first_line_is_the_verdict_with_slice_kind_and_size(writer: str) -> None:
    first = " ".join(WRITERS[writer](reports_check.failing()).split())[:260]
    for word in ("FAIL", "mean", "region", "07", "1,000"):
        assert word in first


@pytest.mark.parametrize("writer", WRITERS)
def test_a_pass_says_margins_and_what_would_have_been_seen(writer: str) -> None:
    text = " ".join(WRITERS[writer](reports_check.passing()).split())
    assert "PASS" in text[:20]
    assert "±2%" in text
    assert "four times in five" in text


@pytest.mark.parametrize("writer", WRITERS)
def test_an_undecided_check_says_how_many_rows_would_decide(writer: str) -> None:
    text = WRITERS[writer](reports_check.undecided())
    assert "INCONCLUSIVE" in text[:30]
    assert "4,300 rows would decide" in " ".join(text.split())


@pytest.mark.parametrize("make", [crowded, reports_check.largest])
@pytest.mark.parametrize(("writer", "most"), [("markdown", 60_000), ("jira", 30_000)])
def test_a_ticket_keeps_to_its_size_and_says_what_is_left_out(
    writer: str, most: int, make: Callable[[], CheckReport]
) -> None:
    text = WRITERS[writer](make())
    assert len(text.encode()) <= most
    assert "FAIL" in text[:30]
    assert re.search(r"more results? computed|The rest is in the JSON file", text)


def test_a_crowded_terminal_stays_short_and_counts_the_rest() -> None:
    text = check_to_terminal(crowded(), width=120)
    assert "8,988 more results" in text
    assert "295 more commits" in text


def test_colour_only_where_asked() -> None:
    assert "\x1b[" in check_to_terminal(reports_check.failing(), color=True)


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("text", reports_check.HOSTILE)
def test_hostile_text_controls_nothing(writer: str, text: str) -> None:
    written = WRITERS[writer](reports_check.hostile(text))
    assert not CONTROL.search(written)
    for line in written.splitlines():
        assert not re.match(r"\s*(::[\w-]+.*::|##\[|##vso\[)", line)
    if writer == "markdown":
        outside = re.sub(r"(?s)(`{3,}).*?\1|(`+).*?\2", "", written)
        assert not re.search(r"(?i)<(?!/?(?:details|summary|sub)\b)[a-z/!]", outside)
        assert not re.search(r"(?<!\\)\]\(\s*(?:javascript|data):", outside, re.IGNORECASE)


def test_the_path_of_a_log_stays_on_one_line() -> None:
    path = f"/home/somebody/.cache/bisect-ml/results/{'0123456789' * 4}/log"
    report = replace(reports_check.failing(), logs={"main": path, "1f" * 20: path})
    lines = check_to_terminal(report).splitlines()
    assert [line for line in lines if path in line] == [f"  main        {path}", f"  1f1f1f1f1f  {path}"]


@pytest.mark.parametrize("writer", WRITERS)
def test_guesses_are_no_warnings(writer: str) -> None:
    comparison = replace(reports_check.failing().comparison, guesses=("slices: 'region'",), warnings=())
    text = WRITERS[writer](replace(reports_check.failing(), comparison=comparison, warnings=()))
    assert "slices: 'region'" in text
    assert "Guessed" in text
    assert "to be read with care" not in text
