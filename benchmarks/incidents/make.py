"""Make incidents with a known culprit, or none, out of public histories.

    python -m benchmarks.incidents.make CLONES CACHE [--only NAME ...] [--each N] [--seed N]

Needs what `benchmarks.incidents.outputs` wrote to CACHE, and writes OWNER+NAME.pickle beside it: a list
of `Incident`. Three kinds: a real step of the history that moved a metric; a mutation that moved one, among
real commits that did not and other mutations that did not; and an outside event, often minutes after a
harmless deploy. Truth is by execution throughout.
"""

import argparse
import json
import pickle
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.incidents.histories import HISTORIES, History
from benchmarks.incidents.mutate import Mutation, mutations
from benchmarks.incidents.outputs import Clone
from benchmarks.incidents.replay import Outputs, extract, pool, run
from benchmarks.incidents.traffic import draw_rows, series_of, symptoms
from bisect_ml.sources.git import Repository
from bisect_ml.types import (
    Candidate,
    Case,
    Change,
    Commit,
    Deploy,
    FileChange,
    FloatArray,
    Incident,
    Onset,
    Release,
)

_HOUR = timedelta(hours=1)
_LEAST_ROWS_CHANGED = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A case and its truth; no culprits where no code did it.

    `changes` are the first-parent changes that the culprits came by.
    """

    history: str
    metric: str
    kind: str
    case: Case
    culprits: frozenset[str]
    changes: frozenset[str]
    held_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A first-parent step of the main line with its commits."""

    change: Change
    commits: tuple[Commit, ...]


