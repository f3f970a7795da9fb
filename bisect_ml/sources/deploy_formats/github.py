"""GitHub: deployments with their statuses, and releases."""

from collections.abc import Mapping, Sequence
from typing import Any

from bisect_ml.sources.deploy_formats.base import DeployRow, Format, Reading, Record, cell, mappings, names_of

_FAILED = frozenset({"failure", "error"})
_NOT_BEGUN = frozenset({"queued", "pending", "waiting"})


def _fits_deployments(fields: Mapping[str, Any]) -> bool:
    return ("statuses_url" in fields and "sha" in fields) or "commitOid" in fields


def _read_deployments(records: Sequence[Record]) -> Reading:
    """Read deployments as REST or GraphQL writes them, with or without their statuses."""
    rows = tuple(_deployment(record) for record in records)
    silent = sum(row.status is None for row in rows)
    warning = (
        f"{silent} of {len(rows)} GitHub deployments come without statuses: whether and when they succeeded "
        "is unknown; see docs/deploys.md for the command that writes them"
    )
    return Reading(rows=rows, warnings=(warning,) if silent else ())


def _deployment(record: Record) -> DeployRow:
    graphql = "commitOid" in record.fields
    created = record.need("createdAt" if graphql else "created_at")
    sha = cell(record.need("commitOid" if graphql else "sha"))
    statuses = _statuses(record)
    started = next((at for at, state in statuses if state == "in_progress"), created)
    return DeployRow(
        place=record.place,
        started=started,
        finished=next((at for at, state in statuses if state == "success"), None),
        refs=names_of(sha),
        environment=cell(record.get("environment")),
        status=_outcome([state for _, state in statuses]),
        id=cell(record.get("id") or record.get("databaseId")),
    )


def _statuses(record: Record) -> list[tuple[str, str]]:
    """Return moments and states, oldest first; GitHub's own moments are UTC and sort as text."""
    listed = mappings(record.get("statuses")) or mappings(record.get("statuses", "nodes"))
    moments = ((each.get("created_at") or each.get("createdAt"), each.get("state")) for each in listed)
    return sorted((str(moment), str(state).lower()) for moment, state in moments if moment and state)


def _outcome(states: Sequence[str]) -> str | None:
    """Return one word for a life of statuses: GitHub marks a success inactive when another follows."""
    if not states:
        return None
    if "success" in states:
        return "success"
    if _FAILED.intersection(states):
        return "failure"
    return "queued" if _NOT_BEGUN.issuperset(states) else states[-1]


def _fits_releases(fields: Mapping[str, Any]) -> bool:
    return ("tag_name" in fields and "published_at" in fields) or (
        "tagName" in fields and "publishedAt" in fields
    )


def _read_releases(records: Sequence[Record]) -> Reading:
    """Read releases, each as a deploy at the moment of its publication; drafts were none."""
    published = [r for r in records if not (r.get("draft") or r.get("isDraft"))]
    rows = tuple(_release(record) for record in published)
    warning = "GitHub releases say when a version was published, which stands for its deploy"
    return Reading(rows=rows, warnings=(warning,))


def _release(record: Record) -> DeployRow:
    rest = "tag_name" in record.fields
    early = record.get("prerelease") or record.get("isPrerelease")
    return DeployRow(
        place=record.place,
        started=record.need("published_at" if rest else "publishedAt"),
        refs=names_of(cell(record.need("tag_name" if rest else "tagName"))),
        environment="pre-release" if early else "production",
        status="released",
        id=cell(record.get("id")),
    )


DEPLOYMENTS = Format(name="GitHub deployments", fits=_fits_deployments, read=_read_deployments)
RELEASES = Format(name="GitHub releases", fits=_fits_releases, read=_read_releases)
