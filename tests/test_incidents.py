from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bisect_ml.incidents import clarity, group, number, onset
from bisect_ml.types import Slice, ValueRange
from tests.nouns import HOUR_S, START_S, moment, symptom

BR = Slice(column="country", value="BR")
FR = Slice(column="country", value="FR")


def test_metrics_that_move_together_are_one_incident() -> None:
    found = group([symptom(100), symptom(100, metric="p95"), symptom(101, metric="std", spread=3)])
    assert [len(one.all_symptoms) for one in found] == [3]
    assert found[0].lead.series.metric == "mean"


def test_breaks_half_a_day_apart_stay_two() -> None:
    found = number(group([symptom(100), symptom(112, metric="p95")]))
    assert [one.number for one in found] == [1, 2]
    assert found[0].onset.at < found[1].onset.at


def test_a_vague_symptom_joins_the_break_that_its_posterior_favours() -> None:
    vague = symptom(112, metric="std", spread=6)
    found = group([symptom(100), symptom(112), vague])
    assert [len(one.all_symptoms) for one in found] == [1, 2]


@pytest.mark.parametrize(("back", "incidents"), [(1.0, 2), (3.0, 1)])
def test_what_moved_to_and_fro_within_hours_began_and_ended(back: float, incidents: int) -> None:
    """The end is vague, so that the begin lies within its slack; a rollout in two steps is one."""
    rise = symptom(100)
    point = symptom(105, spread=3, before=2.0, after=back).change_point
    fall = replace(rise, change_point=point)
    found = number(group([rise, fall, symptom(101, metric="p95")]))
    assert len(found) == incidents
    if incidents == 2:
        assert [len(one.all_symptoms) for one in found] == [2, 1]
        assert found[0].recovered_at == found[1].onset.at


def test_the_order_of_the_symptoms_does_not_matter() -> None:
    symptoms = [symptom(40), symptom(41, metric="p50", spread=2), symptom(100), symptom(100, metric="p05")]
    forwards, backwards = group(symptoms), group(symptoms[::-1])
    assert [one.lead for one in forwards] == [one.lead for one in backwards]
    assert [set(one.symptoms) for one in forwards] == [set(one.symptoms) for one in backwards]


def test_far_rows_date_what_they_threw_about() -> None:
    """A mean without noise but for the few buckets that hold far rows seems to move clearly, and too late."""
    far = symptom(100, metric="values[-999]", before=0.0, after=0.01, noise=0.01)
    series = replace(far.series, within=ValueRange(low=-999.0, high=-999.0))
    far = replace(far, series=series)
    mean = symptom(102, before=0.5, after=-60.0, noise=1e-6)
    assert clarity(mean) > clarity(far)
    (found,) = group([mean, far])
    assert found.lead is far
    assert found.onset.at == onset(far).at


def test_a_quantile_that_flips_between_two_values_is_not_without_noise() -> None:
    """Most of its neighbours are equal, and still its level says little."""
    flips = symptom(100, noise=0.0)
    flips.series.values[5::10] += 1.0
    assert 0 < clarity(flips) < clarity(symptom(100, noise=0.1)) < clarity(symptom(100, noise=0.0))


def test_a_symptom_of_a_few_filled_buckets_is_weaker_than_one_of_many() -> None:
    thin = symptom(100, noise=0.0)
    thin.series.values[:96] = np.nan
    assert clarity(thin) == pytest.approx(clarity(symptom(100, noise=0.0)) / 5)


def test_a_change_behind_days_without_predictions_does_not_join_what_began_and_ended_in_them() -> None:
    gap = symptom(100, of=BR, spread=40, noise=0.0)
    gap.series.values[60:140] = np.nan
    found = group([gap, symptom(70, metric="null_rate"), symptom(130, metric="null_rate")])
    assert [one.onset.at for one in found] == [onset(symptom(at)).at for at in (70, 130)]


def test_one_slice_that_moved_alone_leads() -> None:
    whole = symptom(100, before=1.0, after=1.2, noise=0.001)
    found = group([whole, symptom(100, of=BR, before=1.0, after=5.0)])
    assert found[0].lead.series.slice == BR


def test_the_whole_population_leads_when_every_slice_moved() -> None:
    slices = [symptom(100, of=one, before=1.0, after=2.5, noise=0.001) for one in (BR, FR)]
    found = group([symptom(100, noise=0.02), *slices])
    assert found[0].lead.series.slice is None


def test_a_level_that_comes_back_marks_the_recovery() -> None:
    first = symptom(100, before=1.0, after=2.0)
    back = symptom(130, before=2.0, after=1.02)
    later = type(back)(series=first.series, change_point=back.change_point)
    found = number(group([first, later]))
    assert found[0].recovered_at == found[1].onset.at
    assert found[1].recovered_at is None
    assert [one.recovers for one in found] == [None, 1]


def test_a_second_break_is_no_recovery() -> None:
    first = symptom(100, before=1.0, after=2.0)
    worse = symptom(130, before=2.0, after=3.0)
    found = number(group([first, type(worse)(series=first.series, change_point=worse.change_point)]))
    assert found[0].recovered_at is None


def test_the_onset_of_a_bucket_reaches_half_a_bucket_back_and_one_ahead() -> None:
    found = onset(symptom(100))
    assert found.edges[0] == START_S + 99.5 * HOUR_S
    assert found.edges[-1] == START_S + 101 * HOUR_S
    assert moment(99.5) <= found.interval[0] <= found.at <= found.interval[1] <= moment(101)


def test_the_onset_of_a_point_of_its_own_lies_after_the_point_before() -> None:
    found = onset(symptom(100, width_s=None))
    assert found.edges.tolist() == [START_S + 99 * HOUR_S, START_S + 100 * HOUR_S]
    assert found.at == moment(100)


@given(at=st.integers(5, 190), spread=st.integers(0, 5))
def test_an_onset_is_a_density(at: int, spread: int) -> None:
    found = onset(symptom(at, spread=spread))
    assert np.all(np.diff(found.edges) > 0)
    assert np.isclose(found.mass.sum(), 1)
    assert found.interval[0] <= found.at <= found.interval[1]


def test_no_symptoms_no_incident() -> None:
    assert group([]) == ()
