"""A series that stops moving: the same value again and again where it used to differ."""

import numpy as np

from bisect_ml.types import FloatArray

MIN_RUN = 6
UNLIKELY = 1e-6  # chance of a run as long, over the whole series, by ties alone
MOST_TIES = 0.5  # of the other neighbours: a series of few values is never called stuck
MOST_OFTEN = 0.05  # share of the other points at the value: an ordinary value is a level, not stuck
LONGER = 4  # times longer than any other run


def stuck_runs(values: FloatArray) -> list[tuple[int, int]]:
    """Half-open ranges over which the series repeats one value, too long to be chance."""
    n = len(values)
    same = np.diff(values) == 0
    bounds = np.flatnonzero(np.diff(np.concatenate([[False], same, [False]]).astype(np.int8)))
    runs = bounds.reshape(-1, 2)
    lengths = runs[:, 1] - runs[:, 0]
    found = []
    for k, (start, stop) in enumerate(runs):
        run, others = int(lengths[k]), n - 1 - int(lengths[k])
        if run + 1 < MIN_RUN or others < MIN_RUN or run < LONGER * np.delete(lengths, k).max(initial=0):
            continue
        ties = (same.sum() - run + 1) / (others + 2)
        often = (np.count_nonzero(values == values[start]) - run - 1) / others
        if ties <= MOST_TIES and often <= MOST_OFTEN and n * ties**run < UNLIKELY:
            found.append((int(start), int(stop) + 1))
    return found
