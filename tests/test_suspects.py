import math
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bisect_ml.evidence import gather
from bisect_ml.suspects import carried_over, log_priors, rank, settle
from bisect_ml.types import NO_DEPLOY, Candidate, Change, Evidence, Ranked, Release
from bisect_ml.weights import WEIGHTS
from tests.evidence.cases import DEPLOYED, a_case, a_commit, a_deploy, a_file, candidates_of


def _evidence(llr: float) -> tuple[Evidence, ...]:
    return (Evidence(scorer="timing", llr=llr, sentence="said"),)


CODE = a_file("app/model.py", "x = 1", "x = 2")
COMMITS = [
    a_commit(CODE, sha="1" * 40),
    a_commit(a_file("README.md", "a", "b"), sha="2" * 40),
    a_commit(CODE, sha="3" * 40),
]


@given(st.lists(st.floats(min_value=-50, max_value=50), min_size=4, max_size=4))
def test_probabilities_sum_to_one_and_come_best_first(llrs: list[float]) -> None:
    case = a_case(*COMMITS)
    ranked = rank(case, [_evidence(llr) for llr in llrs])
    assert sum(each.probability for each in ranked) == pytest.approx(1.0)
    assert [each.probability for each in ranked] == sorted(
        (each.probability for each in ranked), reverse=True
    )
    assert {each.candidate for each in ranked} == {*case.candidates, NO_DEPLOY}


def test_the_scale_turns_sums_into_probabilities_and_leaves_their_order() -> None:
    case = a_case(*COMMITS)
    ranked = rank(case, [_evidence(llr) for llr in (3.0, 1.0, 0.0, -9.0)])
    first, second = (one.probability for one in ranked[:2])
    priors = dict(zip((*case.candidates, NO_DEPLOY), log_priors(case), strict=True))
    apart = 3.0 - 1.0 + priors[ranked[0].candidate] - priors[ranked[1].candidate]
    assert first / second == pytest.approx(math.exp(WEIGHTS["calibration"]["scale"] * apart))


def test_the_order_of_the_candidates_does_not_matter() -> None:
    case, turned = a_case(*COMMITS), a_case(candidates=candidates_of(COMMITS)[::-1])
    by_sha = {each.candidate.commit: each.probability for each in rank(case, gather(case))}
    again = {each.candidate.commit: each.probability for each in rank(turned, gather(turned))}
    assert again == pytest.approx(by_sha)


def test_an_inert_commit_ranks_below_a_live_one_of_the_same_deploy() -> None:
    case = a_case(*COMMITS[:2])
    ranked = rank(case, gather(case))
    assert ranked[0].candidate.commit == COMMITS[0]
    assert ranked[0].probability > 0.9


def test_a_deploy_after_the_onset_loses_to_no_deploy() -> None:
    late = candidates_of([COMMITS[0]], a_deploy(DEPLOYED + timedelta(hours=5)))
    case = a_case(candidates=late)
    ranked = rank(case, gather(case))
    assert ranked[0].candidate is NO_DEPLOY
    assert ranked[0].probability > 0.95


def test_no_candidates_leave_no_deploy_certain() -> None:
    case = a_case(candidates=())
    (only,) = rank(case, gather(case))
    assert only.candidate is NO_DEPLOY
    assert only.probability == 1.0


def _merged(commits: int) -> tuple[Candidate, ...]:
    """Return a merge of many commits beside a change of one, in one release, all alike."""
    inner = [a_commit(CODE, sha=f"{n:040x}") for n in range(10, 10 + commits)]
    alone = a_commit(CODE, sha="f" * 40)
    merge = Change(sha=inner[0].sha, commits=tuple(each.sha for each in inner))
    single = Change(sha=alone.sha, commits=(alone.sha,))
    release = Release(deploy=a_deploy(), previous=a_deploy(number=0), shipped=(merge, single))
    return (
        *(Candidate(release=release, commit=each, change=merge) for each in inner),
        Candidate(release=release, commit=alone, change=single),
    )


def test_a_pull_request_of_many_commits_is_not_as_many_times_as_suspect() -> None:
    case = a_case(candidates=_merged(40))
    ranked = rank(case, gather(case))
    alone = next(each for each in ranked if each.candidate.commit and each.candidate.commit.sha == "f" * 40)
    inside = next(
        each for each in ranked if each.candidate.change and len(each.candidate.change.commits) == 40
    )
    assert ranked[0] == alone
    assert inside.change_probability == pytest.approx(40 * inside.probability)
    assert inside.change_probability < 10 * alone.probability


