import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bisect_ml.report import scales
from bisect_ml.saved_report import Chart
from tests import saved_findings

DAY = 86400.0
EPOCH = 1_768_176_000.0  # 2026-01-12
finite = st.one_of(st.floats(min_value=-1e9, max_value=1e9), st.floats(allow_nan=False, allow_infinity=False))


def chart(values: Sequence[float | None], step: float = 3600.0) -> Chart:
    return Chart(
        times=tuple(EPOCH + index * step for index in range(len(values))), values=tuple(values), width_s=step
    )


@given(st.lists(finite, min_size=1, max_size=30), st.integers(2, 8))
def test_every_value_and_tick_stands_on_the_axis(values: list[float], most: int) -> None:
    scale = scales.value_scale(values)
    places = [scale.at(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(0 <= place <= 1 for place in places)
    ticks = scale.ticks(most, "mean")
    assert [tick.at for tick in ticks] == sorted(tick.at for tick in ticks)
    assert 1 <= len(ticks) <= 2 * most + 4
    assert len({tick.label for tick in ticks}) == len(ticks)


def test_orders_of_magnitude_take_a_logarithmic_axis() -> None:
    scale = scales.value_scale([0.4, 420.0])
    assert scale.log
    assert [tick.label for tick in scale.ticks(4, "mean")] == ["1", "10", "100"]
    assert not scales.value_scale([0.0, 420.0]).log
    assert not scales.value_scale([-0.4, 420.0]).log


def test_odd_values_still_have_an_axis() -> None:
    assert scales.value_scale([]).ticks(3, "mean")
    assert scales.value_scale([None, math.nan, math.inf]).ticks(3, "mean")
    assert scales.value_scale([5.0, 5.0]).at(5.0) == pytest.approx(0.5)
    assert scales.value_scale([0.0]).at(0.0) == pytest.approx(0.5)


def test_shares_stand_on_zero() -> None:
    assert scales.value_scale([0.01, 0.2]).low == 0.0


@given(st.floats(min_value=1.0, max_value=4e8), st.integers(1, 12))
def test_time_ticks_are_few_and_inside(length: float, most: int) -> None:
    ticks = scales.time_ticks(EPOCH, EPOCH + length, most)
    assert len(ticks) <= most
    assert all(0 <= tick.at <= 1 for tick in ticks)


def test_time_ticks_are_round_moments() -> None:
    days = scales.time_ticks(EPOCH, EPOCH + 6 * DAY, 6)
    assert [tick.label for tick in days] == [
        "2026-01-12", "01-13", "01-14", "01-15", "01-16", "01-17",
    ]  # fmt: skip
    hours = scales.time_ticks(EPOCH - 7200, EPOCH + 7200, 4)
    assert [tick.label for tick in hours] == ["2026-01-11 22:00", "23:00", "01-12 00:00", "01:00"]


def test_thinning_keeps_the_extremes_and_the_gaps() -> None:
    values: list[float | None] = [1.0] * 1000
    values[503] = 9.0
    values[200:300] = [None] * 100
    points = scales.thin(chart(values), EPOCH, EPOCH + 1000 * 3600, 100)
    assert len(points.times) == 90
    assert points.high.max() == 9.0
    assert points.mean.max() == pytest.approx(1.8)
    assert points.gap.sum() == 1


def test_few_points_are_kept_as_they_are() -> None:
    points = scales.thin(chart([1.0, None, 3.0]), EPOCH, EPOCH + 3 * 3600, 100)
    assert points.mean.tolist() == [1.0, 3.0]
    assert points.gap.tolist() == [False, True]
    assert points.times.tolist() == [EPOCH + 1800, EPOCH + 9000]


def test_nothing_is_drawn_of_nothing() -> None:
    assert not len(scales.thin(chart([None] * 500), EPOCH, EPOCH + 500 * 3600, 10).times)
    assert scales.time_range(chart([])) == (0.0, 1.0)


def test_a_step_that_fills_the_chart_is_shown_whole() -> None:
    finding = saved_findings.unit_mix_up()
    assert finding.chart is not None
    shown = scales.focus(finding.chart, finding.onset.timestamp(), DAY, (finding.before, finding.after))
    assert shown == scales.time_range(finding.chart)


def test_a_step_beside_a_larger_one_is_zoomed_in_on() -> None:
    values = [1.0] * 400 + [1.3] * 400 + [900.0] * 100
    start, end = scales.focus(chart(values), EPOCH + 400 * 3600, 24 * 3600, (1.0, 1.3))
    assert EPOCH < start < EPOCH + 400 * 3600 < end < EPOCH + 800 * 3600


def test_ticks_close_to_each_other_have_labels_of_their_own() -> None:
    labels = [tick.label for tick in scales.value_scale([100.1, 100.4]).ticks(4, "mean")]
    assert labels == ["100.2", "100.4"]
