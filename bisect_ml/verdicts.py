"""What an incident is laid to: the likeliest deploy with all that it shipped, or no code at all."""

from collections.abc import Sequence
from typing import TypeAlias

from bisect_ml.types import Deploy, Evidence

DeployKey: TypeAlias = tuple[object, ...]

# Evidence on no code of fewer nats is a footnote, such as which deploys cannot have acted.
_WORTH_SAYING = 0.2
# Less likely than this, that no code did it is ruled out, whatever speaks for it.
_RULED_OUT = 0.01


def likeliest_deploy(
    deploys: Sequence[Deploy], probabilities: Sequence[float], no_code: float
) -> tuple[int, float] | None:
    """Weigh *no code change explains this* against every deploy, taken with all its suspects.

    Many weak suspects of one deploy are still a reason to look at that deploy.

    Args:
        deploys: The deploy of each suspect, the likeliest suspect first.
        probabilities: Of each suspect.
        no_code: The probability that no code change explains the incident.

    Returns:
        The place of the best suspect of the likeliest deploy and the sum over that deploy, or None where no
        deploy is likelier than that no code did it.
    """
    keys = [deploy_key(deploy) for deploy in deploys]
    sums: dict[DeployKey, float] = {}
    for key, probability in zip(keys, probabilities, strict=True):
        sums[key] = sums.get(key, 0.0) + probability
    likeliest = max(sums, key=lambda key: sums[key], default=())
    whole = sums.get(likeliest, 0.0)
    return None if no_code >= whole else (keys.index(likeliest), min(1.0, whole))


def reasons(no_code: Sequence[Evidence], probability: float) -> tuple[Evidence, ...]:
    """Return what speaks for *no code change explains this* and is worth saying, strongest first.

    Nothing is where the other evidence leaves that less than one chance in a hundred.
    """
    if probability < _RULED_OUT:
        return ()
    telling = (one for one in no_code if one.llr >= _WORTH_SAYING)
    return tuple(sorted(telling, key=lambda one: -one.llr))


def deploy_key(deploy: Deploy) -> DeployKey:
    """Tell deploys apart, also where a log gives no ids."""
    return deploy.started_at, deploy.id, deploy.service, deploy.environment
