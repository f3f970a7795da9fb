from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import pytest

from bisect_ml.errors import ConfigError
from bisect_ml.sources import open_predictions
from tests.prediction_logs import START, assert_equal, named, write_rows

HOURS = 30


def opened_times(path: Path, tz: str = "UTC") -> list[str]:
    with open_predictions(path, tz=tz) as log:
        return [str(at) for at in pd.to_datetime(log.points()[0].times, unit="s")]


def written(folder: Path, times: Sequence[object]) -> Path:
    """A CSV file of two columns; times with a comma are quoted."""
    lines = [f'"{at}",{number}' for number, at in enumerate(times)]
    return write_rows(folder / "log.csv", ["ts,score", *lines])


@pytest.mark.parametrize(
    "form",
    [
        "%Y-%m-%dT%H:%M:%SZ",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%d %H:%M:%S,000",
        "%Y-%m-%dT%H:%M:%S.000000+00:00",
        "%Y/%m/%d %H:%M",
        "%Y-%m-%dT%H:%MZ",
        "%Y-%m-%d %H:%M+00:00",
        " %Y-%m-%d %H:%M:%S ",
        "%Y%m%d%H%M%S",
        "%Y%m%dT%H%M%SZ",
        "%d/%b/%Y:%H:%M:%S +0000",
        "%a, %d %b %Y %H:%M:%S GMT",
        "%m/%d/%Y %H:%M",
        "%m/%d/%Y %I:%M:%S %p",
        "%d.%m.%Y %H:%M:%S",
    ],
)
def test_text_in_every_usual_form(tmp_path: Path, form: str) -> None:
    moments = pd.date_range(START, periods=HOURS, freq="h")
    path = written(tmp_path, [at.strftime(form) for at in moments])
    assert opened_times(path) == [str(at.tz_localize(None)) for at in moments]


@pytest.mark.parametrize("zone", [None, "UTC", "Asia/Kolkata"])
@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_times_of_every_unit(tmp_path: Path, unit: Literal["s", "ms", "us", "ns"], zone: str | None) -> None:
    moments = pd.date_range("2026-03-02", periods=3_000, freq="13min", unit=unit, tz=zone)
    frame = pd.DataFrame({"ts": moments, "score": 1.5})
    frame.to_parquet(tmp_path / "log.parquet", row_group_size=500)
    utc = moments.tz_convert("UTC") if zone else moments.tz_localize("UTC")
    expected = pd.Series(1, index=utc).resample("6h").size()
    for source in (frame, tmp_path / "log.parquet"):
        with open_predictions(source) as log:
            counts = named(log.buckets(21_600, slice_values=(), quantiles="none"))["count"]
            window = log.window(log.start + 7_800, log.start + 9_360)
        assert_equal(counts.times, [at.timestamp() for at in expected.index])
        assert_equal(counts.values, expected)
        assert_equal(window.times, [at.timestamp() for at in utc[10:12]], relative=1e-15)


@pytest.mark.parametrize("per_second", [1, 10**3, 10**6, 10**9])
@pytest.mark.parametrize("kind", ["int64", "float64", "text"])
def test_epochs_are_told_by_their_size(tmp_path: Path, per_second: int, kind: str) -> None:
    seconds = START.timestamp() + 3_600 * np.arange(HOURS)
    numbers = (seconds * per_second).astype("int64")
    if kind == "text":
        path = written(tmp_path, numbers.tolist())
    else:
        path = tmp_path / "log.parquet"
        pd.DataFrame({"ts": numbers.astype(kind), "score": 1.5}).to_parquet(path)
    with open_predictions(path) as log:
        unit = {1: "seconds", 10**3: "milliseconds", 10**6: "microseconds", 10**9: "nanoseconds"}[per_second]
        assert f"times: 'ts' counts {unit} since 1970" in log.guesses
        assert_equal(log.points()[0].times, seconds, relative=1e-15)


def test_whole_numbers_may_be_dates(tmp_path: Path) -> None:
    days = pd.date_range(START, periods=40, freq="D")
    path = tmp_path / "log.parquet"
    pd.DataFrame({"date": days.strftime("%Y%m%d").astype(int), "score": 1.5}).to_parquet(path)
    assert opened_times(path) == [str(day.tz_localize(None)) for day in days]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata"])
