"""A saved report or check as JSON text, and back."""

import math
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import msgspec

from bisect_ml import saved_check, saved_report
from bisect_ml.errors import InputError
from bisect_ml.saved_check import CheckReport
from bisect_ml.saved_report import Report

_Saved = TypeVar("_Saved", Report, CheckReport)

_NUMBERS = re.compile(r"\[\n\s+((?:[-+.\deE]+|null)(?:,\n\s+(?:[-+.\deE]+|null))*)\n\s+\]")
_SAVE_AGAIN = "give the file that `bisect-ml trace --json FILE` wrote"
_CHECK_AGAIN = "give the file that `bisect-ml check --json FILE` wrote"


def to_json(report: Report | CheckReport) -> str:
    """Write a report or a check as JSON; `from_json` and `check_from_json` bring the same back.

    Moments keep their microseconds and end in `Z`. A number that is not finite becomes null, and so does
    an interval with such an end.
    """
    encoded = to_compact_json(report)
    # A series takes one line, so that the rest of a file stays readable.
    return _NUMBERS.sub(_one_line, msgspec.json.format(encoded, indent=1).decode()) + "\n"


def to_compact_json(report: Report | CheckReport) -> bytes:
    """Write what `to_json` does on a single line, for machines alone."""
    if isinstance(report, CheckReport):
        report = _with_finite_intervals(report)
    try:
        return msgspec.json.encode(report)
    except UnicodeEncodeError:
        # Bytes that are not UTF-8, which git and file names may hold, arrive as lone surrogates.
        return msgspec.json.encode(_replace_surrogates(msgspec.to_builtins(report)))


def from_json(text: str, *, source: str = "the report") -> Report:
    """Read a report that `to_json` wrote, also one of an older release of this tool.

    Args:
        text: The JSON text.
        source: Where the text comes from, for the messages.

    Raises:
        InputError: The text is not JSON, not such a report, of a newer version, or does not fit the schema.
    """
    report = _restored(text, Report, source=source, again=_SAVE_AGAIN)
    _check_zones(report, source)
    return report


def check_from_json(text: str, *, source: str = "the check") -> CheckReport:
    """Read a check that `to_json` wrote, also one of an older release of this tool.

    Args:
        text: The JSON text.
        source: Where the text comes from, for the messages.

    Raises:
        InputError: The text is not JSON, not such a check, of a newer version, or does not fit the schema.
    """
    return _restored(text, CheckReport, source=source, again=_CHECK_AGAIN)


def is_check(text: str) -> bool:
    """Tell whether a text is a saved check, rather than a saved report or anything else."""
    try:
        saved = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return False
    return isinstance(saved, dict) and saved.get("schema") == saved_check.SCHEMA


def _restored(text: str, kind: type[_Saved], *, source: str, again: str) -> _Saved:
    home = saved_report if kind is Report else saved_check
    try:
        saved = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError(f"{source}: not valid JSON: {error}", again) from error
    if not isinstance(saved, dict) or saved.get("schema") != home.SCHEMA:
        raise InputError(f"{source}: not a saved report (its `schema` is not `{home.SCHEMA}`)", again)
    version = saved.get("version")
    if isinstance(version, int) and version > home.VERSION:
        raise InputError(
            f"{source}: saved as version {version}, this release reads up to {home.VERSION}",
            "upgrade bisect-ml: pip install --upgrade bisect-ml",
        )
    try:
        _restore_numbers(saved)
        return msgspec.convert(saved, kind)
    except (msgspec.ValidationError, AttributeError, TypeError) as error:
        raise InputError(f"{source}: damaged report: {error}", again) from error


def schema() -> dict[str, Any]:
    """Return the JSON schema of a saved report, as `docs/report.schema.json` holds it."""
    return _schema(Report, f"{saved_report.SCHEMA} version {saved_report.VERSION}")


def check_schema() -> dict[str, Any]:
    """Return the JSON schema of a saved check, as `docs/check.schema.json` holds it."""
    return _schema(CheckReport, f"{saved_check.SCHEMA} version {saved_check.VERSION}")


def _schema(kind: type, title: str) -> dict[str, Any]:
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "title": title, **msgspec.json.schema(kind)}


def _with_finite_intervals(report: CheckReport) -> CheckReport:
    """Leave out intervals without an end, as of a ratio to almost nothing: their ends cannot be saved."""
    results = tuple(
        one if one.interval is None or all(map(math.isfinite, one.interval)) else replace(one, interval=None)
        for one in report.comparison.results
    )
    return replace(report, comparison=replace(report.comparison, results=results))


def _one_line(match: re.Match[str]) -> str:
    return f"[{', '.join(line.strip(', ') for line in match[1].splitlines())}]"


def _restore_numbers(saved: dict[str, Any]) -> None:
    """Turn the nulls of evidence back into NaN, where the nouns allow no None."""
    for incident in saved.get("incidents", (saved,)):
        told = [*incident.get("unexplained", ())]
        for suspect in incident.get("suspects", ()):
            told += suspect.get("evidence", ())
        for evidence in told:
            if evidence.get("llr", 0.0) is None:
                evidence["llr"] = math.nan
            for name, value in (evidence.get("facts") or {}).items():
                if value is None:
                    evidence["facts"][name] = math.nan


def _check_zones(report: Report, source: str) -> None:
    """Refuse deploys whose moments name no zone; the schema itself sees to all other moments."""
    deploys = [*report.deploys]
    deploys += [suspect.deploy for incident in report.incidents for suspect in incident.suspects]
    for deploy in deploys:
        for moment in (deploy.started_at, deploy.finished_at):
            if moment is not None and moment.utcoffset() != timedelta(0):
                raise InputError(f"{source}: damaged report: {moment} is not in UTC", _SAVE_AGAIN)


def _replace_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {_replace_surrogates(key): _replace_surrogates(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_replace_surrogates(item) for item in value]
    return value
