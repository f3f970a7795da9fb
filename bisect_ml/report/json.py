"""The saved report as JSON text, and back."""

import math
import re
from datetime import timedelta
from typing import Any

import msgspec

from bisect_ml.errors import InputError
from bisect_ml.saved_report import SCHEMA, VERSION, Report

_NUMBERS = re.compile(r"\[\n\s+((?:[-+.\deE]+|null)(?:,\n\s+(?:[-+.\deE]+|null))*)\n\s+\]")
_SAVE_AGAIN = "Give the file that `bisect-ml trace --json FILE` wrote."


def to_json(report: Report) -> str:
    """Write a report as JSON; `from_json` brings the same report back.

    Moments keep their microseconds and end in `Z`. A number that is not finite becomes null.
    """
    try:
        encoded = msgspec.json.encode(report)
    except UnicodeEncodeError:
        # Bytes that are not UTF-8, which git and file names may hold, arrive as lone surrogates.
        encoded = msgspec.json.encode(_replace_surrogates(msgspec.to_builtins(report)))
    # A series takes one line, so that the rest of a file stays readable.
    return _NUMBERS.sub(_one_line, msgspec.json.format(encoded, indent=1).decode()) + "\n"


def from_json(text: str, *, source: str = "the report") -> Report:
    """Read a report that `to_json` wrote, also one of an older release of this tool.

    Args:
        text: The JSON text.
        source: Where the text comes from, for the messages.

    Raises:
        InputError: The text is not JSON, not such a report, of a newer version, or does not fit the schema.
    """
    try:
        saved = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError(f"{source}: not valid JSON: {error}", _SAVE_AGAIN) from error
    if not isinstance(saved, dict) or saved.get("schema") != SCHEMA:
        raise InputError(f"{source}: not a saved report (its `schema` is not `{SCHEMA}`)", _SAVE_AGAIN)
    version = saved.get("version")
    if isinstance(version, int) and version > VERSION:
        raise InputError(
            f"{source}: saved as version {version}, this release reads up to {VERSION}",
            "Upgrade bisect-ml: pip install --upgrade bisect-ml",
        )
    try:
        _restore_numbers(saved)
        report = msgspec.convert(saved, Report)
    except (msgspec.ValidationError, AttributeError, TypeError) as error:
        raise InputError(f"{source}: damaged report: {error}", _SAVE_AGAIN) from error
    _check_zones(report, source)
    return report


def schema() -> dict[str, Any]:
    """Return the JSON schema of a saved report, as `docs/report.schema.json` holds it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{SCHEMA} version {VERSION}",
        **msgspec.json.schema(Report),
    }


def _one_line(match: re.Match[str]) -> str:
    return f"[{', '.join(line.strip(', ') for line in match[1].splitlines())}]"


def _restore_numbers(saved: dict[str, Any]) -> None:
    """Turn the nulls of evidence back into NaN, where the nouns allow no None."""
    for incident in saved.get("incidents", ()):
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
