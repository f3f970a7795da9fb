"""Effects, intervals and margins in the units of their metrics."""

from dataclasses import replace

import pytest

from bisect_ml.report.checks import amounts
from tests.reports_check import result


@pytest.mark.parametrize(
    ("metric", "effect", "text"),
    [
        ("mean", 0.052, "+5.2%"),
        ("mean", -0.25, "−25%"),
        ("mean", 999.0, "×1,000"),
        ("mean", -0.999, "÷1,000"),
        ("mean", -3.0, "−300%"),
        ("mean", 0.0, "0%"),
        ("mean", None, "n/a"),
        ("mean", float("inf"), "n/a"),
        ("null_rate", 0.0306, "+3.06 points"),
        ("share[spam]", -0.002, "−0.2 points"),
        ("flips", 0.041, "4.1%"),
        ("rows", 1.0, "100%"),
    ],
)
def test_effects_are_written_in_the_unit_of_their_metric(
    metric: str, effect: float | None, text: str
) -> None:
    moved = result(metric, effect if effect is not None and effect < 1e6 else 0.0)
    assert amounts.effect(replace(moved, effect=effect)) == text


@pytest.mark.parametrize(
    ("metric", "interval", "text"),
    [
        ("mean", (-0.004, 0.01), "−0.4% to +1%"),
        ("null_rate", (0.001, 0.002), "+0.1 to +0.2 points"),
        ("rows", (0.0, 0.02), "at most 2%"),
        ("rows", (0.01, 0.02), "1% to 2%"),
        ("mean", (0.0, 0.0), "no row moved"),
        ("mean", (999.0, 999.0), "×1,000"),
        ("mean", None, "n/a"),
    ],
)
def test_intervals(metric: str, interval: tuple[float, float] | None, text: str) -> None:
    assert amounts.interval(replace(result(metric, 0.0), interval=interval)) == text


@pytest.mark.parametrize(
    ("metric", "text"), [("mean", "±2%"), ("null_rate", "±0.5 points"), ("rows", "≤ 1%"), ("flips", "≤ 1%")]
)
def test_margins(metric: str, text: str) -> None:
    assert amounts.margin(result(metric, 0.0)) == text
