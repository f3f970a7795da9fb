"""What a scorer is, and how it speaks."""

from typing import Protocol

from bisect_ml.types import Candidate, Case, Evidence
from bisect_ml.weights import WEIGHTS


class Scorer(Protocol):
    """A pure function that says one thing about one candidate, or nothing.

    It reads the case and the candidate only: no git, no clock, no disk. None means that it has
    nothing to say, which changes nothing.
    """

    def __call__(self, case: Case, candidate: Candidate, /) -> Evidence | None:
        """Return what this scorer says of the candidate."""


def say(scorer: str, level: str, sentence: str, **facts: str | float | int) -> Evidence:
    """Return evidence of the strength that the table gives to this level of this scorer.

    The level joins the facts, so that weights can be fitted to saved evidence.
    """
    return Evidence(
        scorer=scorer, llr=WEIGHTS[scorer][level], sentence=sentence, facts={"level": level, **facts}
    )
