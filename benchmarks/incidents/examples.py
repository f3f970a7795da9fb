"""From harvested cases to what the fit learns from: what is said of each candidate, and who did it.

    python -m benchmarks.incidents.examples HARVEST

Asks today's scorers about every harvested case, with its entry point and without, and keeps the answers below
HARVEST by a digest of the scorers' sources, so that a fit need not ask again.
"""

import argparse
import hashlib
import pickle
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

import bisect_ml
from benchmarks.incidents.harvest import Harvest, culprit_of, epoch, read_one
from benchmarks.judging import Answered, Example
from bisect_ml.dating import date
from bisect_ml.evidence import gather
from bisect_ml.suspects import earlier, merges, prior_terms, rank
from bisect_ml.types import Candidate, Case, Evidence, Ranked

WITHOUT_WEIGHTS = frozenset({"timing", "supposed"})
"""The scorers that work out what they say: no weight of theirs is fitted."""


def answered(path: Path, *, entry: bool) -> list[Answered]:
    """Return every harvested case with its examples, asking the scorers where that was not done yet."""
    kept = path / "examples" / _digest()
    kept.mkdir(parents=True, exist_ok=True)
    found = []
    for each in sorted(path.glob("*.pickle.gz")):
        saved = kept / f"{each.name.removesuffix('.pickle.gz')}{'' if entry else '-without-entry'}.pickle"
        if not saved.exists():
            saved.write_bytes(pickle.dumps(_answered(read_one(each), entry=entry)))
        found.append(pickle.loads(saved.read_bytes()))
    return found


def _digest() -> str:
    root = Path(bisect_ml.__file__).parent
    rooms = ("evidence", "interpreter", "javascript")
    sources = [path for room in rooms for path in sorted((root / room).rglob("*.py"))]
    sources += [root / "suspects.py", root / "dating.py"]
    sources.append(Path(__file__))
    return hashlib.sha256(b"".join(each.read_bytes() for each in sources)).hexdigest()[:12]


def _answered(harvest: Harvest, *, entry: bool) -> Answered:
    truth = harvest.truth
    examples, matched = [], []
    rankings: dict[int, tuple[Ranked, ...]] = {}
    for case in harvest.cases:
        incident = case.incident
        began = rankings.get(incident.recovers, ()) if incident.recovers else ()
        # What the trace of then thought of the earlier break is not what the tool thinks of it now.
        ended = {each.candidate.commit.sha: each.probability for each in began if each.candidate.commit}
        asked = replace(case, ended=ended, entry=case.entry if entry else None)
        said = gather(asked)
        rankings[incident.number] = tuple(rank(asked, said))
        true = culprit_of(_dated(asked, said), truth)
        matched.append(true)
        examples.append(_example(asked, said, true, made=truth.get("made", False)))
    outside = truth["truth"].get("external_event")
    return Answered(
        id=truth["id"],
        history=truth.get("history", truth["repo"]),
        language=truth.get("language", "python"),
        kind=truth["kind"],
        made=truth.get("made", False),
        held_out=truth["split"] == "held out",
        minutes_after_a_deploy=truth.get("minutes_after_a_deploy"),
        breaks=len(truth["truth"]["breaks"]),
        found=len({each["at"] for each in matched if each is not None}),
        expected=sum(
            true is not None or (outside is not None and _during(case, outside))
            for case, true in zip(harvest.cases, matched, strict=True)
        ),
        examples=tuple(examples),
        cpu_s=harvest.cpu_s,
    )


def _during(case: Case, event: dict[str, str]) -> bool:
    at = case.incident.onset.at.timestamp()
    return epoch(event["start"]) - 7200 <= at <= epoch(event["end"]) + 7200


def _dated(case: Case, said: Sequence[tuple[Evidence, ...]]) -> Case:
    """Return the case with the onset as the report gives it: dated by its probable causes too."""
    incident = case.incident
    if incident.lead.series.width_s is None:
        return case
    onset = date(incident.onset, rank(case, said))
    return replace(case, incident=replace(incident, onset=onset))


def _example(
    case: Case, said: Sequence[tuple[Evidence, ...]], true: dict[str, Any] | None, *, made: bool
) -> Example:
    offsets, terms = [], []
    for heard, (fixed, linear) in zip(said, prior_terms(case), strict=True):
        timed = sum(each.llr for each in heard if each.scorer in WITHOUT_WEIGHTS)
        levels = [
            (each.scorer, str(each.facts["level"]))
            for each in heard
            if each.scorer not in _left_out(made=made)
        ]
        offsets.append((fixed, timed))
        terms.append({**linear, **dict.fromkeys(levels, 1.0)})
    culprits = set(true["culprits"]) if true else set()
    guilty = [*(_sha(each) in culprits for each in case.candidates), true is None]
    return Example(
        fixed=np.array([each[0] for each in offsets]),
        timing=np.array([each[1] for each in offsets]),
        terms=tuple(terms),
        guilty=np.array(guilty, dtype=np.float64),
        changes=(*(c.change.sha if c.change else "" for c in case.candidates), "no deploy"),
        guilty_changes=frozenset(true["first_parent_culprits"]) if true else frozenset({"no deploy"}),
        right_deploy=np.array([*(_ships(each, true) for each in case.candidates), 0.0]),
        merges=(*merges(case.candidates), None),
        earlier=earlier(case),
    )


def _left_out(*, made: bool) -> frozenset[str]:
    """Return the scorers that are no terms of the fit: the subjects of mutations were drawn by lot."""
    return WITHOUT_WEIGHTS | {"intent"} if made else WITHOUT_WEIGHTS


def _sha(candidate: Candidate) -> str:
    return candidate.commit.sha if candidate.commit else ""


def _ships(candidate: Candidate, true: dict[str, Any] | None) -> float:
    """Tell whether a candidate belongs to the deploy that did it: by its commits, as people would check."""
    if true is None:
        return 0.0
    return float(_sha(candidate) in true["deploy_commits"])


def main() -> None:
    """Ask the scorers about every case."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("harvest", type=Path)
    arguments = parser.parse_args()
    for entry in (True, False):
        print(
            len(answered(arguments.harvest, entry=entry)),
            "cases asked",
            "with" if entry else "without",
            "entry",
        )


if __name__ == "__main__":
    main()
