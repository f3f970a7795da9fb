import numpy as np
import pytest

from bisect_ml.change_points import detect
from bisect_ml.change_points.flapping import without_flapping


def flapping(times: int) -> tuple[list[int], list[float]]:
    """Excursions of ten buckets from 0 to 5, a hundred apart, then a step to 2."""
    steps, level = [], [0.0]
    for k in range(times):
        steps += [100 * k + 50, 100 * k + 60]
        level += [5.0, 0.0]
    return [*steps, 950], [*level, 2.0]


def test_a_few_excursions_stay() -> None:
    steps, level = flapping(3)
    assert without_flapping(steps, np.array(level), 1000) == steps


def test_many_excursions_go_and_the_step_stays() -> None:
    steps, level = flapping(6)
    assert without_flapping(steps, np.array(level), 1000) == [950]


def test_a_step_is_found_in_a_series_that_flaps() -> None:
    rng = np.random.default_rng(1)
    values = rng.standard_normal(1000)
    for start in rng.choice(np.arange(10, 990, 40), 9, replace=False):
        values[start : start + 7] += 15
    values[700:] -= 4
    found = [change.index for change in detect(values) if change.kind != "spread"]
    assert found == pytest.approx([700], abs=4)
