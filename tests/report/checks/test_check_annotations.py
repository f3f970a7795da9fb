import re
from dataclasses import replace

import pytest

from bisect_ml.report import to_annotations
from bisect_ml.saved_check import CheckReport
from tests import reports_check


def with_metrics(count: int, verdict: str) -> CheckReport:
    results = tuple(
        reports_check.result(f"share[c{number}]", 0.2, verdict=verdict) for number in range(count)
    )
    report = reports_check.failing() if verdict == "fail" else reports_check.undecided()
    return replace(report, comparison=replace(report.comparison, results=results))


def test_one_error_per_metric_that_failed_with_the_commit() -> None:
    lines = to_annotations(reports_check.failing()).splitlines()
    assert len(lines) == 3
    assert all(line.startswith("::error title=bisect-ml check::") for line in lines)
    assert "region=region-07 rose 1,000-fold" in lines[0]
    assert "(and 1 more of this metric)" in lines[0]
    assert "caused by commit 632667547e" in lines[0]
    assert "Measure trip duration with datetimes" in lines[0]


def test_a_pass_says_nothing() -> None:
    assert to_annotations(reports_check.passing()) == ""


def test_what_is_undecided_is_a_warning() -> None:
    lines = to_annotations(reports_check.undecided()).splitlines()
    assert len(lines) == 2
    assert all(line.startswith("::warning title=") for line in lines)


@pytest.mark.parametrize(("count", "shown"), [(9, 9), (10, 10), (11, 10), (300, 10)])
@pytest.mark.parametrize(("verdict", "kind"), [("fail", "error"), ("inconclusive", "warning")])
def test_there_are_at_most_ten_and_the_rest_is_counted(
    count: int, shown: int, verdict: str, kind: str
) -> None:
    lines = to_annotations(with_metrics(count, verdict)).splitlines()
    assert len(lines) == shown
    assert {line.split(" ")[0] for line in lines} == {f"::{kind}"}
    if count > 10:
        assert lines[-1].endswith(f"{count - 9} more, in the report")


def test_an_accepted_failure_is_no_annotation() -> None:
    assert "null" not in to_annotations(reports_check.of_files())
    assert "lang=de" not in to_annotations(reports_check.of_files())


@pytest.mark.parametrize(
    "text",
    [
        *reports_check.HOSTILE,
        "a\n::error::b",
        "a\r::set-output name=x::y",
        "a\r\n::set-output name=x::y",
        "::error::pwned\n::warning::x",
        "\x00\x0b\ufffe\ud800",
        "%0A::add-mask::z",
        "\u2028::warning::q",
    ],
)
def test_hostile_text_begins_no_command_and_opens_no_line(text: str) -> None:
    written = to_annotations(reports_check.hostile(text))
    lines = written.removesuffix("\n").split("\n")
    assert "\r" not in written
    assert written.splitlines() == lines
    assert 0 < len(lines) <= 20
    for line in lines:
        assert re.fullmatch(r"::(error|warning) title=bisect-ml check::[^\x00-\x1f]*", line)
        # A per cent sign of the text must not become an escape.
        assert not re.search(r"%(?!25|0A|0D)", line.partition("check::")[2])
        assert "%0A" not in line.replace("%250A", "")
