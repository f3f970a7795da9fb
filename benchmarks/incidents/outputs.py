"""Compute what every metric of every history gives at the commits that can tell them apart.

    python -m benchmarks.incidents.outputs CLONES CACHE [--only NAME ...] [--seconds N] [--python PATH]

CLONES holds OWNER+NAME/repo; CACHE receives one OWNER+NAME.json a history: commit → code key, code key →
outputs. The main line is run newest first; then, for each of its steps that moved a metric, the commits that
it brought. Python code runs under the interpreter named, which needs what the histories import; JavaScript
needs `sucrase` and what the histories require where NODE_PATH points.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.incidents.clones import Clone
from benchmarks.incidents.histories import History
from benchmarks.incidents.registry import HISTORIES
from benchmarks.incidents.replay import Outputs, Replayer, code_key, live_files

_MOST_INNER = 60
_STRIDE = 25
"""The newest commits may need a newer interpreter; the first that runs is looked for in strides."""


def compute(history: History, clone: Clone, replayer: Replayer, seconds: float) -> dict[str, Any]:
    """Return the keys and the outputs of a history, as far as the time goes."""
    until = time.monotonic() + seconds
    keys: dict[str, str] = {}
    outputs: dict[str, Outputs] = {}

    def run(shas: Iterable[str]) -> Iterator[str]:
        for sha in shas:
            if time.monotonic() > until:
                return
            if sha not in keys:
                files = live_files(history, clone, sha)
                keys[sha] = code_key(files)
                if keys[sha] not in outputs:
                    outputs[keys[sha]] = replayer.outputs(files)
            yield sha

    whole = clone.main_line()
    start = next(
        (at for at in range(0, len(whole), _STRIDE) if any(outputs[keys[sha]] for sha in run([whole[at]]))), 0
    )
    line = list(run(whole[start:]))
    until += seconds / 2
    for newer, older in pairwise(line):
        after, before = outputs[keys[newer]], outputs[keys[older]]
        if any(after[metric] != before[metric] for metric in after.keys() & before.keys()):
            inner = clone.brought(newer)[:_MOST_INNER]
            list(run(dict.fromkeys(parent for sha in inner for parent in [sha, *clone.parents(sha)])))
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
    parser.add_argument("--python", default="python3")
    arguments = parser.parse_args()
    arguments.cache.mkdir(parents=True, exist_ok=True)
    for history in HISTORIES:
        path = arguments.clones / history.name / "repo"
        saved = arguments.cache / f"{history.name}.json"
        chosen = not arguments.only or any(each in history.repo for each in arguments.only)
        if not path.is_dir() or not chosen or saved.exists():
            continue
        clone = Clone(path)
        with tempfile.TemporaryDirectory() as folder:
            replayer = Replayer(history, clone, Path(folder), {"python": arguments.python})
            found = compute(history, clone, replayer, arguments.seconds)
        saved.write_text(json.dumps(found))
        print(history.repo, told(found), flush=True)


def told(found: dict[str, Any]) -> str:
    """Return how much there is to make incidents of."""
    line, keys, outputs = found["line"], found["keys"], found["outputs"]
    states = [outputs[keys[sha]] for sha in line]
    moves = [
        sum(new[metric] != old[metric] for metric in new.keys() & old.keys()) for new, old in pairwise(states)
    ]
    empty = sum(not state for state in states)
    return (
        f"{len(keys)} commits, {len(outputs)} states, {empty} of {len(states)} do not run,"
        f" {sum(move > 0 for move in moves)} steps move {sum(moves)} metrics"
    )


if __name__ == "__main__":
    main()
