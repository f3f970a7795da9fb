"""Deploy logs that are tables of any shape: which column plays which part is guessed from its name."""

from collections.abc import Mapping, Sequence
from typing import Any

from bisect_ml.sources.column_names import parted
from bisect_ml.sources.deploy_formats.base import DeployRow, Record, cell, names_of, names_of_image

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

REQUIRED: Mapping[str, str] = {"started": "when a deploy was", "ref": "which commit it was"}


def guess_columns(names: Sequence[str]) -> dict[str, str]:
    """Return the column of each part that one is found for.

    The names of a part stand in the order of preference; case, blanks and hyphens do not matter, and
    `startTime` is `start_time`.
    """
    plain = {parted(name): name for name in reversed(names)}
    found: dict[str, str] = {}
    for part, candidates in PARTS.items():
        for candidate in candidates:
            if candidate in plain and plain[candidate] not in found.values():
                found[part] = plain[candidate]
                break
    return found


def read_table(records: Sequence[Record], columns: Mapping[str, str]) -> tuple[DeployRow, ...]:
    """Read records by the columns that were guessed for them."""

    def value(record: Record, part: str) -> Any:
        return record.fields.get(columns[part]) if part in columns else None

    return tuple(
        DeployRow(
            place=record.place,
            started=value(record, "started"),
            finished=value(record, "finished") if cell(value(record, "finished")) else None,
            refs=_refs(cell(value(record, "ref")), cell(value(record, "service"))),
            service=cell(value(record, "service")),
            environment=cell(value(record, "environment")),
            status=cell(value(record, "status")),
            id=cell(value(record, "id")),
        )
        for record in records
    )


def flatten(record: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Write nested objects as dotted names, `{"commit": {"id": 1}}` as `{"commit.id": 1}`."""
    flat: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = value
    return flat


def _refs(text: str | None, service: str | None) -> tuple[str, ...]:
    """Return the names in git that a cell can stand for: a ref, or an image with a tag."""
    return tuple(dict.fromkeys((*names_of(text, service), *names_of_image(text, service))))
