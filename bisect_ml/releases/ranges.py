"""What each deploy made live and what it took out, in its service and environment.

A release range is what git calls `previous..sha`, by reachability and not by date. All ranges of a log
come from one walk through history that notes which deploys reach each commit; a range is then the
commits that the one deploy reaches and the other does not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from fnmatch import fnmatchcase
from itertools import pairwise

from bisect_ml.refs import short_ref
from bisect_ml.releases.ancestry import Ancestry, Historian
from bisect_ml.types import Change, Commit, Deploy, FileChange, RangeGap, Release

ONE_AFTER_ANOTHER = timedelta(minutes=1)


def build_releases(
    deploys: Iterable[Deploy], history: Historian
) -> tuple[tuple[Release, ...], tuple[str, ...]]:
    """Work out what each deploy shipped and removed, oldest deploy first.

    Each service and environment is a line of its own. A deploy whose sha git does not know has a gap for a
    range; what comes after it is compared with the last deploy that git does know, and has a gap too. So has
    a range that reaches the edge of a shallow clone: its commits cannot be told from older ones, and it is
    left empty. A model that went live is a release without commits.

    Returns:
        The releases, and warnings about those that are not known in full.
    """
    ordered = sorted(deploys, key=lambda deploy: deploy.started_at)
    ancestry = Ancestry.read(history, [deploy.sha for deploy in ordered if deploy.sha])
    lines: dict[tuple[str | None, str | None], list[Deploy]] = {}
    for deploy in ordered:
        lines.setdefault((deploy.service, deploy.environment), []).append(deploy)
    releases = [release for line in lines.values() for release in _releases(line, ancestry)]
    releases.sort(key=lambda release: release.deploy.started_at)
    return tuple(releases), _warnings(releases, lines.values(), history.boundary)


def within_paths(
    releases: Iterable[Release], commits: Mapping[str, Commit], paths: Sequence[str]
) -> tuple[Release, ...]:
    """Leave out of each release the commits that touch nothing of a service.

    Args:
        releases: The releases of one service of a monorepo.
        commits: The commits of the releases with the paths of their files, as `Repository.paths` gives
            them. One that is missing, or has no files, is kept: what it touches is not known.
        paths: Folders, files or patterns such as `services/scorer`, `libs/*/features.py`, of which a commit
            must touch one.
    """

    def counts(sha: str) -> bool:
        commit = commits.get(sha)
        if commit is None or not commit.files:
            return commit is None or len(commit.parents) < 2
        return any(_touches(file, paths) for file in commit.files)

    def kept(changes: Iterable[Change]) -> tuple[Change, ...]:
        told = (replace(change, commits=tuple(filter(counts, change.commits))) for change in changes)
        return tuple(change for change in told if change.commits)

    return tuple(
        replace(release, shipped=kept(release.shipped), removed=kept(release.removed)) for release in releases
    )


def _touches(file: FileChange, paths: Sequence[str]) -> bool:
    names = [file.path] if file.old_path is None else [file.path, file.old_path]
    return any(
        name.startswith(f"{path.rstrip('/')}/") or fnmatchcase(name, path) for name in names for path in paths
    )


def _releases(line: Iterable[Deploy], ancestry: Ancestry) -> Iterator[Release]:
    """Yield the releases of one service and environment, whose deploys come oldest first."""
    live: Deploy | None = None
    lost: Deploy | None = None
    models: dict[str, Deploy] = {}
    hole: RangeGap = "shallow" if ancestry.boundary else "missing"
    for deploy in line:
        if deploy.is_model:
            model = deploy.ref.rpartition("/")[0]
            yield Release(deploy=deploy, previous=models.get(model))
            models[model] = deploy
            continue
        if deploy.sha is None:
            yield Release(deploy=deploy, previous=live or lost, gap=hole)
            lost = deploy
            continue
        if live is None:
            yield Release(deploy=deploy, previous=lost, gap=hole if lost else "first")
        else:
            yield _release(deploy, live, ancestry, gap=hole if lost else None)
        live, lost = deploy, None


def _release(deploy: Deploy, previous: Deploy, ancestry: Ancestry, *, gap: RangeGap | None) -> Release:
    new, old = deploy.sha or "", previous.sha or ""
    shipped, removed = ancestry.only(new, old), ancestry.only(old, new)
    if ancestry.boundary.intersection(shipped | removed):
        return Release(deploy=deploy, previous=previous, gap="shallow")
    return Release(
        deploy=deploy,
        previous=previous,
        shipped=ancestry.changes(new, shipped),
        removed=ancestry.changes(old, removed),
        gap=gap,
    )


def _warnings(
    releases: Sequence[Release], lines: Iterable[Sequence[Deploy]], boundary: frozenset[str]
) -> tuple[str, ...]:
    warnings = []
    known = [release for release in releases if release.deploy.sha]
    first = [each.deploy for each in known if each.previous is None or each.previous.sha is None]
    if first:
        warnings.append(
            f"what served before the first known deploy ({first[0].started_at:%Y-%m-%d %H:%M} UTC, "
            f"{short_ref(first[0].ref)}) is unknown; so is what it shipped"
        )
    cut = sum(r.truncated and not (r.shipped or r.removed) and r.deploy.sha is not None for r in releases)
    if cut and boundary:
        warnings.append(
            f"{cut} of {len(releases)} releases reach past the edge of this shallow clone, and what they "
            "shipped is unknown: run git fetch --unshallow"
        )
    close = sum(
        later.started_at - earlier.started_at < ONE_AFTER_ANOTHER
        for line in lines
        for earlier, later in pairwise(line)
    )
    if close:
        warnings.append(
            f"{close} deploys started less than a minute after another of their service: "
            "which of the two shipped what depends on the order of the log"
        )
    return tuple(warnings)
