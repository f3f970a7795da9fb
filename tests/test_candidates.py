from dataclasses import replace

import numpy as np

from bisect_ml.candidates import aside, candidates, near, shas
from bisect_ml.types import Change, Onset
from tests.nouns import HOUR_S, START_S, commit, incident, release

A, B, M = "a".ljust(40, "0"), "b".ljust(40, "0"), "m".ljust(40, "0")


def test_a_deploy_after_the_onset_is_no_candidate() -> None:
    before, after = release(100.2, "before"), release(103, "after")
    assert near(incident(100, 101), [before, after]) == (before,)


def test_clocks_may_differ_by_minutes() -> None:
    skewed = release(101.05, "skewed")
    assert near(incident(100, 101), [skewed]) == (skewed,)


def test_a_deploy_in_what_the_interval_leaves_out_is_heard() -> None:
    edges = START_S + HOUR_S * np.array([100, 101, 103])
    wide = replace(incident(100, 101), onset=Onset.of(edges, np.array([0.97, 0.03])))
    unlikely, after = release(102, "unlikely"), release(104, "after")
    assert near(wide, [unlikely, after]) == (unlikely,)


def test_the_last_deploy_before_is_kept_when_none_is_near() -> None:
    old, older = release(20, "old"), release(5, "older")
    assert near(incident(100, 101), [older, old, release(140, "late")]) == (old,)


def test_nothing_before_the_onset_leaves_nothing() -> None:
    assert near(incident(100, 101), [release(140)]) == ()


def test_each_commit_of_each_change_is_a_candidate() -> None:
    shipping = release(100, shas=["a", "b"])
    found = candidates([shipping], {A: commit("a"), B: commit("b")})
    assert [one.commit.sha for one in found if one.commit] == [A, B]
    assert all(one.direction == "shipped" for one in found)
    assert shas([shipping, shipping]) == (A, B)


def test_commits_taken_out_are_candidates_too() -> None:
    back = replace(release(100), removed=(Change(sha=A, commits=(A,)),))
    found = candidates([back], {A: commit("a")})
    assert [(one.direction, one.commit is not None) for one in found] == [("removed", True)]


def test_a_merge_stands_beside_the_commits_that_it_brought() -> None:
    merge = Change(sha=M, commits=(M, A), pull_request="12")
    shipping = replace(release(100), shipped=(merge,))
    found = candidates([shipping], {M: commit("m", parents=("x", "y")), A: commit("a")})
    assert [one.commit.sha for one in found if one.commit] == [M, A]
    assert all(one.change == merge for one in found)


def test_a_redeploy_is_a_candidate_without_commit() -> None:
    found = candidates([release(100)], {})
    assert len(found) == 1
    assert found[0].commit is None
    assert found[0].release is not None


def test_deploys_aside_are_those_near_the_onset() -> None:
    close, far = release(100, "close").deploy, release(10, "far").deploy
    assert aside(incident(100, 101), [close, far]) == (close,)