class Maker:
    """Makes incidents of one history."""

    def __init__(self, history: History, clone: Path, found: dict[str, dict[str, object]], seed: str) -> None:
        self.history = history
        self.clone = Clone(clone)
        self.repository = Repository(clone)
        self.line: list[str] = found["line"]  # type: ignore[assignment]
        self.keys: dict[str, str] = found["keys"]  # type: ignore[assignment]
        self.outputs: dict[str, Outputs] = found["outputs"]  # type: ignore[assignment]
        self.rng = random.Random(seed)
        self.noise = np.random.default_rng(self.rng.randrange(2**32))
        self._steps: dict[str, Step] = {}
        self._trees: dict[str, dict[str, str]] = {}

    def values(self, sha: str, metric: str) -> list[float | None] | None:
        """Return what a commit computes for a metric, None where that is not known."""
        return self.outputs.get(self.keys.get(sha, ""), {}).get(metric)

    def moves(self, newer: str, older: str, metric: str) -> bool | None:
        """Tell whether a metric differs between two commits, None where one of them cannot say."""
        after, before = self.values(newer, metric), self.values(older, metric)
        return None if after is None or before is None else after != before

    def step(self, sha: str) -> Step:
        """Return a step of the main line with all that it brought."""
        if sha not in self._steps:
            shas = (sha, *self.clone.brought(sha))
            commits = self.repository.commits(shas, patches=True)
            self._steps[sha] = Step(
                change=Change(sha=sha, commits=shas), commits=tuple(commits[each] for each in shas)
            )
        return self._steps[sha]

    def tree(self, sha: str) -> dict[str, str]:
        """Return the Python sources at a commit."""
        if sha not in self._trees:
            self._trees[sha] = self.repository.tree(sha, (".py",))
        return self._trees[sha]

    # Real steps

    def real(self, each: int) -> list[Labelled]:
        """Return incidents whose culprit is in the history, at most `each` a metric."""
        found: list[Labelled] = []
        for metric in self.history.metrics:
            places = [
                place
                for place, (newer, older) in enumerate(pairwise(self.line))
                if self.moves(newer, older, metric)
            ]
            self.rng.shuffle(places)
            made = [one for place in places[: 2 * each] if (one := self._real(metric, place)) is not None]
            found += made[:each]
        return found

    def _real(self, metric: str, place: int) -> Labelled | None:
        newer, older = self.line[place], self.line[place + 1]
        before, after = self.values(older, metric), self.values(newer, metric)
        first, last = self._quiet_around(place, metric)
        batch = self.line[first:last]
        steps = [self.step(sha) for sha in batch]
        if before is None or after is None or not 0 < sum(len(step.commits) for step in steps) <= 120:
            return None
        culprits = {newer} | {
            sha for sha in self.step(newer).change.commits[1:] if self._moved_inside(sha, metric)
        }
        case = self._case(metric, steps, self.tree(self.line[first]), before, after, place=(first, last))
        if case is None:
            return None
        return self._labelled(metric, "real", case, culprits, {newer})

    def _known_inside(self, merge: str, metric: str) -> bool:
        """Tell whether a step is one commit, or a merge one of whose commits is known to move the metric.

        A merge of which none is may be one where no commit could be run.
        """
        inner = self.step(merge).change.commits[1:]
        return not inner or any(self._moved_inside(sha, metric) for sha in inner)

    def _moved_inside(self, sha: str, metric: str) -> bool:
        parents = self.clone.lines("rev-parse", f"{sha}^@")
        return len(parents) == 1 and bool(self.moves(sha, parents[0], metric))

    def _quiet_around(self, place: int, metric: str) -> tuple[int, int]:
        """Return a stretch of the line around a step in which no other step moves the metric."""
        first, last = place, place + 1
        for _ in range(self._batch_size() - 1):
            if (
                self.rng.random() < 0.5
                and first > 0
                and self.moves(self.line[first - 1], self.line[first], metric) is False
            ):
                first -= 1
            elif (
                last + 1 < len(self.line)
                and self.moves(self.line[last], self.line[last + 1], metric) is False
            ):
                last += 1
        return first, last

    def _batch_size(self) -> int:
        return 1 + int(self.noise.geometric(1 / self.rng.choice([3, 6, 12])))

    # Mutations

    def mutated(self, rounds: int, mutations_a_round: int = 10) -> list[Labelled]:
        """Return incidents whose culprit is a mutation, with other mutations as bystanders."""
        found: list[Labelled] = []
        usable = [place for place, sha in enumerate(self.line[:-2]) if self.outputs.get(self.keys[sha])]
        for place in self.rng.sample(usable, min(rounds, len(usable))):
            made = self._mutations(self.line[place], mutations_a_round)
            found += [one for metric in self.history.metrics if (one := self._mutated(metric, place, made))]
        return found

    def _mutations(self, sha: str, count: int) -> list[tuple[str, Mutation, Outputs]]:
        """Return mutations of the sources at a commit with what the code then computes."""
        tree = {
            p: t
            for p, t in self.tree(sha).items()
            if "test" not in p.lower() and len(t) > 200 and "setup" not in p
        }
        paths = sorted(tree)
        found = []
        for _ in range(count if paths else 0):
            path = self.rng.choices(paths, [len(tree[each]) ** 0.5 for each in paths])[0]
            for mutation in mutations(tree[path], self.rng, 1):
                with tempfile.TemporaryDirectory() as name:
                    folder = Path(name)
                    extract(self.clone.path, sha, folder)
                    (folder / path).write_text(mutation.text, encoding="utf-8")
                    found.append((path, mutation, run(self.history, folder)))
        return found

    def _mutated(self, metric: str, place: int, made: list[tuple[str, Mutation, Outputs]]) -> Labelled | None:
        sha = self.line[place]
        before = self.values(sha, metric)
        guilty = [one for one in made if before is not None and metric in one[2] and one[2][metric] != before]
        innocent = [one for one in made if one[2].get(metric) == before]
        if before is None or not guilty:
            return None
        path, mutation, outputs = self.rng.choice(guilty)
        first, last = place, place
        for _ in range(self._batch_size()):
            if (
                last + 1 < len(self.line)
                and self.moves(self.line[last], self.line[last + 1], metric) is False
            ):
                last += 1
        culprit = self._commit(sha, path, mutation)
        others = [
            self._commit(sha, p, m)
            for p, m, _ in self.rng.sample(innocent, min(len(innocent), self.rng.randint(0, 4)))
        ]
        own = [Step(change=Change(sha=c.sha, commits=(c.sha,)), commits=(c,)) for c in (culprit, *others)]
        steps = [self.step(each) for each in self.line[first:last]] + own
        self.rng.shuffle(steps)
        tree = {**self.tree(sha), path: mutation.text}
        case = self._case(metric, steps, tree, before, outputs[metric], place=(first, last))
        return (
            None
            if case is None
            else self._labelled(metric, f"mutated: {mutation.kind}", case, {culprit.sha}, {culprit.sha})
        )

    def _commit(self, sha: str, path: str, mutation: Mutation) -> Commit:
        """Return a mutation as a commit without a message: what it would say is not ours to make up."""
        before = self.tree(sha)[path]
        return Commit(
            sha=f"{self.rng.getrandbits(160):040x}",
            parents=(sha,),
            author="A Author",
            committed_at=datetime(2026, 1, 1, tzinfo=UTC),
            subject="",
            files=(_file_change(path, before, mutation.text),),
        )

    # Events outside the code

    def outside(self, count: int) -> list[Labelled]:
        """Return incidents that no code caused: the mix of traffic, or an input that is not logged, moved."""
        found: list[Labelled] = []
        metrics = list(self.history.metrics)
        for _ in range(6 * count):
            if len(found) >= count:
                break
            metric = self.rng.choice(metrics)
            place = self.rng.randrange(max(1, len(self.line) - 12))
            values = self.values(self.line[place], metric)
            last = place + self._batch_size()
            stretch = self.line[place : last + 1]
            if values is None or any(self.moves(a, b, metric) is not False for a, b in pairwise(stretch)):
                continue
            steps = [self.step(sha) for sha in stretch[:-1]]
            kind = self.rng.choice(["mix", "mix", "hidden"])
            case = self._case(
                metric, steps, self.tree(self.line[place]), values, values, place=(place, last), event=kind
            )
            if case is not None:
                found.append(self._labelled(metric, f"outside: {kind}", case, set(), set()))
        return found

    # Assembly

    def _labelled(
        self, metric: str, kind: str, case: Case, culprits: set[str], changes: set[str]
    ) -> Labelled:
        return Labelled(
            history=self.history.repo,
            metric=metric,
            kind=kind,
            case=case,
            culprits=frozenset(culprits),
            changes=frozenset(changes),
            held_out=self.history.held_out,
        )

    def _case(
        self,
        metric: str,
        steps: Sequence[Step],
        tree: dict[str, str],
        before: list[float | None],
        after: list[float | None],
        *,
        place: tuple[int, int],
        event: str | None = None,
    ) -> Case | None:
        """Return the case of a shift from some outputs to others; None where a log would not show it."""
        changed = np.mean([a != b for a, b in zip(before, after, strict=True)])
        if event is None and changed < _LEAST_ROWS_CHANGED:
            return None
        start = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(minutes=self.rng.randrange(10_000))
        hours = self.rng.randint(14, 30) * 24
        at = start + _HOUR * self.rng.uniform(0.25, 0.75) * hours
        inputs = pool(self.history.metrics[metric][1])
        hour = int((at - start) / _HOUR) + 1
        weights = np.ones((hours, len(inputs))) * self.noise.gamma(1.5, size=len(inputs))
        if event:
            weights[hour:] *= self._event_weights(
                event, inputs, np.array([np.nan if v is None else v for v in before])
            )
        values = np.array([[np.nan if v is None else v for v in side] for side in (before, after)])
        by_hour = values[(np.arange(hours) >= hour).astype(int)]
        rows = draw_rows(weights, hours, self.rng.choice([30, 80, 200]), self.noise)
        series = series_of(rows, by_hour, inputs, start.timestamp())
        shown = symptoms(series, start.timestamp() + 3600 * hour)
        if not shown:
            return None
        deploy = self._deploy(at, number=1, lag=self._lag(event))
        releases = [self._release(deploy, steps), *self._neighbours(metric, at, start, hours, place)]
        onset = self._onset(at)
        near = [
            r
            for r in releases
            if onset.interval[0] - timedelta(days=1) <= r.deploy.started_at <= onset.interval[1]
        ]
        commits = {c.sha: c for step in (*steps, *self._steps.values()) for c in step.commits}
        candidates = tuple(
            Candidate(release=release, commit=commits[sha], change=change)
            for release in near
            for change in release.shipped
            for sha in change.commits
        )
        incident = Incident(number=1, onset=onset, lead=shown[0], symptoms=tuple(shown[1:]))
        return Case(
            incident=incident,
            candidates=candidates,
            series=series,
            releases=tuple(sorted(releases, key=lambda r: r.deploy.started_at)),
            tree=tree,
            entry=metric,
            log_start=start.timestamp(),
            log_end=(start + hours * _HOUR).timestamp(),
        )

    def _event_weights(self, event: str, inputs: Sequence[object], values: FloatArray) -> FloatArray:
        weights = np.ones(len(inputs))
        if event == "mix":
            column = self.rng.choice(list(inputs[0].slices))  # type: ignore[attr-defined]
            found = [each.slices[column] for each in inputs]  # type: ignore[attr-defined]
            chosen = self.rng.choice(found)
            weights[[each == chosen for each in found]] = self.rng.choice([0.1, 3.0, 6.0])
            return weights
        ranks = np.argsort(np.argsort(np.nan_to_num(values, nan=-1e9))) / len(values)
        return np.exp(self.rng.choice([-2.0, 2.0]) * ranks)

    def _lag(self, event: str | None) -> timedelta:
        """Return how long after its deploy the break began; outside events keep the deploy near, or away."""
        if event:
            minutes = self.rng.uniform(0, 30) if self.rng.random() < 0.6 else self.rng.uniform(300, 3000)
            return timedelta(minutes=minutes)
        kind = self.rng.choices(["rollout", "cache", "batch"], [0.75, 0.19, 0.06])[0]
        mean = {"rollout": 4.0, "cache": 25.0, "batch": 180.0}[kind]
        return timedelta(minutes=min(self.rng.expovariate(1 / mean), 20 * 60)) + timedelta(minutes=1)

    def _deploy(self, at: datetime, number: int, lag: timedelta) -> Deploy:
        return Deploy(
            id=f"d{number}",
            ref="main",
            sha=f"{number:040x}",
            service="scorer",
            environment="production",
            started_at=at - lag,
            finished_at=None,
            status="succeeded",
        )

    @staticmethod
    def _release(deploy: Deploy, steps: Sequence[Step]) -> Release:
        previous = replace(deploy, id=deploy.id + "-", started_at=deploy.started_at - timedelta(days=1))
        return Release(deploy=deploy, previous=previous, shipped=tuple(step.change for step in steps))

    def _neighbours(
        self, metric: str, at: datetime, start: datetime, hours: int, place: tuple[int, int]
    ) -> list[Release]:
        """Return the other deploys of the log, with the steps of the line around that move nothing."""
        first, last = place
        spare = [
            sha
            for i in [*range(max(0, first - 25), first), *range(last, min(last + 25, len(self.line) - 1))]
            if self.moves(sha := self.line[i], self.line[i + 1], metric) is False
        ]
        found = []
        for number in range(2, 2 + int(hours / self.rng.choice([20, 48, 96]))):
            shas = [spare.pop() for _ in range(min(len(spare), self.rng.randint(0, 4)))]
            moment = start + _HOUR * self.rng.uniform(0, hours)
            if abs(moment - at) < timedelta(minutes=20):
                continue
            found.append(
                self._release(self._deploy(moment, number, timedelta()), [self.step(sha) for sha in shas])
            )
        return found

    def _onset(self, at: datetime) -> Onset:
        half_s = float(np.clip(self.noise.lognormal(np.log(480), 1.0), 20, 6 * 3600))
        centre = at + timedelta(seconds=float(self.noise.normal(0, half_s / 1.645)))
        edges = centre.timestamp() + half_s * np.linspace(-1.5, 1.5, 13)
        mass = np.diff(1 / (1 + np.exp(-1.7 * 1.645 * np.linspace(-1.5, 1.5, 13))))
        half = timedelta(seconds=half_s)
        return Onset(edges=edges, mass=mass / mass.sum(), at=centre, interval=(centre - half, centre + half))


