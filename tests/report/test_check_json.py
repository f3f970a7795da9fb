import json
import math
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from bisect_ml.errors import InputError
from bisect_ml.report import check_from_json, check_schema, check_to_json, is_check, to_json
from bisect_ml.saved_check import CheckReport
from tests import reports
from tests.reports_check import HOSTILE, SAMPLES, failing, hostile, largest

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "check.schema.json"


@pytest.mark.parametrize("make", [*SAMPLES.values(), largest])
def test_round_trip(make: Callable[[], CheckReport]) -> None:
    text = check_to_json(make())
    assert check_from_json(text) == make()
    assert check_to_json(check_from_json(text)) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_round_trip_of_hostile_text(text: str) -> None:
    saved = check_to_json(hostile(text))
    assert check_to_json(check_from_json(saved)) == saved


def test_the_schema_file_is_current() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        SCHEMA_FILE.write_text(json.dumps(check_schema(), indent=1) + "\n", encoding="utf-8")
    assert json.loads(SCHEMA_FILE.read_text()) == json.loads(json.dumps(check_schema())), "run `make golden`"


@pytest.mark.parametrize("make", SAMPLES.values())
def test_checks_fit_the_schema(make: Callable[[], CheckReport]) -> None:
    jsonschema.validate(json.loads(check_to_json(make())), json.loads(SCHEMA_FILE.read_text()))


def test_the_schema_refuses_what_is_wrong() -> None:
    saved = json.loads(check_to_json(failing()))
    saved["comparison"]["results"][0]["verdict"] = "perhaps"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(saved, json.loads(SCHEMA_FILE.read_text()))


def test_its_schema_field_tells_a_check_from_a_report() -> None:
    assert is_check(check_to_json(failing()))
    assert not is_check(to_json(reports.clean()))
    assert not is_check("{")


def test_numbers_that_are_not_finite_are_null() -> None:
    report = failing()
    odd = replace(report.comparison.results[0], effect=math.inf, interval=None)
    report = replace(report, comparison=replace(report.comparison, results=(odd,)))
    saved = json.loads(check_to_json(report))
    assert saved["comparison"]["results"][0]["effect"] is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": "bisect-ml/trace"}, "not a saved report"),
        ({"version": 2}, "saved as version 2"),
        ({"comparison": 3}, "damaged"),
        ({"created_at": "2026-03-23T09:30:12"}, "damaged"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_hint(change: dict[str, object], message: str) -> None:
    saved = json.loads(check_to_json(failing())) | change
    with pytest.raises(InputError) as raised:
        check_from_json(json.dumps(saved), source="c.json")
    assert raised.value.message.startswith("c.json: ")
    assert message in raised.value.message
    assert raised.value.hint
