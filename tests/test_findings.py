from dataclasses import replace

import pytest

from bisect_ml.findings import finding
from bisect_ml.types import Candidate, Evidence, FileChange, Ranked
from tests.nouns import commit, incident, nobody, ranked, release

PATCH = """@@ -1,2 +1,2 @@
-LIMIT = 10
+LIMIT = 12
@@ -40,2 +40,2 @@
-distance = metres / 1000
+distance = metres
"""
UNIT = Evidence(
    scorer="signature",
    llr=3.0,
    sentence="the shift is ×1000 and eta.py:41 changes a factor 1000",
    facts={"factor": 1000, "path": "eta.py"},
)


def _suspect(probability: float, sha: str = "c1", hours: float = 100.0) -> Ranked:
    change = FileChange(path="eta.py", patch=PATCH, added=2, removed=2)
    shipping = release(hours, shas=[sha])
    brought = commit(sha, files=[change])
    candidate = Candidate(release=shipping, commit=brought, change=shipping.shipped[0])
    return ranked(candidate, probability, (UNIT,))


def test_probabilities_are_kept_and_add_up() -> None:
    found = finding(incident(), [_suspect(0.7), nobody(0.2), _suspect(0.1, "c2")])
    assert [one.probability for one in found.suspects] == [0.7, 0.1]
    assert found.unexplained_probability == 0.2


def test_sentences_and_hunks_come_with_the_code_marked() -> None:
    suspect = finding(incident(), [_suspect(0.7), nobody(0.3)]).suspects[0]
    assert suspect.evidence[0].sentence == "the shift is ×1000 and `eta.py:41` changes a factor 1000"
    assert suspect.hunk is not None
    assert suspect.hunk.marks == ("1000",)


def test_a_deploy_without_commits_keeps_why_its_range_is_not_known() -> None:
    unknown = Candidate(release=replace(release(100.0), gap="shallow"), commit=None)
    known = Candidate(release=release(100.0), commit=None)
    found = finding(incident(), [ranked(unknown, 0.5), ranked(known, 0.3), nobody(0.2)])
    assert [one.gap for one in found.suspects] == ["shallow", None]


def test_long_lists_are_cut_and_the_rest_is_counted() -> None:
    ranking = [*(_suspect(0.9 / 250, f"c{i}") for i in range(250)), nobody(0.1)]
    found = finding(incident(), ranking)
    assert len(found.suspects) == 200
    assert found.cut_suspects == 50
    assert found.cut_probability == pytest.approx(50 * 0.9 / 250)
