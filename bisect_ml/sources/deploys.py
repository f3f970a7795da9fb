"""Deploy logs: which code went live when, where, and whether it did."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from zoneinfo import ZoneInfo

from bisect_ml.errors import InputError
from bisect_ml.sources.deploy_table import PARTS, REQUIRED, DeployRow, flatten, guess_columns, table_rows
from bisect_ml.sources.deploy_times import parse_moment
from bisect_ml.sources.git import Repository
from bisect_ml.sources.git_refs import FoundRef
from bisect_ml.types import Deploy, DeployStatus

if TYPE_CHECKING:
    import pandas as pd

TAGS = "tags:"

Records: TypeAlias = list[tuple[str, Mapping[str, Any]]]

# What the systems in `docs/deploys.md` and their peers call a deploy that took effect.
_SUCCEEDED = frozenset({
    "success", "succeeded", "successful", "ok", "complete", "completed", "deployed", "done", "active",
    "inactive", "superseded", "healthy", "passed", "finished", "live", "released", "rolled_back",
})  # fmt: skip
# One that never did: it failed, was stopped, or has not begun.
_DID_NOT_SHIP = frozenset({
    "failed", "failure", "fail", "error", "errored", "cancelled", "canceled", "aborted", "timed_out",
    "timeout", "rejected", "skipped", "denied", "pending", "queued", "waiting", "created", "blocked",
    "scheduled", "planned", "stale", "action_required", "startup_failure",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DeployLog:
    """The deploys of a log, oldest first, what was guessed to read them, and what is not right with them."""

    deploys: tuple[Deploy, ...]
    guesses: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def read_deploys(
    source: "str | Path | pd.DataFrame", *, repository: Repository | None, tz: str = "UTC"
) -> DeployLog:
    """Read a deploy log and look its commits up in git.

    Args:
        source: A CSV, JSON or JSON lines file, a DataFrame, or `tags:PATTERN` for the repository's tags.
        repository: Where the deployed commits are; None keeps every sha unknown.
        tz: The zone of moments that name none.

    Raises:
        InputError: The log cannot be read; the message names the row or the column.
    """
    if isinstance(source, str) and source.startswith(TAGS):
        return _from_tags(source.removeprefix(TAGS), repository)
    name, records = _records(source)
    if not records:
        raise InputError(f"{name}: no deploys in it", "write one row per deploy: when, and which commit")
    columns = guess_columns(list(dict.fromkeys(key for _, record in records for key in record)))
    _check_columns(name, columns, records)
    guesses = tuple(f"Deploy column for {part}: {column}" for part, column in columns.items())
    return _log(name, table_rows(records, columns), repository, ZoneInfo(tz), guesses)


def _check_columns(name: str, columns: Mapping[str, str], records: Records) -> None:
    for part, question in REQUIRED.items():
        if part not in columns:
            present = ", ".join(dict.fromkeys(key for _, record in records for key in record))
            raise InputError(
                f"{name}: no column says {question}; its columns are {present}",
                f"name the column {PARTS[part][0]}, for instance",
            )


def _log(
    name: str,
    rows: Sequence[DeployRow],
    repository: Repository | None,
    zone: ZoneInfo,
    guesses: tuple[str, ...],
) -> DeployLog:
    warnings: list[str] = []
    deploys = [_deploy(name, row, number, zone) for number, row in enumerate(rows, start=1)]
    if repository is not None:
        deploys = _resolved(name, deploys, repository, warnings)
    moments = [deploy.started_at for deploy in deploys]
    if moments not in (sorted(moments), sorted(moments, reverse=True)):
        warnings.append(f"{name}: the deploys are not in the order of time; they were sorted")
    deploys.sort(key=lambda deploy: deploy.started_at)
    return DeployLog(deploys=tuple(deploys), guesses=guesses, warnings=tuple(warnings))


def _deploy(name: str, row: DeployRow, number: int, zone: ZoneInfo) -> Deploy:
    started = _moment(name, row, row.started, zone)
    finished = None if row.finished is None else _moment(name, row, row.finished, zone)
    if finished is not None and finished < started:
        raise InputError(
            f"{name}, {row.place}: finished at {row.finished}, before it started at {row.started}",
            "check the two columns and their time zones",
        )
    return Deploy(
        id=row.id or str(number),
        ref=row.ref,
        sha=None,
        service=row.service,
        environment=row.environment,
        started_at=started,
        finished_at=finished,
        status=_status(row.status),
    )


def _moment(name: str, row: DeployRow, value: Any, zone: ZoneInfo) -> datetime:
    try:
        return parse_moment(value, zone)
    except (ValueError, TypeError, OverflowError):
        shown = "no time" if value is None or value == "" else f"cannot read {str(value)[:40]!r} as a time"
        raise InputError(
            f"{name}, {row.place}: {shown}", "write times like 2026-03-04T14:10:00Z, or epoch seconds"
        ) from None


def _status(word: str | None) -> DeployStatus:
    plain = (word or "").strip().lower().replace(" ", "_").replace("-", "_")
    if plain in _SUCCEEDED:
        return "succeeded"
    return "failed" if plain in _DID_NOT_SHIP else "unknown"


def _resolved(
    name: str, deploys: Sequence[Deploy], repository: Repository, warnings: list[str]
) -> list[Deploy]:
    found = repository.find([deploy.ref for deploy in deploys if deploy.ref])
    _warn_of_unknown(name, found, repository, warnings)
    lines = {
        ref: repository.first_parents(each.sha)
        for ref, each in found.items()
        if each.sha is not None and each.kind in {"branch", "remote branch"}
    }
    if lines:
        warnings.append(
            f"{name}: {', '.join(sorted(lines)[:3])} are branches, which move: each deploy was taken to ship "
            "the newest commit of the branch at its time, by commit date; log the sha to be sure"
        )
    return [
        replace(deploy, sha=_sha_at(deploy, found.get(deploy.ref), lines.get(deploy.ref)))
        for deploy in deploys
    ]


def _sha_at(
    deploy: Deploy, found: FoundRef | None, line: Iterable[tuple[str, datetime]] | None
) -> str | None:
    if line is not None:
        return next((sha for sha, committed_at in line if committed_at <= deploy.started_at), None)
    return found.sha if found is not None else None


def _warn_of_unknown(
    name: str, found: Mapping[str, FoundRef], repository: Repository, warnings: list[str]
) -> None:
    unknown = [ref for ref, each in found.items() if each.kind == "unknown"]
    if not unknown:
        return
    fetch = "git fetch --unshallow --tags" if repository.is_shallow else "git fetch --all --tags"
    if len(unknown) == len(found):
        raise InputError(
            f"{name}: none of its {len(found)} commits is in {repository.path} (the first is {unknown[0]!r})",
            f"give the repository that was deployed with --repo, or bring it up to date: {fetch}",
        )
    warnings.append(
        f"{len(unknown)} of {len(found)} deployed commits are not in {repository.path} "
        f"({', '.join(unknown[:3])}{', …' if len(unknown) > 3 else ''}): what these deploys shipped is "
        f"unknown; try {fetch}"
    )


def _from_tags(pattern: str, repository: Repository | None) -> DeployLog:
    if repository is None:
        raise InputError(f"{TAGS}{pattern}: there is no repository to take tags from", "give one with --repo")
    tags = repository.tags(pattern)
    if not tags:
        some = [tag.name for tag in repository.tags()[-3:]]
        raise InputError(
            f"{repository.path} has no tag that matches {pattern!r}",
            f"its newest tags are {', '.join(some)}" if some else "it has no tags: run git fetch --tags",
        )
    deploys = tuple(
        Deploy(
            id=tag.name,
            ref=tag.name,
            sha=tag.sha,
            service=None,
            environment=None,
            started_at=tag.tagged_at,
            finished_at=None,
            status="unknown",
        )
        for tag in tags
    )
    light = sum(not tag.annotated for tag in tags)
    undated = (
        f"{light} of {len(tags)} tags carry no date of their own (they are not annotated): the date of "
        "the commit stands for the deploy, which came later"
    )
    return DeployLog(
        deploys=deploys,
        guesses=(f"Deploys: {len(tags)} tags that match {pattern}, at the time they were made",),
        warnings=(undated,) if light else (),
    )


def _records(source: "str | Path | pd.DataFrame") -> tuple[str, Records]:
    """Return the name of a source and its records, each with the place that an error would name."""
    if not isinstance(source, str | Path):
        rows = source.to_dict("records")
        table = [{str(name): value for name, value in row.items()} for row in rows]
        return "deploys", [(f"row {number}", row) for number, row in enumerate(table)]
    path = Path(source)
    text = _read(path)
    is_json = text.lstrip()[:1] in {"{", "["}
    return str(path), _json_records(path, text) if is_json else _csv_records(text)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as problem:
        raise InputError(f"{path}: {problem.strerror}", "give a deploy file, or tags:PATTERN") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not a text file", "give CSV, JSON or JSON lines in UTF-8") from None


def _json_records(path: Path, text: str) -> Records:
    try:
        document = json.loads(text)
    except json.JSONDecodeError:
        document = _json_lines(path, text)
    if isinstance(document, Mapping):
        lists = [value for value in document.values() if isinstance(value, list)]
        document = lists[0] if len(lists) == 1 else [document]
    records: Records = []
    for number, item in enumerate(document, start=1):
        if not isinstance(item, Mapping):
            raise InputError(f"{path}, item {number}: not an object", "write one JSON object per deploy")
        records.append((f"item {number}", flatten(item)))
    return records


def _json_lines(path: Path, text: str) -> list[Any]:
    items = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                items.append(json.loads(line))
            except json.JSONDecodeError as problem:
                raise InputError(
                    f"{path}, line {number}: not JSON: {problem.msg}", "mend that line"
                ) from None
    return items


def _csv_records(text: str) -> Records:
    lines = text.splitlines()
    if not lines:
        return []
    delimiter = max(",;\t", key=lines[0].count)
    reader = csv.DictReader(lines, delimiter=delimiter, restkey="")
    return [(f"row {reader.line_num}", row) for row in reader if any(row.values())]
