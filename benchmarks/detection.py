"""How quiet, sharp and quick the change points are, beside other detectors.

    python -m benchmarks.detection [--seed N] [--clean 12] [--changed 4]
    python -m benchmarks.detection --suite SUITE.py     another generator: a module with `cases` and `match`
    python -m benchmarks.detection --real FOLDER        measured series: FOLDER/*/case.json and series.csv
    python -m benchmarks.detection --speed

False alarms are change points in unchanged series, a series. A change is found if a point lies within two
buckets, or 1 % of the series, of it; precision is over the changed series. Intervals are those of level
changes found within 5 %. Detectors that are not installed are left out. Use a seed that nobody tuned on.
"""

import argparse
import csv
import importlib.util
import json
import sys
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import ruptures

from benchmarks.detection_series import Case, cases
from bisect_ml.change_points import detect, detect_all
from bisect_ml.types import ChangePoint, FloatArray, Series

Detector = Callable[[Case], list[ChangePoint] | list[int]]


def ours(case: Case) -> list[ChangePoint]:
    """Run this project's detector with all that is known of the series."""
    return detect(case.values, counts=case.counts, times=case.times, period=case.period)


def filled(case: Case) -> FloatArray:
    """The values, empty buckets interpolated, centred and scaled by the noise of first differences."""
    values = case.values.astype(np.float64).copy()
    empty = ~np.isfinite(values)
    values[empty] = np.interp(np.flatnonzero(empty), np.flatnonzero(~empty), values[~empty])
    jumps = np.diff(values)
    sigma = (
        1.4826 * float(np.median(np.abs(jumps - np.median(jumps)))) / np.sqrt(2) or float(np.std(values)) or 1
    )
    return np.asarray((values - np.median(values)) / sigma)


def kernel_rbf(case: Case) -> list[int]:
    """KernelCPD of ruptures with a Gaussian kernel, at the usual penalty of 10."""
    engine = ruptures.KernelCPD(kernel="rbf", min_size=3).fit(filled(case)[:, None])
    return [int(at) for at in engine.predict(pen=10)[:-1]]


def kernel_linear(case: Case) -> list[int]:
    """Optimal partitioning of the mean under independent noise, by the Bayesian information criterion."""
    engine = ruptures.KernelCPD(kernel="linear", min_size=3).fit(filled(case)[:, None])
    return [int(at) for at in engine.predict(pen=2 * np.log(len(case.values)))[:-1]]


def otava(case: Case) -> list[int]:
    """Apache Otava at its defaults."""
    from otava.analysis import compute_change_points  # type: ignore[import-not-found] # optional

    return [int(point.index) for point in compute_change_points(list(filled(case)))[0]]


def skchange(case: Case) -> list[int]:
    """The PELT of skchange at its defaults."""
    from skchange.detectors import PELT  # type: ignore[import-not-found] # optional

    values = filled(case)[:, None]
    return [int(at) for at in PELT().fit(values).predict(values)]


def fastcpd(case: Case) -> list[int]:
    """The mean model of fastcpd at its defaults."""
    from fastcpd.segmentation import mean  # type: ignore[import-not-found] # optional

    return [int(at) for at in mean(filled(case)).cp_set]


DETECTORS: dict[str, tuple[Detector, str]] = {
    "bisect-ml": (ours, "bisect_ml"),
    "KernelCPD rbf, pen 10": (kernel_rbf, "ruptures"),
    "KernelCPD linear, BIC": (kernel_linear, "ruptures"),
    "Otava": (otava, "otava"),
    "skchange PELT": (skchange, "skchange"),
    "fastcpd mean": (fastcpd, "fastcpd"),
}


def matched(truth: Sequence[int], found: Sequence[int], tolerance: float) -> list[tuple[int, int]]:
    """Pairs of a true and a found index, nearest first, each used once."""
    pairs = sorted((abs(t - f), t, f) for t in truth for f in found if abs(t - f) <= tolerance)
    kept: list[tuple[int, int]] = []
    for _, t, f in pairs:
        if all(t != a and f != b for a, b in kept):
            kept.append((t, f))
    return kept


class Tally:
    """Counts of one detector over a suite."""

    def __init__(self) -> None:
        self.clean = self.alarms = self.alarmed = self.true = self.found = self.hits = 0
        self.by_change: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.by_noise: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.covered: list[bool] = []
        self.seconds = 0.0

    def add(self, case: Case, found: list[ChangePoint] | list[int]) -> None:
        """Count one series."""
        at = [one.index if isinstance(one, ChangePoint) else one for one in found]
        if case.change == "none":
            self.clean += 1
            self.alarms += len(at)
            self.alarmed += bool(at)
            self.by_noise[case.noise][0] += len(at)
            self.by_noise[case.noise][1] += 1
            return
        n = len(case.values)
        hits = len(matched(case.truth, at, max(2, 0.01 * n)))
        self.true += len(case.truth)
        self.found += len(at)
        self.hits += hits
        self.by_change[case.change][0] += hits
        self.by_change[case.change][1] += len(case.truth)
        near = dict(matched(case.truth, at, max(2, 0.05 * n)))
        intervals = {
            one.index: one.interval for one in found if isinstance(one, ChangePoint) and one.kind != "spread"
        }
        self.covered += [
            low <= t <= high
            for t, f in near.items()
            for low, high in [intervals.get(f, (1, 0))]
            if f in intervals
        ]

    def print(self, name: str) -> None:
        """Print a line, and one of the changes."""
        covered = f"{np.mean(self.covered):.3f} of {len(self.covered)}" if self.covered else "none given"
        print(
            f"{name:22s} alarms/clean {self.alarms / max(self.clean, 1):6.3f}"
            f"  any {self.alarmed / max(self.clean, 1):5.1%}"
            f"  recall {self.hits / max(self.true, 1):.3f}  precision {self.hits / max(self.found, 1):.3f}"
            f"  90% interval holds {covered}  {self.seconds:.1f} CPU s"
        )
        print(
            "    recall:",
            "  ".join(f"{change} {hit / max(true, 1):.2f}" for change, (hit, true) in self.by_change.items()),
        )
        print(
            "    alarms:",
            "  ".join(
                f"{noise} {found / max(series, 1):.2f}" for noise, (found, series) in self.by_noise.items()
            ),
        )


