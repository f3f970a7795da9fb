"""Where the time of one `trace` goes: CPU seconds a stage.

    python -m benchmarks.trace [--rows N] [--commits N] [--days N]

Makes a log of so many rows with one break, and a repository of a small Python service whose guilty deploy
brings so many commits; traces it once to warm up and once for the figures.
"""

import argparse
import random
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bisect_ml import trace

_START = datetime(2026, 3, 2, tzinfo=UTC)
_STAGES = {
    "read and aggregate rows": ("bisect_ml.tracing._open", "bisect_ml.tracing._series"),
    "join deploys with git": ("bisect_ml.tracing.join", "bisect_ml.tracing.read_deploys"),
    "detect change points": ("bisect_ml.breaks.detect_all",),
    "group and confirm": ("bisect_ml.breaks.group", "bisect_ml.breaks.confirm"),
    "refine onsets": ("bisect_ml.breaks._refined",),
    "read candidates from git": ("bisect_ml.explanation.beside_sources",
                                 "bisect_ml.sources.git.Repository.commits",
                                 "bisect_ml.sources.git.Repository.undoings"),
    "ask the scorers": ("bisect_ml.explanation.gather",),
    "write findings": ("bisect_ml.tracing.finding",),
}  # fmt: skip


def make_log(path: Path, rows: int, days: int, onset_s: float) -> None:
    """Write a seasonal log of scores in three slice columns, which move by a tenth at the onset."""
    rng = np.random.default_rng(1)
    at = np.sort(rng.uniform(0, days * 86400, rows))
    segments = rng.integers(0, 5, rows)
    scores = 0.3 + 0.05 * segments + 0.05 * np.sin(at / 86400 * 2 * np.pi) + rng.normal(0, 0.1, rows)
    scores += 0.03 * (at >= onset_s)
    stamps = pa.array(((_START.timestamp() + at) * 1e6).astype("int64")).cast(pa.timestamp("us", tz="UTC"))
    table = {
        "timestamp": stamps,
        "score": scores,
        "segment": [f"s{each}" for each in segments],
        "country": rng.choice(["DE", "FR", "BR", "US"], rows).tolist(),
        "device": rng.choice(["web", "ios", "android"], rows).tolist(),
    }
    pq.write_table(pa.table(table), path)


def make_repository(folder: Path, commits: int) -> list[str]:
    """Make a service of twenty modules, and return its shas, oldest first."""
    rng = random.Random(1)

    def git(*arguments: str, **env: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@b", *arguments],
            check=True, capture_output=True, text=True, env=env or None,
        )  # fmt: skip
        return done.stdout.strip()

    git("init", "-q", "-b", "main")
    shas = []
    for number in range(20):
        body = "\n\n".join(
            f"def step_{number}_{k}(value, rate={k}.5):\n"
            f"    if value is None:\n        return {k}\n    return value * rate + {number}"
            for k in range(25)
        )
        (folder / f"part_{number}.py").write_text(f"import math\n\n{body}\n")
    for number in range(commits + 20):
        path = folder / f"part_{rng.randrange(20)}.py"
        lines = path.read_text().splitlines()
        places = [place for place, line in enumerate(lines) if "return value" in line]
        place = rng.choice(places)
        lines[place] += f" + {rng.randrange(9)}"
        path.write_text("\n".join(lines) + "\n")
        git("add", ".")
        git("commit", "-q", "-m", f"Adjust step {number}")
        shas.append(git("rev-parse", "HEAD"))
    return shas


class Clock:
    """Adds up the CPU time of named stages, each without what it called of the others."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inner = [0.0]

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same and has its time taken."""

        @wraps(function)
        def call(*arguments: Any, **named: Any) -> Any:
            self._inner.append(0.0)
            began = time.process_time()
            try:
                return function(*arguments, **named)
            finally:
                spent = time.process_time() - began
                self.seconds[stage] += spent - self._inner.pop()
                self._inner[-1] += spent

        return call


def main() -> None:
    """Trace, and print CPU seconds a stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--commits", type=int, default=40)
    parser.add_argument("--days", type=int, default=40)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        onset_s = arguments.days * 86400 * 0.6
        make_log(folder / "predictions.parquet", arguments.rows, arguments.days, onset_s)
        repository = folder / "service"
        repository.mkdir()
        shas = make_repository(repository, arguments.commits)
        moments = [0.1, 0.3, onset_s / 86400 / arguments.days, 0.8]
        served = [shas[4], shas[9], shas[9 + arguments.commits], shas[-1]]
        lines = ["deployed_at,sha"] + [
            f"{(_START + timedelta(days=arguments.days * share) - timedelta(minutes=5)).isoformat()},{sha}"
            for share, sha in zip(moments, served, strict=True)
        ]
        (folder / "deploys.csv").write_text("\n".join(lines) + "\n")

        def run() -> Any:
            return trace(
                folder / "predictions.parquet", repo=repository, deploys=folder / "deploys.csv",
                entry="part_0:step_0_0",
            )  # fmt: skip

        run()
        clock = Clock()
        with ExitStack() as stack:
            for stage, targets in _STAGES.items():
                for target in targets:
                    module, _, attribute = target.rpartition(".")
                    original = _found(module, attribute)
                    stack.enter_context(patch(target, clock.timed(stage, original)))
            began = time.process_time()
            found = run()
            whole = time.process_time() - began
    for stage, seconds in sorted(clock.seconds.items(), key=lambda pair: -pair[1]):
        print(f"{stage:<28} {seconds:6.2f} s")
    print(f"{'all else':<28} {whole - sum(clock.seconds.values()):6.2f} s")
    print(f"{'whole':<28} {whole:6.2f} s CPU, {len(found.incidents)} incident(s), {arguments.rows} rows")


def _found(module: str, attribute: str) -> Callable[..., Any]:
    from pkgutil import resolve_name

    found: Callable[..., Any] = getattr(resolve_name(module), attribute)
    return found


if __name__ == "__main__":
    main()
