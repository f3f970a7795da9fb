"""Levels that a report says are those of the rows, also where most buckets hold none of those that moved."""

from dataclasses import replace

import numpy as np
import pytest

from bisect_ml.findings import Surroundings, finding
from bisect_ml.populations import Sides
from bisect_ml.row_window import RowWindow
from bisect_ml.said_levels import said_first, said_of, taken_along
from bisect_ml.types import FloatArray, Series, Symptom, ValueRange
from tests.nouns import HOUR_S, START_S, change_point, incident, nobody

BUCKETS, ROWS, AT = 200, 12, 100
SENTINEL = -999.0
SIDES = Sides(
    start=START_S,
    low=START_S + AT * HOUR_S,
    high=START_S + AT * HOUR_S,
    end=START_S + BUCKETS * HOUR_S,
)


def _plain() -> FloatArray:
    """Rows between 0 and 1, a bucket a row of the array."""
    return np.random.default_rng(3).random((BUCKETS, ROWS))


def _with_sentinels(share: float = 0.05) -> FloatArray:
    """The same rows, some of those from the break on without a real answer."""
    rows = _plain()
    struck = np.random.default_rng(4).random(rows.shape) < share
    struck[:AT] = False
    rows[struck] = SENTINEL
    return rows


def _series(metric: str, values: FloatArray) -> Series:
    return Series(
        metric=metric,
        slice=None,
        times=START_S + HOUR_S * np.arange(BUCKETS, dtype=np.float64),
        width_s=HOUR_S,
        values=values,
        counts=np.full(BUCKETS, float(ROWS)),
    )


def _mean(rows: FloatArray) -> Series:
    return _series("mean", rows.mean(axis=1))


def _std(rows: FloatArray) -> Series:
    return _series("std", rows.std(axis=1, ddof=1))


def _symptom(series: Series) -> Symptom:
    """A change point with the medians of the buckets, as the search for change points gives it."""
    before, after = (float(np.median(side)) for side in (series.values[:AT], series.values[AT:]))
    return Symptom(series=series, change_point=change_point(series, AT, before=before, after=after))


def test_a_mean_that_medians_hide_is_that_of_all_rows() -> None:
    rows = _with_sentinels()
    symptom = _symptom(_mean(rows))
    assert symptom.change_point.after > 0
    said = said_of(symptom, [symptom.series], SIDES)
    assert said.hidden
    assert (said.before, said.after) == pytest.approx((rows[:AT].mean(), rows[AT:].mean()))


def test_a_deviation_that_medians_hide_is_that_of_all_rows() -> None:
    rows = _with_sentinels()
    symptom = _symptom(_std(rows))
    said = said_of(symptom, [symptom.series, _mean(rows)], SIDES)
    assert (said.before, said.after) == pytest.approx((rows[:AT].std(), rows[AT:].std()))


def test_the_mean_comes_first_where_medians_hid_it_too() -> None:
    rows = _with_sentinels()
    lead, mean = _symptom(_std(rows)), _mean(rows)
    said = said_first(lead, [lead.series, mean], SIDES)
    assert (said.series, said.kind, said.hidden) == (mean, "level", True)
    assert said.after == pytest.approx(rows[AT:].mean())


def test_a_deviation_comes_first_where_the_mean_stays() -> None:
    rows = _plain()
    wild = np.random.default_rng(5).random(rows.shape) < 0.05
    wild[:AT] = False
    rows[wild] += 500.0 * np.where(np.arange(wild.sum()) % 2, 1.0, -1.0)
    lead = _symptom(_std(rows))
    assert said_first(lead, [lead.series, _mean(rows)], SIDES).series is lead.series


def test_one_spike_makes_no_level() -> None:
    rows = _plain() + np.where(np.arange(BUCKETS) >= AT, 0.3, 0.0)[:, None]
    rows[150, 0] = 1e6
    symptom = _symptom(_mean(rows))
    said = said_of(symptom, [symptom.series], SIDES)
    assert (said.before, said.after) == (symptom.change_point.before, symptom.change_point.after)
    assert not said.hidden


