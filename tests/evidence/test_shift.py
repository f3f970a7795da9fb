"""How series moved around an incident, and by which ratio."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from bisect_ml.evidence.shift import confined_slices, move_of, shift_of
from bisect_ml.types import Series, Slice
from tests.evidence.cases import ONSET, a_case, a_series


def stepped(*levels: tuple[float, float]) -> Series:
    """A series with another level from so many hours after the onset on."""
    series = a_series(0.0, 0.0)
    hours = (series.times - ONSET.timestamp()) / 3600.0
    values = np.zeros(len(hours))
    for start, level in levels:
        values[hours >= start] = level
    return replace(series, values=values)


def test_neighbouring_incidents_are_no_part_of_the_step() -> None:
    series = stepped((-1e9, 1.0), (-48, 5.0), (0, 2.0), (24, 9.0))
    case = a_case(moved=[series])
    at = ONSET.timestamp()
    apart = replace(case, clear_start=at - 48 * 3600.0, clear_end=at + 24 * 3600.0)
    found = move_of(series, apart)
    assert found is not None
    assert (found.before, found.after) == pytest.approx((5.0, 2.0), abs=0.2)
    mixed = move_of(series, case)
    assert mixed is not None
    assert mixed.before < 3.0


def test_where_neighbours_leave_too_little_the_week_counts() -> None:
    series = stepped((-1e9, 1.0), (0, 2.0))
    case = a_case(moved=[series])
    near = ONSET - timedelta(hours=1), ONSET + timedelta(hours=1)
    found = move_of(series, replace(case, clear_start=near[0].timestamp(), clear_end=near[1].timestamp()))
    assert found == move_of(series, case)


@pytest.mark.parametrize("others", [1.0, 2.0])
def test_a_shift_that_is_confined_to_the_leading_slice_has_the_ratio_of_it(others: float) -> None:
    def of(value: str, after: float) -> Series:
        return a_series(1.0, after, where=Slice(column="lang", value=value), noise=0.01)

    whole = a_series(1.0, 1.2)
    case = a_case(moved=[of("it", 2.0), whole], still=[of("fr", others), of("de", others)])
    assert bool(confined_slices(case)) is (others == 1.0)
    assert shift_of(case).ratio == pytest.approx(2.0 if others == 1.0 else 1.2, abs=0.05)
