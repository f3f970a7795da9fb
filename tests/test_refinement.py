from datetime import UTC, datetime

import numpy as np
import pytest

from bisect_ml.refinement import refine
from bisect_ml.types import FloatArray
from tests.nouns import HOUR_S, START_S, onset

TRUE_ONSET_S = START_S + 100.4 * HOUR_S


def _rows(rng: np.random.Generator, shift: float) -> tuple[FloatArray, FloatArray]:
    times = np.sort(rng.uniform(START_S + 76 * HOUR_S, START_S + 125 * HOUR_S, 6_000))
    return times, rng.normal(size=len(times)) + shift * (times >= TRUE_ONSET_S)


@pytest.mark.parametrize("shift", [1.0, 3.0, 1000.0])
def test_rows_narrow_the_onset_around_the_truth(rng: np.random.Generator, shift: float) -> None:
    times, values = _rows(rng, shift)
    found = refine(onset(98.5, 102), times, values, np.zeros(len(times), dtype=np.intp))
    assert abs(found.at.timestamp() - TRUE_ONSET_S) < 5 * 60
    assert (found.interval[1] - found.interval[0]).total_seconds() < HOUR_S
    assert np.isclose(found.mass.sum(), 1)


def test_the_interval_holds_the_truth_nine_times_in_ten() -> None:
    truth = datetime.fromtimestamp(TRUE_ONSET_S, UTC)
    held = 0
    for seed in range(40):
        times, values = _rows(np.random.default_rng(seed), 0.7)
        found = refine(onset(98.5, 102), times, values, np.zeros(len(times), dtype=np.intp))
        held += found.interval[0] <= truth <= found.interval[1]
    assert held >= 36


def test_an_onset_just_outside_what_the_buckets_said_is_found_with_slack(rng: np.random.Generator) -> None:
    times, values = _rows(rng, 3.0)
    found = refine(onset(98.5, 100.2), times, values, np.zeros(len(times), dtype=np.intp), HOUR_S)
    assert abs(found.at.timestamp() - TRUE_ONSET_S) < 5 * 60


@pytest.mark.parametrize("said", [(96.0, 98.0), (102.8, 104.8)])
def test_rows_that_point_beyond_the_slack_are_followed(
    rng: np.random.Generator, said: tuple[float, float]
) -> None:
    times, values = _rows(rng, 1.0)
    found = refine(onset(*said), times, values, np.zeros(len(times), dtype=np.intp), HOUR_S)
    assert abs(found.at.timestamp() - TRUE_ONSET_S) < 5 * 60


def test_null_rows_tell_as_much_as_values(rng: np.random.Generator) -> None:
    times, values = _rows(rng, 0.0)
    values[(times >= TRUE_ONSET_S) & (rng.random(len(times)) < 0.5)] = np.nan
    found = refine(onset(98.5, 102), times, values, np.zeros(len(times), dtype=np.intp))
    assert abs(found.at.timestamp() - TRUE_ONSET_S) < 20 * 60


def test_rows_that_tell_nothing_leave_the_onset_wide(rng: np.random.Generator) -> None:
    times, values = _rows(rng, 0.0)
    found = refine(onset(98.5, 102), times, values, np.zeros(len(times), dtype=np.intp))
    assert (found.interval[1] - found.interval[0]).total_seconds() > 1.5 * HOUR_S


def test_a_change_of_traffic_inside_the_window_does_not_move_the_onset(rng: np.random.Generator) -> None:
    """At 101.5 h a cell with high values starts to dominate; each cell itself steps at the true onset."""
    times, values = _rows(rng, 2.0)
    share = np.where(times < START_S + 101.5 * HOUR_S, 0.2, 0.8)
    cells = (rng.random(len(times)) < share).astype(np.intp)
    found = refine(onset(98.5, 103), times, values + 10 * cells, cells)
    assert abs(found.at.timestamp() - TRUE_ONSET_S) < 20 * 60


def test_too_few_rows_leave_the_onset_alone() -> None:
    given = onset(98.5, 102)
    times = START_S + HOUR_S * np.array([90.0, 99.0, 110.0])
    assert refine(given, times, np.ones(3), np.zeros(3, dtype=np.intp)) is given
    assert refine(given, np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.intp)) is given


def test_cells_too_thin_to_learn_from_are_heard_together(rng: np.random.Generator) -> None:
    times, values = _rows(rng, 3.0)
    cells = rng.integers(0, 1_000, len(times))
    found = refine(onset(98.5, 102), times, values, cells)
    assert abs(found.at.timestamp() - TRUE_ONSET_S) < 10 * 60


def test_a_change_of_traffic_alone_is_dated_by_the_cells_of_the_rows(rng: np.random.Generator) -> None:
    times, _ = _rows(rng, 0.0)
    share = np.where(times < TRUE_ONSET_S, 0.3, 0.6)
    cells = (rng.random(len(times)) < share).astype(np.intp)
    values = rng.normal(size=len(times)) + cells
    wide = refine(onset(97, 103), times, values, cells)
    sharp = refine(onset(97, 103), times, values, cells, of_traffic=True)
    assert abs(sharp.at.timestamp() - TRUE_ONSET_S) < 20 * 60
    assert sharp.interval[1] - sharp.interval[0] < (wide.interval[1] - wide.interval[0]) / 3


def test_traffic_that_tells_nothing_leaves_the_values_to_speak(rng: np.random.Generator) -> None:
    times, values = _rows(rng, 3.0)
    cells = np.zeros(len(times), dtype=np.intp)
    found = refine(onset(98.5, 102), times, values, cells, of_traffic=True)
    assert abs(found.at.timestamp() - TRUE_ONSET_S) < 10 * 60
