"""Whether anything that runs was shipped near the onset."""

from bisect_ml.evidence.base import say
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.timing import has_log, span
from bisect_ml.evidence.wording import counted
from bisect_ml.types import Candidate, Case, Commit, Deploy, Evidence

_NEAR_S = 24 * 3600.0
_SKEW_S = 300.0


def quiet(case: Case, candidate: Candidate) -> Evidence | None:
    """Look for a window in which nothing shipped that runs.

    Looks at: the deploys from a day before the onset to its end, and whether any of their commits can
    move a prediction.

    Why it tells: a break without a deploy was not deployed. Timing and inert commits already weigh on
    each candidate; this says it of all of them together, and adds little.

    When it misleads: when the deploy log is not complete, and when configuration ships by another way.
    """
    if candidate.release is not None or not (case.candidates or case.releases) or not has_log(case):
        return None
    low, high = (moment.timestamp() for moment in case.incident.onset.interval)
    near = [
        one
        for one in case.candidates
        if one.release and low - _NEAR_S <= one.release.deploy.started_at.timestamp() <= high + _SKEW_S
    ]
    if not near:
        return _nothing(case, low)
    commits = [one.commit for one in near]
    if all(commit is not None and _is_inert(commit) for commit in commits):
        told = f"nothing of the {counted(len(commits), 'commit')} of the day before the onset"
        return say("quiet", "inert", f"{told} can move a prediction", commits=len(commits))
    return None


def _nothing(case: Case, low: float) -> Evidence:
    last = max(
        (r.deploy for r in case.releases if r.deploy.started_at.timestamp() < low), default=None, key=_at
    )
    if last is None:
        return say("quiet", "nothing", "no deploy went live before the onset")
    lag = low - _at(last)
    return say(
        "quiet", "nothing", f"the last deploy before the onset, {last.id}, was {span(lag)} earlier", lag_s=lag
    )


def _at(deploy: Deploy) -> float:
    return deploy.started_at.timestamp()


def _is_inert(commit: Commit) -> bool:
    return bool(commit.files) and not live_files(commit)
