"""Onsets dated by their rows and by the deploys that can have caused them."""

from dataclasses import replace

import numpy as np
import pytest

from bisect_ml.dating import date, date_all
from bisect_ml.types import Candidate, Onset, Ranked, Release
from tests.nouns import HOUR_S, START_S, incident, moment, nobody, onset, ranked, release, symptom


def blamed(probability: float, by: Release) -> Ranked:
    return ranked(Candidate(release=by, change=None, commit=None, direction="shipped"), probability)


def hours(at: Onset) -> float:
    return (at.at.timestamp() - START_S) / HOUR_S


def test_a_vague_onset_is_dated_to_the_minutes_after_the_deploy_that_caused_it() -> None:
    found = date(onset(90, 110), [blamed(1.0, release(103))])
    assert 103 < hours(found) < 103.2
    assert found.interval[0] >= moment(102.9)
    assert found.interval[1] < moment(106)
    assert found.mass.sum() == pytest.approx(1)


def test_without_a_cause_the_rows_alone_say() -> None:
    vague = onset(90, 110)
    assert date(vague, [nobody(1.0)]) is vague
    unlikely = date(vague, [nobody(0.7), blamed(0.3, release(108))])
    assert 103 < hours(unlikely) < 105


def test_two_commits_of_a_deploy_speak_for_the_same_moment() -> None:
    deployed = release(103)
    once = date(onset(90, 110), [blamed(0.6, deployed), nobody(0.4)])
    split = date(onset(90, 110), [blamed(0.3, deployed), blamed(0.3, deployed), nobody(0.4)])
    np.testing.assert_allclose(split.mass, once.mass)
    assert split.at == once.at


def test_between_two_deploys_the_interval_holds_both() -> None:
    found = date(onset(90, 110), [blamed(0.5, release(95)), blamed(0.5, release(105, "d2"))])
    assert found.interval[0] < moment(95.5)
    assert found.interval[1] > moment(105)


def test_a_sharp_onset_stays_where_the_rows_put_it() -> None:
    sharp = onset(103.1, 103.2)
    found = date(sharp, [blamed(1.0, release(103))])
    assert sharp.interval[0] <= found.at <= sharp.interval[1]
    late = date(sharp, [blamed(1.0, release(120))])
    assert late.at == pytest.approx(sharp.at, abs=moment(0.01) - moment(0))


def test_a_recovery_is_dated_with_the_break_that_it_ends() -> None:
    first = incident(90, 110, recovered_at=moment(140))
    second = replace(incident(130, 150), number=2, recovers=1)
    dated = date_all([first, second], {1: [blamed(1.0, release(103))], 2: [blamed(1.0, release(145, "d2"))]})
    assert 103 < hours(dated[0].onset) < 103.2
    assert dated[0].recovered_at == dated[1].onset.at > moment(145)


def test_nothing_recovers_before_it_broke() -> None:
    first = incident(90, 110, recovered_at=moment(105))
    second = replace(incident(95, 115), number=2, recovers=1)
    dated = date_all([first, second], {1: [blamed(1.0, release(108))], 2: [blamed(1.0, release(96, "d2"))]})
    assert [one.onset for one in dated] == [first.onset, second.onset]
    assert dated[0].recovered_at == moment(105)


def test_points_of_their_own_keep_their_moment() -> None:
    own = replace(incident(90, 110), lead=symptom(100, width_s=None))
    assert date_all([own], {1: [blamed(1.0, release(103))]})[0].onset is own.onset
