"""What a check says to do next."""

from dataclasses import replace

import pytest

from bisect_ml.checks.steps import check_step
from tests import reports_check


@pytest.mark.parametrize(
    ("joins", "command"), [(None, "`git show {sha}`"), (4, "`git log -p {sha}^1..{sha}`")]
)
def test_the_likeliest_change_is_read_a_merge_commit_by_commit(joins: int | None, command: str) -> None:
    failing = reports_check.failing()
    best = replace(failing.suspects[0], joins=joins)
    told = check_step(failing.comparison, [best], None, has_command=True, just_accepted=False)
    assert command.format(sha=str(best.sha)[:12]) in told
    assert told.endswith('if the change is meant, accept it with `--accept "why"`.')


def test_a_pass_asks_for_nothing_and_an_acceptance_to_be_committed() -> None:
    passing = reports_check.SAMPLES["check_passing"]().comparison
    assert check_step(passing, [], None, has_command=True, just_accepted=False) == ""
    assert "git add" in check_step(passing, [], None, has_command=True, just_accepted=True)
