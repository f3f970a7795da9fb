"""The scorers that follow a commit out of production: undone, rollback."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from bisect_ml.evidence.rollback import rollback
from bisect_ml.evidence.undone import undone
from bisect_ml.types import Candidate, Change, Deploy, Release, Undoing
from tests.evidence.cases import (
    DEPLOYED,
    ONSET,
    a_case,
    a_commit,
    a_deploy,
    a_file,
    a_series,
    an_onset,
    candidates_of,
)

LIVE = a_file("app/score.py", "def f(x):\n    return x\n", "def f(x):\n    return x * 2\n")
CULPRIT = a_commit(LIVE, sha="a" * 40, subject="Double the score")
BACK = a_commit(
    a_file("app/score.py", "def f(x):\n    return x * 2\n", "def f(x):\n    return x\n"),
    sha="b" * 40,
    subject='Revert "Double the score"',
    body="This reverts commit aaaaaaaaaa.",
)
LATER = a_deploy(DEPLOYED + timedelta(days=2), number=2)


def test_a_commit_reverted_in_the_same_deploy_never_acted() -> None:
    both = candidates_of([CULPRIT, BACK])
    said = undone(a_case(candidates=both), both[0])
    assert said is not None
    assert said.facts["level"] == "cancelled"
    assert "bbbbbbb" in said.sentence


def test_a_commit_reverted_by_a_later_deploy_is_found_out() -> None:
    first, later = candidates_of([CULPRIT])[0], candidates_of([BACK], LATER)[0]
    said = undone(a_case(candidates=[first, later]), first)
    assert said is not None
    assert said.facts["level"] == "reverts"


def test_a_commit_undone_on_another_branch_is_found_out() -> None:
    undoing = Undoing(sha=CULPRIT.sha, by="c" * 40, kind="lines", share=0.9, committed_at=LATER.started_at)
    case = replace(a_case(CULPRIT), undoings=(undoing,))
    said = undone(case, case.candidates[0])
    assert said is not None
    assert said.sentence == "ccccccc puts back 90% of its lines on 2026-03-13"


def test_code_that_serves_in_its_old_form_never_acted() -> None:
    gone = a_case(CULPRIT, tree={"app/score.py": "def f(x):\n    return x  # as ever\n"})
    kept = a_case(CULPRIT, tree={"app/score.py": "def f(x):\n    return x * 2\n"})
    said = undone(gone, gone.candidates[0])
    assert said is not None
    assert said.facts["level"] == "cancelled"
    assert undone(kept, kept.candidates[0]) is None


def _release(deploy: Deploy, shipped: tuple[Change, ...] = (), removed: tuple[Change, ...] = ()) -> Release:
    return Release(deploy=deploy, previous=a_deploy(number=0), shipped=shipped, removed=removed)


CHANGE = Change(sha=CULPRIT.sha, commits=(CULPRIT.sha,))
RELEASES = (_release(a_deploy(), shipped=(CHANGE,)), _release(LATER, removed=(CHANGE,)))


def test_a_recovery_when_it_was_taken_out_accuses_the_shipped_commit() -> None:
    shipped = Candidate(release=RELEASES[0], commit=CULPRIT, change=CHANGE)
    recovered = LATER.started_at + timedelta(minutes=20)
    said = rollback(a_case(candidates=[shipped], releases=RELEASES, recovered_at=recovered), shipped)
    assert said is not None
    assert said.sentence == "the series recovered 20 min after a deploy took it out"
    vague = a_case(
        candidates=[shipped], releases=RELEASES, recovered_at=LATER.started_at - timedelta(hours=1)
    )
    within = (LATER.started_at - timedelta(hours=2), LATER.started_at + timedelta(minutes=50))
    about = rollback(replace(vague, incident=replace(vague.incident, recovered_within=within)), shipped)
    assert about is not None
    assert about.sentence == "the series recovered about when a deploy took it out"
    stays = rollback(a_case(candidates=[shipped], releases=RELEASES), shipped)
    assert stays is not None
    assert stays.llr < 0 < said.llr


def test_the_level_that_comes_back_accuses_the_commit_that_went_out() -> None:
    removed = Candidate(release=RELEASES[1], commit=CULPRIT, change=CHANGE, direction="removed")
    series = a_series(10.0, 20.0, at=ONSET)
    back = np.where(series.times >= LATER.started_at.timestamp(), 10.0, series.values)
    returned = a_series(10.0, 20.0)
    object.__setattr__(returned, "values", back)
    onset = an_onset(LATER.started_at + timedelta(minutes=6))
    said = rollback(a_case(moved=[returned], candidates=[removed], releases=RELEASES, onset=onset), removed)
    assert said is not None
    assert said.facts["level"] == "returns"
    other = rollback(a_case(moved=[series], candidates=[removed], releases=RELEASES, onset=onset), removed)
    assert other is not None
    assert other.facts["level"] == "elsewhere"


def test_levels_end_where_the_commit_is_shipped_again() -> None:
    """The time when it served once more is not the time after it went out, nor before it was shipped."""
    again = a_deploy(LATER.started_at + timedelta(days=1), number=3)
    removed = Candidate(release=RELEASES[1], commit=CULPRIT, change=CHANGE, direction="removed")
    served = (
        (DEPLOYED.timestamp(), LATER.started_at.timestamp()),
        (again.started_at.timestamp(), float("inf")),
    )
    series = a_series(10.0, 10.0)
    live = np.any([(series.times >= start) & (series.times < end) for start, end in served], axis=0)
    object.__setattr__(series, "values", np.where(live, 20.0, 10.0))
    onset = an_onset(LATER.started_at + timedelta(minutes=6))
    releases = (*RELEASES, _release(again, shipped=(CHANGE,)))
    said = rollback(a_case(moved=[series], candidates=[removed], releases=releases, onset=onset), removed)
    assert said is not None
    assert said.facts["level"] == "returns"
    assert "back at 10" in said.sentence
