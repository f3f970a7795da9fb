"""The 90 % interval holds the truth nine times in ten, on noise that the detector did not choose."""

import numpy as np
import pytest

from benchmarks.detection import matched
from benchmarks.detection_series import NOISES, make
from bisect_ml.change_points import detect

CHANGES = ("1 sigma", "2 sigma", "temporary")


@pytest.mark.slow
def test_intervals_cover() -> None:
    held: list[bool] = []
    for noise in NOISES:
        for change in CHANGES:
            for k in range(12):
                rng = np.random.default_rng([4242, list(NOISES).index(noise), CHANGES.index(change), k])
                case = make(noise, change, rng, 1000)
                found = detect(case.values, counts=case.counts, times=case.times, period=case.period)
                intervals = {one.index: one.interval for one in found if one.kind != "spread"}
                near = matched(case.truth, list(intervals), max(2, 0.05 * len(case.values)))
                held += [intervals[at][0] <= truth <= intervals[at][1] for truth, at in near]
    assert len(held) > 200
    assert 0.88 <= np.mean(held) <= 0.95
