"""What the aggregation of a prediction log costs, beside DuckDB's own queries on the same file.

    python -m benchmarks.aggregate LOG.parquet
    python -m benchmarks.aggregate --rows 10_000_000

The yardstick is the least that any answer needs in SQL: one scan with four grouping sets (all rows, and
each value of three slice columns) that counts and sums. Every run is a process of its own; the CPU
seconds (user and system) are those after the imports, and of opening the log too. Medians, with the runs
interleaved, because other work on the machine slows neighbours in time alike. The window of 1/60 is
that of an open log; its raw rows come into Python, sorted, with the codes of their slices. The goals are
for ten million rows and more: below, what every run costs once (0.1 s) is the greater part.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

import duckdb

from benchmarks.costs import own_cpu_s, peak_mib
from bisect_ml.sources import open_predictions
from bisect_ml.sources.database import identifier, literal
from bisect_ml.sources.logs import Quantiles

WIDTH_S = 3_600
PARTS = 60
VALUES = 200
DAYS = 60
# What each run may cost: the run that it is measured against, and how often that.
GOALS = {
    "no quantiles": ("yardstick", 1.6),
    "quantiles of all rows": ("yardstick", None),
    "all quantiles": ("yardstick", 4.5),
    "raw rows of 1/60": ("yardstick", 0.10),
}
GOAL_PEAK_MIB = 512


def main() -> None:
    """Measure every run on a file and print the ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("log", type=Path, nargs="?", help="a Parquet file with three slice columns")
    parser.add_argument("--rows", type=int, default=10_000_000, help="size of the log to write without LOG")
    parser.add_argument("--slices", nargs="*", default=["country", "device", "cell"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--run", choices=RUNS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.run:
        _run(arguments.run, arguments.log, arguments.slices)
    elif arguments.log:
        _compare(arguments.log, arguments.slices, arguments.rounds)
    else:
        with tempfile.TemporaryDirectory(prefix="bisect-ml-") as folder:
            log = Path(folder) / "log.parquet"
            write_log(log, arguments.rows)
            _compare(log, arguments.slices, arguments.rounds)


def write_log(path: Path, rows: int) -> None:
    """Write a log of 60 days in the order of time, with slice columns of 5, 20 and 200 values."""
    duckdb.execute(
        f"""COPY (
            SELECT make_timestamptz(1767571200000000 + (i * {DAYS * 86_400e6} / {rows})::BIGINT) AS ts,
                CASE WHEN random() > 0.01 THEN 1 / (1 + exp(1 - random() - random())) END AS prediction,
                'c' || floor(5 * random() ^ 2)::INTEGER AS country,
                'd' || floor(20 * random() ^ 2)::INTEGER AS device,
                's' || floor(200 * random() ^ 2)::INTEGER AS cell
            FROM range({rows}) AS numbers(i)
        ) TO {literal(str(path))} (COMPRESSION zstd, ROW_GROUP_SIZE 1_000_000)"""
    )


def _compare(log: Path, slices: list[str], rounds: int) -> None:
    seconds: dict[str, list[float]] = {name: [] for name in RUNS}
    peaks: dict[str, list[float]] = {name: [] for name in RUNS}
    for _ in range(rounds):
        for name in RUNS:
            arguments = (str(log), "--run", name, "--slices", *slices)
            command = [sys.executable, "-m", "benchmarks.aggregate", *arguments]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            seconds[name].append(found["cpu_s"])
            peaks[name].append(found["peak_mib"])
    cost = {name: median(found) for name, found in seconds.items()}
    print(f"{log.name}: {log.stat().st_size / 2**20:,.0f} MiB, {rounds} rounds")
    print(f"{'run':24}{'CPU s':>8}{'min':>8}{'max':>8}{'peak MiB':>10}   ratio")
    for name in RUNS:
        line = f"{name:24}{cost[name]:8.2f}{min(seconds[name]):8.2f}{max(seconds[name]):8.2f}"
        print(f"{line}{median(peaks[name]):10.0f}   {_judged(name, cost)}")
    peak = max(max(found) for found in peaks.values())
    print(f"highest peak {peak:.0f} MiB (goal < {GOAL_PEAK_MIB})")


def _judged(name: str, cost: dict[str, float]) -> str:
    if name not in GOALS:
        return ""
    base, goal = GOALS[name]
    ratio = cost[name] / cost[base]
    return f"{ratio:.2f} x {base}" + (f" (goal {goal})" if goal else "")


def _run(name: str, log: Path, slices: list[str]) -> None:
    # DuckDB loads its compiled parts at the first query: they are no part of any run.
    duckdb.connect().execute("SELECT 1")
    measured = RUNS[name](log, slices)
    before = own_cpu_s()
    measured()
    spent = own_cpu_s() - before
    print(json.dumps({"cpu_s": spent, "peak_mib": peak_mib()}))


def _scan(log: Path, _: list[str]) -> Callable[[], object]:
    query = f"SELECT sum(prediction), count(*) FROM {literal(str(log))}"
    return lambda: duckdb.execute(query).fetchall()


def _yardstick(log: Path, slices: list[str]) -> Callable[[], object]:
    names = [identifier(name) for name in slices]
    sets = ", ".join(["(b)", *(f"(b, {name})" for name in names)])
    query = (
        f"SELECT epoch_us(ts) // {WIDTH_S * 10**6} AS b, {', '.join(names)}, count(*), sum(prediction) "
        f"FROM {literal(str(log))} GROUP BY GROUPING SETS ({sets})"
    )
    return lambda: duckdb.execute(query).fetchnumpy()


def _aggregation(quantiles: Quantiles) -> Callable[[Path, list[str]], Callable[[], object]]:
    def prepare(log: Path, slices: list[str]) -> Callable[[], object]:
        def run() -> None:
            with open_predictions(log, slices=slices) as opened:
                opened.buckets(WIDTH_S, slice_values=VALUES, quantiles=quantiles)

        return run

    return prepare


def _window(log: Path, slices: list[str]) -> Callable[[], object]:
    opened = open_predictions(log, slices=slices)
    middle, length = (opened.start + opened.end) / 2, (opened.end - opened.start) / PARTS
    return lambda: opened.window(middle, middle + length)


RUNS: dict[str, Callable[[Path, list[str]], Callable[[], object]]] = {
    "scan": _scan,
    "yardstick": _yardstick,
    "no quantiles": _aggregation("none"),
    "quantiles of all rows": _aggregation("overall"),
    "all quantiles": _aggregation("all"),
    "raw rows of 1/60": _window,
}


if __name__ == "__main__":
    main()
