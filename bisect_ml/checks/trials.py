"""Commits run on recorded inputs: which of them shows a shift, and which brought it.

A shift is seen where a run differs from what it is held against by at least half of the shift. Ratios
are halved as ratios: a shift of x100 is half there at x10.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeAlias

from bisect_ml.bisection import ErrorRates, Found, Outcome, halving_runs, search
from bisect_ml.progress import Progress
from bisect_ml.runs import Run
from bisect_ml.saved_check import Bisection, EffectUnit
from bisect_ml.saved_report import Trial

_NAMES = {
    "null_rate": "share of missing predictions",
    "rows": "share of rows that moved",
    "flips": "share of rows of another class",
}

# The effect of one file of predictions against another, by the metric and the slice that decide; None where
# there is nothing to compare.
Measure: TypeAlias = Callable[[Path, Path], float | None]

SHOWN_FROM = 0.5
NOTHING_BELOW = 0.1
# An effect that floating-point noise makes.
UNMOVED = 1e-9
# A commit that brings this much more than the shift brings another one.
TOO_MUCH = 2.0
# An estimate of how often noise misleads is never trusted beyond these.
ERROR_BOUNDS = (1e-4, 0.3)


class Runs(Protocol):
    """What runs commits; `bisect_ml.runs.Runner` does."""

    def run(self, sha: str, repeat: int = 0) -> Run:
        """Run the command on the code of a commit."""


class Ancestry(Protocol):
    """What knows which commit two others grew from; `bisect_ml.sources.Repository` does."""

    def merge_base(self, first: str, second: str) -> str | None:
        """Return the commit that two commits grew from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What is looked for: an effect of a metric. `name` is how sentences call it."""

    effect: float
    unit: EffectUnit
    name: str

    def share(self, effect: float) -> float:
        """Return how much of the shift an effect is: 0 for none of it, 1 for all."""
        if self.unit == "relative" and effect > -1 and self.effect > -1:
            return math.log1p(effect) / math.log1p(self.effect)
        return effect / self.effect

    def told(self, effect: float) -> str:
        """Return an effect of the metric as a clause: `the mean fell 100-fold`."""
        if abs(effect) < UNMOVED:
            return f"the {self.name} did not move"
        verb = "rose" if effect > 0 else "fell"
        if self.unit == "points":
            return f"the {self.name} {verb} by {100 * abs(effect):.3g} points"
        if effect > 1 or -1 < effect < -0.5:
            factor = 1 + effect
            return f"the {self.name} {verb} {max(factor, 1 / factor):.4g}-fold"
        return f"the {self.name} {verb} by {100 * abs(effect):.3g}%"


def shift_name(metric: str, slice_name: str | None) -> str:
    """Name a metric, and the slice it is of, as the sentence of a run calls it."""
    of_class = metric.startswith("share[") and metric.endswith("]")
    name = f"share of {metric[6:-1]}" if of_class else _NAMES.get(metric, metric)
    return f"{name} of {slice_name}" if slice_name else name


class Laboratory:
    """Runs commits and compares what they predict.

    Args:
        runs: What runs them.
        measure: What compares two files of predictions.
        shift: What is looked for.

    Attributes:
        logs: The path of the log of each commit that was run.
        last_lines: The end of the log of the last run that came to nothing.
    """

    def __init__(self, runs: Runs, measure: Measure, shift: Shift) -> None:
        self._runs = runs
        self._measure = measure
        self._shift = shift
        self._asked: Counter[str] = Counter()
        self.logs: dict[str, str] = {}
        self.last_lines: tuple[str, ...] = ()

    def against(self, sha: str, reference: str) -> tuple[Trial, float | None]:
        """Run a commit and hold it against another one.

        Each call takes a fresh run of the commit, and the one run of its reference.

        Returns:
            The trial, `good`, `bad` or `skipped`, and how much of the shift the commit shows.
        """
        run = self._runs.run(sha, repeat=self._asked[sha])
        self._asked[sha] += 1
        self.logs[sha] = str(run.log)
        if run.output is None:
            self.last_lines = run.last_lines
            return _skipped(run, run.failed or "it wrote nothing"), None
        before = self._runs.run(reference)
        if before.output is None:
            self.last_lines = before.last_lines
            return _skipped(run, f"{reference[:10]}, which it is held against, could not run"), None
        effect = self._measure(before.output, run.output)
        if effect is None or not math.isfinite(effect):
            return _skipped(run, "its predictions cannot be compared"), None
        share = self._shift.share(effect)
        trial = Trial(
            sha=sha,
            outcome="bad" if share >= SHOWN_FROM else "good",
            sentence=self._shift.told(effect),
            effect=effect,
            runs=0 if run.cached else 1,
            seconds=run.seconds,
        )
        return trial, share


def bisect(
    laboratory: Laboratory,
    *,
    base: str,
    head: str,
    parents: Mapping[str, Sequence[str]],
    probabilities: Mapping[str, float],
    ancestry: Ancestry,
    errors: ErrorRates,
    progress: Progress,
) -> Bisection:
    """Run commits of a range until the one that brought the shift is found.

    A commit that grew from older code than the base is held against that code, so that what the base has
    gained since does not count.

    Args:
        laboratory: Where commits are run.
        base: The commit that does not show the shift.
        head: The commit that does.
        parents: The commits of the range with their parents, parents first.
        probabilities: How likely each commit is to have brought it.
        ancestry: Where the histories of two commits part.
        errors: How often a run misleads.
        progress: Hears of each run.
    """
    trials: list[Trial] = []
    shares: dict[str, float] = {base: 0.0, head: 1.0}
    references = {base}
    asking = search(parents, probabilities, errors=errors)
    try:
        sha = next(asking)
        while True:
            reference = ancestry.merge_base(sha, base) or base
            references.add(reference)
            progress.stage(f"Bisecting: run {len(trials) + 1}, {sha[:10]} of {len(parents)} commits")
            trial, share = laboratory.against(sha, reference)
            trials.append(trial)
            if share is not None:
                shares[sha] = share
            progress.note(f"{sha[:10]} is {trial.outcome}: {trial.sentence}")
            sha = asking.send(outcome(trial))
    except StopIteration as end:
        found: Found = end.value
    return _saved(found, trials, shares, parents, further_runs=len(references) - 1)


def judge(laboratory: Laboratory, sha: str, parent: str, *, removed: bool = False) -> Trial:
    """Run a commit and its parent, and say whether the commit brought the shift.

    Args:
        laboratory: Where commits are run.
        sha: The commit.
        parent: Its first parent.
        removed: Whether the shift came as the commit was taken out.
    """
    if removed:
        trial, share = laboratory.against(parent, sha)
        trial = replace(trial, sha=sha)
    else:
        trial, share = laboratory.against(sha, parent)
    if share is None:
        return replace(trial, outcome="skipped")
    way = "without it" if removed else "with it"
    if SHOWN_FROM <= share <= TOO_MUCH:
        told = f"{way}, {trial.sentence} on the same inputs"
        return replace(trial, outcome="confirmed", sentence=told)
    if abs(share) < NOTHING_BELOW:
        told = f"{trial.sentence} on the same inputs, nothing of the shift"
        return replace(trial, outcome="cleared", sentence=told)
    told = f"changes the predictions, but not so: {trial.sentence} on the same inputs"
    return replace(trial, outcome="other", sentence=told)


def error_rates(noise: float | None, shift: Shift) -> ErrorRates:
    """Return how often noise moves a run across the middle between base and head.

    Args:
        noise: The largest effect between two runs of the base, None where that was not measured.
        shift: What is looked for.
    """
    if not noise:
        return ErrorRates()
    spread = abs(shift.share(noise)) / 2
    wrong = 0.5 * math.erfc(SHOWN_FROM / max(spread, 1e-12) / math.sqrt(2))
    rate = min(max(wrong, ERROR_BOUNDS[0]), ERROR_BOUNDS[1])
    return ErrorRates(false_bad=rate, false_good=rate)


def outcome(trial: Trial) -> Outcome:
    """Return what the search makes of a trial."""
    if trial.outcome in ("good", "bad"):
        return "good" if trial.outcome == "good" else "bad"
    return "skipped"


def _skipped(run: Run, sentence: str) -> Trial:
    return Trial(
        sha=run.sha,
        outcome="skipped",
        sentence=sentence,
        runs=0 if run.cached else 1,
        seconds=run.seconds,
    )


def _saved(
    found: Found,
    trials: Sequence[Trial],
    shares: Mapping[str, float],
    parents: Mapping[str, Sequence[str]],
    *,
    further_runs: int,
) -> Bisection:
    """Save what was found, with the runs that plain halving would have taken to the same commit."""
    skipped = {trial.sha for trial in trials if trial.outcome == "skipped"}
    # Where the culprit hides, halving would have had to try all that it hides among.
    target = found.culprit or found.among[-1]
    reason = found.remark
    if found.culprit is None:
        names = ", ".join(sha[:10] for sha in found.among[:8])
        more = f" and {len(found.among) - 8} more" if len(found.among) > 8 else ""
        reason = f"{found.remark}: it is one of {names}{more}"
    share = None
    if found.culprit is not None and found.culprit in shares:
        before = next(iter(parents[found.culprit]), "")
        share = shares[found.culprit] - shares.get(before, 0.0)
    return Bisection(
        culprit=found.culprit,
        merge=found.merge,
        probability=found.probability,
        trials=tuple(trials),
        runs=len(trials) + further_runs,
        halving_runs=halving_runs(target, parents, skipped=skipped),
        share=share,
        reason=reason or None,
    )
