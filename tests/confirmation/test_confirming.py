"""Made rows around an incident: what moved inside the slices stands, chance and season do not."""

from dataclasses import replace

import numpy as np
import pytest

from bisect_ml.confirmation import confirm
from bisect_ml.confirmation.support import LARGEST_P
from bisect_ml.row_window import RowWindow, SliceCodes
from bisect_ml.types import Incident, Slice, ValueRange
from tests.nouns import HOUR_S, START_S, moment, onset, symptom

DAYS = 20
BREAK_H = 250.0


def make_rows(
    rng: np.random.Generator,
    *,
    shift: float = 0.0,
    hours: tuple[float, float] = (BREAK_H, 1e9),
    mix: bool = False,
    nulls: float = 0.0,
    per_hour: int = 30,
    rest_day: int = 6,
) -> RowWindow:
    """A seasonal log; inside `hours` the values shift, more of BR arrives, or values are missing.

    The log starts on a Sunday; two days of rest begin `rest_day` days later, on Saturday by default.
    """
    times = np.sort(rng.uniform(0, DAYS * 24, DAYS * 24 * per_hour))
    broken = (times >= hours[0]) & (times < hours[1])
    cells = (rng.random(len(times)) < np.where(broken & mix, 0.6, 0.2)).astype(np.intp)
    weekly = 0.8 * ((times // 24 - rest_day) % 7 < 2)
    values = (
        rng.normal(size=len(times)) + np.sin(times / 24 * 2 * np.pi) + weekly + 3 * cells + shift * broken
    )
    values[broken & (rng.random(len(times)) < nulls)] = np.nan
    return RowWindow(
        times=START_S + HOUR_S * times,
        values=values,
        slices={"country": SliceCodes(values=("FR", "BR"), codes=cells)},
    )


def an_incident(at_h: float = BREAK_H, of: Slice | None = None) -> Incident:
    return Incident(number=0, onset=onset(at_h - 0.5, at_h + 0.5), lead=symptom(100, of=of), symptoms=())


def of_far_rows() -> Incident:
    """An incident whose lead counts the rows of one value."""
    found = an_incident()
    counted = replace(found.lead.series, within=ValueRange(low=-999.0, high=-999.0))
    return replace(found, lead=replace(found.lead, series=counted))


def confirmed(rows: RowWindow, *incidents: Incident) -> tuple[Incident, ...]:
    def window(start: float, end: float) -> RowWindow:
        kept = (rows.times >= start) & (rows.times < end)
        codes = replace(rows.slices["country"], codes=rows.slices["country"].codes[kept])
        return replace(rows, times=rows.times[kept], values=rows.values[kept], slices={"country": codes})

    return confirm(
        incidents or (an_incident(),),
        lambda one: -abs(one.onset.at.timestamp() - START_S - BREAK_H * HOUR_S),
        window,
        log_start=float(rows.times[0]),
        log_end=float(rows.times[-1]),
    )


def test_a_shift_inside_the_slices_stands(rng: np.random.Generator) -> None:
    (found,) = confirmed(make_rows(rng, shift=0.4))
    assert found.inside_p < LARGEST_P


def test_a_change_of_traffic_stands_but_not_inside(rng: np.random.Generator) -> None:
    (found,) = confirmed(make_rows(rng, mix=True))
    assert found.overall_p < LARGEST_P
    assert found.inside_p > 1e-3


def test_missing_predictions_stand(rng: np.random.Generator) -> None:
    assert confirmed(make_rows(rng, nulls=0.1))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("share", [0.01, 0.015])
def test_a_few_far_rows_stand_where_their_share_showed_them(seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    rows = make_rows(rng)
    late = rows.times >= START_S + BREAK_H * HOUR_S
    struck = replace(rows, values=np.where(late & (rng.random(len(late)) < share), -999.0, rows.values))
    shown = of_far_rows()
    assert confirmed(struck, shown)
    assert not confirmed(struck)
    assert not confirmed(rows, shown)


def test_far_rows_that_come_with_the_hour_are_no_break(rng: np.random.Generator) -> None:
    rows = make_rows(rng)
    night = rows.times / HOUR_S % 24 < 6
    values = np.where(night & (rng.random(len(night)) < 0.02), -999.0, rows.values)
    assert not confirmed(replace(rows, values=values), of_far_rows())


def test_a_bad_deploy_of_five_hours_stands(rng: np.random.Generator) -> None:
    rows = make_rows(rng, shift=2.5, hours=(BREAK_H, BREAK_H + 5))
    assert len(confirmed(rows, an_incident(), an_incident(BREAK_H + 5))) == 2


@pytest.mark.parametrize("seed", range(10))
def test_season_and_chance_do_not_stand(seed: int) -> None:
    rows = make_rows(np.random.default_rng(seed))
    assert not confirmed(rows, *(an_incident(hour) for hour in (60.0, 117.0, BREAK_H, 400.0)))


@pytest.mark.parametrize("seed", range(10))
def test_any_two_days_of_rest_are_season(seed: int) -> None:
    rows = make_rows(np.random.default_rng(seed), rest_day=5)
    assert not confirmed(rows, *(an_incident(hour) for hour in (168.0, 216.0, BREAK_H, 288.0)))


def test_a_break_in_one_slice_stands(rng: np.random.Generator) -> None:
    rows = make_rows(rng)
    moved = rows.values + 1.0 * (rows.cells == 1) * (rows.times >= START_S + BREAK_H * HOUR_S)
    assert confirmed(replace(rows, values=moved), an_incident(of=Slice(column="country", value="BR")))


def test_a_neighbour_does_not_live_on_the_rows_of_a_real_break(rng: np.random.Generator) -> None:
    found = confirmed(make_rows(rng, shift=2.0), an_incident(BREAK_H - 6), an_incident())
    assert [one.onset.at for one in found] == [moment(BREAK_H)]


def many_cells(rng: np.random.Generator, hours: tuple[float, float], of: int = 3) -> RowWindow:
    """A log of 20 by 6 slices with a row a minute; a twentieth of them has no predictions for hours."""
    times = np.sort(rng.uniform(0, DAYS * 24, DAYS * 24 * 60))
    language = rng.integers(0, 20, len(times))
    size = rng.integers(0, 6, len(times))
    values = rng.normal(size=len(times)) + language
    broken = (times >= hours[0]) & (times < hours[1]) & (language == of)
    values[broken] = np.nan
    return RowWindow(
        times=START_S + HOUR_S * times,
        values=values,
        slices={
            "language": SliceCodes(values=tuple(f"l{each}" for each in range(20)), codes=language),
            "size": SliceCodes(values=tuple(f"s{each}" for each in range(6)), codes=size),
        },
    )


def stand(rows: RowWindow, *incidents: Incident) -> tuple[Incident, ...]:
    def window(start: float, end: float) -> RowWindow:
        kept = (rows.times >= start) & (rows.times < end)
        slices = {name: replace(each, codes=each.codes[kept]) for name, each in rows.slices.items()}
        return replace(rows, times=rows.times[kept], values=rows.values[kept], slices=slices)

    return confirm(incidents, lambda _: 1.0, window, float(rows.times[0]), float(rows.times[-1]))


SMALL = Slice(column="language", value="l3")


def test_a_small_slice_stands_where_its_cells_hold_less_than_a_row_an_hour(rng: np.random.Generator) -> None:
    (found,) = stand(many_cells(rng, (BREAK_H, 1e9)), an_incident(of=SMALL))
    assert found.inside_p < LARGEST_P


def test_a_slice_among_the_symptoms_is_tested_as_the_lead_s_is(rng: np.random.Generator) -> None:
    rows = many_cells(rng, (BREAK_H, BREAK_H + 10))
    end = an_incident(BREAK_H + 10, of=SMALL)
    other = an_incident(of=Slice(column="size", value="s0"))
    assert not stand(rows, other)
    assert len(stand(rows, replace(other, symptoms=(symptom(100, of=SMALL),)), end)) == 2


def test_chance_in_a_small_slice_does_not_stand(rng: np.random.Generator) -> None:
    rows = many_cells(rng, (1e8, 1e9))
    assert not stand(rows, *(an_incident(BREAK_H + 20 * n, of=SMALL) for n in range(4)))


def test_hours_at_which_no_rare_row_came_are_no_proof() -> None:
    """A few rows stand out between three and six o'clock, on some days; all others are tied."""
    times = np.arange(0, DAYS * 24, 1 / 30)
    values = np.full(len(times), 10.0)
    values[np.searchsorted(times, 24 * np.array([1, 3, 4, 6, 7, 13, 16]) + 4)] = 1.0
    rows = make_rows(np.random.default_rng(0))
    one_slice = SliceCodes(values=("FR", "BR"), codes=np.zeros(len(times), dtype=np.intp))
    rows = replace(rows, times=START_S + HOUR_S * times, values=values, slices={"country": one_slice})
    assert not confirmed(rows, an_incident(10 * 24 + 2.5))


def test_a_break_of_a_weekend_s_end_stands(rng: np.random.Generator) -> None:
    # From the first hours of Monday; an event of Saturday leaves hardly more than the weekend before it.
    monday = 15 * 24.0 + 1
    rows = make_rows(rng, shift=-1.0, hours=(monday, monday + 36))
    rows.values[rows.times < START_S + HOUR_S * (monday - 43)] += 2.0
    incidents = [an_incident(at) for at in (monday - 43, monday, monday + 36)]
    assert len(confirmed(rows, *incidents)) == 3


def batches(rng: np.random.Generator, apart_h: float, shift: float) -> RowWindow:
    """Forty batches of a hundred rows in ten minutes each; half-way the values shift.

    The rows of a batch share a chance of their own, as those of a night do.
    """
    numbers = np.repeat(np.arange(40), 100)
    times = np.sort(apart_h * numbers + 2 + rng.uniform(0, 1 / 6, len(numbers)))
    values = rng.normal(size=len(times)) + 0.1 * rng.normal(size=40)[numbers] + shift * (numbers >= 20)
    codes = rng.integers(0, 2, len(times))
    country = SliceCodes(values=("FR", "BR"), codes=codes.astype(np.intp))
    return RowWindow(times=START_S + HOUR_S * times, values=values, slices={"country": country})


@pytest.mark.parametrize("apart_h", [24.0, 7 * 24.0, 28 * 24.0])
@pytest.mark.parametrize("seed", range(5))
def test_a_break_of_batches_stands_however_far_apart_they_come(apart_h: float, seed: int) -> None:
    between = 19.5 * apart_h + 2
    assert confirmed(batches(np.random.default_rng(seed), apart_h, shift=0.4), an_incident(between))


@pytest.mark.parametrize("apart_h", [24.0, 7 * 24.0, 28 * 24.0])
@pytest.mark.parametrize("seed", range(5))
def test_chance_among_batches_does_not_stand(apart_h: float, seed: int) -> None:
    places = [an_incident((number - 0.5) * apart_h + 2) for number in (8, 15, 20, 33)]
    assert not confirmed(batches(np.random.default_rng(seed), apart_h, shift=0.0), *places)
