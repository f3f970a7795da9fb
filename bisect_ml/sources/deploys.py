"""Deploy logs: which code went live when, where, and whether it did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

from bisect_ml.errors import InputError
from bisect_ml.sources.deploy_files import Table, read_records, source_name
from bisect_ml.sources.deploy_formats import FORMATS, DeployRow, Format, Record
from bisect_ml.sources.deploy_formats.table import PARTS, REQUIRED, flatten, guess_columns, read_table
from bisect_ml.sources.deploy_times import parse_moment
from bisect_ml.sources.deployed_commits import resolve
from bisect_ml.sources.git import Repository
from bisect_ml.sources.repositories import Repositories
from bisect_ml.types import Deploy, DeployStatus

TAGS, BRANCH = "tags:", "branch:"

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
    source: "Table | list[Table] | tuple[Table, ...]",
    *,
    repository: Repository | Repositories | None,
    tz: str = "UTC",
) -> DeployLog:
    """Read a deploy log and look its commits up in git.

    Args:
        source: A file in any of the forms of `docs/deploys.md`, a DataFrame, `tags:PATTERN` or
            `branch:NAME` of the repository; or several of these, whose deploys are put together.
        repository: Where the deployed commits are; None keeps every sha unknown.
        tz: The zone of moments that name none.

    Raises:
        InputError: The log cannot be read; the message names the row, the field or the column.
    """
    if isinstance(source, list | tuple):
        return _together([read_deploys(one, repository=repository, tz=tz) for one in source])
    if isinstance(repository, Repository):
        repository = Repositories(repository)
    if isinstance(source, str) and source.startswith((TAGS, BRANCH)):
        return _from_git(source, repository)
    name = source_name(source)
    records = read_records(source, _is_record)
    if not records:
        raise InputError(f"{name}: no deploys in it", "write one row per deploy: when, and which commit")
    rows, guesses, warnings = _rows(name, records)
    return _log(name, rows, repository, ZoneInfo(tz), guesses, warnings)


def _together(logs: Sequence[DeployLog]) -> DeployLog:
    """Put several logs into one; a deploy keeps its id where no earlier log has a deploy of that id."""
    deploys: dict[str, Deploy] = {}
    for number, log in enumerate(logs, start=1):
        taken = set(deploys)
        for deploy in log.deploys:
            own = f"{number}/{deploy.id}" if deploy.id in taken else deploy.id
            # Ids repeat within a log as well, in the formats that count attempts.
            while own in deploys:
                own += "+"
            deploys[own] = replace(deploy, id=own)
    return DeployLog(
        deploys=tuple(sorted(deploys.values(), key=lambda deploy: deploy.started_at)),
        guesses=tuple(guess for log in logs for guess in log.guesses),
        warnings=tuple(warning for log in logs for warning in log.warnings),
    )


def _is_record(fields: Mapping[str, Any]) -> bool:
    return _format_of(fields) is not None or REQUIRED.keys() <= guess_columns(list(flatten(fields))).keys()


def _format_of(fields: Mapping[str, Any]) -> Format | None:
    return next((each for each in FORMATS if each.fits(fields)), None)


def _rows(
    name: str, records: Sequence[Record]
) -> tuple[tuple[DeployRow, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the rows of a log, what was guessed, and warnings."""
    form = _format_of(records[0].fields)
    if form is not None:
        reading = form.read(records)
        if not reading.rows:
            raise InputError(f"{name}: {form.name}, and none of them went live", "write a log with deploys")
        return reading.rows, (f"Deploys: {form.name}",), reading.warnings
    flat = [replace(record, fields=flatten(record.fields)) for record in records]
    present = list(dict.fromkeys(key for record in flat for key in record.fields))
    columns = guess_columns(present)
    for part, question in REQUIRED.items():
        if part not in columns:
            raise InputError(
                f"{name}: no column says {question}; its columns are {', '.join(present)}",
                f"name the column {PARTS[part][0]}, for instance",
            )
    guesses = tuple(f"Deploy column for {part}: {column}" for part, column in columns.items())
    return read_table(flat, columns), guesses, ()


