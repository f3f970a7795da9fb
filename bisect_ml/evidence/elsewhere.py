"""Whether other services moved at the same moment, with no deploy of their own."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from bisect_ml.evidence.base import say
from bisect_ml.evidence.shift import slice_moves
from bisect_ml.evidence.timing import span
from bisect_ml.types import Candidate, Case, Deploy, Evidence

SERVICE_COLUMNS = frozenset(
    {"service", "service_name", "app", "application", "model", "model_name", "endpoint", "api", "system"}
)
_MOVED = 0.15
_JUST_BEFORE = timedelta(minutes=45)
_CLOCK_SKEW = timedelta(minutes=5)


def elsewhere(case: Case, candidate: Candidate) -> Evidence | None:
    """Look for other services that moved at the same moment, and for deploys of theirs.

    Looks at: the moves of every value of a column that names services or models, the deploys near the
    onset that can have acted, and those of other services.

    Why it tells: code that one service ships moves that service; where others moved in the same
    minutes without a deploy, what they share moved them: an upstream source, a feature store, an outage.

    When it misleads: when the services run the same code from one deploy, and when one of them feeds
    the others.
    """
    if candidate.release is not None:
        return None
    moves = services(case)
    moved = sorted(name for name, share in moves.items() if share >= _MOVED)
    deployed = _deployed(case)
    idle = [name for name in moved if name.lower() not in deployed]
    if len(moved) > 1 and idle:
        it = "it" if len(idle) == 1 else "them"
        return say(
            "elsewhere",
            "moved",
            f"{_list(idle)} moved at the same moment, and no deploy went to {it}",
            services=len(idle),
        )
    upstream = _just_before(case)
    if upstream is not None:
        lag = (case.incident.onset.at - upstream.started_at).total_seconds()
        when = f"{span(abs(lag))} {'before' if lag >= 0 else 'after'} the onset"
        return say(
            "elsewhere", "upstream", f"{upstream.service}, another service, was deployed {when}", lag_s=lag
        )
    if len(moves) > 1 and len(moved) == 1:
        return say("elsewhere", "alone", f"of {len(moves)} services only {moved[0]} moved")
    return None


def services(case: Case) -> Mapping[str, float]:
    """Return how far each service in the log moved, in shares of the largest move; empty without names."""
    found = slice_moves(case)
    column = next((each for each in found if each.lower() in SERVICE_COLUMNS), None)
    return found[column] if column else {}


def _deployed(case: Case) -> Collection[str]:
    """Return the services, in lower case, that some deploy near the onset went to."""
    every = [*(one.release.deploy for one in case.candidates if one.release), *case.aside]
    return {deploy.service.lower() for deploy in every if deploy.service and deploy.status != "failed"}


def _just_before(case: Case) -> Deploy | None:
    """Return the last deploy of another service that went live minutes before the onset."""
    at = case.incident.onset.at
    here = {one.release.deploy.service for one in case.candidates if one.release}
    environments = {one.release.deploy.environment for one in case.candidates if one.release}
    close = [
        each
        for each in case.aside
        if each.service
        and each.service not in here
        and each.status != "failed"
        and (each.environment in environments or not environments)
        and -_CLOCK_SKEW <= at - each.started_at <= _JUST_BEFORE
    ]
    return close[-1] if close else None


def _list(names: Collection[str]) -> str:
    shown = list(names)[:3]
    return ", ".join(shown) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
