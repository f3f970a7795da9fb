"""The daily and weekly shape, summed slot by slot."""

import numpy as np
import pytest

from bisect_ml.change_points.clock import calendar_clock
from bisect_ml.change_points.season import Harmonics

BERLIN_SUMMER_TIME_S = 1_711_846_800.0  # 31 March 2024, 01:00 UTC


@pytest.mark.parametrize(
    ("width_s", "timezone"), [(3600.0, "UTC"), (3600.0, "Europe/Berlin"), (4321.0, "UTC")]
)
def test_the_shape_is_the_regression_on_every_point(width_s: float, timezone: str) -> None:
    """Whether hours come back, also over a change of the clocks, or no bucket meets an hour twice."""
    seconds = np.asarray(BERLIN_SUMMER_TIME_S + width_s * np.arange(-500, 500), dtype=np.float64)
    clock = calendar_clock(seconds, timezone).at(np.flatnonzero(np.arange(1000) % 17 != 3))
    days = clock.cycles[0].phase
    values = 4 * np.sin(2 * np.pi * days) + 2 * np.cos(4 * np.pi * days)
    values += np.random.default_rng(8).standard_normal(len(days))
    shape, columns = Harmonics(clock.step, clock.cycles[:1]).shape(values)
    assert columns == 4
    design = np.column_stack(
        [wave(2 * np.pi * k * days) for k in (1, 2) for wave in (np.cos, np.sin)] + [np.ones(len(days))]
    )
    coefficients = np.linalg.lstsq(design, values, rcond=None)[0]
    assert shape == pytest.approx(design[:, :-1] @ coefficients[:-1], abs=1e-6)