def test_where_most_buckets_moved_the_change_point_is_believed() -> None:
    day = 5 * np.sin(np.arange(BUCKETS) * 2 * np.pi / 24)
    rows = _plain() + (day + np.where(np.arange(BUCKETS) >= AT, 0.3, 0.0))[:, None]
    symptom = _symptom(_mean(rows))
    assert not said_of(symptom, [symptom.series], SIDES).hidden


def test_a_quantile_is_what_it_is_in_the_usual_bucket() -> None:
    rows = _with_sentinels()
    symptom = _symptom(_series("p05", np.quantile(rows, 0.05, axis=1)))
    assert not said_of(symptom, [symptom.series, _mean(rows)], SIDES).hidden


def test_the_numbers_of_a_changed_spread_are_no_levels() -> None:
    symptom = _symptom(_mean(_with_sentinels()))
    spread = replace(symptom, change_point=replace(symptom.change_point, kind="spread"))
    assert not said_of(spread, [symptom.series], SIDES).hidden


def test_few_buckets_hide_nothing() -> None:
    rows = _with_sentinels()
    short = replace(SIDES, end=START_S + (AT + 5) * HOUR_S)
    symptom = _symptom(_mean(rows))
    assert not said_of(symptom, [symptom.series], short).hidden


def test_a_finding_tells_of_the_mean_and_keeps_what_led_to_it_beside() -> None:
    rows = _with_sentinels()
    lead, mean = _symptom(_std(rows)), _mean(rows)
    around = Surroundings(
        series=[lead.series, mean],
        rows=RowWindow(times=np.zeros(0), values=np.zeros(0)),
        sides=SIDES,
        log_end=SIDES.end,
    )
    found = finding(replace(incident(), lead=lead), [nobody(1.0)], around)
    assert found.metric == "mean"
    assert found.before == pytest.approx(rows[:AT].mean())
    assert found.after == pytest.approx(rows[AT:].mean())
    assert found.signature is None
    assert found.chart is not None
    assert found.chart.values[0] == pytest.approx(rows[0].mean(), rel=1e-5)
    (beside,) = found.symptoms
    assert beside.metric == "std"
    assert beside.after == pytest.approx(rows[AT:].std())


def _far(rows: FloatArray) -> Symptom:
    shares = _series("values[-999]", (rows == SENTINEL).mean(axis=1))
    return _symptom(replace(shares, within=ValueRange(low=SENTINEL, high=SENTINEL)))


def test_the_share_of_far_rows_comes_first_and_the_mean_that_it_took_along_beside_it() -> None:
    rows = _with_sentinels()
    lead, mean = _far(rows), _mean(rows)
    said = said_first(lead, [mean, lead.series], SIDES)
    assert (said.series, said.kind, said.before) == (lead.series, "share", 0.0)
    assert said.after == pytest.approx((rows[AT:] == SENTINEL).mean())
    along = taken_along(lead, [mean, lead.series], SIDES)
    assert along is not None
    assert along[1].series is mean
    assert along[1].after == pytest.approx(rows[AT:].mean())


def test_a_share_that_moves_no_mean_takes_none_along() -> None:
    rows = _with_sentinels(0.01)
    still = _plain()
    assert taken_along(_far(rows), [_mean(still)], SIDES) is None
    assert taken_along(_symptom(_std(rows)), [_mean(rows)], SIDES) is None


def test_what_far_rows_threw_about_has_the_levels_of_all_rows() -> None:
    """Three buckets in a row that happen to hold one make a median that is not that of the rows."""
    rows = _with_sentinels(0.01)
    symptom = _symptom(_mean(rows))
    jumped = replace(symptom, change_point=replace(symptom.change_point, kind="spread", after=-60.0))
    said = said_of(jumped, [symptom.series], SIDES, far=True)
    assert said.kind == "level"
    assert said.after == pytest.approx(rows[AT:].mean())
