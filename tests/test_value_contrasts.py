"""Single values before and after an onset, from the rows there."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from bisect_ml.row_window import RowWindow
from bisect_ml.types import FloatArray, Incident
from bisect_ml.value_contrasts import value_contrast
from tests.evidence.cases import DEPLOYED, a_series, a_symptom, an_onset

INCIDENT = Incident(
    number=1, onset=an_onset(DEPLOYED), lead=a_symptom(a_series(1.0, 2.0, at=DEPLOYED)), symptoms=()
)
RNG = np.random.default_rng(5)


def _rows(before: FloatArray, after: FloatArray, classes: tuple[str, ...] = ()) -> RowWindow:
    start = DEPLOYED.timestamp()
    times = [
        np.linspace(start - 7200, start - 900, len(before)),
        np.linspace(start + 900, start + 7200, len(after)),
    ]
    return RowWindow(times=np.concatenate(times), values=np.concatenate([before, after]), classes=classes)


@pytest.mark.parametrize(("digits", "expected"), [(0, 0), (1, 1), (2, 2), (6, 6), (9, None)])
def test_values_are_rounded_to_as_many_decimals_as_nearly_all_need(digits: int, expected: int | None) -> None:
    values = np.round(RNG.uniform(0, 100, 400), digits)
    found = value_contrast(_rows(values, RNG.uniform(0, 100, 400)), INCIDENT)
    assert found is not None
    assert (found.decimals_before, found.decimals_after) == (expected, None)


def test_one_odd_value_in_many_is_no_other_rounding() -> None:
    values = np.append(np.round(RNG.uniform(0, 100, 999), 1), np.pi)
    found = value_contrast(_rows(values, values), INCIDENT)
    assert found is not None
    assert found.decimals_before == 1
    assert found.moved == ()


def test_a_value_that_became_frequent_is_found_with_its_shares() -> None:
    before, after = RNG.uniform(0, 100, 1000), RNG.uniform(0, 100, 1000)
    after[:100] = 0.0
    before[:50] = np.nan
    found = value_contrast(_rows(before, after), INCIDENT)
    assert found is not None
    (share,) = found.moved
    assert (share.value, share.before, share.after) == (0.0, 0.0, 0.1)
    assert share.gain == pytest.approx(0.1)


def test_rows_after_the_recovery_are_left_out() -> None:
    after = np.concatenate([RNG.uniform(0, 1, 500), np.zeros(500)])
    recovered = replace(INCIDENT, recovered_at=DEPLOYED + timedelta(seconds=900 + 3000))
    found = value_contrast(_rows(RNG.uniform(0, 1, 500), after), recovered)
    assert found is not None
    assert found.moved == ()
    lasting = value_contrast(_rows(RNG.uniform(0, 1, 500), after), INCIDENT)
    assert lasting is not None
    assert lasting.moved


def test_labels_and_too_few_rows_are_not_compared() -> None:
    many, few = np.zeros(200), np.zeros(99)
    assert value_contrast(_rows(many, many, classes=("a",)), INCIDENT) is None
    assert value_contrast(_rows(many, few), INCIDENT) is None
    assert value_contrast(_rows(many, np.full(200, np.nan)), INCIDENT) is not None


def test_the_values_that_moved_furthest_come_first_and_only_so_many() -> None:
    before = RNG.uniform(1000, 2000, 10_000)
    after = RNG.uniform(1000, 2000, 10_000)
    for n in range(12):
        after[n * 500 : n * 500 + 100 + 20 * n] = n
    found = value_contrast(_rows(before, after), INCIDENT)
    assert found is not None
    assert [share.value for share in found.moved] == [11, 10, 9, 8, 7, 6, 5, 4]


def test_a_share_that_moved_no_more_than_chance_is_not_told() -> None:
    before, after = (np.append(RNG.uniform(1, 100, 194), np.zeros(n)) for n in (6, 10))
    found = value_contrast(_rows(before, after), INCIDENT)
    assert found is not None
    assert found.moved == ()


def test_a_value_that_became_rare_is_found_too() -> None:
    before, after = RNG.uniform(1, 100, 1000), RNG.uniform(1, 100, 1000)
    before[:200] = 7.0
    found = value_contrast(_rows(before, after), INCIDENT)
    assert found is not None
    (share,) = found.moved
    assert share.value == 7.0
    assert share.gain == pytest.approx(-0.2)


def test_rows_inside_the_interval_of_the_onset_belong_to_neither_side() -> None:
    start = DEPLOYED.timestamp()
    plain = RNG.uniform(1, 100, 1000)
    rows = _rows(plain, plain)
    within = np.linspace(start - 299, start + 299, 500)
    times = np.concatenate([rows.times[:1000], within, rows.times[1000:]])
    values = np.concatenate([plain, np.zeros(500), plain])
    found = value_contrast(RowWindow(times=times, values=values), INCIDENT)
    assert found is not None
    assert found.moved == ()


def test_a_few_values_or_none_show_no_rounding() -> None:
    known = RNG.uniform(0, 100, 400)
    for side in (np.zeros(400), np.full(400, np.nan), RNG.integers(0, 5, 400) / 2):
        found = value_contrast(_rows(known, side), INCIDENT)
        assert found is not None
        assert found.decimals_before is found.decimals_after is None


def test_small_values_are_no_whole_numbers() -> None:
    small = RNG.uniform(1e-9, 1e-8, 400)
    found = value_contrast(_rows(small, np.round(RNG.uniform(0, 9, 400), 1)), INCIDENT)
    assert found is not None
    assert (found.decimals_before, found.decimals_after) == (None, 1)
