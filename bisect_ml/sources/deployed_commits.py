"""Which commits the names in a deploy log lead to, each in the repository of its service."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from bisect_ml.errors import InputError
from bisect_ml.refs import short_ref, some_refs
from bisect_ml.sources.deploy_formats import DeployRow
from bisect_ml.sources.git import Repository
from bisect_ml.sources.git_refs import FoundRef
from bisect_ml.sources.repositories import Repositories
from bisect_ml.types import Deploy

BRANCHES = ("branch", "remote branch")

Line: TypeAlias = tuple[tuple[str, datetime], ...]


def resolve(
    name: str,
    deploys: Sequence[Deploy],
    rows: Sequence[DeployRow],
    repositories: Repositories,
    warnings: list[str],
) -> list[Deploy]:
    """Return the deploys of a log with their shas, and add what is not right to the warnings.

    Args:
        name: What messages call the log.
        deploys: The deploys, in the order of `rows`.
        rows: What the log says of each.
        repositories: Where the commits of each service are.
        warnings: Where warnings are added.

    Raises:
        InputError: A repository has none of the commits that the log deploys from it.
    """
    resolved = list(deploys)
    for repository, own in repositories.parts(range(len(deploys)), lambda place: deploys[place].service):
        found = _in_one(name, [deploys[n] for n in own], [rows[n] for n in own], repository, warnings)
        for place, deploy in zip(own, found, strict=True):
            resolved[place] = deploy
    return resolved


def _in_one(
    name: str,
    deploys: Sequence[Deploy],
    rows: Sequence[DeployRow],
    repository: Repository,
    warnings: list[str],
) -> list[Deploy]:
    found = repository.find([ref for row in rows for ref in row.refs])
    chosen = [_first_known(row.refs, found) for row in rows]
    of_code = [(d.ref, each) for d, each in zip(deploys, chosen, strict=True) if not d.is_model]
    unknown = [ref for ref, each in of_code if each.kind == "unknown"]
    if unknown:
        _tell_unknown(name, unknown, [ref for ref, _ in of_code], repository, warnings)
    moving = {each.sha: ref for ref, each in of_code if each.sha and each.kind in BRANCHES}
    if moving:
        warnings.append(
            f"{name}: {some_refs(moving.values())}: branches move, so each deploy was taken to ship "
            "the newest commit of the branch at its time, by commit date; log the sha to be sure"
        )
    lines = {tip: repository.first_parents(tip) for tip in moving}
    return [
        replace(deploy, sha=_sha_at(deploy.started_at, each, lines))
        for deploy, each in zip(deploys, chosen, strict=True)
    ]


def _first_known(refs: Sequence[str], found: Mapping[str, FoundRef]) -> FoundRef:
    """Return the first name that leads to a commit, else the first that could be more than one."""
    known = [found[ref] for ref in refs if found[ref].kind != "unknown"]
    nothing = FoundRef(sha=None, kind="unknown")
    return next((each for each in known if each.sha), known[0] if known else nothing)


def _sha_at(moment: datetime, found: FoundRef, lines: Mapping[str, Line]) -> str | None:
    """Return the commit that a name led to at a moment, where it is a branch, else the one it leads to."""
    if found.sha is None or found.kind not in BRANCHES:
        return found.sha
    return next((sha for sha, committed_at in lines[found.sha] if committed_at <= moment), None)


def _tell_unknown(
    name: str, unknown: Sequence[str], refs: Sequence[str], repository: Repository, warnings: list[str]
) -> None:
    """Warn of commits that git does not have; none at all means that the repository is another one."""
    fetch = "git fetch --unshallow --tags" if repository.is_shallow else "git fetch --all --tags"
    if len(unknown) == len(refs):
        raise InputError(
            f"{name}: none of its {len(set(refs))} commits is in {repository.path}, "
            f"such as {short_ref(unknown[0])!r}",
            f"give the repository that was deployed with --repo, or bring it up to date: {fetch}",
        )
    warnings.append(
        f"{len(set(unknown))} of {len(set(refs))} deployed commits are not in {repository.path} "
        f"({some_refs(unknown)}): what these deploys shipped is unknown; try {fetch}"
    )
