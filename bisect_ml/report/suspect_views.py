"""A suspect as a card or a table row shows it: its evidence split, its diff cut, its links made."""

from dataclasses import dataclass, replace

from bisect_ml.report import hunks, links
from bisect_ml.saved_report import Suspect
from bisect_ml.types import Evidence

# The evidence that all commits of a deploy have in common.
_SHARED = "timing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """Evidence for and against, each strongest first."""

    accusing: tuple[Evidence, ...]
    excusing: tuple[Evidence, ...]

    @property
    def telling(self) -> tuple[tuple[str, Evidence], ...]:
        """The strongest on each side, the deploy's moment only where there is nothing else."""
        sides = (("For", self.accusing), ("Against", self.excusing))
        own = [(side, item) for side, items in sides for item in items if item.scorer != _SHARED]
        strongest: dict[str, Evidence] = {}
        for side, item in own or [(side, item) for side, items in sides for item in items]:
            strongest.setdefault(side, item)
        return tuple(strongest.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectView:
    """One suspect as a card or a table row shows it; links are None where they are not known.

    For *no code change explains this*, `suspect` is None.
    """

    suspect: Suspect | None
    probability: float
    rank: int
    arguments: Arguments
    url: str | None = None
    pull_request_url: str | None = None
    diff: tuple[hunks.DiffLine, ...] = ()
    diff_left: int = 0


def suspect_view(suspect: Suspect, rank: int, where: links.Linked) -> SuspectView:
    """Lay out one suspect; `where` knows what commits and pull requests link to."""
    return SuspectView(
        suspect=suspect,
        probability=suspect.probability,
        rank=rank,
        arguments=arguments(suspect.evidence),
        url=links.commit_url(where, suspect.sha),
        pull_request_url=links.pull_request_url(where, suspect.pull_request),
    )


def with_diff(row: SuspectView, most: int) -> SuspectView:
    """Add at most `most` lines of the diff of a suspect."""
    if row.suspect is None or row.suspect.hunk is None:
        return row
    diff, left = hunks.diff_lines(row.suspect.hunk, most=most)
    return replace(row, diff=diff, diff_left=left)


def arguments(told: tuple[Evidence, ...]) -> Arguments:
    """Split evidence into what speaks for and what against, each strongest first."""
    ordered = sorted((item for item in told if item.llr), key=lambda item: -abs(item.llr))
    return Arguments(
        accusing=tuple(item for item in ordered if item.llr > 0),
        excusing=tuple(item for item in ordered if not item.llr > 0),
    )
