"""GitLab: the deployments of a project, each with the job that made it."""

from collections.abc import Mapping, Sequence
from typing import Any

from bisect_ml.sources.deploy_formats.base import DeployRow, Format, Reading, Record, cell, names_of


def _fits(fields: Mapping[str, Any]) -> bool:
    return "iid" in fields and "sha" in fields and isinstance(fields.get("environment"), Mapping)


def _read(records: Sequence[Record]) -> Reading:
    return Reading(rows=tuple(_row(record) for record in records))


def _row(record: Record) -> DeployRow:
    status = cell(record.get("status")) or cell(record.get("deployable", "status"))
    succeeded = status == "success"
    return DeployRow(
        place=record.place,
        started=record.get("deployable", "started_at") or record.need("created_at"),
        finished=record.get("deployable", "finished_at") if succeeded else None,
        refs=names_of(cell(record.need("sha"))),
        environment=cell(record.need("environment", "name")),
        status=status,
        id=cell(record.get("id")),
    )


DEPLOYMENTS = Format(name="GitLab deployments", fits=_fits, read=_read)
