import json
import math
import os
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bisect_ml.errors import InputError
from bisect_ml.report import check_from_json, check_to_json, to_json
from bisect_ml.report.json import check_schema, is_check
from tests import reports, reports_check

SCHEMA_FILE = Path(__file__).parents[3] / "docs" / "check.schema.json"
AGAIN = "bisect-ml check --json"


@pytest.mark.parametrize("name", reports_check.SAMPLES)
def test_round_trip(name: str) -> None:
    report = reports_check.SAMPLES[name]()
    assert check_from_json(check_to_json(report)) == report


@settings(max_examples=25)
@given(st.text(), st.floats(allow_nan=False, allow_infinity=False))
def test_round_trip_of_any_value(text: str, number: float) -> None:
    report = replace(reports_check.passing(), settings={"margin": number, text: text}, next_step="")
    assert check_from_json(check_to_json(report)).settings["margin"] == number


def test_the_names_that_other_tools_rely_on() -> None:
    saved = json.loads(check_to_json(reports_check.failing()))
    assert list(saved)[:2] == ["schema", "version"]
    assert (saved["schema"], saved["version"]) == ("bisect-ml/check", 1)
    assert saved["created_at"] == "2026-03-04T15:09:00Z"
    assert {"base", "head", "comparison", "suspects", "unexplained_probability", "bisection"} < set(saved)
    assert saved["comparison"]["verdict"] == "fail"
    worst = saved["comparison"]["results"][0]
    assert {"metric", "slice", "unit", "effect", "interval", "margin", "verdict", "q", "mde"} < set(worst)
    assert saved["bisection"]["culprit"] == saved["suspects"][0]["sha"]
    total = sum(one["probability"] for one in saved["suspects"]) + saved["unexplained_probability"]
    assert total == pytest.approx(1.0)


def test_numbers_that_are_not_finite_are_null() -> None:
    report = reports_check.passing()
    odd = replace(report.comparison.results[0], effect=math.inf, interval=(-math.inf, math.inf), q=math.nan)
    saved = json.loads(check_to_json(replace(report, comparison=replace(report.comparison, results=(odd,)))))
    told = saved["comparison"]["results"][0]
    assert (told["effect"], told["interval"], told["q"]) == (None, None, None)


@pytest.mark.parametrize("interval", [(math.inf, math.inf), (-math.inf, 3.0), (math.nan, math.nan)])
def test_an_interval_without_an_end_is_saved_as_none_and_read_again(interval: tuple[float, float]) -> None:
    report = reports_check.passing()
    odd = replace(report.comparison.results[0], effect=math.inf, interval=interval)
    saved = check_to_json(replace(report, comparison=replace(report.comparison, results=(odd,))))
    jsonschema.validate(json.loads(saved), json.loads(SCHEMA_FILE.read_text()))
    assert check_from_json(saved).comparison.results[0].interval is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": "bisect-ml/trace"}, "not a saved report"),
        ({"version": 2}, "saved as version 2"),
        ({"comparison": None}, "damaged"),
        ({"suspects": [3]}, "damaged"),
        ({"created_at": "yesterday"}, "damaged"),
        ({"created_at": "2026-03-23T09:30:12"}, "damaged"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_hint(change: dict[str, object], message: str) -> None:
    saved = json.loads(check_to_json(reports_check.failing())) | change
    with pytest.raises(InputError) as raised:
        check_from_json(json.dumps(saved), source="c.json")
    assert raised.value.message.startswith("c.json: ")
    assert message in raised.value.message
    assert "--upgrade" in raised.value.hint if "version" in change else AGAIN in raised.value.hint


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "3", '"bisect-ml/check"', "\x00", "[" * 5000])
def test_what_is_no_check_is_told_apart_and_refused(text: str) -> None:
    assert not is_check(text)
    with pytest.raises(InputError):
        check_from_json(text)


def test_a_trace_is_no_check() -> None:
    assert is_check(check_to_json(reports_check.passing()))
    assert not is_check(to_json(reports.clean()))


def test_the_schema_file_is_current() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        SCHEMA_FILE.write_text(json.dumps(check_schema(), indent=1) + "\n", encoding="utf-8")
    assert json.loads(SCHEMA_FILE.read_text()) == json.loads(json.dumps(check_schema())), "run `make golden`"


@pytest.mark.parametrize("name", reports_check.SAMPLES)
def test_checks_fit_the_schema(name: str) -> None:
    saved = json.loads(check_to_json(reports_check.SAMPLES[name]()))
    jsonschema.validate(saved, json.loads(SCHEMA_FILE.read_text()))


@pytest.mark.parametrize(
    ("field", "wrong"), [("verdict", "maybe"), ("results", "none"), ("coverage", None), ("computed", "many")]
)
def test_the_schema_refuses_what_is_wrong(field: str, wrong: object) -> None:
    saved = json.loads(check_to_json(reports_check.failing()))
    saved["comparison"][field] = wrong
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(saved, json.loads(SCHEMA_FILE.read_text()))
