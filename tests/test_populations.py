from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bisect_ml.populations import Sides, distribution, mix, rows_affected, sides_of
from bisect_ml.row_window import RowWindow, SliceCodes
from bisect_ml.types import FloatArray, Incident, Series, Slice
from tests.nouns import HOUR_S, START_S, incident, moment, onset, step_series, symptom

FR, DE = Slice(column="country", value="FR"), Slice(column="country", value="DE")
WEB, APP = Slice(column="channel", value="web"), Slice(column="channel", value="app")
SIDES = Sides(start=0.0, low=100.0, high=100.0, end=200.0)


def _rows(
    values: FloatArray, *, classes: tuple[str, ...] = (), inside: NDArray[np.bool_] | None = None
) -> RowWindow:
    """Rows one second apart; those `inside` are of the slice FR."""
    codes = np.zeros(len(values), dtype=np.intp) if inside is None else np.where(inside, 0, -1)
    return RowWindow(
        times=np.arange(len(values), dtype=np.float64),
        values=values,
        classes=classes,
        slices={FR.column: SliceCodes(values=(FR.value,), codes=codes)},
    )


def _counts(before: float, after: float, of: Slice | None = None) -> Series:
    return step_series(at=100, before=before, after=after, noise=0.0, metric="count", of=of)


def _counted(series: Series) -> Series:
    return replace(series, counts=series.values)


def _of(part: Slice) -> Incident:
    return replace(incident(), lead=symptom(100, of=part))


def test_rows_are_counted_to_the_end_of_the_log() -> None:
    counts = _counted(_counts(10.0, 30.0))
    end = START_S + 200 * HOUR_S
    # The onset is at 100.5 h: half a bucket of 30 and 99 whole ones.
    assert rows_affected(incident(), [counts], end) == 15 + 99 * 30


def test_rows_are_counted_to_the_recovery_and_in_the_slice_that_moved() -> None:
    counts = [_counted(_counts(10.0, 30.0)), _counted(_counts(1.0, 3.0, FR))]
    assert rows_affected(replace(_of(FR), recovered_at=moment(110.5)), counts, START_S + 1e9) == 30


def test_what_ended_an_incident_affects_no_rows() -> None:
    assert rows_affected(replace(incident(), recovers=1), [_counts(1, 1)], START_S + 1e9) is None


def test_the_spread_is_compared_on_both_sides() -> None:
    values = np.concatenate([np.linspace(1, 2, 100), np.linspace(100, 200, 100)])
    found = distribution(incident(), _rows(values), SIDES)
    assert found is not None
    middle = next(place for place, edge in enumerate(found.edges) if edge >= 10)
    assert sum(found.before[:middle]) == pytest.approx(1, abs=0.03)
    assert sum(found.after[middle:]) == pytest.approx(1, abs=0.03)
    assert sum(found.before[middle:]) == sum(found.after[:middle]) == 0


def test_only_the_rows_of_the_slice_are_compared() -> None:
    values = np.tile([1.0, 50.0, 2.0, 60.0, 3.0], 40)
    found = distribution(_of(FR), _rows(values, inside=values < 10), SIDES)
    assert found is not None
    assert found.edges[-1] < 10


def test_null_predictions_lower_the_sum_of_the_shares() -> None:
    values = np.concatenate([np.linspace(1, 2, 150), np.full(50, np.nan)])
    found = distribution(incident(), _rows(values), SIDES)
    assert found is not None
    assert sum(found.after) == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize(
    "log",
    [
        _rows(np.tile([0.0, 1.0], 100)),
        _rows(np.arange(200.0) % 5, classes=("a", "b")),
        _rows(np.concatenate([np.arange(105.0), np.full(95, np.nan)])[:110]),
        _rows(np.concatenate([np.arange(100.0), np.full(100, np.nan)])),
    ],
    ids=["boolean", "labels", "few rows", "no predictions"],
)
def test_no_spread_is_shown_where_it_tells_nothing(log: RowWindow) -> None:
    assert distribution(incident(), log, SIDES) is None


@given(st.lists(st.floats(allow_nan=True), min_size=200, max_size=200))
def test_edges_increase_and_shares_are_shares(values: Sequence[float]) -> None:
    found = distribution(incident(), _rows(np.array(values)), SIDES)
    if found is not None:
        assert len(found.edges) == len(found.before) + 1 == len(found.after) + 1
        assert len(found.edges) <= 40
        assert all(low < high for low, high in zip(found.edges, found.edges[1:], strict=False))
        assert 0 <= sum(found.before) <= 1.0000001
        assert 0 <= sum(found.after) <= 1.0000001


def _mixed() -> list[Series]:
    shares = {None: (100.0, 100.0), FR: (20.0, 50.0), DE: (80.0, 50.0), WEB: (60.0, 61.0), APP: (40.0, 39.0)}
    counts = [_counted(_counts(before, after, of)) for of, (before, after) in shares.items()]
    return [*counts, step_series(at=100, before=2.0, after=2.0, noise=0.0, of=FR)]


def test_the_mix_is_that_of_the_column_that_turned_most() -> None:
    sides = sides_of(incident(), [], START_S, START_S + 200 * HOUR_S)
    french, german = mix(incident(), _mixed(), sides)
    assert (french.slice, german.slice) == ("country=FR", "country=DE")
    assert french.share_before == 0.2
    assert french.share_after == 0.5
    assert (french.mean_before, french.mean_after) == (2.0, 2.0)
    assert german.mean_before is None


def test_the_mix_is_that_of_the_column_whose_slice_moved() -> None:
    sides = sides_of(_of(WEB), [], START_S, START_S + 200 * HOUR_S)
    assert [part.slice for part in mix(_of(WEB), _mixed(), sides)] == ["channel=web", "channel=app"]


def test_there_is_no_mix_without_slices() -> None:
    assert mix(incident(), [_counts(1, 1)], SIDES) == ()


def test_the_sides_end_where_other_incidents_begin() -> None:
    one = replace(incident(), onset=onset(100, 101), recovered_at=moment(150))
    earlier = replace(incident(), onset=onset(40, 42))
    sides = sides_of(one, [earlier, one], START_S, START_S + 200 * HOUR_S)
    assert sides.start == START_S + 42 * HOUR_S
    assert sides.end == START_S + 150 * HOUR_S
    assert sides.within(HOUR_S) == Sides(
        start=sides.low - HOUR_S, low=sides.low, high=sides.high, end=sides.high + HOUR_S
    )
