"""The scorers of `NO_DEPLOY`: mix shift, input drift, outage."""

from dataclasses import replace

import numpy as np

from bisect_ml.evidence.input_drift import input_drift
from bisect_ml.evidence.mix_shift import mix_shift
from bisect_ml.evidence.outage import outage
from bisect_ml.types import NO_DEPLOY, Series, Slice
from tests.evidence.cases import ONSET, a_case, a_commit, a_file, a_series


def _mixed(
    share_before: float, share_after: float, levels: tuple[float, float], shift: float = 0.0
) -> list[Series]:
    """Return the mean of all rows and of two kinds, whose share of the rows and whose levels step."""
    found = []
    shares = (1 - share_before, 1 - share_after), (share_before, share_after)
    for value, level, (before, after) in zip(("web", "form"), levels, shares, strict=True):
        series = a_series(level, level + shift, where=Slice(column="kind", value=value), noise=0.01)
        rows = np.where(series.times < ONSET.timestamp(), 1000 * before, 1000 * after)
        found.append(replace(series, counts=rows))
    weights = np.array([series.counts for series in found])
    whole = np.sum([series.values * series.counts for series in found], axis=0) / weights.sum(axis=0)
    return [replace(a_series(0, 0), values=whole, counts=weights.sum(axis=0)), *found]


def test_traffic_that_moved_explains_the_mean() -> None:
    series = _mixed(0.2, 0.6, (1.0, 5.0))
    said = mix_shift(a_case(moved=series[:1], still=series[1:]), NO_DEPLOY)
    assert said is not None
    assert said.facts["level"] == "explains"
    assert said.sentence.startswith("40% of the traffic moved between values of kind")


def test_levels_that_moved_inside_the_slices_are_no_mix_shift() -> None:
    series = _mixed(0.2, 0.2, (1.0, 5.0), shift=2.0)
    said = mix_shift(a_case(moved=series[:1], still=series[1:]), NO_DEPLOY)
    assert said is not None
    assert said.facts["level"] == "nothing"


def test_without_slices_nothing_is_said() -> None:
    assert mix_shift(a_case(), NO_DEPLOY) is None


def test_an_input_that_moved_as_well_speaks_for_no_deploy_unless_a_diff_names_it() -> None:
    age = a_series(40.0, 55.0, "feature[age]", noise=1.0)
    still = a_series(3.0, 3.0, "feature[tenure]", noise=1.0)
    untouched = input_drift(a_case(a_commit(a_file("a.py", "x = 1", "x = 2")), still=[age, still]), NO_DEPLOY)
    touched = input_drift(a_case(a_commit(a_file("a.py", "x = 1", "x = age")), still=[age, still]), NO_DEPLOY)
    assert untouched is not None
    assert touched is not None
    assert untouched.sentence.startswith("the input age moved from 39.89 to 5")
    assert untouched.llr > touched.llr
    assert input_drift(a_case(still=[still]), NO_DEPLOY) is None


def test_a_gap_in_the_log_around_the_onset_is_an_outage() -> None:
    series = a_series(1.0, 2.0)
    hours = np.abs(series.times - ONSET.timestamp()) / 3600
    gap = replace(series, counts=np.where(hours < 4, 0.0, 100.0))
    said = outage(a_case(moved=[gap]), NO_DEPLOY)
    assert said is not None
    assert "no rows were logged for" in said.sentence
    assert outage(a_case(moved=[series]), NO_DEPLOY) is None
    nightly = replace(series, counts=np.where(np.arange(len(series.times)) % 24 < 8, 0.0, 100.0))
    assert outage(a_case(moved=[nightly]), NO_DEPLOY) is None