def test_a_redeploy_is_a_candidate_but_a_weak_one() -> None:
    release = Release(deploy=a_deploy(), previous=a_deploy(number=0))
    beside = candidates_of([COMMITS[0]])
    case = a_case(candidates=(Candidate(release=release, commit=None), *beside))
    ranked = rank(case, gather(case))
    empty = next(each for each in ranked if each.candidate.commit is None and each.candidate.release)
    assert 0.0 < empty.probability < ranked[0].probability / 5


def _ranked_merge(*llrs: float) -> tuple[Ranked, ...]:
    """Rank a merge, the commits it brought and one commit beside it, the evidence in this order."""
    inner = [a_commit(CODE, sha=f"{number}" * 40) for number in range(1, len(llrs) - 1)]
    merge = a_commit(sha="a" * 40, parents=2)
    beside = a_commit(CODE, sha="c" * 40)
    change = Change(sha=merge.sha, commits=(merge.sha, *(one.sha for one in inner)))
    alone = Change(sha=beside.sha, commits=(beside.sha,))
    release = Release(deploy=a_deploy(), previous=a_deploy(number=0), shipped=(change, alone))
    came_by = [*((one, change) for one in (merge, *inner)), (beside, alone)]
    case = a_case(
        candidates=[Candidate(release=release, commit=one, change=brought) for one, brought in came_by]
    )
    return rank(case, [*(_evidence(llr) for llr in llrs), _evidence(-9.0)])


def test_commits_that_nothing_tells_apart_leave_their_probability_to_the_merge() -> None:
    ranked = _ranked_merge(-3.0, 2.0, 2.0, 2.0, 2.0, 1.0)
    settled = settle(ranked)
    assert not ranked[0].candidate.is_merge
    assert settled[0].candidate.is_merge
    whole = settled[0].change_probability
    in_change = [one for one in settled if one.change_probability == pytest.approx(whole)]
    assert sum(one.probability for one in in_change) == pytest.approx(whole)
    assert settled[0].probability > 0.7 * whole


def test_a_commit_that_stands_out_in_its_merge_stays_ahead_of_it() -> None:
    said = (-3.0, 6.0, 0.0, 0.0, 0.0, 1.0)
    settled = settle(_ranked_merge(*(llr / WEIGHTS["calibration"]["scale"] for llr in said)))
    assert settled[0].candidate.commit is not None
    assert settled[0].candidate.commit.sha == "1" * 40
    assert settled[0].probability > 0.85


@given(st.lists(st.floats(min_value=-8, max_value=8), min_size=5, max_size=9))
def test_settling_moves_nothing_between_changes(llrs: list[float]) -> None:
    ranked = _ranked_merge(*llrs)
    settled = settle(ranked)
    assert sum(one.probability for one in settled) == pytest.approx(1.0)
    before = {one.candidate: one for one in ranked}
    for one in settled:
        assert one.change_probability == before[one.candidate].change_probability
        if one.candidate.change is None or len(one.candidate.change.commits) == 1:
            assert one.probability == before[one.candidate].probability


def test_without_merges_there_is_nothing_to_settle() -> None:
    case = a_case(*COMMITS)
    ranked = rank(case, gather(case))
    assert settle(ranked) == ranked


@given(st.lists(st.floats(0.001, 1.0), min_size=3, max_size=3), st.floats(0.0, 1.0))
def test_the_end_of_a_break_is_shared_out_as_the_break_was(weights: list[float], blamed: float) -> None:
    probabilities = [weight / sum(weights) for weight in weights]
    known = (("d1", 0.75 * blamed), ("d1", 0.25 * blamed), None)
    first, second, other = carried_over(probabilities, known)
    assert first + second + other == pytest.approx(1)
    assert other == probabilities[2]
    own = probabilities[0] / (probabilities[0] + probabilities[1])
    assert first / (first + second) == pytest.approx(0.75 * blamed + own * (1 - blamed))


def test_a_doubtful_answer_stays_doubtful_when_its_deploy_is_taken_out() -> None:
    commits = [a_commit(sha=letter * 40) for letter in "ab"]
    of_removed = candidates_of(commits, direction="removed")
    case = replace(a_case(*commits), candidates=of_removed, ended={commits[0].sha: 0.6, commits[1].sha: 0.4})
    ranked = rank(case, (_evidence(5.0), _evidence(3.0), _evidence(-9.0)))
    assert ranked[0].probability == pytest.approx(0.6, abs=0.01)
    assert ranked[1].probability == pytest.approx(0.4, abs=0.01)
