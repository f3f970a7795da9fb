"""The scorers of `NO_DEPLOY`, and those that tell deploys apart by their service."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from bisect_ml.evidence.aside import aside
from bisect_ml.evidence.elsewhere import elsewhere
from bisect_ml.evidence.input_drift import input_drift
from bisect_ml.evidence.mix_shift import mix_shift
from bisect_ml.evidence.outage import outage
from bisect_ml.evidence.quiet import quiet
from bisect_ml.evidence.shipment import shipment
from bisect_ml.evidence.target import target
from bisect_ml.evidence.thin import thin
from bisect_ml.types import NO_DEPLOY, Candidate, Release, Series, Slice
from tests.evidence.cases import (
    ONSET,
    a_case,
    a_commit,
    a_deploy,
    a_file,
    a_release,
    a_series,
    an_onset,
    candidates_of,
)


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


def test_traffic_that_moved_explains_missing_predictions_too() -> None:
    series = [replace(one, metric="null_rate") for one in _mixed(0.2, 0.6, (0.0, 1.0))]
    said = mix_shift(a_case(moved=series[:1], still=series[1:]), NO_DEPLOY)
    assert said is not None
    assert said.facts["level"] == "explains"
    assert "would move the null rate by" in said.sentence


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


def _services(*moved: str) -> list[Series]:
    """Return the mean of four services, some of which step at the onset."""
    return [
        a_series(10.0, 20.0 if name in moved else 10.0, where=Slice(column="service", value=name), noise=0.01)
        for name in ("scorer", "search", "ads", "mail")
    ]


def test_services_that_moved_without_a_deploy_speak_for_no_deploy() -> None:
    several = elsewhere(a_case(a_commit(), still=_services("scorer", "search", "ads")), NO_DEPLOY)
    alone = elsewhere(a_case(a_commit(), still=_services("scorer")), NO_DEPLOY)
    assert several is not None
    assert alone is not None
    assert several.sentence == "ads, search moved at the same moment, and no deploy went to them"
    assert alone.sentence == "of 4 services only scorer moved"
    assert several.llr > 0 > alone.llr


def test_services_with_a_deploy_of_their_own_are_no_outside_event() -> None:
    own = [replace(a_deploy(number=n), service=name) for n, name in enumerate(("search", "ads"), start=5)]
    said = elsewhere(a_case(a_commit(), still=_services("scorer", "search", "ads"), aside=own), NO_DEPLOY)
    assert said is not None
    assert said.facts["level"] == "upstream"


def test_a_deploy_of_another_service_minutes_before_is_named() -> None:
    near = replace(a_deploy(ONSET - timedelta(minutes=4), number=5), service="features")
    said = elsewhere(a_case(a_commit(), aside=[near]), NO_DEPLOY)
    assert said is not None
    assert said.sentence == "features, another service, was deployed 4 min before the onset"
    for other in (
        replace(near, environment="staging"),
        replace(near, status="failed"),
        replace(near, started_at=ONSET - timedelta(hours=5)),
    ):
        assert elsewhere(a_case(a_commit(), aside=[other]), NO_DEPLOY) is None


def test_a_deploy_whose_service_did_not_move_is_cleared() -> None:
    case = a_case(a_commit(), still=_services("search"))
    said = target(case, case.candidates[0])
    assert said is not None
    assert said.sentence == "went to scorer, which did not move; search did"
    case = a_case(a_commit(), still=_services("scorer"))
    said = target(case, case.candidates[0])
    assert said is not None
    assert said.llr > 0


def test_a_window_in_which_nothing_shipped_is_named() -> None:
    early = a_deploy(ONSET - timedelta(days=6), number=3)
    case = a_case(candidates=candidates_of([a_commit()], early), releases=[a_release([a_commit()], early)])
    said = quiet(case, NO_DEPLOY)
    assert said is not None
    assert said.sentence == "the last deploy before the onset, d3, was 6.0 d earlier"


def test_a_window_in_which_nothing_that_runs_shipped_is_named() -> None:
    said = quiet(a_case(a_commit(a_file("README.md", "a", "b"))), NO_DEPLOY)
    assert said is not None
    assert said.sentence == "nothing of the 1 commit of the day before the onset can move a prediction"
    assert quiet(a_case(a_commit(a_file("a.py", "x = 1", "x = 2"))), NO_DEPLOY) is None
    assert quiet(a_case(), NO_DEPLOY) is None


def test_too_few_rows_to_tell_are_counted() -> None:
    said = thin(a_case(a_commit(), moved=[a_series(1.0, 2.0, count=0.2)]), NO_DEPLOY)
    assert said is not None
    assert said.sentence == "the log has 47 rows in 239 buckets after the onset"
    assert thin(a_case(a_commit()), NO_DEPLOY) is None


def test_an_onset_known_to_days_with_several_deploys_is_told() -> None:
    releases = [a_release([a_commit()], a_deploy(ONSET + timedelta(hours=h), number=h)) for h in (1, 9)]
    onset = an_onset(within_s=3 * 86400.0)
    said = thin(a_case(a_commit(), releases=releases, onset=onset), NO_DEPLOY)
    assert said is not None
    assert said.sentence == "the onset is known to 3.0 d only, in which 2 deploys went live"


def test_deploys_that_cannot_have_acted_are_named_with_the_reason() -> None:
    left_out = [
        replace(a_deploy(number=4), status="failed"),
        replace(a_deploy(number=5), environment="staging"),
        replace(a_deploy(number=6), service="search"),
    ]
    said = aside(a_case(a_commit(), aside=left_out), NO_DEPLOY)
    assert said is not None
    assert abs(said.llr) < 0.2
    assert said.sentence == (
        "3 deploys of the day before the onset cannot have acted: "
        "d6 (service search), d5 (environment staging), d4 (failed)"
    )


def test_a_deploy_without_commits_says_why() -> None:
    same = Release(deploy=a_deploy(number=1), previous=a_deploy(number=1))
    lost = Release(deploy=replace(a_deploy(), sha=None, ref="release-7"), previous=a_deploy(number=0))
    model = Release(deploy=replace(a_deploy(), ref="models:/churn/7"), previous=None)
    sentences = []
    for release in (same, lost, model):
        candidate = Candidate(release=release, commit=None)
        said = shipment(a_case(candidates=[candidate]), candidate)
        assert said is not None
        sentences.append(said.sentence)
    assert sentences == [
        "ships 0000000, which served already: no code changed",
        "what it shipped is not known: git has no release-7",
        "put the model churn/7 live, and no code",
    ]
