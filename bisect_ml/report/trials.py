"""What running a commit showed, in a word and a sentence."""

from collections.abc import Sequence

from bisect_ml.report import wording
from bisect_ml.report.marks import pixel
from bisect_ml.saved_report import Suspect, Trial

_WORDS = {
    "bad": "has the shift",
    "good": "lacks the shift",
    "skipped": "did not run",
    "confirmed": "confirmed",
    "cleared": "cleared",
    "other": "other change",
}


def badge(trial: Trial) -> str:
    """Say in a word or two what running a commit showed."""
    return _WORDS[trial.outcome]


def badge_of(suspect: Suspect) -> str:
    """Say in a word or two what running a suspect showed; empty where it was not run."""
    return badge(suspect.trial) if suspect.trial else ""


def ran(suspects: Sequence[Suspect]) -> list[str]:
    """Say of each suspect that was run what that showed: its commit, the word, the sentence."""
    return [
        f"{wording.short_sha(one.sha or 'no commit')} {badge(one.trial)}: {one.trial.sentence}"
        for one in suspects
        if one.trial
    ]


def shape(trial: Trial, x: float = 6, y: float = 6) -> str:
    """Return the SVG path of a badge's symbol, which differs by shape: diamond, ring, cross or square."""
    if trial.outcome in ("bad", "confirmed"):
        return f"M{pixel(x)},{pixel(y - 6)}l6,6l-6,6l-6,-6z"
    if trial.outcome in ("good", "cleared"):
        return f"M{pixel(x - 5)},{pixel(y)}a5,5 0 1 0 10,0a5,5 0 1 0 -10,0z"
    if trial.outcome == "skipped":
        return f"M{pixel(x - 5)},{pixel(y - 1)}h10v2h-10z"
    return f"M{pixel(x - 4)},{pixel(y - 4)}h8v8h-8z"
