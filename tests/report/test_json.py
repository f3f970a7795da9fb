import json
import math
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bisect_ml.errors import InputError
from bisect_ml.report import from_json, schema, to_json
from bisect_ml.saved_report import Report
from bisect_ml.types import Evidence
from tests import reports, saved_findings

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "report.schema.json"
SAMPLES = [reports.one_incident(), reports.several(), reports.unexplained(), reports.clean()]


@pytest.mark.parametrize("report", SAMPLES)
def test_round_trip(report: Report) -> None:
    assert from_json(to_json(report)) == report


@settings(max_examples=25)
@given(
    st.text(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(min_value=datetime(1, 1, 2), timezones=st.just(UTC)),  # noqa: DTZ001 - Hypothesis adds the zone
)
def test_round_trip_of_any_value(text: str, number: float, moment: datetime) -> None:
    report = replace(
        reports.clean(), created_at=moment, warnings=(text,), settings={"limit": number, text: 1}
    )
    assert from_json(to_json(report)) == report


def test_the_names_that_other_tools_rely_on() -> None:
    saved = json.loads(to_json(reports.one_incident()))
    assert list(saved)[:2] == ["schema", "version"]
    assert (saved["schema"], saved["version"]) == ("bisect-ml/trace", 1)
    assert saved["created_at"] == "2026-03-23T09:30:12.345678Z"
    incident = saved["incidents"][0]
    assert {
        "id",
        "onset",
        "interval",
        "metric",
        "slice",
        "kind",
        "before",
        "after",
        "ongoing",
        "symptoms",
    } < set(incident)
    assert incident["onset"] == "2026-02-27T19:16:00Z"
    suspect = incident["suspects"][0]
    assert {"sha", "probability", "deploy", "subject", "author", "committed_at", "evidence"} < set(suspect)
    assert {"sha", "started_at", "service", "environment"} < set(suspect["deploy"])
    assert set(suspect["evidence"][0]) == {"scorer", "llr", "sentence", "facts"}
    total = sum(item["probability"] for item in incident["suspects"]) + incident["unexplained_probability"]
    assert total == pytest.approx(1.0)


def test_numbers_that_are_not_finite_are_null() -> None:
    odd = Evidence(scorer="timing", llr=-math.inf, sentence="Impossible.", facts={"lag": math.nan})
    finding = saved_findings.unit_mix_up()
    first = replace(finding.suspects[0], evidence=(odd,))
    report = reports.report(replace(finding, before=math.nan, suspects=(first,), unexplained=(odd,)))
    saved = json.loads(to_json(report))
    assert saved["incidents"][0]["before"] is None
    assert saved["incidents"][0]["suspects"][0]["evidence"][0]["llr"] is None
    read = from_json(to_json(report)).incidents[0]
    assert read.before is None
    assert math.isnan(read.suspects[0].evidence[0].llr)
    assert math.isnan(float(read.unexplained[0].facts["lag"]))


def test_bytes_that_are_not_text_do_not_stop_the_report() -> None:
    read = from_json(to_json(replace(reports.clean(), warnings=("caf\udce9.csv: 3 rows",))))
    assert read.warnings == ("caf?.csv: 3 rows",)


def test_series_stand_on_one_line_each() -> None:
    longest = max(len(line) for line in to_json(reports.one_incident()).splitlines())
    lines = to_json(reports.one_incident()).count("\n")
    assert longest > 1000
    assert lines < 1200


def test_a_field_of_a_later_release_is_passed_over() -> None:
    saved = json.loads(to_json(reports.clean()))
    saved["inputs"]["invented_later"] = 1
    assert from_json(json.dumps(saved)) == reports.clean()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": "other"}, "not a saved report"),
        ({"version": 2}, "saved as version 2"),
        ({"version": "1"}, "damaged"),
        ({"incidents": 3}, "damaged"),
        ({"incidents": [3]}, "damaged"),
        ({"created_at": "yesterday"}, "damaged"),
        ({"created_at": "2026-03-23T09:30:12"}, "damaged"),
        ({"inputs": None}, "damaged"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_hint(change: dict[str, object], message: str) -> None:
    saved = json.loads(to_json(reports.clean())) | change
    with pytest.raises(InputError) as raised:
        from_json(json.dumps(saved), source="r.json")
    assert raised.value.message.startswith("r.json: ")
    assert message in raised.value.message
    assert raised.value.hint


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"bisect-ml/trace"', "NaN", "\x00", "[" * 5000])
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        from_json(text)


def test_a_deploy_without_a_zone_is_refused() -> None:
    saved = json.loads(to_json(reports.clean()))
    saved["deploys"][0]["started_at"] = "2026-03-23T09:30:12"
    with pytest.raises(InputError, match="not in UTC"):
        from_json(json.dumps(saved))


def test_the_schema_file_is_current() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        SCHEMA_FILE.write_text(json.dumps(schema(), indent=1) + "\n", encoding="utf-8")
    assert json.loads(SCHEMA_FILE.read_text()) == json.loads(json.dumps(schema())), "run `make golden`"


@pytest.mark.parametrize("report", SAMPLES)
def test_reports_fit_the_schema(report: Report) -> None:
    jsonschema.validate(json.loads(to_json(report)), json.loads(SCHEMA_FILE.read_text()))


def test_the_schema_refuses_what_is_wrong() -> None:
    saved = json.loads(to_json(reports.one_incident()))
    saved["incidents"][0]["suspects"][0]["probability"] = "likely"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(saved, json.loads(SCHEMA_FILE.read_text()))
