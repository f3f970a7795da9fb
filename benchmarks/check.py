"""What `check` says of known differences, beside Evidently's default, and what it costs.

    python -m benchmarks.check                          the table, on 100,000 rows in 20 slices
    python -m benchmarks.check --seeds 200              fresh data without a difference: how often it fails
    python -m benchmarks.check --evidently PYTHON       with the Evidently of that interpreter's environment
    python -m benchmarks.check --rows 10_000_000        the cost of a join by key, against DuckDB's own

The data are lognormal (sd/mean 0.55), with 0.5 % missing. Paired cases change the base itself, unpaired ones
a fresh sample. The yardstick of the cost is one query: the join by key, with counts, means, variances and
the covariance of all rows and of each value of two slice columns. Each run is a process of its own, the
runs interleaved, because other work on the machine slows neighbours in time alike; CPU seconds are those
after the imports.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

import duckdb
import pandas as pd

from benchmarks.costs import own_cpu_s, peak_mib
from bisect_ml.check_settings import CheckSettings
from bisect_ml.checks.comparing import compare_predictions
from bisect_ml.saved_check import Comparison
from bisect_ml.sources.database import Database, literal
from tests.prediction_pairs import (
    Shape,
    make_predictions,
    scaled,
    swapped,
    with_float_noise,
    with_nulls,
)

SHAPE = Shape(rows=100_000)
CASES: Mapping[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "nothing": lambda base: base,
    "float noise of 1e-7": with_float_noise,
    "all +1 %": lambda base: scaled(base, 1.01),
    "x1000 in one slice": lambda base: scaled(base, 1000, "region-07"),
    "3 points more nulls": lambda base: with_nulls(base, 0.03),
    "+5 % in one slice": lambda base: scaled(base, 1.05, "region-07"),
    "5 % of rows swapped": lambda base: swapped(base, 0.05),
}
MARGINS = (0.02, 0.005)
GOAL_RATIO = 1.5
GOAL_PEAK_MIB = 1024
GOAL_CPU_S = 0.5


def main() -> None:
    """Print the table, the false alarms or the cost."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=0, help="count false alarms on so many fresh data sets")
    parser.add_argument("--evidently", metavar="PYTHON", default=sys.executable)
    parser.add_argument("--rows", type=int, default=0, help="measure the cost on so many rows a side")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--run", choices=RUNS, help=argparse.SUPPRESS)
    parser.add_argument("files", type=Path, nargs="*", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.run:
        _run(arguments.run, *arguments.files)
    elif arguments.rows:
        _cost(arguments.rows, arguments.rounds)
    elif arguments.seeds:
        _false_alarms(arguments.seeds)
    else:
        _table(arguments.evidently)


def _settings(margin: float, *, paired: bool) -> CheckSettings:
    return CheckSettings(key=None if paired else (), margins={"mean": margin, "median": margin})


def _table(evidently: str) -> None:
    base, fresh = make_predictions(SHAPE), make_predictions(SHAPE, seed=1)
    print(f"{'difference':22}{'rows':10}{'margin':8}{'verdict':14}{'worst result':64}{'Evidently':14}CPU s")
    spent = []
    with tempfile.TemporaryDirectory(prefix="bisect-ml-") as folder:
        for name, change in CASES.items():
            for paired in (True, False):
                head = change(base if paired else fresh)
                other = _evidently(evidently, Path(folder), base, head)
                for margin in MARGINS:
                    before = time.process_time()
                    comparison = compare_predictions(base, head, _settings(margin, paired=paired))
                    spent.append(time.process_time() - before)
                    how = "paired" if paired else "unpaired"
                    print(
                        f"{name:22}{how:10}{margin:<8.1%}{comparison.verdict:14}{_worst(comparison):64}"
                        f"{other:14}{spent[-1]:.2f}",
                        flush=True,
                    )
    print(f"CPU for {SHAPE.rows:,} rows: median {median(spent):.2f} s (goal {GOAL_CPU_S} s)")


def _worst(comparison: Comparison) -> str:
    """The result that decided: the worst failure, else the worst of all rows."""
    failed = comparison.verdict == "fail"
    result = next(one for one in comparison.results if failed or one.slice is None)
    effect = "?" if result.effect is None else f"{result.effect:+.2%}"
    place = f" of {result.slice}" if result.slice else ""
    signature = f" ({result.signature})" if result.signature else ""
    low, high = result.interval or (float("nan"), float("nan"))
    return f"{result.metric}{place} {effect}{signature} [{low:.2%}, {high:.2%}]"


def _evidently(python: str, folder: Path, base: pd.DataFrame, head: pd.DataFrame) -> str:
    """What the default drift report of Evidently says of the two."""
    if python == sys.executable and importlib.util.find_spec("evidently") is None:
        return "-"
    base.to_parquet(folder / "base.parquet")
    head.to_parquet(folder / "head.parquet")
    command = [python, "-c", EVIDENTLY, str(folder / "base.parquet"), str(folder / "head.parquet")]
    found = subprocess.run(command, check=False, capture_output=True, text=True)
    lines = found.stdout.strip().splitlines() or found.stderr.strip().splitlines()
    return lines[-1][:13] if lines else "no answer"


EVIDENTLY = """
import sys
import pandas as pd
from evidently import Report
from evidently.presets import DataDriftPreset

base, head = (pd.read_parquet(path)[["eta"]] for path in sys.argv[1:])
found = Report([DataDriftPreset()]).run(head, base).dict()
drift = next(one for one in found["metrics"] if "ValueDrift" in str(one.get("metric_name", one)))
print(("FAIL " if float(drift["value"]) >= 0.1 else "pass ") + f"{float(drift['value']):.3f}")
"""


def _false_alarms(seeds: int) -> None:
    for paired in (True, False):
        verdicts: Counter[str] = Counter()
        for seed in range(seeds):
            base = make_predictions(SHAPE, seed=2 * seed)
            head = base if paired else make_predictions(SHAPE, seed=2 * seed + 1)
            head = with_float_noise(head, seed=seed) if paired else head
            verdicts[compare_predictions(base, head, _settings(0.02, paired=paired)).verdict] += 1
        how = "paired, float noise" if paired else "unpaired, fresh samples"
        counted = ", ".join(f"{verdict} {count}" for verdict, count in sorted(verdicts.items()))
        print(f"{how}: {counted} of {seeds} (goal: fails in at most 1 %)", flush=True)


def _cost(rows: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bisect-ml-") as folder:
        base, ordered, shuffled = (
            Path(folder) / name for name in ("base.parquet", "head.parquet", "mixed.parquet")
        )
        _write(base, ordered, shuffled, rows)
        for name, head in (("same order", ordered), ("shuffled", shuffled)):
            seconds: dict[str, list[float]] = {run: [] for run in RUNS}
            peaks: dict[str, list[float]] = {run: [] for run in RUNS}
            for _ in range(rounds):
                for run in RUNS:
                    command = [sys.executable, "-m", "benchmarks.check", "--run", run, str(base), str(head)]
                    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
                    found = json.loads(output)
                    seconds[run].append(found["cpu_s"])
                    peaks[run].append(found["peak_mib"])
            for run in RUNS:
                print(
                    f"{name:12}{run:12}{median(seconds[run]):8.2f} CPU s  ({min(seconds[run]):.2f} to "
                    f"{max(seconds[run]):.2f}){max(peaks[run]):8.0f} MiB"
                )
            ratio = median(seconds["check"]) / median(seconds["yardstick"])
            print(
                f"{name:12}{ratio:.2f} x yardstick (goal {GOAL_RATIO}), "
                f"peak {max(peaks['check']):.0f} MiB (goal < {GOAL_PEAK_MIB})"
            )


def _write(base: Path, ordered: Path, shuffled: Path, rows: int) -> None:
    normal = "sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())"
    duckdb.execute(
        f"""COPY (SELECT i AS order_id, 'region-' || lpad((i % 20)::VARCHAR, 2, '0') AS region,
            'd' || (hash(i) % 5) AS device,
            CASE WHEN random() > 0.005 THEN exp(3 + 0.5136 * {normal}) END AS eta
        FROM range({rows}) AS numbers(i)) TO {literal(str(base))} (COMPRESSION zstd)"""
    )
    changed = "CASE WHEN region = 'region-07' THEN eta * 1.05 ELSE eta END"
    head = f"SELECT order_id, region, device, {changed} AS eta FROM {literal(str(base))}"
    duckdb.execute(f"COPY ({head}) TO {literal(str(ordered))} (COMPRESSION zstd)")
    duckdb.execute(f"COPY ({head} ORDER BY hash(order_id)) TO {literal(str(shuffled))} (COMPRESSION zstd)")


def _run(name: str, base: Path, head: Path) -> None:
    duckdb.connect().execute("SELECT 1")
    before = own_cpu_s()
    RUNS[name](base, head)
    print(json.dumps({"cpu_s": own_cpu_s() - before, "peak_mib": peak_mib()}))


def _yardstick(base: Path, head: Path) -> None:
    with Database() as database:
        database.rows(
            f"""SELECT x.region, x.device, count(*), count(x.eta), count(y.eta), avg(x.eta), avg(y.eta),
                var_samp(x.eta), var_samp(y.eta), covar_samp(x.eta, y.eta)
            FROM read_parquet({literal(str(base))}) AS x JOIN read_parquet({literal(str(head))}) AS y
                ON x.order_id = y.order_id
            GROUP BY GROUPING SETS ((), (x.region), (x.device))"""
        )


def _check(base: Path, head: Path) -> None:
    comparison = compare_predictions(base, head)
    if comparison.results[0].slice != "region=region-07":
        raise SystemExit(f"the shifted slice was not found: {_worst(comparison)}")


RUNS: dict[str, Callable[[Path, Path], None]] = {"yardstick": _yardstick, "check": _check}


if __name__ == "__main__":
    main()
