import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bisect_ml.report import figures

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.42, "0.42"),
        (418.0, "418"),
        (1234.5, "1,234"),
        (0.00012345, "0.000123"),
        (0, "0"),
        (-3.14159, "−3.14"),
        (1e12, "1.00e12"),
        (-2.5e-9, "−2.50e-9"),
        (999.96, "1,000"),
        (None, "n/a"),
        (math.nan, "n/a"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_number(value: float | None, text: str) -> None:
    assert figures.number(value) == text


@given(st.floats(min_value=-1e300, max_value=1e300))
def test_number_is_within_a_percent_of_the_value(value: float) -> None:
    read = float(figures.number(value).replace("−", "-").replace(",", ""))
    assert read == pytest.approx(value, rel=0.01, abs=1e-300)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0%"),
        (0.004, "<1%"),
        (0.5, "50%"),
        (0.994, ">99%"),
        (1.0, ">99%"),
        (math.nan, "n/a"),
        (1.5, "n/a"),
    ],
)
def test_probability_is_never_rounded_to_certainty(value: float, text: str) -> None:
    assert figures.probability(value) == text


@pytest.mark.parametrize(
    ("before", "after", "metric", "text"),
    [
        (0.42, 418.0, "mean", "×995"),
        (418.0, 0.42, "mean", "÷995"),
        (0.42, 0.5, "mean", "+19%"),
        (0.5, 0.42, "mean", "−16%"),
        (0.004, 0.031, "null_rate", "+2.7 points"),
        (0.09, 0.02, "share[fraud]", "−7 points"),
        (-1.0, 1.0, "mean", "+2"),
        (0.0, 3.0, "mean", "+3"),
        (None, 3.0, "mean", ""),
        (math.nan, 3.0, "mean", ""),
    ],
)
def test_change(before: float | None, after: float | None, metric: str, text: str) -> None:
    assert figures.change(before, after, metric) == text


def test_rates_are_read_in_per_cent() -> None:
    assert figures.measure(0.031, "null_rate") == "3.1%"
    assert figures.measure(0.031, "share[fraud]") == "3.1%"
    assert figures.measure(0.031, "mean") == "0.031"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3600, "1 h"),
        (3660, "1 h 1 min"),
        (90000, "1 d 1 h"),
        (86460, "1 d"),
    ],
)
def test_duration(seconds: float, text: str) -> None:
    assert figures.duration(seconds) == text


def test_span_repeats_the_day_only_where_it_differs() -> None:
    assert figures.span(NOON, NOON + timedelta(hours=2)) == "2026-03-04 12:00 to 14:00 UTC"
    assert figures.span(NOON, NOON + timedelta(days=1)) == "2026-03-04 12:00 to 2026-03-05 12:00 UTC"
    assert (
        figures.span(NOON, NOON + timedelta(seconds=9), joined="and")
        == "2026-03-04 12:00:00 and 12:00:09 UTC"
    )


def test_count() -> None:
    assert figures.count(1, "commit") == "1 commit"
    assert figures.count(12_000, "series", "series") == "12,000 series"
