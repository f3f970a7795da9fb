"""What machines read of a check: JUnit XML, and the annotations of a CI run."""

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from bisect_ml.report import to_annotations, to_junit
from bisect_ml.saved_check import CheckReport
from tests.reports_check import (
    HOSTILE,
    SAMPLES,
    failing,
    hostile,
    largest,
)

EXTREME = (*HOSTILE, "\x00\x0b\ufffe\ud800", "]]>", "::error::pwned\n::warning::x", "%0A::error::y")


def suite(report: CheckReport) -> ET.Element:
    return ET.fromstring(to_junit(report).encode())


@pytest.mark.parametrize("make", [*SAMPLES.values(), largest])
def test_junit_counts_its_cases(make: Callable[[], CheckReport]) -> None:
    report = make()
    root = suite(report)
    assert root.tag == "testsuite"
    cases = root.findall("testcase")
    assert len(cases) == int(root.attrib["tests"]) == len(report.comparison.results)
    for kind, plural in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        assert len(root.findall(f"testcase/{kind}")) == int(root.attrib[plural])
    assert len({(case.attrib["classname"], case.attrib["name"]) for case in cases}) == len(cases)


@pytest.mark.parametrize("text", EXTREME)
def test_junit_parses_whatever_it_holds(text: str) -> None:
    written = to_junit(hostile(text))
    root = ET.fromstring(written.encode())
    assert {node.tag for node in root.iter()} <= {"testsuite", "testcase", "failure", "error", "skipped"}
    assert not re.search("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", written)
    # Attributes hold one line each.
    assert not [value for node in root.iter() for value in node.attrib.values() if "\n" in value]


@pytest.mark.parametrize("text", EXTREME)
def test_annotations_are_one_command_a_line(text: str) -> None:
    lines = to_annotations(hostile(text)).split("\n")
    assert lines.pop() == ""
    assert lines
    for line in lines:
        assert re.fullmatch(r"::(error|warning) title=bisect-ml check::[^\r\n\x00-\x1f]*", line)
        # A percent sign that is not escaped would be read as an escape.
        assert not re.search(r"%(?!25|0A|0D)", line.partition("check::")[2])


@pytest.mark.parametrize("text", ["::error::pwned\n::warning::x", "a\r\n::set-output name=x::y"])
def test_no_line_of_text_begins_a_command_of_its_own(text: str) -> None:
    lines = to_annotations(hostile(text)).splitlines()
    assert all(line.startswith(("::error title=bisect-ml", "::warning title=bisect-ml")) for line in lines)


def test_the_slices_of_a_metric_share_an_annotation() -> None:
    lines = to_annotations(failing()).splitlines()
    assert len(lines) == 3
    assert "(and 1 more of this metric)" in lines[0]
    assert "caused by commit 632667547e" in lines[0]
