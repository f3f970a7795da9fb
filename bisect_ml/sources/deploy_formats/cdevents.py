"""CDEvents: services deployed, upgraded and rolled back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, unquote

from bisect_ml.sources.deploy_formats.base import (
    DeployRow,
    Format,
    Reading,
    Record,
    cell,
    dig,
    names_in,
    names_of,
)

_DEPLOYS = re.compile(r"dev\.cdevents\.service\.(deployed|upgraded|rolledback)\b")
_PACKAGED = re.compile(r"dev\.cdevents\.artifact\.(packaged|published)\b")


def _fits(fields: Mapping[str, Any]) -> bool:
    event = _event(fields)
    return str(dig(event, "context", "type")).startswith("dev.cdevents.") and "subject" in event


def _event(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the event itself, which may come as the data of a CloudEvent."""
    data = fields.get("data")
    return data if isinstance(data, Mapping) and "context" in data else fields


def _read(records: Sequence[Record]) -> Reading:
    """Read the service events; artifact events tell which change an artifact was made from."""
    events = [Record(place=record.place, fields=_event(record.fields)) for record in records]
    packaged = (event for event in events if _PACKAGED.match(str(event.need("context", "type"))))
    changes = {
        str(event.need("subject", "id")): str(change)
        for event in packaged
        if (change := event.get("subject", "content", "change", "id"))
    }
    deploys = (event for event in events if _DEPLOYS.match(str(event.need("context", "type"))))
    return Reading(rows=tuple(_row(event, changes) for event in deploys))


def _row(event: Record, changes: Mapping[str, str]) -> DeployRow:
    artifact = str(event.need("subject", "content", "artifactId"))
    service = str(event.need("subject", "id")).rpartition("/")[2]
    refs = [*names_of(changes.get(artifact)), *_names_of_package(artifact, service)]
    refs += names_in(event.get("customData"))
    environment = event.get("subject", "content", "environment")
    return DeployRow(
        place=event.place,
        started=event.need("context", "timestamp"),
        refs=tuple(dict.fromkeys(refs)) or (artifact,),
        service=service,
        environment=cell(dig(environment, "name") or dig(environment, "id")),
        status="succeeded",
        id=cell(event.get("context", "id")),
    )


def _names_of_package(url: str, service: str) -> Iterator[str]:
    """Yield what a package URL says of the commit: pkg:TYPE/NAME@VERSION?QUALIFIERS."""
    rest, _, qualifiers = url.partition("#")[0].partition("?")
    version = unquote(rest.partition("@")[2])
    if not version.startswith("sha256:"):
        yield from names_of(version, service)
    for key, values in parse_qs(qualifiers).items():
        if key == "tag":
            yield from names_of(values[0], service)
        elif key == "vcs_url":
            yield from names_of(unquote(values[0]).rpartition("@")[2])


EVENTS = Format(name="CDEvents", fits=_fits, read=_read)
