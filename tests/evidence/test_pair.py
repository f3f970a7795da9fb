from dataclasses import replace

import pytest

from bisect_ml.evidence.pair import pair
from tests.evidence.cases import a_case, a_commit, a_file

BLAMED = a_commit(a_file("app/model.py", "x = 1", "x = 2"))


@pytest.mark.parametrize(("probability", "level"), [(0.9, "suspected"), (0.2, None), (0.02, "cleared")])
def test_the_end_of_a_break_remembers_who_was_suspected(probability: float, level: str | None) -> None:
    case = replace(a_case(BLAMED), ended={BLAMED.sha: probability})
    said = pair(case, replace(case.candidates[0], direction="removed"))
    assert (said.facts["level"] if said else None) == level


def test_it_is_silent_of_what_was_shipped_and_of_a_first_break() -> None:
    case = a_case(BLAMED)
    removed = replace(case.candidates[0], direction="removed")
    assert pair(case, removed) is None
    assert pair(replace(case, ended={BLAMED.sha: 0.9}), case.candidates[0]) is None