def run(suite: Iterable[Case]) -> None:
    """Print a table of all detectors over one suite."""
    known = list(suite)
    for name, (detector, module) in DETECTORS.items():
        if importlib.util.find_spec(module) is None:
            print(f"{name:22s} not installed")
            continue
        tally = Tally()
        started = time.process_time()
        for case in known:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tally.add(case, detector(case))
        tally.seconds = time.process_time() - started
        tally.print(name)


def foreign_cases(path: Path, seed: int, clean: int, changed: int, longest: int) -> Iterable[Case]:
    """The series of another suite: a module with `cases`, `KINDS` and `CHANGES`."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} is no Python module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    for one in module.cases(seed, clean, changed, longest, module.KINDS, module.CHANGES):
        yield Case(
            noise=one.kind,
            change=one.change,
            values=one.values,
            truth=tuple(one.truth),
            counts=one.weights,
            period=one.period,
        )


def real(folder: Path) -> None:
    """Print what is found in measured series, against the documented changes, within one point."""
    for name, (detector, module) in DETECTORS.items():
        if importlib.util.find_spec(module) is None:
            continue
        true = found = hits = 0
        for described in sorted(folder.glob("*/case.json")):
            rows = list(csv.DictReader((described.parent / "series.csv").open(encoding="utf-8")))
            times = np.array([datetime.fromisoformat(row["timestamp"]).timestamp() for row in rows])
            times += 1e-3 * np.arange(len(times))  # some commits share a second
            case = Case(
                noise="measured",
                change="documented",
                values=np.array([float(row["prediction"]) for row in rows]),
                truth=tuple(
                    next(k for k, row in enumerate(rows) if row["sha"] == known["deploy_sha"])
                    for known in json.loads(described.read_text(encoding="utf-8"))["truth"]["breaks"]
                ),
                times=times,
            )
            at = [one.index if isinstance(one, ChangePoint) else one for one in detector(case)]
            if name == "bisect-ml":
                print(f"    {described.parent.name:32s} true {list(case.truth)} found {at}")
            true, found, hits = (
                true + len(case.truth),
                found + len(at),
                hits + len(matched(case.truth, at, 1)),
            )
        print(f"{name:22s} recall {hits}/{true}  precision {hits}/{found}")


def speed() -> None:
    """Print CPU seconds: one long series, and many at once of which one in twenty changed."""
    rng = np.random.default_rng(0)
    for n in (1_000, 10_000, 100_000):
        values = rng.standard_normal(n) + np.repeat(rng.normal(0, 3, n // 500), 500)
        started = time.process_time()
        points = len(detect(values))
        print(f"{n:7d} points: {time.process_time() - started:.2f} s, {points} of {n // 500 - 1} steps")
    times = np.asarray(1.6e9 // 86_400 * 86_400 + 3600.0 * np.arange(1000), dtype=np.float64)
    many = []
    for k in range(10_000):
        values = 10 + rng.standard_normal(1000) + (k % 2) * 2 * np.sin(2 * np.pi * np.arange(1000) / 24)
        values[500:] += 2 * (k % 20 == 0)
        many.append(
            Series(
                metric="mean",
                slice=None,
                times=times,
                width_s=3600.0,
                values=values,
                counts=np.full(1000, 100.0),
            )
        )
    started = time.process_time()
    found = detect_all(many)
    wrong = sum(len(points) for k, points in enumerate(found) if k % 20)
    right = sum(bool(points) for k, points in enumerate(found) if k % 20 == 0)
    print(f"10,000 series: {time.process_time() - started:.1f} s, found {right} of 500, false {wrong}")


def main() -> None:
    """Read the options and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--suite", type=Path)
    parser.add_argument("--real", type=Path)
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clean", type=int, default=12)
    parser.add_argument("--changed", type=int, default=4)
    parser.add_argument("--longest", type=int, default=1500)
    chosen = parser.parse_args()
    if chosen.speed:
        speed()
    elif chosen.real:
        real(chosen.real)
    elif chosen.suite:
        run(foreign_cases(chosen.suite, chosen.seed, chosen.clean, chosen.changed, chosen.longest))
    else:
        run(cases(chosen.seed, chosen.clean, chosen.changed, chosen.longest))


if __name__ == "__main__":
    main()
