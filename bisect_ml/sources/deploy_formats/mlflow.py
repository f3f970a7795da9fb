"""MLflow: the versions of a registered model. A model went live, and no code."""

from collections.abc import Mapping, Sequence
from typing import Any

from bisect_ml.sources.deploy_formats.base import DeployRow, Format, Reading, Record, cell

_LIVE = frozenset({"production", "prod", "live", "champion"})
_NEXT = frozenset({"staging", "challenger", "candidate"})


def _fits(fields: Mapping[str, Any]) -> bool:
    return {"name", "version", "creation_timestamp"} <= fields.keys()


def _read(records: Sequence[Record]) -> Reading:
    ready = [record for record in records if record.get("status") in {None, "READY"}]
    warning = (
        "MLflow says when a model version was registered and not when it went live: "
        "the registration stands for the deploy"
    )
    return Reading(rows=tuple(_row(record) for record in ready), warnings=(warning,))


def _row(record: Record) -> DeployRow:
    name, version = cell(record.need("name")), cell(record.need("version"))
    return DeployRow(
        place=record.place,
        started=record.need("creation_timestamp"),
        refs=(f"models:/{name}/{version}",),
        environment=_environment(record),
        id=f"{name}-{version}",
    )


def _environment(record: Record) -> str | None:
    """Return where a version is or was, by its stage or its aliases; None where it says neither."""
    stage = str(record.get("current_stage") or "").lower()
    aliases = {str(alias).lower() for alias in record.get("aliases") or ()}
    if stage in {"production", "archived"} or aliases & _LIVE:
        return "production"
    return "staging" if stage == "staging" or aliases & _NEXT else None


VERSIONS = Format(name="MLflow model versions", fits=_fits, read=_read)
