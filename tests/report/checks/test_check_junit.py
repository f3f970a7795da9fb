import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from bisect_ml.report import to_junit
from bisect_ml.saved_check import CheckReport, Result
from tests import reports_check


def suite(report: CheckReport) -> ET.Element:
    return ET.fromstring(to_junit(report))


def with_results(*results: Result) -> CheckReport:
    report = reports_check.undecided()
    return replace(report, comparison=replace(report.comparison, results=results))


@pytest.mark.parametrize("make", [*reports_check.SAMPLES.values(), reports_check.largest])
def test_one_case_per_metric_and_slice_and_true_counts(make: Callable[[], CheckReport]) -> None:
    report = make()
    root = suite(report)
    cases = root.findall("testcase")
    assert len(cases) == len(report.comparison.results)
    assert len({(case.attrib["classname"], case.attrib["name"]) for case in cases}) == len(cases)
    assert root.get("tests") == str(len(cases))
    for plural, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert root.get(plural) == str(len(root.findall(f"testcase/{kind}")))


def test_only_the_failing_results_fail() -> None:
    report = reports_check.failing()
    failed = sum(one.verdict == "fail" for one in report.comparison.results)
    assert suite(report).get("failures") == str(failed)
    assert suite(reports_check.passing()).get("failures") == "0"


def test_a_failure_tells_size_interval_margin_commit_and_what_to_do() -> None:
    failure = suite(reports_check.failing()).find("testcase/failure")
    assert failure is not None
    assert "1,000-fold" in (failure.get("message") or "")
    assert "margin ±2%" in (failure.get("message") or "")
    assert "Measure trip duration with datetimes" in (failure.text or "")
    assert "git show" in (failure.text or "")


def test_missing_decisions_never_read_as_success() -> None:
    undecided = reports_check.result("mean", 0.01, verdict="inconclusive", rows_needed=4300)
    root = suite(with_results(undecided))
    error = root.find("testcase/error")
    assert error is not None
    assert "4,300 rows would decide" in (error.get("message") or "")


@pytest.mark.parametrize(("critical", "kind"), [(False, "skipped"), (True, "error")])
def test_a_slice_that_need_not_be_proved_is_skipped(critical: bool, kind: str) -> None:
    of_slice = reports_check.result("mean", 0.01, of="a=b", verdict="inconclusive", critical=critical)
    assert suite(with_results(of_slice)).find(f"testcase/{kind}") is not None


def test_what_was_accepted_is_skipped_with_its_reason() -> None:
    skipped = suite(reports_check.of_files()).find("testcase/skipped")
    assert skipped is not None
    assert skipped.get("message") == "accepted: short texts get no class any more (#77)"


def test_a_problem_of_coverage_is_an_error() -> None:
    report = reports_check.undecided()
    coverage = replace(report.comparison.coverage, problems=("1,200 keys stand twice",))
    root = suite(replace(report, comparison=replace(report.comparison, coverage=coverage, results=())))
    assert root.get("errors") == "1"
    assert root.get("tests") == "1"


@pytest.mark.parametrize(
    "text",
    [
        *reports_check.HOSTILE,
        "\x00\x0b\x1b[31m\ufffe\ud800",
        "]]>",
        "]]><failure/>",
        '"/><x y="',
        "::error::pwned\n::warning::x",
    ],
)
def test_hostile_text_stays_text(text: str) -> None:
    written = to_junit(reports_check.hostile(text))
    root = ET.fromstring(written.encode("utf-8"))
    assert not re.search("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", written)
    tags = {element.tag for element in root.iter()}
    assert tags <= {"testsuite", "testcase", "failure", "error", "skipped"}
    # Attributes hold one line each.
    assert not [value for node in root.iter() for value in node.attrib.values() if "\n" in value]