@pytest.mark.parametrize("kind", ["text", "wall"])
def test_times_without_a_zone_belong_to_the_given_one(tmp_path: Path, zone: str, kind: str) -> None:
    # Both changes of the clock lie inside; the hours that are skipped or doubled are left out.
    moments = pd.date_range("2026-01-01 03:00", "2026-12-31", freq="6h", tz="UTC").tz_convert(zone)
    wall = moments.tz_localize(None)
    if kind == "text":
        path = written(tmp_path, wall.strftime("%Y-%m-%d %H:%M:%S").tolist())
    else:
        path = tmp_path / "log.parquet"
        pd.DataFrame({"ts": wall, "score": 1.5}).to_parquet(path)
    assert opened_times(path, zone) == [str(at) for at in moments.tz_convert("UTC").tz_localize(None)]


def test_a_zone_in_the_text_wins_over_the_given_one(tmp_path: Path) -> None:
    path = written(tmp_path, ["2026-03-02T10:00:00+02:00", "2026-03-02T10:00:00", "2026-03-02T10:00:00Z"])
    assert opened_times(path, "Asia/Kolkata") == [
        "2026-03-02 04:30:00",
        "2026-03-02 08:00:00",
        "2026-03-02 10:00:00",
    ]


def test_a_doubled_hour_is_its_second_and_a_skipped_one_the_next(tmp_path: Path) -> None:
    path = written(tmp_path, ["2026-03-29 02:30:00", "2026-10-25 02:30:00"])
    assert opened_times(path, "Europe/Berlin") == ["2026-03-29 01:30:00", "2026-10-25 01:30:00"]


def test_dates_begin_in_the_given_zone(tmp_path: Path) -> None:
    days = pd.DataFrame({"date": pd.date_range("2026-03-28", periods=3).date, "score": 1.5})
    days.to_parquet(tmp_path / "log.parquet")
    assert opened_times(tmp_path / "log.parquet", "Europe/Berlin") == [
        "2026-03-27 23:00:00",
        "2026-03-28 23:00:00",
        "2026-03-29 22:00:00",
    ]


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata"])
def test_the_zone_of_the_machine_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    moments = pd.date_range(START, periods=500, freq="17min")
    pd.DataFrame({"ts": moments, "score": 1.5}).to_parquet(tmp_path / "log.parquet")
    with open_predictions(tmp_path / "log.parquet") as log:
        counts = named(log.buckets(21_600, slice_values=(), quantiles="none"))["count"]
    expected = pd.Series(1, index=moments).resample("6h").size()
    assert_equal(counts.times, [at.timestamp() for at in expected.index])
    assert_equal(counts.values, expected)


def test_naive_times_are_said_to_be_taken_as_a_zone(tmp_path: Path) -> None:
    with open_predictions(written(tmp_path, ["2026-03-02 10:00", "2026-03-03 10:00"])) as log:
        assert any("taken as UTC" in guess for guess in log.guesses)
    with open_predictions(written(tmp_path, ["2026-03-02T10:00Z", "2026-03-03T10:00Z"])) as log:
        assert not any("taken as" in guess for guess in log.guesses)


def test_an_unknown_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Mars/Base"):
        open_predictions(written(tmp_path, ["2026-03-02", "2026-03-03"]), tz="Mars/Base")


@pytest.mark.parametrize("default", ["1970-01-01", "9999-12-31"])
def test_a_few_default_dates_do_not_stretch_the_log(tmp_path: Path, default: str) -> None:
    moments = [f"{at:%Y-%m-%d %H:%M}" for at in pd.date_range(START, periods=300, freq="h")]
    with open_predictions(written(tmp_path, [*moments, default])) as log:
        assert log.rows == 300
        assert log.unreadable_rows == 1
        assert log.start == START.timestamp()
        assert default[:4] in log.warnings[0]
        assert sum(named(log.buckets(3_600))["count"].values) == 300


def test_windows_are_exact_in_every_zone(tmp_path: Path) -> None:
    moments = pd.date_range("2026-10-24", "2026-10-27", freq="10min", tz="Europe/Berlin")
    unambiguous = moments[(moments.tz_localize(None).date != pd.Timestamp("2026-10-25").date())]
    path = tmp_path / "log.parquet"
    pd.DataFrame({"ts": unambiguous.tz_localize(None), "score": 1.5}).to_parquet(path, row_group_size=20)
    with open_predictions(path, tz="Europe/Berlin") as log:
        low = pd.Timestamp("2026-10-26 05:00", tz="Europe/Berlin").timestamp()
        window = log.window(low, low + 3_600)
    assert_equal(window.times, low + 600 * np.arange(6))
