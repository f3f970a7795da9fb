"""After an incident: the suspects of a trace run against their parents, and the report told what was seen."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bisect_ml.check_settings import CheckSettings
from bisect_ml.checks.comparing import effect_of
from bisect_ml.checks.trials import Laboratory, Runs, Shift, judge, shift_name
from bisect_ml.errors import ConfigError, RunError
from bisect_ml.progress import Progress, Silence
from bisect_ml.runs import Runner
from bisect_ml.saved_report import Finding, Report, SavedSymptom, Suspect, Trial
from bisect_ml.sources import Repository

# Suspects below this are not worth a run.
LEAST_PROBABILITY = 0.02
# How likely a run shows what it did, of the commit that caused the incident and of any other. A cause may
# hide from the recorded inputs; a commit that is not the cause hardly makes the very same shift.
LIKELIHOODS: Mapping[str, tuple[float, float]] = {
    "confirmed": (0.93, 0.01),
    "cleared": (0.05, 0.90),
    "other": (0.02, 0.09),
    "skipped": (1.0, 1.0),
}
_UNDO = re.compile(
    r"roll (?:\S+ )?back to `[^`]+`, which served before|Nothing to undo: incident \d+ ended here",
    re.IGNORECASE,
)
_NAMES = {"mean": "mean", "p50": "median", "null_rate": "null_rate"}


def replay(
    report: Report,
    settings: CheckSettings,
    *,
    repo: str | Path = ".",
    top: int = 3,
    incidents: Collection[int] = (),
    seed: int = 0,
    timeout_s: float | None = None,
    cache: bool = True,
    progress: Progress | None = None,
) -> Report:
    """Run the likeliest suspects of a saved trace on recorded inputs, each against its parent.

    Args:
        report: The report of `trace`.
        settings: The command that predicts, its input, and how its outputs are read.
        repo: The repository of the suspects.
        top: How many suspects of an incident are run at most.
        incidents: The numbers of the incidents; all of them where empty.
        seed: What the command is given as its seed.
        timeout_s: The most seconds that a run may take.
        cache: Whether results of earlier runs are taken.
        progress: Hears of each run.

    Returns:
        The report, its suspects weighed anew, with a trial each that was run.

    Raises:
        ConfigError: No command is given, or there is no such incident.
        RunError: None of the suspects could run; the message ends with the last lines of a log.
    """
    if settings.run is None:
        raise ConfigError(
            "it is not said how the code predicts",
            'give the command: --run "python -m app.score {input} {output}"',
        )
    chosen = _chosen(report, incidents)
    repository = Repository(repo)
    progress = progress or Silence()
    with Runner(
        repo,
        run=settings.run,
        input=settings.input,
        setup=settings.setup,
        seed=seed,
        timeout_s=timeout_s,
        cache=cache,
        progress=progress,
    ) as runner:
        witness = _Witness(runner, repository, settings, progress)
        findings = [
            witness.replayed(finding, top) if finding.id in chosen else finding
            for finding in report.incidents
        ]
        witness.raise_if_nothing_ran()
        warnings = dict.fromkeys((*report.warnings, *witness.warnings, *runner.warnings))
    return replace(report, incidents=tuple(findings), warnings=tuple(warnings))


def _chosen(report: Report, incidents: Collection[int]) -> frozenset[int]:
    known = [finding.id for finding in report.incidents]
    unknown = sorted(set(incidents).difference(known))
    if unknown:
        numbers = f"1 to {max(known)}" if known else "none"
        raise ConfigError(f"there is no incident {unknown[0]} in the report", f"its incidents are {numbers}")
    return frozenset(incidents or known)


class _Witness:
    """Runs suspects and says what was seen of each."""

    def __init__(
        self, runs: Runs, repository: Repository, settings: CheckSettings, progress: Progress
    ) -> None:
        self._runs = runs
        self._repository = repository
        self._settings = settings
        self._progress = progress
        self._judged: Counter[str] = Counter()
        self._failure = ""
        self.warnings: list[str] = []

    def replayed(self, finding: Finding, top: int) -> Finding:
        """Return a finding with its likeliest suspects run."""
        shift = next(_shifts(finding), None)
        worth = _worth_running(finding)
        if not worth:
            return finding
        if shift is None:
            self.warnings.append(
                f"incident {finding.id} was not replayed: it moved in {finding.metric}, and replays compare "
                "means, medians, missing predictions and shares of classes"
            )
            return finding
        trials: dict[tuple[str | None, str], Trial] = {}
        weighed = finding
        while len(trials) < top and worth:
            suspect = next(one for one in weighed.suspects if _identity(one) in worth)
            sha = str(suspect.sha)
            self._progress.stage(f"Replaying incident {finding.id}: {sha[:10]}")
            trial = self._trial(suspect, *shift)
            self._judged[trial.outcome] += 1
            self._progress.note(f"Incident {finding.id}: {sha[:10]} {_told(trial)}")
            trials[_identity(suspect)] = trial
            weighed = weigh(finding, trials)
            # A confirmed merge makes its commits worth a run, which were too unlikely before; a merge shows
            # nothing more than the commit in it that is confirmed.
            worth = (worth | _worth_running(weighed)).difference(trials, _explained(weighed))
        return weighed

    def raise_if_nothing_ran(self) -> None:
        """Refuse to hand back a report that learnt nothing because no suspect runs."""
        if self._failure and set(self._judged) == {"skipped"}:
            raise RunError(self._failure, "try the command in a checkout of that commit")

    def _trial(self, suspect: Suspect, shift: Shift, metric: str, slice_name: str | None) -> Trial:
        sha = str(suspect.sha)
        commit = self._repository.messages([sha]).get(sha) if self._knows(sha) else None
        if commit is None or not commit.parents:
            why = "it has no parent" if commit else f"it is not in {self._repository.path}"
            return Trial(sha=sha, outcome="skipped", sentence=why, runs=0)

        def measure(before: Path, after: Path) -> float | None:
            measured = effect_of(before, after, metric, slice_name, self._settings)
            return None if measured is None or measured.estimate is None else measured.estimate.effect

        laboratory = Laboratory(self._runs, measure, shift)
        trial = judge(laboratory, sha, commit.parents[0], removed=suspect.direction == "removed")
        if trial.outcome == "skipped" and laboratory.last_lines:
            end = "".join(f"\n    {line}" for line in laboratory.last_lines)
            self._failure = f"no suspect could run; {sha[:10]}: {trial.sentence}{end}"
        return trial

    def _knows(self, sha: str) -> bool:
        return self._repository.resolve([sha])[sha] is not None


def _told(trial: Trial) -> str:
    """Say what was seen, the word for it first where the sentence alone does not tell."""
    word = "did not run" if trial.outcome == "skipped" else trial.outcome
    return trial.sentence if word == "other" else f"{word}: {trial.sentence}"


def weigh(finding: Finding, trials: Mapping[tuple[str | None, str], Trial]) -> Finding:
    """Return a finding whose probabilities count what was seen, best suspect first.

    What a merge shows beside its first parent, each of the commits that it brought may have done.

    Args:
        finding: The finding.
        trials: What was seen, by the sha and the deploy of the suspect.
    """
    found = {key: LIKELIHOODS[trial.outcome] for key, trial in trials.items()}
    others = math.prod(other for _, other in found.values())
    weights = []
    for suspect in finding.suspects:
        shown_by = {_identity(suspect), (suspect.change, suspect.deploy.id)}
        lift = math.prod(own / other for key, (own, other) in found.items() if key in shown_by)
        weights.append(suspect.probability * others * lift)
    left = (finding.unexplained_probability * others, finding.cut_probability * others)
    total = math.fsum((*weights, *left))
    weighed = [
        replace(suspect, probability=weight / total, trial=trials.get(_identity(suspect), suspect.trial))
        for suspect, weight in zip(finding.suspects, weights, strict=True)
    ]
    changes: defaultdict[tuple[str, str], float] = defaultdict(float)
    for suspect in weighed:
        if suspect.change is not None:
            changes[suspect.deploy.id, suspect.change] += suspect.probability
    told = [
        replace(suspect, change_probability=min(1.0, changes[suspect.deploy.id, suspect.change]))
        if suspect.change is not None
        else suspect
        for suspect in weighed
    ]
    ranked = sorted(told, key=lambda suspect: -suspect.probability)
    return replace(
        finding,
        suspects=tuple(ranked),
        unexplained_probability=left[0] / total,
        cut_probability=left[1] / total,
        next_step=_next_step(finding, ranked),
    )


def _worth_running(finding: Finding) -> frozenset[tuple[str | None, str]]:
    return frozenset(
        _identity(suspect)
        for suspect in finding.suspects
        if suspect.sha is not None and suspect.probability >= LEAST_PROBABILITY
    )


def _explained(finding: Finding) -> frozenset[tuple[str | None, str]]:
    """Return the merges that brought a commit which a run has confirmed."""
    return frozenset(
        (suspect.change, suspect.deploy.id)
        for suspect in finding.suspects
        if suspect.trial and suspect.trial.outcome == "confirmed" and suspect.change != suspect.sha
    )


def _shifts(finding: Finding) -> Iterator[tuple[Shift, str, str | None]]:
    """Yield what of an incident can be compared, the lead first: its shift, its metric and its slice."""
    everything: tuple[Finding | SavedSymptom, ...] = (finding, *finding.symptoms)
    for moved in everything:
        before, after = moved.before, moved.after
        share = moved.metric.startswith("share[")
        metric = moved.metric if share else _NAMES.get(moved.metric)
        if metric is None or before is None or after is None or before == after:
            continue
        name = shift_name(metric, moved.slice)
        if share or metric == "null_rate":
            yield Shift(effect=after - before, unit="points", name=name), metric, moved.slice
        elif before != 0:
            yield Shift(effect=after / before - 1, unit="relative", name=name), metric, moved.slice


def _next_step(finding: Finding, ranked: Sequence[Suspect]) -> str:
    best = ranked[0] if ranked else None
    if best is not None and best.sha and best.trial and best.trial.outcome == "confirmed":
        return _confirmed_step(finding.next_step, best.sha[:12], is_merge=best.joins is not None)
    cleared = [one for one in ranked if one.trial and one.trial.outcome == "cleared" and one.sha]
    if cleared and not any(one.trial and one.trial.outcome == "confirmed" for one in ranked):
        names = ", ".join(f"`{one.sha[:12]}`" for one in cleared if one.sha)
        return f"Running cleared {names}: run more suspects with `--top`, or record inputs of that time."
    return finding.next_step


def _confirmed_step(step: str, sha: str, *, is_merge: bool) -> str:
    """Return what is left to do of a next step once a run has told which commit it was.

    What was to be looked into, read or run to tell is settled; what there is to undo is not.
    """
    undo = _UNDO.search(step)
    undone = f"{undo[0][0].upper()}{undo[0][1:]}." if undo else ""
    shown = f"git log -p {sha}^1..{sha}" if is_merge else f"git show {sha}"
    told = (f"Running `{sha}` confirmed it.", undone, f"Read the change: `{shown}`.")
    return " ".join(filter(None, told))


def _identity(suspect: Suspect) -> tuple[str | None, str]:
    return suspect.sha, suspect.deploy.id
