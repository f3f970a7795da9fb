"""Sentry: the releases of an organization, each with its last deploy."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bisect_ml.sources.deploy_formats.base import DeployRow, Format, Reading, Record, cell, mappings, names_of


def _fits(fields: Mapping[str, Any]) -> bool:
    return {"version", "dateCreated", "dateReleased"} <= fields.keys()


def _read(records: Sequence[Record]) -> Reading:
    """Read the releases that were deployed, or released; one that was only created was neither."""
    live = [r for r in records if r.get("lastDeploy") or r.get("dateReleased")]
    again = sum((r.get("deployCount") or 0) > 1 for r in live)
    warning = f"{again} Sentry releases were deployed more than once; only the last deploy of each is known"
    return Reading(rows=tuple(_row(record) for record in live), warnings=(warning,) if again else ())


def _row(record: Record) -> DeployRow:
    projects = mappings(record.get("projects"))
    started = record.get("lastDeploy", "dateStarted") or record.get("lastDeploy", "dateFinished")
    return DeployRow(
        place=record.place,
        started=started or record.need("dateReleased"),
        finished=record.get("lastDeploy", "dateFinished"),
        refs=tuple(dict.fromkeys(_refs(record))),
        service=cell(projects[0].get("slug")) if len(projects) == 1 else None,
        environment=cell(record.get("lastDeploy", "environment")),
        status="succeeded",
        id=cell(record.get("version")),
    )


def _refs(record: Record) -> Iterator[str]:
    """Yield what names the commit: the version where it is a sha, its build, the last commit, its tag."""
    version = str(record.need("version"))
    package, _, number = version.rpartition("@")
    yield from names_of(cell(record.get("versionInfo", "buildHash")))
    yield from names_of(version)
    yield from names_of(cell(record.get("lastCommit", "id")))
    yield from names_of(number.partition("+")[0], package or None)
    yield from names_of(cell(record.get("ref")))


RELEASES = Format(name="Sentry releases", fits=_fits, read=_read)
