"""Make cases with a known culprit, or none, out of the branches that were run.

    python -m benchmarks.incidents.make CLONES CACHE CASES [--only NAME ...] [--each N] [--seed N]

Needs what `outputs.py` and `mutants.py` wrote to CACHE. Writes CASES/ID/{case.json, predictions.parquet,
deploys.csv}; `repo` in a case is the folder of CLONES that holds its history.
"""

import argparse
import random
from collections import Counter
from pathlib import Path

from benchmarks.incidents.branches import Branch
from benchmarks.incidents.cases import CODE_KINDS, OUTSIDE_KINDS, Maker
from benchmarks.incidents.registry import HISTORIES

_TRIES = 8


def make(branch: Branch, name: str, cases: Path, each: int, seed: str) -> Counter[str]:
    """Write about so many cases of a branch, two in three of them with a culprit; count them by kind."""
    rng = random.Random(seed)
    maker = Maker(branch, seed)
    moved = [metric for metric in branch.history.metrics if branch.moving(metric)]
    still = [metric for metric in branch.history.metrics if branch.values(branch.line[0], metric) is not None]
    moves = sum(len(branch.moving(metric)) for metric in moved)
    found: Counter[str] = Counter()
    for number in range(min(each, 3 * (1 + moves))):
        outside = number % 3 == 2 or not moved
        for _ in range(_TRIES):
            kind = rng.choice(OUTSIDE_KINDS if outside else CODE_KINDS)
            pool = still if outside else moved
            folder = cases / f"{name.replace('+', '-')}-{number:03d}"
            if pool and maker.make(kind, rng.choice(pool), folder, name.replace("+", "/")):
                found[kind] += 1
                break
    return found


def main() -> None:
    """Make and save the cases of the chosen histories."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("clones", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--each", type=int, default=9, help="cases a branch")
    parser.add_argument("--seed", default="1")
    arguments = parser.parse_args()
    for history in HISTORIES:
        if arguments.only and not any(each in history.repo for each in arguments.only):
            continue
        for suffix in ("", "-mutated"):
            name = history.name + suffix
            saved = arguments.cache / f"{name}.json"
            if saved.exists() and not any(arguments.cases.glob(f"{name.replace('+', '-')}-[0-9]*")):
                branch = Branch.read(history, arguments.clones / name / "repo", saved, made=bool(suffix))
                if branch.line:
                    seed = f"{arguments.seed} {name}"
                    print(name, dict(make(branch, name, arguments.cases, arguments.each, seed)), flush=True)


if __name__ == "__main__":
    main()
