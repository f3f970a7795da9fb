"""The sample incident, traced end to end, against what its truth says."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from bisect_ml.saved_report import Finding, Report
from sample_data.regenerate import HERE

EVENTS: list[dict[str, Any]] = json.loads((HERE / "truth.json").read_text())["events"]
CODE = [event for event in EVENTS if event["cause"] == "code"]
MIX = [event for event in EVENTS if event["cause"] == "traffic mix"]
SLACK = timedelta(hours=2)


def name_of(event: dict[str, Any]) -> str:
    return str(event["onset"])


@pytest.fixture
def report(sample_report: Report) -> Report:
    return sample_report


def starts_with(finding: Finding, event: dict[str, Any]) -> bool:
    start = datetime.fromisoformat(event["onset"])
    full = datetime.fromisoformat(event.get("full_at", event["onset"]))
    return finding.interval[0] - SLACK <= full and finding.interval[1] + SLACK >= start


def recovers_with(finding: Finding, event: dict[str, Any]) -> bool:
    at = finding.recovered_at
    return at is not None and abs(at - datetime.fromisoformat(event["onset"])) <= SLACK


def introduced(event: dict[str, Any]) -> bool:
    """Whether the event broke something, rather than mended what another had broken."""
    return event.get("direction") != "removed" and not event.get("subjects", [""])[0].startswith("Fix ")


@pytest.mark.parametrize("event", [event for event in CODE if introduced(event)], ids=name_of)
def test_culprit_comes_first(report: Report, event: dict[str, Any]) -> None:
    findings = [finding for finding in report.incidents if starts_with(finding, event)]
    assert len(findings) == 1
    (finding,) = findings
    first = finding.suspects[0]
    assert first.sha in event["culprits"]
    assert first.deploy.sha == event["deploy"]
    assert first.probability > finding.unexplained_probability


@pytest.mark.parametrize("event", [event for event in CODE if not introduced(event)], ids=name_of)
def test_recovery_is_seen(report: Report, event: dict[str, Any]) -> None:
    """Either as the end of the break or as a change of its own, caused by the fix or the rollback."""
    assert any(
        recovers_with(finding, event)
        or (starts_with(finding, event) and finding.suspects[0].sha in event["culprits"])
        for finding in report.incidents
    )


def test_campaign_is_not_blamed_on_code(report: Report) -> None:
    started = [finding for finding in report.incidents if starts_with(finding, MIX[0])]
    assert len(started) == 1
    assert started[0].unexplained_probability > 0.5


def test_nothing_else_is_reported(report: Report) -> None:
    strangers = [
        (finding.onset, finding.metric, finding.slice)
        for finding in report.incidents
        if not any(starts_with(finding, event) for event in EVENTS)
    ]
    assert strangers == []
