"""What a finding blames: one deploy, or no code at all."""

from dataclasses import dataclass

from bisect_ml.saved_report import Finding
from bisect_ml.types import Deploy


@dataclass(frozen=True, slots=True, kw_only=True)
class Blame:
    """What a finding blames: no code, or the likeliest deploy.

    `lead` is the place of that deploy's best suspect among the suspects, None where no code is
    blamed; `deploy_probability` adds all suspects of the deploy up.
    """

    lead: int | None
    deploy_probability: float

    @property
    def no_code(self) -> bool:
        """Whether *no code change explains this* is the answer."""
        return self.lead is None


def blame(finding: Finding) -> Blame:
    """Weigh *no code change explains this* against every deploy, taken with all its commits.

    Many weak suspects of one deploy are still a reason to look at that deploy.
    """
    by_deploy: dict[tuple[object, ...], float] = {}
    keys = [deploy_key(suspect.deploy) for suspect in finding.suspects]
    for key, suspect in zip(keys, finding.suspects, strict=True):
        by_deploy[key] = by_deploy.get(key, 0.0) + suspect.probability
    likeliest = max(by_deploy, key=lambda key: by_deploy[key], default=())
    total = by_deploy.get(likeliest, 0.0)
    if finding.unexplained_probability >= total:
        return Blame(lead=None, deploy_probability=0.0)
    return Blame(lead=keys.index(likeliest), deploy_probability=min(1.0, total))


def deploy_key(deploy: Deploy) -> tuple[object, ...]:
    """Tell deploys apart, also where a log gives no ids."""
    return deploy.started_at, deploy.id, deploy.service, deploy.environment
