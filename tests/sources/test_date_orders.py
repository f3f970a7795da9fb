"""Dates whose day and month could change places."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bisect_ml.errors import InputError
from bisect_ml.sources import open_predictions
from bisect_ml.sources.date_orders import Reading, running_share, tell_order
from tests.prediction_logs import write_rows

MONTH, DAY = "%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M"
WEEK = pd.date_range("2026-03-01 00:30", "2026-03-07 23:30", freq="h")


def written(folder: Path, moments: Iterable[pd.Timestamp], form: str, name: str = "log.csv") -> Path:
    lines = [f"{at.strftime(form)},{number}" for number, at in enumerate(moments)]
    return write_rows(folder / name, ["ts,score", *lines])


def opened_times(path: Path) -> list[pd.Timestamp]:
    with open_predictions(path) as log:
        return [pd.Timestamp(at, unit="s") for at in log.points(slice_values=())[0].times]


def guess(path: Path) -> str:
    with open_predictions(path) as log:
        return next(each for each in log.guesses if "is read as" in each)


def refused(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        open_predictions(path)
    assert "year first" in caught.value.hint
    return caught.value


@pytest.mark.parametrize("form", [MONTH, DAY, "%m/%d/%Y %I:%M:%S %p", "%d/%m/%Y %I:%M:%S %p"])
def test_days_that_follow_on_one_another_tell_the_order(tmp_path: Path, form: str) -> None:
    path = written(tmp_path, WEEK, form)
    assert opened_times(path) == list(WEEK)
    assert guess(path) == f"times: 'ts' is read as {form}: the days follow on one another so, and only so"


@pytest.mark.parametrize("form", [MONTH, DAY])
def test_they_tell_it_in_any_order_of_rows(tmp_path: Path, form: str) -> None:
    shuffled = np.random.default_rng(3).permutation(WEEK.to_numpy())
    assert opened_times(written(tmp_path, map(pd.Timestamp, shuffled), form)) == list(WEEK)


@pytest.mark.parametrize("form", [MONTH, DAY])
@pytest.mark.parametrize("step", [1, -1])
def test_rows_in_the_order_of_time_tell_it(tmp_path: Path, form: str, step: int) -> None:
    office = [
        day + pd.Timedelta(hours=hour)
        for month in (3, 4)
        for day in pd.date_range(f"2026-{month}-02", periods=5)
        for hour in (9, 12, 16)
    ][::step]
    path = written(tmp_path, office, form)
    assert opened_times(path) == sorted(office)
    assert guess(path).endswith(f"{form}: the rows are in the order of time so, and only so")


@pytest.mark.parametrize("form", [MONTH, DAY])
def test_the_order_of_files_is_none_of_time(tmp_path: Path, form: str) -> None:
    """Files called by day and month lie in the order of the wrong reading."""
    for day in (2, 3):
        for month in (3, 4):
            hours = pd.date_range(f"2026-{month}-{day} 09:00", periods=3, freq="h")
            written(tmp_path, hours, form, f"0{day}-0{month}.csv")
    refused(tmp_path)


@pytest.mark.parametrize("form", [MONTH, DAY])
def test_a_date_that_only_one_order_has_tells_it(tmp_path: Path, form: str) -> None:
    nights = pd.date_range("2026-03-05", periods=9)
    path = written(tmp_path, nights, form)
    assert opened_times(path) == list(nights)
    assert guess(path) == f"times: 'ts' is read as {form}"


@pytest.mark.parametrize("form", [MONTH, DAY])
def test_a_date_beyond_the_first_rows_tells_it(tmp_path: Path, form: str) -> None:
    office = [
        day + pd.Timedelta(minutes=480 + minute)
        for day in pd.date_range("2026-03-01", periods=20)
        for minute in range(500)
    ]
    with open_predictions(written(tmp_path, office, form)) as log:
        assert pd.Timestamp(log.end, unit="s") == office[-1]


@pytest.mark.parametrize("form", [MONTH, DAY])
def test_a_slip_tells_nothing_against_the_days(tmp_path: Path, form: str) -> None:
    other = DAY if form == MONTH else MONTH
    path = written(tmp_path, WEEK, form)
    path.write_text(path.read_text() + pd.Timestamp("2026-03-22").strftime(other) + ",1\n")
    with open_predictions(path) as log:
        assert log.rows == len(WEEK)
        assert log.warnings[0].startswith("1 of 169 rows (0.59%) cannot be read")


@pytest.mark.parametrize("form", [MONTH, DAY, "%m/%d/%Y", "%d/%m/%Y"])
@pytest.mark.parametrize(
    "moments",
    [
        pd.date_range("2026-03-01 02:00", periods=12),
        pd.date_range("2026-03-01", periods=7, freq="MS"),
        pd.DatetimeIndex([f"2026-03-0{day} {hour}:00" for day in range(2, 7) for hour in range(10, 18)]),
        pd.date_range("2026-03-04", periods=24, freq="h"),
    ],
    ids=["nightly", "monthly", "office hours", "one day"],
)
def test_dates_that_nothing_tells_are_refused(
    tmp_path: Path, form: str, moments: Iterable[pd.Timestamp]
) -> None:
    path = written(tmp_path, moments, form)
    message = refused(path).message
    assert message.startswith(f"{path}: column 'ts' has dates such as '")
    assert message.endswith(": the rows do not tell whether the month or the day comes first")


def test_the_refusal_shows_both_readings(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "log.csv", ["ts,score", "02/02/2026,1", "01/02/2026,2", "02/02/2026,3"])
    assert "such as '01/02/2026', which may be 2026-01-02 or 2026-02-01" in refused(path).message


def test_a_day_of_the_same_number_as_its_month_needs_no_order(tmp_path: Path) -> None:
    hours = pd.date_range("2026-03-03", periods=24, freq="h")
    assert opened_times(written(tmp_path, hours, DAY)) == list(hours)


@pytest.mark.parametrize("form", ["%d/%m/%y %H:%M", "%m/%d/%y", "%d.%m.%y", "%y-%m-%d %H:%M:%S", "%y/%m/%d"])
def test_years_of_two_digits_are_refused(tmp_path: Path, form: str) -> None:
    path = written(tmp_path, WEEK, form)
    first = WEEK[0].strftime(form)
    assert refused(path).message == f"{path}: column 'ts' has years of two digits: row 1 is {first!r}"


def test_days_run_on_where_most_nights_have_rows() -> None:
    days = np.arange(0, 5 * 1440, 60)
    assert running_share(days) == 1.0
    assert running_share(days[(days < 1440) | (days > 3 * 1440)]) == 0.5
    assert running_share(days[days % 1440 > 900]) == 0.0
    assert running_share(days[:10]) == 0.0


def reading(pattern: str, *, read: int = 1_000, running: float = 0.0, ordered: bool = True) -> Reading:
    return Reading(pattern=pattern, read=read, running=running, ordered=ordered)


def test_what_disagrees_tells_nothing() -> None:
    runs = reading("a", running=1.0, ordered=False)
    assert tell_order(runs, reading("b", ordered=False))[0] == "a"
    assert tell_order(runs, reading("b"))[0] is None
    assert tell_order(reading("b"), runs)[0] is None
    assert tell_order(reading("a"), reading("b"))[0] is None
    assert tell_order(reading("a", read=999), reading("b"))[0] == "b"
    assert tell_order(reading("a", running=1.0, read=999), reading("b"))[0] == "a"
