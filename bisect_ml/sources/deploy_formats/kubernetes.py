"""Kubernetes: the ReplicaSets that a Deployment, or an Argo Rollout, has made."""

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
    names_in,
    names_of,
    names_of_image,
)

_REVISIONS = ("deployment.kubernetes.io/revision", "rollout.argoproj.io/revision")
_EARLIER = ("deployment.kubernetes.io/revision-history", "rollout.argoproj.io/revision-history")
_VERSION = "app.kubernetes.io/version"


def _fits(fields: Mapping[str, Any]) -> bool:
    template = dig(fields, "spec", "template", "spec", "containers")
    owners = {owner.get("kind") for owner in mappings(dig(fields, "metadata", "ownerReferences"))}
    is_set = fields.get("kind") == "ReplicaSet" or not owners.isdisjoint({"Deployment", "Rollout"})
    return isinstance(template, list) and is_set


def _read(records: Sequence[Record]) -> Reading:
    """Read each ReplicaSet as a deploy at the moment of its creation."""
    rows = tuple(_row(record) for record in records)
    returned = [row.id for record, row in zip(records, rows, strict=True) if _annotation(record, _EARLIER)]
    warning = (
        f"{len(returned)} ReplicaSets came back in a rollback ({', '.join(map(str, returned[:3]))}); "
        "Kubernetes does not record when, so these deploys are missing"
    )
    return Reading(rows=rows, warnings=(warning,) if returned else ())


def _row(record: Record) -> DeployRow:
    owner = next(iter(mappings(record.get("metadata", "ownerReferences"))), {})
    service = cell(owner.get("name")) or cell(record.need("metadata", "name"))
    refs = tuple(dict.fromkeys(_refs(record, service)))
    images = [str(container.get("image")) for container in _containers(record)]
    revision = _annotation(record, _REVISIONS)
    return DeployRow(
        place=record.place,
        started=record.need("metadata", "creationTimestamp"),
        refs=refs or tuple(images[:1]),
        service=service,
        environment=cell(record.get("metadata", "namespace")),
        id=f"{service}-{revision}" if revision else cell(record.get("metadata", "name")),
    )


def _refs(record: Record, service: str | None) -> Iterator[str]:
    """Yield what labels and annotations say of the commit, then the image tags, then the version label."""
    for part in (("spec", "template", "metadata"), ("metadata",)):
        for kind in ("annotations", "labels"):
            yield from names_in(record.get(*part, kind))
    for container in _containers(record):
        yield from names_of_image(cell(container.get("image")), service)
    yield from names_of(cell(record.get("spec", "template", "metadata", "labels", _VERSION)), service)


def _containers(record: Record) -> list[Mapping[str, Any]]:
    return mappings(record.need("spec", "template", "spec", "containers"))


def _annotation(record: Record, names: Sequence[str]) -> str | None:
    annotations = record.get("metadata", "annotations") or {}
    return next((cell(annotations[name]) for name in names if annotations.get(name)), None)


REPLICA_SETS = Format(name="Kubernetes ReplicaSets", fits=_fits, read=_read)
