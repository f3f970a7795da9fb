"""What the runs of a bisection leave of a ranking."""

import pytest

from bisect_ml.checks.pinpointing import weigh
from bisect_ml.types import NO_DEPLOY, Candidate, Change
from tests.nouns import commit, ranked, release

RELEASE = release(1)
A, B, C, D = (letter * 40 for letter in "abcd")


def candidate(sha: str, change: Change | None = None) -> Candidate:
    return Candidate(release=RELEASE, commit=commit(sha), change=change)


def test_the_ranking_takes_the_chances_that_runs_left() -> None:
    merge = Change(sha=C, commits=(C, B))
    before = (
        ranked(candidate(A), 0.7),
        ranked(candidate(B, merge), 0.2),
        ranked(candidate(C, merge), 0.1),
    )
    first, second, third = weigh(before, {A: 0.0, B: 0.9, C: 0.1})
    assert (first.candidate, second.candidate, third.candidate) == tuple(
        before[place].candidate for place in (1, 2, 0)
    )
    assert first.probability == 0.9
    assert first.change_probability == second.change_probability == pytest.approx(1)
    assert third.change_probability == 0.0


def test_what_no_ranked_commit_takes_is_none_of_these() -> None:
    first, second = weigh((ranked(candidate(A), 1.0),), {A: 0.01, D: 0.99})
    assert first.candidate is NO_DEPLOY
    assert first.probability == pytest.approx(0.99)
    assert second.probability == 0.01
