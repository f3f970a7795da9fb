from dataclasses import replace
from datetime import timedelta

import pytest

from bisect_ml.report import reach
from bisect_ml.saved_report import Finding
from tests import saved_findings

OVER = saved_findings.unit_mix_up()
ONGOING = saved_findings.slice_break()


def test_an_ongoing_incident_comes_before_a_larger_one_that_is_over() -> None:
    assert reach.gravest([OVER, ONGOING]) is ONGOING
    assert reach.gravest([OVER, replace(OVER, after=0.43)]) is OVER
    assert reach.gravest([]) is None


def test_the_end_of_an_incident_is_not_the_one_to_look_at() -> None:
    end = replace(ONGOING, recovers=1)
    assert reach.gravest([OVER, end]) is OVER
    assert reach.gravest([end]) is end


@pytest.mark.parametrize(
    ("farther", "nearer"),
    [
        ((0.42, 418.0, "mean"), (0.42, 0.84, "mean")),
        ((2.0, -2.0, "mean"), (2.0, 1.0, "mean")),
        ((0.0, 3.0, "mean"), (1.0, 3.0, "mean")),
        ((0.0, 0.545, "null_rate"), (0.9, 1.0, "null_rate")),
        ((0.0, 1.0, "null_rate"), (1.0, 9.0, "mean")),
        ((1.0, 2.0, "mean"), (None, 2.0, "mean")),
        ((1.0, 1.1, "mean"), (5.0, 5.0, "mean")),
    ],
)
def test_distances_compare_across_units(
    farther: tuple[float | None, float, str], nearer: tuple[float | None, float, str]
) -> None:
    def moved(of: tuple[float | None, float, str]) -> Finding:
        return replace(OVER, before=of[0], after=of[1], metric=of[2])

    far, near = moved(farther), moved(nearer)
    assert reach.gravest([near, far]) is far
    assert reach.gravest([far, near]) is far


def test_how_long_it_lasted() -> None:
    assert reach.lasted(OVER) == "7 d 9 h"
    assert reach.lasted(ONGOING) == "ongoing"
    assert reach.lasted(replace(ONGOING, recovers=4)) == "end of 4"


def test_key_figures() -> None:
    assert reach.key_figures(OVER) == (
        ("Lasted", "7 d 9 h, until 2026-03-07 04:53 UTC"),
        ("Began (90% interval)", "2026-02-27 19:13 to 19:21 UTC"),
        ("Predictions affected", "41,230"),
        ("Moved with it", "5 other series (2 slices)"),
    )
    begun = replace(ONGOING, onset=ONGOING.onset + timedelta(days=1), recovers=1)
    assert reach.key_figures(begun)[0] == ("Ended", "incident 1")
    assert reach.key_figures(ONGOING)[0] == ("Lasted", "still ongoing at the end of the log")
