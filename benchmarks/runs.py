"""CPU time that running a command on a commit costs besides the command itself.

    python -m benchmarks.runs REPOSITORY [--rounds 5]

Runs a command that does nothing on commits of the main line and prints the CPU seconds, of this process and
its children, of a first checkout, of next ones at several distances, of a result from the cache and of
the clean-up. Beside each checkout stands what `git checkout` takes for the same step in one worktree; the
ratio is the median of paired rounds. Ends with 1 where a goal is missed.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.costs import cpu_s
from bisect_ml.runs import Runner

DISTANCES = (1, 10, 100, 1000)
# Beyond git's own checkout: five short git processes, a warden and a shell.
BESIDES_GOAL_S = 0.15


class Worktree:
    """A clone that borrows its objects, in which git checks out what the runner checks out."""

    def __init__(self, repository: Path) -> None:
        self._repository = repository
        self._folder = tempfile.TemporaryDirectory()

    def __enter__(self) -> Self:
        self._git("clone", "--quiet", "--shared", "--no-checkout", str(self._repository), self._folder.name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def checkout(self, sha: str) -> None:
        """Check a commit out."""
        self._git("-C", self._folder.name, "checkout", "--quiet", "--force", "--detach", sha)

    def _git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], check=True, capture_output=True)


def steps(shas: list[str]) -> list[tuple[str, str]]:
    """Return what to check out in which order, each with its name; each distance is from the newest."""
    path = [("first", shas[0])]
    for distance in DISTANCES:
        if distance < len(shas):
            path += [(f"{distance} away", shas[distance]), (f"{distance} back", shas[0])]
    return path


def measured(repository: Path, path: list[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """Return for each step the CPU seconds of a run, and of git's checkout alone."""
    found: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder, Worktree(repository) as worktree:
        runner = Runner(repository, run="printf 'x\\n1\\n'", folder=folder, jobs=1)
        with runner:
            for number, (name, sha) in enumerate(path):
                ours = cpu_s(lambda sha=sha, number=number: runner.run(sha, repeat=number))  # type: ignore[misc] # bound now
                found[name] = (ours, cpu_s(lambda sha=sha: worktree.checkout(sha)))  # type: ignore[misc] # bound now
        with Runner(repository, run="printf 'x\\n1\\n'", folder=folder, jobs=1) as again:
            found["cached"] = (cpu_s(lambda: again.run(path[0][1])), 0.0)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("repository", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    listed = subprocess.run(
        ["git", "-C", str(options.repository), "rev-list", "--first-parent", f"-{DISTANCES[-1] + 1}", "HEAD"],
        check=True,
        capture_output=True,
        text=True,
    )
    path = steps(listed.stdout.split())
    rounds = [measured(options.repository, path) for _ in range(options.rounds)]
    worst = 0.0
    print(f"{'step':12}{'run CPU s':>12}{'checkout':>12}{'besides':>12}")
    for name in rounds[0]:
        ours = statistics.median(each[name][0] for each in rounds)
        theirs = statistics.median(each[name][1] for each in rounds)
        besides = statistics.median(each[name][0] - each[name][1] for each in rounds)
        worst = max(worst, besides)
        print(f"{name:12}{ours:12.3f}{theirs:12.3f}{besides:12.3f}")
    print(f"goal: besides the checkout at most {BESIDES_GOAL_S} CPU s; worst {worst:.3f}")
    sys.exit(worst > BESIDES_GOAL_S)


if __name__ == "__main__":
    main()
