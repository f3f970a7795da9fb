import json

import numpy as np
import pytest

from bisect_ml.findings import chart, finding, next_step, ratio_name
from bisect_ml.types import Candidate, Evidence, FileChange
from tests.nouns import RankedStub, commit, incident, moment, nobody, release, step_series

PATCH = """@@ -1,2 +1,2 @@
-LIMIT = 10
+LIMIT = 12
@@ -40,2 +40,2 @@
-distance = metres / 1000
+distance = metres
"""
UNIT = Evidence(scorer="signature", llr=3.0, sentence="…", facts={"factor": 1000, "path": "eta.py"})


def _suspect(probability: float, sha: str = "c1", hours: float = 100.0) -> RankedStub:
    change = FileChange(path="eta.py", patch=PATCH, added=2, removed=2)
    shipping = release(hours, shas=[sha])
    return RankedStub(
        candidate=Candidate(release=shipping, commit=commit(sha, files=[change]), change=shipping.shipped[0]),
        probability=probability,
        change_probability=probability,
        evidence=(UNIT,),
    )


def test_probabilities_are_kept_and_add_up() -> None:
    found = finding(incident(), [_suspect(0.7), nobody(0.2), _suspect(0.1, "c2")])
    assert [one.probability for one in found.suspects] == [0.7, 0.1]
    assert found.unexplained_probability == 0.2


def test_the_hunk_is_the_one_that_the_evidence_speaks_of() -> None:
    found = finding(incident(), [_suspect(0.7), nobody(0.3)])
    hunk = found.suspects[0].hunk
    assert hunk is not None
    assert "metres / 1000" in hunk.text
    assert "LIMIT" not in hunk.text


def test_long_lists_are_cut_and_the_rest_is_counted() -> None:
    ranking = [*(_suspect(0.9 / 250, f"c{i}") for i in range(250)), nobody(0.1)]
    found = finding(incident(), ranking)
    assert len(found.suspects) == 200
    assert found.cut_suspects == 50
    assert found.cut_probability == pytest.approx(50 * 0.9 / 250)


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        (0.42, 420.0, "x1000"),
        (420.0, 0.42, "/1000"),
        (2.0, 118.0, "x60"),
        (3.0, -2.95, "sign flip"),
        (1.0, -100.0, "x-100"),
        (1.0, 1.3, None),
        (0.0, 5.0, None),
        (float("nan"), 5.0, None),
    ],
)
def test_unit_mistakes_have_names(before: float, after: float, name: str | None) -> None:
    assert ratio_name(before, after) == name


def test_an_ongoing_break_is_rolled_back_and_read() -> None:
    step = next_step(incident(), [_suspect(0.9), nobody(0.1)])
    assert "Roll scorer back to bbbbbbbbbbbb" in step
    assert "git show c10000000000" in step


def test_a_recovered_break_needs_no_rollback() -> None:
    step = next_step(incident(recovered_at=moment(120)), [_suspect(0.9), nobody(0.1)])
    assert "Roll" not in step


def test_rivals_are_told_apart_by_running_the_code() -> None:
    step = next_step(incident(), [_suspect(0.35), _suspect(0.3, "c2"), nobody(0.35)])
    assert "only running the code will" in step


def test_no_deploy_means_no_rollback() -> None:
    assert next_step(incident(), [nobody(0.8), _suspect(0.2)]).startswith("No rollback is indicated")


def test_a_long_series_is_thinned_but_keeps_its_extremes() -> None:
    series = step_series(at=10_000, n=20_000)
    series.values[7_777] = 99.0
    series.values[300] = np.nan
    drawn = chart(series, points=1_000)
    assert len(drawn.times) <= 1_000
    assert max(value for value in drawn.values if value is not None) == 99.0
    json.dumps(drawn.values, allow_nan=False)
