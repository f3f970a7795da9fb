"""Which deploys near the onset cannot have acted, and why."""

from bisect_ml.evidence.base import say
from bisect_ml.evidence.wording import counted
from bisect_ml.types import Candidate, Case, Deploy, Evidence

_SHOWN = 4


def aside(case: Case, candidate: Candidate) -> Evidence | None:
    """Name the deploys near the onset that were left out, with the reason.

    Looks at: deploys of the last day before the onset that failed, or that went to another environment
    or service.

    Why it tells: hardly: the deploys are no candidates, and what is shipped elsewhere acts here through
    shared data at most. It lets a reader check that the deploy in mind was seen.

    When it misleads: when the deploy log names an environment or a service otherwise than it is.
    """
    if candidate.release is not None or not case.aside:
        return None
    here = next((one.release.deploy for one in case.candidates if one.release), None)
    reasons = [f"{each.id} ({_why(each, here)})" for each in reversed(case.aside)]
    more = f" and {len(reasons) - _SHOWN} more" if len(reasons) > _SHOWN else ""
    count = counted(len(reasons), "deploy")
    return say(
        "aside",
        "named",
        f"{count} of the day before the onset cannot have acted: {', '.join(reasons[:_SHOWN])}{more}",
        deploys=len(reasons),
    )


def _why(deploy: Deploy, here: Deploy | None) -> str:
    if deploy.status == "failed":
        return "failed"
    if here is None or deploy.environment != here.environment:
        return f"environment {deploy.environment or 'not named'}"
    return f"service {deploy.service or 'not named'}"
