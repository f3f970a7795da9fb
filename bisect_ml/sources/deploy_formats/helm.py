"""Helm: the history of a release."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bisect_ml.sources.deploy_formats.base import DeployRow, Format, Reading, Record, cell, names_of

_CHART = re.compile(r"(?P<name>.+?)-(?P<version>v?\d+\.\d+.*)")


def _fits(fields: Mapping[str, Any]) -> bool:
    return {"revision", "updated", "chart", "app_version"} <= fields.keys()


def _read(records: Sequence[Record]) -> Reading:
    return Reading(rows=tuple(_row(record) for record in records))


def _row(record: Record) -> DeployRow:
    chart = _CHART.fullmatch(str(record.need("chart")))
    service = chart["name"] if chart else str(record.get("chart"))
    versions = (cell(record.get("app_version")), chart["version"] if chart else None)
    refs = tuple(dict.fromkeys(name for version in versions for name in names_of(version, service)))
    return DeployRow(
        place=record.place,
        started=record.need("updated"),
        refs=refs or (str(record.get("chart")),),
        service=service,
        status=cell(record.get("status")),
        id=f"{service}-{record.need('revision')}",
    )


HISTORY = Format(name="Helm history", fits=_fits, read=_read)
