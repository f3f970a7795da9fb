"""Rows that are dated far from all others."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from bisect_ml.errors import InputError
from bisect_ml.sources import PredictionLog, open_predictions
from bisect_ml.sources.strays import Occupied, bulk_of

DAY_US = 86_400_000_000


def bulk(days: Sequence[float], most_before: int = 1, most_after: int = 1) -> tuple[int, int]:
    """The bulk of rows at these days, each a stretch of its own."""
    moments = (np.array(days) * DAY_US).astype(np.int64)
    ones = np.ones(len(days), dtype=np.int64)
    return bulk_of(Occupied(first=moments, last=moments, rows=ones), most_before, most_after)


def week(start: str = "2026-03-02") -> list[pd.Timestamp]:
    """5,000 moments of a week, so many that the log has buckets."""
    return list(pd.date_range(start, periods=5_000, freq="2min", tz="UTC"))


def opened(*parts: Sequence[object]) -> PredictionLog:
    moments = pd.to_datetime([str(one) for part in parts for one in part], utc=True, format="ISO8601")
    return open_predictions(pd.DataFrame({"ts": moments, "score": np.arange(len(moments)) / 7}))


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        ([0, 1, 2, 3, 4], (0, 5)),
        ([0, 1, 2, 3, 7], (0, 4)),
        ([-400, 1, 2, 3, 7_000], (1, 4)),
        # A gap as long as the others together is a part of the log.
        ([0, 1, 2, 3, 6], (0, 5)),
        # Within hours nobody mistakes a date.
        ([0, 0.1, 0.2, 0.3, 1.2], (0, 5)),
        # Nothing is far from a single moment, for want of a measure.
        ([0, 3, 3, 3, 9], (0, 5)),
        # Nightly rows of years: a row of a year and more before them lies apart, one of months does not.
        ([-400, *range(1_000)], (1, 1_001)),
        ([-200, *range(1_000)], (0, 1_001)),
        # Where the log has gaps of months itself, a year is no stray.
        ([-400, 0, 10, 200, 210, 400, 410, 800, 810], (0, 9)),
    ],
)
def test_the_bulk_ends_at_a_gap_longer_than_all_the_rest(days: list[float], kept: tuple[int, int]) -> None:
    assert bulk(days) == kept
    first, stop = bulk([-day for day in reversed(days)])
    assert (len(days) - stop, len(days) - first) == kept


def test_more_rows_than_may_be_strays_are_the_log() -> None:
    days = [0, 1, 100, 101, 102, 103]
    assert bulk(days, most_before=1) == (0, 6)
    assert bulk(days, most_before=2) == (2, 6)
    assert bulk(days, most_before=3, most_after=3) == (0, 6)


@pytest.mark.parametrize(
    "strays",
    [
        ["2099-01-01"],
        ["2003-05-05 10:00", "2003-05-06 10:00"],
        ["2026-05-01"],
        # The first two hide the nearer ones, until they are gone.
        ["1995-01-01", "2098-01-01", "2026-02-10", "2026-03-30"],
    ],
)
def test_a_few_rows_of_another_time_do_not_stretch_the_log(strays: list[str]) -> None:
    moments = week()
    with opened(strays[:1], moments, strays[1:]) as log:
        assert (log.start, log.end) == (moments[0].timestamp(), moments[-1].timestamp())
        assert (log.rows, log.unreadable_rows) == (5_000, len(strays))
        (warning,) = log.warnings
        count = next(one for one in log.buckets(3_600, slice_values=()) if one.metric == "count")
        assert count.values.sum() == 5_000
        assert log.window(0, 5e9).times.size == 5_000
    share = f"{len(strays)} of {5_000 + len(strays):,} rows (0.0{2 * len(strays)}%)"
    assert warning == (
        f"{share} are dated far from all others and were left out; "
        f"the earliest, by column 'ts', is of {min(map(pd.Timestamp, strays)).isoformat()}+00:00"
    )


def test_defaults_and_strays_are_counted_together() -> None:
    with opened(week(), ["1970-01-01", "2031-01-01"]) as log:
        assert log.rows == 5_000
        assert log.warnings[0].startswith("2 of 5,002 rows (0.04%) are dated far from all others")
        assert log.warnings[0].endswith("is of 1970-01-01T00:00:00+00:00")


def test_a_log_of_the_future_is_read_and_its_strays_are_of_the_present() -> None:
    with opened(["2026-03-02"], week("2090-01-01")) as log:
        assert log.rows == 5_000
        assert pd.Timestamp(log.start, unit="s").year == 2090


def test_a_log_with_a_gap_of_months_keeps_its_rows() -> None:
    with opened(week()[:600], week("2026-09-01")) as log:
        assert log.rows == 5_600
        assert log.warnings == ()


def test_too_many_to_be_strays_are_kept_and_said() -> None:
    with opened(week(), ["2099-01-01"] * 100) as log:
        assert log.rows == 5_100
        (warning,) = log.warnings
    assert warning == (
        "100 of 5,100 rows (1.96%) are dated far from all others and were kept; "
        "the earliest, by column 'ts', is of 2099-01-01T00:00:00+00:00"
    )


def test_a_stray_among_many_that_are_kept_is_left_out() -> None:
    with opened(["1999-01-01"], week(), ["2027-01-01"] * 100) as log:
        assert log.rows == 5_100
        left_out, kept = log.warnings
    assert left_out.startswith("1 of 5,101 rows (0.02%)")
    assert left_out.endswith("is of 1999-01-01T00:00:00+00:00")
    assert kept.endswith("were kept; the earliest, by column 'ts', is of 2027-01-01T00:00:00+00:00")


def test_a_sparse_log_keeps_every_row() -> None:
    nights = list(pd.date_range("2026-01-01", periods=200, freq="D", tz="UTC"))
    with opened(["2019-06-01"], nights) as log:
        assert log.sparse
        assert log.rows == 201
        assert len(log.points(slice_values=())[0].times) == 201
        assert log.warnings[0].startswith("1 of 201 rows (0.50%) are dated far from all others and were kept")
    with opened(["2025-09-01"], nights) as log:
        assert log.warnings == ()


def test_the_refusal_of_misdated_rows_names_the_column() -> None:
    moments = week()[:300]
    with pytest.raises(InputError) as caught:
        opened(moments, ["1970-01-01"] * 10)
    assert caught.value.message == (
        "the DataFrame: 10 of 310 rows (3.23%) are dated far from all others; "
        "the earliest, by column 'ts', is of 1970-01-01T00:00:00+00:00"
    )
    assert "--max-unreadable" in caught.value.hint
