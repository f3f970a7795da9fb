from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bisect_ml.evidence.timing import FLOOR, log_ratio, span, timing
from bisect_ml.types import NO_DEPLOY
from tests.evidence.cases import (
    DEPLOYED,
    HOURS,
    ONSET,
    START,
    a_case,
    a_commit,
    a_deploy,
    an_onset,
    candidates_of,
)

LOG = (START.timestamp(), (START + timedelta(hours=HOURS)).timestamp())


def test_a_deploy_minutes_before_a_sharp_onset_is_strongly_accused() -> None:
    said = timing(a_case(), candidates_of([a_commit()])[0])
    assert said is not None
    assert said.llr > 5
    assert (
        said.sentence
        == "went live 6 min before the onset by the rows (90% interval 2026-03-11 00:01–00:11 UTC)"
    )
    assert said.facts["lag_s"] == 360


def test_a_deploy_after_the_onset_is_cleared_and_says_how_late() -> None:
    late = a_deploy(ONSET + timedelta(hours=3))
    said = timing(a_case(), candidates_of([a_commit()], late)[0])
    assert said is not None
    assert said.llr == FLOOR
    assert said.sentence.startswith("went live 3 h after the onset")


def test_a_deploy_where_the_onset_may_lie_is_said_to_lie_there() -> None:
    vague = a_case(onset=an_onset(ONSET, within_s=12 * 3600))
    said = timing(vague, candidates_of([a_commit()], a_deploy(ONSET + timedelta(hours=3)))[0])
    assert said is not None
    assert said.sentence.startswith("went live within the 90% interval of the onset by the rows (2026-")


def test_what_a_deploy_took_out_is_said_to_be_taken_out() -> None:
    said = timing(a_case(), candidates_of([a_commit()], direction="removed")[0])
    assert said is not None
    assert said.sentence.startswith("was taken out 6 min before the onset")


def test_the_same_lag_counts_less_when_the_onset_is_vague() -> None:
    sharp, vague = an_onset(within_s=300), an_onset(within_s=12 * 3600)
    assert log_ratio(a_deploy(), sharp, *LOG) > log_ratio(a_deploy(), vague, *LOG) + 1


def test_the_rollout_of_the_deploy_log_is_used_where_it_is_known() -> None:
    onset = an_onset(DEPLOYED + timedelta(hours=2))
    slow = a_deploy(finished_at=DEPLOYED + timedelta(hours=3))
    assert log_ratio(slow, onset, *LOG) > log_ratio(a_deploy(), onset, *LOG)


def test_lags_fall_off_from_minutes_to_cache_to_batch_to_never() -> None:
    lags = [timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=4), timedelta(days=4)]
    llrs = [log_ratio(a_deploy(), an_onset(DEPLOYED + lag), *LOG) for lag in lags]
    assert llrs == sorted(llrs, reverse=True)
    assert llrs[-1] < 0 < llrs[1]


def test_an_onset_known_to_the_moment_stays_finite() -> None:
    moment = an_onset(within_s=0.0)
    near = an_onset(within_s=60.0)
    assert log_ratio(a_deploy(), moment, *LOG) == pytest.approx(log_ratio(a_deploy(), near, *LOG), abs=0.3)


@given(st.floats(min_value=-3e5, max_value=3e5), st.floats(min_value=60, max_value=1e5))
def test_moving_deploy_log_and_onset_together_changes_nothing(moved_s: float, within_s: float) -> None:
    by = timedelta(seconds=moved_s)
    shifted = log_ratio(
        a_deploy(DEPLOYED + by), an_onset(ONSET + by, within_s), LOG[0] + moved_s, LOG[1] + moved_s
    )
    assert np.isclose(shifted, log_ratio(a_deploy(), an_onset(ONSET, within_s), *LOG), atol=1e-3)


def test_a_point_of_its_own_was_made_by_the_code_deployed_last() -> None:
    """Of the deploys a second before the last old point and before the first new one, the second did it."""
    between = an_onset(ONSET, within_s=7200.0)
    first, last = (datetime.fromtimestamp(edge, UTC) for edge in between.edges)
    second = timedelta(seconds=1)
    old, new = (log_ratio(a_deploy(at - second), between, *LOG, at_once=True) for at in (first, last))
    assert new > old + 2


def test_no_deploy_has_no_timing() -> None:
    assert timing(a_case(), NO_DEPLOY) is None


def test_spans_read_like_speech() -> None:
    assert [span(s) for s in (40, 360, 3 * 3600, 2.5 * 86400)] == ["40 s", "6 min", "3 h", "2.5 d"]
