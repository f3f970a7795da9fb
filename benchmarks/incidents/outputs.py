"""Compute what every metric of every history gives at the commits that can tell them apart.

    python -m benchmarks.incidents.outputs CLONES CACHE [--only NAME ...] [--seconds N]

Runs in an environment that has what the histories import. CLONES holds OWNER+NAME/repo; CACHE receives
one OWNER+NAME.json a history: commit → code key, code key → outputs. The main line is run newest first;
then, for each of its steps that moved a metric, the commits that it brought.
"""

import argparse
import hashlib
import json
import subprocess
import time
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from benchmarks.incidents.histories import HISTORIES, History
from benchmarks.incidents.replay import Outputs, replay


class Clone:
    """The few questions that are asked of a clone."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def lines(self, *arguments: str) -> list[str]:
        """Return what git prints, line by line."""
        git = ["git", "-c", "safe.directory=*", "-C", str(self.path), *arguments]
        return subprocess.run(git, check=True, capture_output=True, text=True).stdout.splitlines()

    def main_line(self) -> list[str]:
        """Return the first-parent history of the head, newest first."""
        return self.lines("rev-list", "--first-parent", "HEAD")

    def brought(self, sha: str) -> list[str]:
        """Return the commits that a step of the main line brought, without the step, newest first."""
        return self.lines("rev-list", "--topo-order", f"{sha}^1..{sha}", f"^{sha}^1")[1:]

    def code_key(self, sha: str) -> str:
        """Return a digest of the files that running code may read."""
        tree = self.lines("ls-tree", "-r", sha)
        live = [
            line
            for line in tree
            if not any(part in line.lower() for part in ("test", "docs/", ".md", ".rst", ".yml"))
        ]
        return hashlib.sha256("\n".join(live).encode()).hexdigest()[:16]


def compute(history: History, clone: Clone, seconds: float) -> dict[str, object]:
    """Return the keys and the outputs of a history, as far as the time goes."""
    until = time.monotonic() + seconds
    keys: dict[str, str] = {}
    outputs: dict[str, Outputs] = {}

    def run(shas: Iterable[str]) -> Iterator[str]:
        for sha in shas:
            if time.monotonic() > until:
                return
            key = keys.setdefault(sha, clone.code_key(sha))
            if key not in outputs:
                outputs[key] = next(replay(history, clone.path, [sha]))[1]
            yield sha

    line = list(run(clone.main_line()))
    until += seconds / 2
    for newer, older in pairwise(line):
        after, before = outputs[keys[newer]], outputs[keys[older]]
        if any(after[metric] != before[metric] for metric in after.keys() & before.keys()):
            inner = clone.brought(newer)
            parents = [parent for sha in inner for parent in clone.lines("rev-parse", f"{sha}^@")]
            list(run(dict.fromkeys([*inner, *parents])))
    return {"line": line, "keys": keys, "outputs": outputs}


def main() -> None:
    """Compute and save the outputs of the chosen histories."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("clones", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--seconds", type=float, default=300.0)
    arguments = parser.parse_args()
    arguments.cache.mkdir(parents=True, exist_ok=True)
    for history in HISTORIES:
        name = history.repo.replace("/", "+")
        path = arguments.clones / name / "repo"
        if not path.is_dir() or (arguments.only and not any(each in history.repo for each in arguments.only)):
            continue
        found = compute(history, Clone(path), arguments.seconds)
        (arguments.cache / f"{name}.json").write_text(json.dumps(found))
        print(f"{history.repo}: {len(found['keys'])} commits, {len(found['outputs'])} states of the code")  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