def _log(
    name: str,
    rows: Sequence[DeployRow],
    repository: Repositories | None,
    zone: ZoneInfo,
    guesses: tuple[str, ...],
    warnings: tuple[str, ...],
) -> DeployLog:
    told = list(warnings)
    deploys = [_deploy(row, number, zone) for number, row in enumerate(rows, start=1)]
    if repository is not None:
        deploys = resolve(name, deploys, rows, repository, told)
    moments = [deploy.started_at for deploy in deploys]
    if len(moments) > 2 and moments not in (sorted(moments), sorted(moments, reverse=True)):
        told.append(f"{name}: the deploys are not in the order of time; they were sorted")
    if moments == sorted(moments, reverse=True):
        deploys.reverse()
    deploys.sort(key=lambda deploy: deploy.started_at)
    return DeployLog(deploys=tuple(deploys), guesses=guesses, warnings=tuple(told))


def _deploy(row: DeployRow, number: int, zone: ZoneInfo) -> Deploy:
    started = _moment(row, row.started, zone)
    finished = None if row.finished is None else _moment(row, row.finished, zone)
    if finished is not None and finished < started:
        raise InputError(
            f"{row.place}: finished at {row.finished}, before it started at {row.started}",
            "check the two and their time zones",
        )
    return Deploy(
        id=row.id or str(number),
        ref=row.refs[0] if row.refs else "",
        sha=None,
        service=row.service,
        environment=row.environment,
        started_at=started,
        finished_at=finished,
        status=_status(row.status),
    )


def _moment(row: DeployRow, value: Any, zone: ZoneInfo) -> datetime:
    try:
        return parse_moment(value, zone)
    except (ValueError, TypeError, OverflowError):
        shown = "no time" if value is None or value == "" else f"cannot read {str(value)[:40]!r} as a time"
        raise InputError(
            f"{row.place}: {shown}", "write times like 2026-03-04T14:10:00Z, or epoch seconds"
        ) from None


def _status(word: str | None) -> DeployStatus:
    plain = (word or "").strip().lower().replace(" ", "_").replace("-", "_")
    if plain in _SUCCEEDED:
        return "succeeded"
    return "failed" if plain in _DID_NOT_SHIP else "unknown"


def _from_git(source: str, repositories: Repositories | None) -> DeployLog:
    if repositories is None:
        raise InputError(f"{source}: there is no repository to take it from", "give one with --repo")
    repository = repositories.of(None)
    if source.startswith(TAGS):
        return _from_tags(source.removeprefix(TAGS), repository)
    return _from_branch(source.removeprefix(BRANCH), repository)


def _from_tags(pattern: str, repository: Repository) -> DeployLog:
    tags = repository.tags(pattern)
    if not tags:
        some = [tag.name for tag in repository.tags()[-3:]]
        raise InputError(
            f"{repository.path} has no tag that matches {pattern!r}",
            f"its newest tags are {', '.join(some)}" if some else "it has no tags: run git fetch --tags",
        )
    light = sum(not tag.annotated for tag in tags)
    undated = (
        f"{light} of {len(tags)} tags carry no date of their own (they are not annotated): the date of "
        "the commit stands for the deploy, which came later"
    )
    return DeployLog(
        deploys=tuple(_deploy_of(tag.name, tag.sha, tag.tagged_at) for tag in tags),
        guesses=(f"Deploys: {len(tags)} tags that match {pattern}, at the time they were made",),
        warnings=(undated,) if light else (),
    )


def _from_branch(branch: str, repository: Repository) -> DeployLog:
    tip = repository.find([branch])[branch].sha
    if tip is None:
        raise InputError(
            f"{repository.path} has no branch {branch!r}",
            f"see its branches: git -C {repository.path} branch -a",
        )
    line = repository.first_parents(tip)[::-1]
    # A commit whose clock ran behind still came after its parents.
    moments = accumulate((committed_at for _, committed_at in line), max)
    return DeployLog(
        deploys=tuple(_deploy_of(sha[:12], sha, at) for (sha, _), at in zip(line, moments, strict=True)),
        guesses=(f"Deploys: the {len(line)} commits on the main line of {branch}",),
        warnings=(f"each commit of {branch} is taken for a deploy at its commit date",),
    )


def _deploy_of(ref: str, sha: str, moment: datetime) -> Deploy:
    return Deploy(
        id=ref,
        ref=ref,
        sha=sha,
        service=None,
        environment=None,
        started_at=moment,
        finished_at=None,
        status="unknown",
    )
