"""Short series with a point a commit: quiet, and right to the commit, whatever the machine's habits."""

from benchmarks.commit_series import commit_cases
from benchmarks.detection import matched
from bisect_ml.change_points import detect


def test_changes_are_found_at_their_commit() -> None:
    alarms = hits = true = found = 0
    for case in commit_cases(7, 2, 1):
        at = [change.index for change in detect(case.values, times=case.times)]
        if case.change == "none":
            alarms += len(at)
        else:
            hits, true, found = (
                hits + len(matched(case.truth, at, 1)),
                true + len(case.truth),
                found + len(at),
            )
    assert alarms == 0
    assert hits / true >= 0.85
    assert hits / found >= 0.85
