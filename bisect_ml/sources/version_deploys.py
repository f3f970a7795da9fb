"""Deploys as the prediction log itself shows them: when each version answered first and last."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from bisect_ml.errors import InputError
from bisect_ml.refs import some_refs
from bisect_ml.sources.deploy_formats.base import names_of
from bisect_ml.sources.deploys import DeployLog
from bisect_ml.sources.git import Repository
from bisect_ml.sources.logs import VersionSpan
from bisect_ml.types import Deploy

# Clocks of the deploy log and of the service differ by minutes, not by more.
CLOCK_SKEW = timedelta(minutes=5)

# A version that has been silent for this many of its usual gaps between rows has stopped.
QUIET_ROWS = 10


def deploys_from_versions(spans: Sequence[VersionSpan], *, repository: Repository) -> DeployLog:
    """Derive deploys from the versions that a prediction log names.

    A version is deployed at its first row, and has full traffic when the one before it answers for the
    last time. Where a version stops while an older one goes on, the older one was put back: a rollback,
    or the end of a canary.

    Raises:
        InputError: No version is known to git.
    """
    shas = _resolved(spans, repository)
    unknown = sorted(version for version, sha in shas.items() if sha is None)
    if len(unknown) == len(shas):
        raise InputError(
            f"none of the {len(shas)} versions in the log is a commit in {repository.path}: "
            f"{some_refs(unknown)}",
            "let the version column hold shas or tags, or give a deploy log",
        )
    warning = (
        f"{len(unknown)} of {len(shas)} versions in the log are not in {repository.path}: "
        f"{some_refs(unknown)}"
    )
    deploys = tuple(
        Deploy(
            id=f"{version}@{start:.0f}",
            ref=version,
            sha=shas[version],
            service=None,
            environment=None,
            started_at=datetime.fromtimestamp(start, UTC),
            finished_at=None if end is None else datetime.fromtimestamp(end, UTC),
            status="succeeded",
        )
        for version, start, end in _takeovers(spans)
    )
    guess = f"Deploys: when each of the {len(shas)} versions in the log answered first"
    return DeployLog(deploys=deploys, guesses=(guess,), warnings=(warning,) if unknown else ())


def check_against_versions(
    deploys: Sequence[Deploy], spans: Sequence[VersionSpan], *, repository: Repository
) -> tuple[str, ...]:
    """Return warnings where a deploy log and the versions in the rows tell different stories."""
    shas = _resolved(spans, repository)
    first_deploy: dict[str, datetime] = {}
    for deploy in sorted(deploys, key=lambda each: each.started_at):
        if deploy.sha is not None and deploy.status != "failed":
            first_deploy.setdefault(deploy.sha, deploy.started_at)
    opening = min((span.first for span in spans), default=0.0)
    unlogged, early = [], []
    for span in spans:
        sha = shas[span.version]
        if sha is None or span.first == opening:
            continue
        if sha not in first_deploy:
            unlogged.append(span.version)
        elif datetime.fromtimestamp(span.first, UTC) < first_deploy[sha] - CLOCK_SKEW:
            early.append(span.version)
    warnings = []
    if unlogged:
        warnings.append(
            f"{_versions(unlogged)} answered that no deploy shipped ({', '.join(unlogged[:3])}): "
            "the deploy log is not complete"
        )
    if early:
        warnings.append(
            f"{_versions(early)} answered before their deploy began ({', '.join(early[:3])}): "
            "the clocks or the time zone of the deploy log are off"
        )
    return tuple(warnings)


def _versions(names: Sequence[str]) -> str:
    return "1 version" if len(names) == 1 else f"{len(names)} versions"


def _resolved(spans: Sequence[VersionSpan], repository: Repository) -> dict[str, str | None]:
    names = {span.version: names_of(span.version) for span in spans}
    found = repository.resolve([name for each in names.values() for name in each])
    return {
        version: next((found[name] for name in each if found[name]), None) for version, each in names.items()
    }


def _takeovers(spans: Sequence[VersionSpan]) -> Iterator[tuple[str, float, float | None]]:
    """Yield each version that takes over, from when, and when the one before it was gone.

    The moments are epoch seconds; the end of a takeover is None where the one before it came back, or
    where there was none.
    """
    ordered = sorted(spans, key=lambda span: (span.first, -span.last))
    takeovers: list[tuple[str, float, float | None]] = []
    for number, span in enumerate(ordered):
        before = [other for other in ordered[:number] if other.last >= span.first]
        staying = [other for other in before if _outlasts(other, span)]
        gone = max((other.last for other in before), default=span.first)
        takeovers.append((span.version, span.first, None if staying or number == 0 else gone))
        newer = (other for other in ordered[number + 1 :] if other.first <= span.last)
        if staying and not any(_outlasts(other, span) for other in newer):
            takeovers.append((max(staying, key=lambda other: other.first).version, span.last, None))
    yield from sorted(takeovers, key=lambda takeover: takeover[1])


def _outlasts(other: VersionSpan, span: VersionSpan) -> bool:
    """Tell whether a version went on after another stopped, for longer than its rows lie apart."""
    return other.last - span.last > QUIET_ROWS * (span.last - span.first) / span.rows
