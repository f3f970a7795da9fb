"""A check as JUnit XML: one test case a metric and slice.

A result that failed is a failure. One that could not be decided is an error, so that a runner
which reads nothing else does not take it for a success, but a result of a single slice that need not be
proved is skipped; so is what was accepted.
"""

import re
from xml.etree import ElementTree as ET

from bisect_ml.report.checks import amounts, wording
from bisect_ml.report.privacy import prepare_check
from bisect_ml.report.untrusted import visible
from bisect_ml.saved_check import CheckReport, Result

# Outside of these, XML 1.0 has no way to write a character.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(report: CheckReport, *, diffs: bool = True, authors: bool = True) -> str:
    """Write a check as JUnit XML; its counts are those of its test cases."""
    report = prepare_check(report, diffs=diffs, authors=authors)
    suite = ET.Element("testsuite", name="bisect-ml check")
    comparison = report.comparison
    for result in comparison.results:
        _case(suite, report, result)
    for problem in comparison.coverage.problems:
        case = ET.SubElement(suite, "testcase", classname="bisect-ml.coverage", name=_text(problem))
        ET.SubElement(case, "error", message=_text(problem))
    suite.set("tests", str(len(suite)))
    for kind, plural in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(plural, str(len(suite.findall(f"testcase/{kind}"))))
    suite.set("timestamp", f"{report.created_at:%Y-%m-%dT%H:%M:%S}")
    ET.indent(suite)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suite, encoding="unicode") + "\n"


def _case(suite: ET.Element, report: CheckReport, result: Result) -> None:
    kind = report.comparison.kind
    name = wording.metric_name(result.metric, result.slice, kind)
    group = "all rows" if result.slice is None else result.slice.partition("=")[0]
    case = ET.SubElement(suite, "testcase", classname=_text(f"bisect-ml.{group}"), name=_text(name))
    told = (
        f"{wording.movement(result, kind)}; 90% interval {amounts.interval(result)}, "
        f"margin {amounts.margin(result)}"
    )
    if result.accepted is not None:
        ET.SubElement(case, "skipped", message=_text(f"accepted: {result.accepted}"))
    elif result.verdict == "fail":
        failure = ET.SubElement(case, "failure", message=_text(told), type="fail")
        failure.text = _text("\n".join(filter(None, (wording.cause(report), report.next_step))), lines=True)
    elif result.verdict == "inconclusive":
        must = result.slice is None or result.critical
        needed = f"; {result.rows_needed:,} rows would decide" if result.rows_needed else ""
        ET.SubElement(case, "error" if must else "skipped", message=_text(f"inconclusive: {told}{needed}"))


def _text(text: str, *, lines: bool = False) -> str:
    return _ILLEGAL.sub("\ufffd", visible(text, lines=lines, limit=2000))
