"""Change points in short series with a point a commit, within one point of the truth.

    python -m benchmarks.commits [--seed N] [--clean 5] [--changed 3]

Recall and precision are over the changed series, false alarms a series over the unchanged ones.
"""

import argparse
import importlib.util
import warnings
from collections import defaultdict

from benchmarks.commit_series import commit_cases
from benchmarks.detection import DETECTORS, matched
from bisect_ml.types import ChangePoint


def main() -> None:
    """Print a line a detector, and the habits of noise of this project's own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clean", type=int, default=5)
    parser.add_argument("--changed", type=int, default=3)
    chosen = parser.parse_args()
    known = list(commit_cases(chosen.seed, chosen.clean, chosen.changed))
    warnings.simplefilter("ignore")
    for name, (detector, module) in DETECTORS.items():
        if importlib.util.find_spec(module) is None:
            continue
        alarms = clean = 0
        by_habit: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for case in known:
            at = [one.index if isinstance(one, ChangePoint) else one for one in detector(case)]
            if case.change == "none":
                alarms, clean = alarms + len(at), clean + 1
                continue
            counted = by_habit[case.noise]
            for k, more in enumerate((len(matched(case.truth, at, 1)), len(case.truth), len(at))):
                counted[k] += more
        hits, true, found = (sum(counted[k] for counted in by_habit.values()) for k in range(3))
        print(
            f"{name:22s} alarms/clean {alarms / max(clean, 1):.3f}"
            f"  recall {hits / max(true, 1):.3f}  precision {hits / max(found, 1):.3f}"
        )
        if name == "bisect-ml":
            for habit, (hits, true, found) in by_habit.items():
                print(f"    {habit:14s} recall {hits / true:.2f}  precision {hits / max(found, 1):.2f}")


if __name__ == "__main__":
    main()
