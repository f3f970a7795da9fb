"""Deploy logs that are tables of any shape: which column plays which part is guessed from its name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PARTS: Mapping[str, tuple[str, ...]] = {
    "started": (
        "deployed_at", "started_at", "deploy_started_at", "start_time", "started", "start", "deploy_time",
        "deployed_on", "deployed", "released_at", "released", "release_date", "published_at", "timestamp",
        "ts", "created_at", "created", "createdat", "time", "datetime", "date", "at", "when", "updated_at",
        "updated",
    ),
    "finished": (
        "finished_at", "finished", "completed_at", "completed", "finish_time", "end_time", "ended_at", "end",
        "full_traffic_at", "rolled_out_at", "deploy_finished_at",
    ),
    "ref": (
        "sha", "commit", "commit_sha", "commit_id", "commit_hash", "commit.id", "commit.sha", "git_sha",
        "git_commit", "git_hash", "head_sha", "revision", "rev", "git_revision", "hash", "ref", "git_ref",
        "tag", "git_tag", "version", "release", "image_tag", "image", "build", "branch",
    ),
    "service": (
        "service", "service_name", "app", "application", "app_name", "component", "project", "model", "name",
    ),
    "environment": (
        "environment", "env", "stage", "target", "environment_name", "cluster", "namespace",
    ),
    "status": ("status", "state", "conclusion", "result", "outcome", "deploy_status"),
    "id": ("id", "deploy_id", "deployment_id", "run_id", "number", "uid", "uuid"),
}  # fmt: skip

# How pandas writes a missing value.
_BLANK = frozenset({"nan", "NaN", "NaT", "<NA>", "None", "null"})

REQUIRED: Mapping[str, str] = {"started": "when a deploy was", "ref": "which commit it was"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeployRow:
    """A deploy as its log tells it, before moments are read and names are looked up in git.

    `place` says where it stands in the log, such as `row 3`. An empty `ref` is a deploy of something
    that is not code. `status` is in the log's own word.
    """

    place: str
    started: Any
    ref: str
    finished: Any = None
    service: str | None = None
    environment: str | None = None
    status: str | None = None
    id: str | None = None


def guess_columns(names: Sequence[str]) -> dict[str, str]:
    """Return the column of each part that one is found for.

    The names of a part stand in the order of preference; case, blanks and hyphens do not matter.
    """
    plain = {re.sub(r"[\s-]+", "_", name.strip().lower()): name for name in reversed(names)}
    found: dict[str, str] = {}
    for part, candidates in PARTS.items():
        for candidate in candidates:
            if candidate in plain and plain[candidate] not in found.values():
                found[part] = plain[candidate]
                break
    return found


def table_rows(
    records: Sequence[tuple[str, Mapping[str, Any]]], columns: Mapping[str, str]
) -> list[DeployRow]:
    """Read records, each with its place, by the columns that were guessed."""
    return [
        DeployRow(
            place=place,
            started=record.get(columns["started"]),
            ref=cell(record.get(columns["ref"])) or "",
            finished=_blank_is_none(record.get(columns.get("finished", ""))),
            service=cell(record.get(columns.get("service", ""))),
            environment=cell(record.get(columns.get("environment", ""))),
            status=cell(record.get(columns.get("status", ""))),
            id=cell(record.get(columns.get("id", ""))),
        )
        for place, record in records
    ]


def flatten(record: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Write nested objects as dotted names, `{"commit": {"id": 1}}` as `{"commit.id": 1}`."""
    flat: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = value
    return flat


def cell(value: Any) -> str | None:
    """Return the text of a cell, None where it is blank or not a number."""
    text = "" if value is None else str(value).strip()
    return text if text and text not in _BLANK else None


def _blank_is_none(value: Any) -> Any:
    return None if cell(value) is None else value
