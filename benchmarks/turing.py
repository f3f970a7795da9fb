"""F1 and covering on the Turing Change Point Dataset, at default settings.

    python -m benchmarks.turing TCPD [--times]

TCPD is a checkout of github.com/alan-turing-institute/TCPD: `annotations.json` and `datasets/*/*.json`, as
far as they are there. Both measures are those of van den Burg and Williams (2020): several annotators a
series, a margin of five points, and the first point taken for a change by everyone. Series of one dimension
only; `--times` gives the detector the dates as well.
"""

import argparse
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np

from bisect_ml.change_points import detect
from bisect_ml.types import FloatArray

MARGIN = 5


def true_positives(truth: set[int], found: set[int]) -> int:
    """How many of `truth` have a found point within the margin, each found point used once."""
    left, hits = set(found), 0
    for at in sorted(truth):
        near = [one for one in left if abs(one - at) <= MARGIN]
        if near:
            left.remove(min(near, key=lambda one: abs(one - at)))
            hits += 1
    return hits


def f1(annotations: Sequence[set[int]], found: set[int]) -> float:
    """Precision against the union of the annotators, recall as the mean over them."""
    marked = [{0, *one} for one in annotations]
    said = {0, *found}
    precision = true_positives(set().union(*marked), said) / len(said)
    recall = float(np.mean([true_positives(one, said) / len(one) for one in marked]))
    return 2 * precision * recall / (precision + recall)


def covering(annotations: Sequence[set[int]], found: set[int], n: int) -> float:
    """How well the segments of each annotator are covered by the most similar found ones."""
    segments = list(pairwise([0, *sorted(found - {0}), n]))
    scores = []
    for one in annotations:
        score = 0.0
        for a, b in pairwise([0, *sorted(one - {0}), n]):
            overlaps = [(min(b, d) - max(a, c), max(b, d) - min(a, c)) for c, d in segments]
            score += (b - a) / n * max(both / either for both, either in overlaps if both > 0)
        scores.append(score)
    return float(np.mean(scores))


def series_of(path: Path) -> tuple[FloatArray, FloatArray | None] | None:
    """Values and, where they are dated, times; None for several dimensions."""
    known = json.loads(path.read_text(encoding="utf-8"))
    if known["n_dim"] > 1:
        return None
    values = np.array([np.nan if one is None else one for one in known["series"][0]["raw"]], dtype=np.float64)
    form = known.get("time", {}).get("format")
    if form is None:
        return values, None
    moments = [datetime.strptime(one, form).replace(tzinfo=UTC) for one in known["time"]["raw"]]
    return values, np.array([one.timestamp() for one in moments])


def main() -> None:
    """Print both measures a series and their means, beside those of finding nothing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", action="store_true")
    chosen = parser.parse_args()
    annotated = json.loads((chosen.folder / "annotations.json").read_text(encoding="utf-8"))
    scores = []
    for path in sorted(chosen.folder.glob("datasets/*/*.json")):
        series = series_of(path)
        if series is None or path.stem not in annotated:
            continue
        values, times = series
        marks = [set(one) for one in annotated[path.stem].values()]
        found = {one.index for one in detect(values, times=times if chosen.times else None)}
        n = len(values)
        scores.append(
            [f1(marks, found), covering(marks, found, n), f1(marks, set()), covering(marks, set(), n)]
        )
        print(f"{path.stem:20s} F1 {scores[-1][0]:.3f}  covering {scores[-1][1]:.3f}  found {sorted(found)}")
    means = np.mean(scores, axis=0)
    print(
        f"{len(scores)} series: F1 {means[0]:.3f}, covering {means[1]:.3f};"
        f" finding nothing {means[2]:.3f}, {means[3]:.3f}"
    )


if __name__ == "__main__":
    main()
