"""Argo CD: the sync history of an application."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bisect_ml.sources.deploy_formats.base import (
    DeployRow,
    Format,
    Reading,
    Record,
    cell,
    dig,
    mappings,
    names_of,
    names_of_image,
)


def _fits(fields: Mapping[str, Any]) -> bool:
    return isinstance(dig(fields, "status", "history"), list) and "metadata" in fields


def _read(records: Sequence[Record]) -> Reading:
    """Read one deploy per entry of each application's history; Argo CD keeps the last ten by default."""
    return Reading(rows=tuple(row for record in records for row in _rows(record)))


def _rows(record: Record) -> Iterator[DeployRow]:
    service = cell(record.need("metadata", "name"))
    for number, fields in enumerate(mappings(record.need("status", "history")), start=1):
        entry = Record(place=f"{record.place}, history entry {number}", fields=fields)
        finished = entry.need("deployedAt")
        yield DeployRow(
            place=entry.place,
            started=entry.get("deployStartedAt") or finished,
            finished=finished,
            refs=_refs(entry, service),
            service=service,
            environment=cell(record.get("spec", "destination", "namespace")),
            status="succeeded",
            id=f"{service}-{entry.get('id')}" if entry.get("id") is not None else None,
        )


def _refs(entry: Record, service: str | None) -> tuple[str, ...]:
    """Return the synced revisions, then the image tags set with them.

    The revision is a commit of the repository that holds the manifests. Where that is not the
    repository of the code, git does not know it, and the image tag tells the commit.
    """
    revisions = entry.get("revisions") or [entry.need("revision")]
    sources = mappings(entry.get("sources")) or [entry.get("source")]
    refs = [name for revision in revisions for name in names_of(cell(revision), service)]
    for source in sources:
        for image in dig(source, "kustomize", "images") or ():
            refs += names_of_image(str(image).rpartition("=")[2], service)
        for parameter in mappings(dig(source, "helm", "parameters")):
            if any(word in str(parameter.get("name")).lower() for word in ("tag", "image", "version")):
                refs += names_of(cell(parameter.get("value")), service)
    return tuple(dict.fromkeys(refs))


HISTORY = Format(name="Argo CD application history", fits=_fits, read=_read)
