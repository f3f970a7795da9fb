"""CPU time of reading history, against plain `git log` on the same commits.

    python -m benchmarks.history REPOSITORY [--rounds 5]

Prints, for ranges of 200 and 5,000 commits, the ratio to `git log --numstat -M` and the number of git
processes; then the CPU seconds that joining 500 deploys takes. CPU is user and system time of this
process and its children; each ratio is the median of paired rounds. Ends with 1 where a goal is missed.
"""

import argparse
import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.costs import cpu_s
from bisect_ml.git.process import GitProcess
from bisect_ml.releases import build_releases
from bisect_ml.sources.git import Repository
from bisect_ml.types import Deploy

RANGES = (200, 5000)
DEPLOYS = 500
LINES_GOAL, NAMES_GOAL, PROCESSES_GOAL, JOIN_GOAL_S = 1.3, 0.3, 2, 3.0


def processes(action: Callable[[], object]) -> int:
    """Return how many git processes an action starts."""
    start = GitProcess._start  # noqa: SLF001 - where every process starts
    count = 0

    def counted(self: GitProcess, *arguments: str) -> Any:
        nonlocal count
        count += 1
        return start(self, *arguments)

    with mock.patch.object(GitProcess, "_start", counted):
        action()
    return count


def git(path: Path, *arguments: str, lines: list[str]) -> str:
    """Run git as a user would, and return what it prints."""
    environment = os.environ | {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": "*",
    }
    text = "".join(f"{line}\n" for line in lines)
    command = ["git", "-C", str(path), *arguments]
    done = subprocess.run(command, input=text.encode(), capture_output=True, env=environment, check=True)
    return done.stdout.decode("utf-8", "replace")


def measure_range(repository: Repository, shas: list[str], rounds: int) -> bool:
    """Print one line for a range, and tell whether it meets the goals."""
    ratios: dict[str, list[float]] = {"lines": [], "names": [], "patches": []}
    for _ in range(rounds):
        plain = cpu_s(
            lambda: git(
                repository.path, "log", "--no-walk=unsorted", "--numstat", "-M", "--stdin", lines=shas
            )
        )
        ratios["lines"].append(cpu_s(lambda: repository.commits(shas, patches=False)) / plain)
        ratios["names"].append(cpu_s(lambda: repository.paths(shas)) / plain)
        if len(shas) <= RANGES[0]:
            patched = cpu_s(
                lambda: git(repository.path, "log", "--no-walk", "-p", "-M", "--stdin", lines=shas)
            )
            ratios["patches"].append(cpu_s(lambda: repository.commits(shas)) / patched)
    started = processes(lambda: repository.commits(shas, patches=False))
    medians = {name: statistics.median(values) for name, values in ratios.items() if values}
    shown = ", ".join(f"{name} {median:.2f}" for name, median in medians.items())
    print(f"{len(shas):>6,} commits: {shown} x plain git; {started} git processes")
    return medians["lines"] <= LINES_GOAL and medians["names"] <= NAMES_GOAL and started <= PROCESSES_GOAL


def measure_join(path: Path, tip: str, rounds: int) -> bool:
    """Print what joining deploys costs, and tell whether it meets the goal."""
    line = Repository(path).first_parents(tip)
    chosen = line[:: max(1, len(line) // 2 // DEPLOYS)][:DEPLOYS]
    deploys = [
        Deploy(
            id=sha,
            ref=sha[:10],
            sha=sha,
            service=None,
            environment=None,
            started_at=committed_at + timedelta(hours=1),
            finished_at=None,
        )
        for sha, committed_at in chosen
    ]
    times = []
    for _ in range(rounds):
        repository = Repository(path)
        times.append(cpu_s(lambda: build_releases(deploys, repository)))  # noqa: B023 - called at once
    releases, _ = build_releases(deploys, Repository(path))
    shipped = sum(len(change.commits) for release in releases for change in release.shipped)
    seconds = statistics.median(times)
    print(f"{len(deploys):>6,} deploys that shipped {shipped:,} commits: joined in {seconds:.2f} CPU s")
    return seconds < JOIN_GOAL_S


def main() -> int:
    """Run the benchmark and return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("repository", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    repository = Repository(arguments.repository)
    tip = repository.head()
    if tip is None:
        raise SystemExit(f"{arguments.repository} has no commit")
    newest = [step.sha for step in repository.walk([tip])]
    print(f"{arguments.repository}: {len(newest):,} commits")
    met = [measure_range(repository, newest[:size], arguments.rounds) for size in RANGES]
    met.append(measure_join(arguments.repository, tip, arguments.rounds))
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
