"""Measures what a run costs beyond what it cannot do without: `python benchmarks/startup.py [ROUNDS]`.

Two goals, in CPU seconds of a fresh process and of the git processes that it starts:

- `bisect-ml --help` at most 1.2 times an empty Typer app without Rich markup;
- `bisect-ml trace` on a fourth of the sample log (50,000 rows) at most 1.5 times the import of the
  packages that it ends up with.

The contestants of a round run one after the other, so that a busy minute hits all of them; the answer
is the ratio of medians.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bisect_ml.demo import Sample, unpack

ROUNDS = 7
CLI = (sys.executable, "-m", "bisect_ml")
EMPTY_APP = """
import typer
app = typer.Typer(rich_markup_mode=None)
@app.command()
def main() -> None: ...
app()
"""
# Runs a command of ours in this process, then names the packages that were loaded on the way. Modules
# without a spec, such as Cython's, cannot be imported.
LOADED = """
import sys
from bisect_ml.cli.commands import app
app(sys.argv[1:], standalone_mode=False)
found = (name for name, module in sys.modules.items() if getattr(module, "__spec__", None))
packages = {name.partition(".")[0] for name in found} - set(sys.stdlib_module_names)
print(*sorted(name for name in packages if not name.startswith(("_", "bisect_ml"))), file=sys.stderr)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A contestant that may cost at most `limit` times its yardstick."""

    contestant: str
    yardstick: str
    limit: float


GOALS = (
    Goal(contestant="--help", yardstick="empty Typer app", limit=1.2),
    Goal(contestant="trace, 50k rows", yardstick="import its packages", limit=1.5),
)


def cpu_s(command: Sequence[str]) -> float:
    """Return the user and system time of a process and of the children that it waited for."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    complaint = process.stderr.read().decode(errors="replace")
    process.stderr.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command[:4])} …\n{complaint}")
    return usage.ru_utime + usage.ru_stime


def measure(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, list[float]]:
    """Run every command once to warm the caches, then once a round, and return the CPU seconds of each."""
    for command in commands.values():
        cpu_s(command)
    seen: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            seen[name].append(cpu_s(command))
    return seen


def thinned(sample: Sample, target: Path) -> int:
    """Write every fourth row of the sample log and return how many that are."""
    rows = "SELECT * FROM read_parquet($log) QUALIFY row_number() OVER (ORDER BY timestamp) % 4 = 0"
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        log = connection.sql(rows, params={"log": str(sample.predictions)})
        log.write_parquet(str(target), compression="zstd")
        return len(log)


def packages_of(arguments: Sequence[str]) -> list[str]:
    """Return the packages of others that a command of ours loads."""
    command = [sys.executable, "-c", LOADED, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    return done.stderr.splitlines()[-1].split()


def main(rounds: int = ROUNDS) -> int:
    """Print the medians and the ratios; return 1 where a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        sample = unpack(Path(folder, "sample"))
        log = Path(folder, "log.parquet")
        rows = thinned(sample, log)
        arguments = [
            "trace", str(log), "--repo", str(sample.repository), "--deploys", str(sample.deploys),
            "--service", sample.service, "--entry", sample.entry, "--json", str(Path(folder, "report.json")),
        ]  # fmt: skip
        packages = packages_of(arguments)
        commands = {
            "empty Typer app": (sys.executable, "-c", EMPTY_APP, "--help"),
            "--help": (*CLI, "--help"),
            "import its packages": (sys.executable, "-c", "import " + ", ".join(packages)),
            "trace, 50k rows": (*CLI, *arguments),
        }
        seen = measure(commands, rounds)
    print(f"{rows:,} rows, {rounds} rounds; packages: {' '.join(packages)}\n")
    medians = {name: statistics.median(seconds) for name, seconds in seen.items()}
    for name, seconds in seen.items():
        print(f"{name:24}{medians[name]:8.3f} s CPU   {min(seconds):.3f} to {max(seconds):.3f}")
    print()
    missed = False
    for goal in GOALS:
        ratio = medians[goal.contestant] / medians[goal.yardstick]
        print(f"{goal.contestant} / {goal.yardstick}: {ratio:.2f}   goal {goal.limit}")
        missed |= ratio > goal.limit
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