def _file_change(path: str, before: str, after: str) -> FileChange:
    import difflib

    diff = list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=3))[2:]
    return FileChange(
        path=path,
        added=sum(line.startswith("+") for line in diff),
        removed=sum(line.startswith("-") for line in diff),
        patch="\n".join(diff),
        before=before,
        after=after,
    )


def main() -> None:
    """Make and save the incidents of the chosen histories."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("clones", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--each", type=int, default=4, help="real incidents a metric")
    parser.add_argument("--rounds", type=int, default=6, help="states of the code that are mutated")
    parser.add_argument("--seed", default="1")
    arguments = parser.parse_args()
    for history in HISTORIES:
        name = history.repo.replace("/", "+")
        saved = arguments.cache / f"{name}.json"
        if not saved.exists() or (
            arguments.only and not any(each in history.repo for each in arguments.only)
        ):
            continue
        clone = arguments.clones / name / "repo"
        maker = Maker(history, clone, json.loads(saved.read_text()), f"{arguments.seed} {name}")
        found = [*maker.real(arguments.each), *maker.mutated(arguments.rounds)]
        found += maker.outside(max(4, len(found) // 4))
        (arguments.cache / f"{name}.pickle").write_bytes(pickle.dumps(found))
        kinds = sorted(one.kind.split(":")[0] for one in found)
        print(history.repo, {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}, flush=True)


if __name__ == "__main__":
    main()
