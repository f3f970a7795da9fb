"""Deploys joined with the repositories of their services: what went live when, by which commits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bisect_ml.candidates import shas
from bisect_ml.config import Settings
from bisect_ml.errors import InputError
from bisect_ml.progress import Progress
from bisect_ml.releases import EVERY, aimed_at, build_releases, select, within_paths
from bisect_ml.saved_report import SavedRelease
from bisect_ml.sources import (
    DeployLog,
    Repositories,
    VersionSpan,
    check_against_versions,
    deploys_from_versions,
    read_deploys,
)
from bisect_ml.types import Change, Deploy, Release
from bisect_ml.verdicts import DeployKey, deploy_key

DEPLOY_FILES = ("deploys.csv", "deploys.json", "deploys.jsonl")
RELEASE_TAGS = ("deploy/*", "deploy-*", "release/*", "release-*", "v[0-9]*", "[0-9]*.[0-9]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What was deployed to the service and environment that are looked at, oldest first.

    `releases` are the deploys that took effect, each with what it did, `failed` those that did not, and
    `elsewhere` those of other services and environments.
    """

    releases: tuple[Release, ...]
    failed: tuple[Deploy, ...]
    repositories: Repositories
    warnings: tuple[str, ...]
    elsewhere: tuple[Deploy, ...] = ()

    @property
    def deploys(self) -> tuple[Deploy, ...]:
        """All deploys, the failed ones among them."""
        every = (*(release.deploy for release in self.releases), *self.failed)
        return tuple(sorted(every, key=lambda deploy: deploy.started_at))

    def saved(self) -> tuple[SavedRelease, ...]:
        """Return what a report saves of the releases."""
        back = rollbacks(self.releases)
        return tuple(
            SavedRelease(
                deploy=release.deploy.id,
                previous_sha=release.previous.sha if release.previous else None,
                shipped=count(release.shipped),
                removed=count(release.removed),
                undoes=release.previous.id
                if release.previous and deploy_key(release.deploy) in back
                else None,
                gap=release.gap,
            )
            for release in self.releases
        )


def open_repositories(repo: str | Path, settings: Settings) -> Repositories:
    """Return the repositories of the settings, and `repo` for all other services.

    What names no service (tags, versions in the rows) is of the service that is looked at, and so of
    its repository.
    """
    main = settings.repositories.get(settings.service or "", repo)
    return Repositories(main, settings.repositories, fetch=settings.fetch)


def deploys_beside(folders: Iterable[Path], progress: Progress) -> Path | None:
    """Return the first deploy log of a usual name in some folders, and say which it is."""
    for path in (folder / name for folder in dict.fromkeys(folders) for name in DEPLOY_FILES):
        if path.is_file():
            here = Path.cwd()
            progress.note(f"Deploys: {path.relative_to(here) if path.is_relative_to(here) else path}")
            return path
    return None


def derive_deploys(
    spans: Sequence[VersionSpan], repositories: Repositories, settings: Settings, progress: Progress
) -> tuple[str, DeployLog]:
    """Derive deploys where there is no log of them: from the versions in the rows, else from release tags.

    Returns:
        What they were derived from, and the deploys.

    Raises:
        InputError: There are neither versions that git knows nor tags that look like releases.
    """
    repository = repositories.of(settings.service)
    if spans:
        try:
            log = deploys_from_versions(spans, repository=repository)
        except InputError as error:
            progress.note(f"{error.message}: no deploys are derived from them")
        else:
            service, environment = (
                None if name == EVERY else name for name in (settings.service, settings.environment)
            )
            named = (replace(deploy, service=service, environment=environment) for deploy in log.deploys)
            return "the versions in the rows", replace(log, deploys=tuple(named))
    for pattern in RELEASE_TAGS:
        if repository.tags(pattern):
            progress.note(f"Deploys: the tags {pattern} of the repository")
            return f"tags:{pattern}", read_deploys(f"tags:{pattern}", repository=repository)
    raise InputError(
        "no deploy history was given, and none was found in files, versions in the rows or tags",
        "name it with --deploys FILE, or --deploys 'tags:PATTERN'",
    )


def join(log: DeployLog, repositories: Repositories, settings: Settings) -> History:
    """Work out what the deploys of the service and environment in the settings did."""
    target = {"service": settings.service, "environment": settings.environment}
    chosen, warnings = select(log.deploys, **target)
    releases: list[Release] = []
    told = [*log.warnings, *warnings]
    for repository, own in repositories.parts(chosen, lambda deploy: deploy.service):
        built, range_warnings = build_releases(own, repository)
        releases += built
        told += range_warnings
    aimed = aimed_at(log.deploys, **target)[0]
    here = {deploy.id for deploy in aimed}
    return History(
        releases=_of_paths(releases, repositories, settings),
        failed=tuple(deploy for deploy in aimed if deploy.status == "failed"),
        elsewhere=tuple(deploy for deploy in log.deploys if deploy.id not in here),
        repositories=repositories,
        warnings=tuple(dict.fromkeys(told)),
    )


def _of_paths(
    releases: Iterable[Release], repositories: Repositories, settings: Settings
) -> tuple[Release, ...]:
    """Keep of each service what touches its paths, where it has any."""
    kept: list[Release] = []
    lines: dict[str | None, list[Release]] = {}
    for release in releases:
        lines.setdefault(release.deploy.service or settings.service, []).append(release)
    for service, own in lines.items():
        paths = settings.paths.get(service or "")
        commits = repositories.of(service).paths(shas(own)) if paths else {}
        kept += within_paths(own, commits, paths) if paths else own
    return tuple(sorted(kept, key=lambda release: release.deploy.started_at))


def check_versions(history: History, spans: Sequence[VersionSpan], settings: Settings) -> tuple[str, ...]:
    """Return warnings where the deploys and the versions in the rows tell different stories."""
    if not spans:
        return ()
    deploys = [release.deploy for release in history.releases]
    return check_against_versions(deploys, spans, repository=history.repositories.of(settings.service))


def count(changes: Sequence[Change]) -> int:
    """Return how many commits the changes hold."""
    return sum(len(change.commits) for change in changes)


def rollbacks(releases: Sequence[Release]) -> frozenset[DeployKey]:
    """Return the deploys that only took commits out, or put back what served before the last deploy.

    Where releases are cut on branches of their own, going back also brings what the older branch alone had.
    What goes forward again after a rollback is none.
    """
    before: dict[DeployKey, Release] = {}
    found: set[DeployKey] = set()
    for release in releases:
        last = before.get(deploy_key(release.previous)) if release.previous else None
        was_forward = last is not None and deploy_key(last.deploy) not in found
        if release.removed and (not release.shipped or (was_forward and _puts_back(release, last))):
            found.add(deploy_key(release.deploy))
        before[deploy_key(release.deploy)] = release
    return frozenset(found)


def _puts_back(release: Release, last: Release | None) -> bool:
    """Tell whether a release deployed what served before the last one."""
    earlier = last.previous if last else None
    return earlier is not None and earlier.sha == release.deploy.sha
