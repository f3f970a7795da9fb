"""Run the whole trace on cases and keep what every scorer could read: what the fit learns from.

    python -m benchmarks.incidents.harvest CLONES CASES HARVEST [--only PREFIX ...] [--detected OLD]

HARVEST receives one ID.pickle.gz a case: the case's truth, and for every break that the trace reported the
`Case` that its scorers were asked about. What is detected and refined is the product's own doing. With
`--detected`, the breaks that an earlier harvest found are taken over, and confirmed, refined and explained
anew.
"""

import argparse
import gzip
import hashlib
import json
import pickle
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.incidents.mutants import borrowed
from bisect_ml import evidence, trace
from bisect_ml.incidents import clarity, onset
from bisect_ml.types import Case, Evidence, Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What one case gave: its `case.json`, a `Case` a reported break, and what the trace cost."""

    truth: dict[str, Any]
    cases: tuple[Case, ...]
    cpu_s: float
    problem: str = ""


def harvest(clones: Path, folder: Path, detected: Harvest | None = None) -> Harvest:
    """Trace one case as a user would, with its entry point."""
    truth = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    asked: list[Case] = []

    def gather(case: Case) -> tuple[tuple[Evidence, ...], ...]:
        asked.append(case)
        return evidence.gather(case)

    with tempfile.TemporaryDirectory() as name, ExitStack() as patches:
        repository = Path(name) / "repo.git"
        borrowed(clones / truth["repo"].replace("/", "+") / "repo", repository)
        (repository / "refs" / "heads" / "main").write_text(f"{truth['head']}\n")
        patches.enter_context(patch("bisect_ml.explanation.gather", gather))
        if detected is not None:
            found = tuple(_reopened(case.incident) for case in detected.cases)
            patches.enter_context(patch("bisect_ml.breaks.detect_all", lambda some, **_: [()] * len(some)))
            patches.enter_context(patch("bisect_ml.breaks.group", lambda _: found))
        began = time.process_time()
        problem = ""
        try:
            trace(
                folder / truth["predictions"],
                repo=repository,
                deploys=folder / "deploys.csv",
                service=truth["service"],
                entry=truth["metric"],
            )
        except Exception as error:  # noqa: BLE001 - a crash is a finding, and the rest goes on
            problem = f"{type(error).__name__}: {error}"
        spent = time.process_time() - began if detected is None else detected.cpu_s
        return Harvest(truth=truth, cases=tuple(asked), cpu_s=spent, problem=problem)


def _reopened(incident: Incident) -> Incident:
    """Return an incident as it was before it was confirmed and refined."""
    return replace(incident, onset=onset(max(incident.all_symptoms, key=clarity)))


def read_one(path: Path) -> Harvest:
    """Return what one case gave; fields that a `Case` has gained since are left at their defaults."""
    kept = pickle.loads(gzip.decompress(path.read_bytes()))
    names = {each.name for each in fields(Case)}
    cases = ({name: value for name, value in each.items() if name in names} for each in kept["cases"])
    return Harvest(**{**kept, "cases": tuple(Case(**each) for each in cases)})


def write_one(path: Path, found: Harvest) -> None:
    """Save what one case gave, field by field, so that later versions of the nouns can read it."""
    kept = {each.name: getattr(found, each.name) for each in fields(found)}
    kept["cases"] = [{each.name: getattr(case, each.name) for each in fields(case)} for case in found.cases]
    path.write_bytes(gzip.compress(pickle.dumps(kept), 1))


def culprit_of(case: Case, truth: dict[str, Any], tolerance_s: float = 7200.0) -> dict[str, Any] | None:
    """Return the true break that a reported one is, within two hours, None where it is none."""
    at = case.incident.onset.at.timestamp()
    near = []
    for each in truth["truth"]["breaks"]:
        start = end = epoch(each["at"])
        if "rollout" in each:
            start, end = (epoch(each["rollout"][key]) for key in ("start", "end"))
        if start - tolerance_s <= at <= end + tolerance_s:
            near.append((abs(at - epoch(each["at"])), each))
    return min(near, key=lambda pair: pair[0])[1] if near else None


def epoch(text: str) -> float:
    """Return the seconds since 1970 of a moment as the cases write it."""
    return datetime.fromisoformat(text).timestamp()


def main() -> None:
    """Trace the chosen cases and save what was asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("clones", type=Path)
    parser.add_argument("cases", type=Path)
    parser.add_argument("harvest", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--detected", type=Path, help="an earlier harvest whose breaks are taken over")
    arguments = parser.parse_args()
    arguments.harvest.mkdir(parents=True, exist_ok=True)
    # In an order that has nothing to do with names, so that the part that is done is a sample of the whole.
    folders = [path.parent for path in arguments.cases.glob("*/case.json")]
    for folder in sorted(folders, key=lambda each: hashlib.sha256(each.name.encode()).digest()):
        target = arguments.harvest / f"{folder.name}.pickle.gz"
        if target.exists() or (arguments.only and not any(folder.name.startswith(p) for p in arguments.only)):
            continue
        old = arguments.detected / target.name if arguments.detected else None
        found = harvest(arguments.clones, folder, read_one(old) if old and old.exists() else None)
        write_one(target, found)
        onsets = [f"{case.incident.onset.at:%m-%d %H:%M}" for case in found.cases]
        true = [each["at"][5:16] for each in found.truth["truth"]["breaks"]]
        told = f"{found.truth['kind']} true {true} found {onsets} {found.cpu_s:.1f} s {found.problem}"
        print(folder.name, told, flush=True)


if __name__ == "__main__":
    main()
