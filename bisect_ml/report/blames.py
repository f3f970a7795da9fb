"""What a finding blames: one deploy, or no code at all."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bisect_ml.saved_report import Finding, Suspect
from bisect_ml.verdicts import likeliest_deploy

# So likely that a commit came by another deploy, that deploy counts too.
_WORTH_NAMING = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Blame:
    """What a finding blames: no code, or the likeliest deploy.

    `lead` is the place of that deploy's best suspect among the suspects, None where no code is
    blamed; `deploy_probability` adds all suspects of the deploy up. Where no code is blamed, `timely` is the
    place of the best suspect whose deploy fits the onset; None where none does.
    """

    lead: int | None
    deploy_probability: float
    timely: int | None = None

    @property
    def no_code(self) -> bool:
        """Whether *no code change explains this* is the answer."""
        return self.lead is None

    @property
    def told(self) -> int | None:
        """The place of the suspect that the verdict speaks of, None where it speaks of none."""
        return self.timely if self.lead is None else self.lead


def blame(finding: Finding) -> Blame:
    """Lay a finding to its likeliest deploy, or to no code."""
    suspects = finding.suspects
    likeliest = likeliest_deploy(
        [suspect.deploy for suspect in suspects],
        [suspect.probability for suspect in suspects],
        finding.unexplained_probability,
    )
    if likeliest is None:
        timely = next((place for place, suspect in enumerate(suspects) if fits_onset(suspect)), None)
        return Blame(lead=None, deploy_probability=0.0, timely=timely)
    lead, whole = likeliest
    return Blame(lead=lead, deploy_probability=whole)


def ways_of(finding: Finding, suspect: Suspect) -> tuple[Suspect, ...]:
    """Return a suspect and the same commit with other deploys that may have brought it, as to other services.

    Of a deploy that shipped nothing known there is no other.
    """
    others = (one for one in finding.suspects if one is not suspect and one.sha == suspect.sha is not None)
    likely = (one for one in others if one.probability >= _WORTH_NAMING)
    return (suspect, *(one for one in likely if one.direction == suspect.direction))


def chance_of(ways: Sequence[Suspect]) -> float:
    """Return how likely a commit is, by whichever deploy it came."""
    return min(1.0, math.fsum(one.probability for one in ways))


def fits_onset(suspect: Suspect) -> bool:
    """Tell whether the deploy of a suspect fits the onset better than chance would."""
    return any(item.scorer == "timing" and item.llr > 0 for item in suspect.evidence)
