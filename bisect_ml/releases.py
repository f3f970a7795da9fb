"""What each deploy made live and what it took out, in its service and environment.

A release range is what git calls `previous..sha`, by reachability and not by date. All ranges of a log
come from one walk through history that notes which deploys reach each commit; a range is then the
commits that the one deploy reaches and the other does not.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Protocol

from bisect_ml.types import Change, Deploy, Release, Step

PRODUCTION = ("production", "prod", "prd", "live")

# Git meets commits by date. A commit whose clock ran behind its parents' by up to this much is still
# met before the walk may end.
CLOCK_SKEW = timedelta(days=30)

ONE_AFTER_ANOTHER = timedelta(minutes=1)


class Historian(Protocol):
    """The part of a repository that release ranges need; `bisect_ml.sources.Repository` is one."""

    @property
    def boundary(self) -> frozenset[str]:
        """The commits whose parents a shallow clone does not have."""

    def walk(self, tips: Iterable[str]) -> Generator[Step, None, None]:
        """Yield the ancestors of some commits, the commits included, newest commit date first."""


def select(
    deploys: Sequence[Deploy], *, service: str | None = None, environment: str | None = None
) -> tuple[tuple[Deploy, ...], tuple[str, ...]]:
    """Choose the deploys that shipped to a service and an environment, oldest first.

    Args:
        deploys: All deploys of the log.
        service: The service whose deploys count; all services when None. Models, which a registry
            does not give to a service, count for each.
        environment: The environment that counts; production when None, where the log knows one.

    Returns:
        The deploys, and warnings about what was left out or could not be told apart.
    """
    warnings: list[str] = []
    chosen = _of_service(deploys, service, warnings)
    chosen = _of_environment(chosen, environment, warnings)
    failed = sum(deploy.status == "failed" for deploy in chosen)
    if failed:
        warnings.append(f"{failed} of {len(chosen)} deploys failed or were cancelled: they shipped nothing")
    shipped = (deploy for deploy in chosen if deploy.status != "failed")
    return tuple(sorted(shipped, key=_moment)), tuple(warnings)


def build_releases(
    deploys: Iterable[Deploy], history: Historian
) -> tuple[tuple[Release, ...], tuple[str, ...]]:
    """Work out what each deploy shipped and removed, oldest deploy first.

    Each service and environment is a line of its own. A deploy whose sha git does not know is truncated
    and changes nothing; what comes after it is compared with the last deploy that git does know, and is
    truncated too. So is a range that reaches the edge of a shallow clone: its commits cannot be told
    from older ones, and it is left empty. A model that went live is a release without commits.

    Returns:
        The releases, and warnings about those that are not known in full.
    """
    ordered = sorted(deploys, key=_moment)
    ancestry = _Ancestry.read(history, [deploy.sha for deploy in ordered if deploy.sha])
    lines: dict[tuple[str | None, str | None], list[Deploy]] = {}
    for deploy in ordered:
        lines.setdefault((deploy.service, deploy.environment), []).append(deploy)
    releases = [release for line in lines.values() for release in _releases(line, ancestry)]
    releases.sort(key=lambda release: _moment(release.deploy))
    return tuple(releases), _warnings(releases, lines.values(), history.boundary)


def _releases(line: Iterable[Deploy], ancestry: "_Ancestry") -> Iterator[Release]:
    """Yield the releases of one service and environment, whose deploys come oldest first."""
    live: Deploy | None = None
    models: dict[str, Deploy] = {}
    unknown_between = False
    for deploy in line:
        if deploy.is_model:
            model = deploy.ref.rpartition("/")[0]
            yield Release(deploy=deploy, previous=models.get(model))
            models[model] = deploy
            continue
        if deploy.sha is None:
            unknown_between = True
            yield Release(deploy=deploy, previous=live, truncated=True)
            continue
        if live is None:
            yield Release(deploy=deploy, previous=None, truncated=unknown_between)
        else:
            yield _release(deploy, live, ancestry, truncated=unknown_between)
        live, unknown_between = deploy, False


def _release(deploy: Deploy, previous: Deploy, ancestry: "_Ancestry", *, truncated: bool) -> Release:
    new, old = deploy.sha or "", previous.sha or ""
    shipped, removed = ancestry.only(new, old), ancestry.only(old, new)
    if ancestry.boundary.intersection(shipped | removed):
        return Release(deploy=deploy, previous=previous, truncated=True)
    return Release(
        deploy=deploy,
        previous=previous,
        shipped=ancestry.changes(new, shipped),
        removed=ancestry.changes(old, removed),
        truncated=truncated,
    )


def _warnings(
    releases: Sequence[Release], lines: Iterable[Sequence[Deploy]], boundary: frozenset[str]
) -> tuple[str, ...]:
    warnings = []
    first = [release.deploy for release in releases if release.previous is None and release.deploy.sha]
    if first:
        warnings.append(
            "what served before the first deploy of the log "
            f"({first[0].started_at:%Y-%m-%d %H:%M} UTC, {first[0].ref}) is unknown; so is what it shipped"
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


def _moment(deploy: Deploy) -> tuple[datetime, datetime]:
    return deploy.started_at, deploy.finished_at or deploy.started_at


def _of_service(deploys: Sequence[Deploy], service: str | None, warnings: list[str]) -> list[Deploy]:
    known = sorted({deploy.service for deploy in deploys if deploy.service})
    if service is None:
        if len(known) > 1:
            warnings.append(f"the deploys of {len(known)} services all count ({_list(known)}); choose one")
        return list(deploys)
    if not known:
        warnings.append(f"the deploys name no service: all of them count as {service!r}")
        return list(deploys)
    if service not in known:
        warnings.append(f"no deploy is of service {service!r}; the log has {_list(known)}")
    return [deploy for deploy in deploys if deploy.service == service or deploy.is_model]


def _of_environment(deploys: Sequence[Deploy], environment: str | None, warnings: list[str]) -> list[Deploy]:
    known = sorted({deploy.environment for deploy in deploys if deploy.environment})
    if not known:
        if environment is not None:
            warnings.append(f"the deploys name no environment: all of them count as {environment!r}")
        return list(deploys)
    if environment is not None:
        if environment not in known:
            warnings.append(f"no deploy is to environment {environment!r}; the log has {_list(known)}")
        return [deploy for deploy in deploys if deploy.environment == environment]
    production = [name for name in known if name.lower() in PRODUCTION] or [
        name for name in known if name.lower().startswith("prod")
    ]
    if not production:
        if len(known) > 1:
            warnings.append(f"no environment looks like production: all count ({_list(known)}); choose one")
        return list(deploys)
    nowhere = sum(deploy.environment is None for deploy in deploys)
    if nowhere:
        warnings.append(
            f"{nowhere} deploys name no environment and are left out: {production[0]} is looked at"
        )
    return [deploy for deploy in deploys if deploy.environment in production]


def _list(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


@dataclass(frozen=True, slots=True)
class _Ancestry:
    """The part of history that tells deploys apart, and which of them reach each commit of it.

    `steps` are in the order of the walk, newest first. `reached_by` holds one bit per tip. A commit that
    is not in `steps` is reached by every tip, or by none.
    """

    steps: Mapping[str, Step]
    reached_by: Mapping[str, int]
    bits: Mapping[str, int]
    order: Mapping[str, int]
    boundary: frozenset[str]

    @classmethod
    def read(cls, history: Historian, shas: Iterable[str]) -> "_Ancestry":
        """Walk from the deployed commits back to where all that is left is common to them."""
        bits = {sha: 1 << number for number, sha in enumerate(dict.fromkeys(shas))}
        steps: dict[str, Step] = {}
        reached = dict(bits)
        if len(bits) > 1:
            with closing(history.walk(bits)) as walk:
                _paint(walk, steps, reached, every=(1 << len(bits)) - 1)
        order = {sha: number for number, sha in enumerate(steps)}
        return cls(steps=steps, reached_by=reached, bits=bits, order=order, boundary=history.boundary)

    def only(self, new: str, old: str) -> set[str]:
        """Return the commits that `new` reaches and `old` does not: `old..new`."""
        bit = self.bits[old]
        found: set[str] = set()
        pending = [new]
        while pending:
            sha = pending.pop()
            if sha in self.steps and sha not in found and not self.reached_by[sha] & bit:
                found.add(sha)
                pending.extend(self.steps[sha].parents)
        return found

    def changes(self, tip: str, inside: set[str]) -> tuple[Change, ...]:
        """Split a range that ends at `tip` into first-parent steps, newest first.

        A commit belongs to the oldest step that brings it: to the merge it first came by.
        """
        line: list[str] = []
        sha: str | None = tip
        while sha is not None and sha in inside:
            line.append(sha)
            sha = next(iter(self.steps[sha].parents), None)
        left = inside.difference(line)
        changes = []
        for sha in reversed(line):
            brought = self._take(self.steps[sha].parents[1:], left)
            commits = (sha, *sorted(brought, key=self.order.__getitem__))
            changes.append(Change(sha=sha, commits=commits, pull_request=self.steps[sha].pull_request))
        return tuple(reversed(changes))

    def _take(self, tips: Iterable[str], left: set[str]) -> list[str]:
        """Remove from `left` what the tips reach in it, and return that."""
        taken = []
        pending = list(tips)
        while pending:
            sha = pending.pop()
            if sha in left:
                left.remove(sha)
                taken.append(sha)
                pending.extend(self.steps[sha].parents)
        return taken


def _paint(walk: Iterable[Step], steps: dict[str, Step], reached: dict[str, int], *, every: int) -> None:
    """Read a walk until all that is left is reached by every tip, and note who reaches what.

    Args:
        walk: The ancestors of the tips.
        steps: Filled with the steps that were read.
        reached: The bits of the tips that reach each commit; holds the tips themselves at first.
        every: The bits of all tips.
    """
    unsettled = {sha for sha, bits in reached.items() if bits != every}
    oldest = datetime.max.replace(tzinfo=UTC)
    for step in walk:
        steps[step.sha] = step
        unsettled.discard(step.sha)
        _spread(step.sha, steps, reached, unsettled, every)
        if reached[step.sha] != every:
            oldest = min(oldest, step.committed_at)
        elif not unsettled and step.committed_at + CLOCK_SKEW < oldest:
            return


def _spread(
    sha: str, steps: Mapping[str, Step], reached: dict[str, int], unsettled: set[str], every: int
) -> None:
    """Tell the ancestors of a commit, as far as they were read, which tips reach them.

    A commit may be read before some of its children: then what they add is passed on here.
    """
    pending = [sha]
    while pending:
        child = pending.pop()
        for parent in steps[child].parents:
            before = reached.get(parent, 0)
            after = before | reached[child]
            if after == before:
                continue
            reached[parent] = after
            if parent in steps:
                pending.append(parent)
            elif after == every:
                unsettled.discard(parent)
            else:
                unsettled.add(parent)
