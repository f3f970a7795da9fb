import pytest

from bisect_ml.excerpts import excerpt, occurs, quoted
from bisect_ml.types import Evidence, FileChange
from tests.nouns import commit

PATCH = """@@ -1,2 +1,2 @@
-LIMIT = 10
+LIMIT = 12
@@ -40,2 +40,2 @@
-distance = metres / 1000
+distance = metres
"""


def _evidence(
    sentence: str = "…", *, scorer: str = "signature", llr: float = 3.0, **facts: str | int | float
) -> Evidence:
    return Evidence(scorer=scorer, llr=llr, sentence=sentence, facts=facts)


def _commit(*paths: str) -> list[FileChange]:
    return [FileChange(path=path, patch=PATCH) for path in paths]


def test_the_hunk_is_the_one_that_the_evidence_speaks_of() -> None:
    found = excerpt(commit("c1", files=_commit("eta.py")), [_evidence(factor=1000, path="eta.py")])
    assert found is not None
    assert "metres / 1000" in found.text
    assert "LIMIT" not in found.text
    assert found.marks == ("1000",)


def test_the_hunk_is_in_the_file_that_the_evidence_names() -> None:
    files = _commit("a.py", "b.py")
    found = excerpt(commit("c1", files=files), [_evidence(scorer="role", path="b.py", level="feature")])
    assert found is not None
    assert found.path == "b.py"


def test_code_that_a_sentence_quotes_is_marked() -> None:
    edit = _evidence("changes a number in limits: LIMIT = 10 → LIMIT = 12", scorer="edit", edits=1)
    found = excerpt(commit("c1", files=_commit("eta.py")), [edit])
    assert found is not None
    assert found.marks == ("LIMIT = 10", "LIMIT = 12")


def test_what_excuses_and_what_is_no_code_marks_nothing() -> None:
    told = [
        _evidence(factor=1000, llr=-1.0),
        _evidence(scorer="edit", level="distance", lag_s=1000),
        _evidence(factor=7),
    ]
    found = excerpt(commit("c1", files=_commit("eta.py")), told)
    assert found is not None
    assert found.marks == ()


def test_a_commit_without_a_loaded_diff_has_no_hunk() -> None:
    assert excerpt(commit("c1", files=[FileChange(path="model.bin")]), []) is None


def test_a_long_hunk_is_cut_with_a_count() -> None:
    patch = "@@ -1,90 +1,90 @@\n" + "+x\n" * 90
    found = excerpt(commit("c1", files=[FileChange(path="a.py", patch=patch)]), [])
    assert found is not None
    assert found.text.endswith("… 51 more lines")


@pytest.mark.parametrize(
    ("word", "text", "there"),
    [
        ("100", "x / 100", True),
        ("100", "x / 1000", False),
        ("euros", "def _euros(order):", True),
        ("cent", "per_centile", False),
        ("CENT", "one cent", True),
    ],
)
def test_words_are_found_whole(word: str, text: str, there: bool) -> None:
    assert occurs(word, text) is there


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        (
            _evidence("changes an operator in _euros: a / 100 → a", scorer="edit"),
            "changes an operator in `_euros`: `a / 100` → `a`",
        ),
        (_evidence("changes the arguments of a call in f: nothing → slots=True", scorer="edit"),
         "changes the arguments of a call in `f`: nothing → `slots=True`"),
        (_evidence("changes other code: app/loss.py", scorer="role", path="app/loss.py"),
         "changes other code: `app/loss.py`"),
        (_evidence("and app/loss.py:17 changes a unit", path="app/loss.py"),
         "and `app/loss.py:17` changes a unit"),
        (_evidence("changes predict, the entry point", scorer="reach", definition="predict"),
         "changes `predict`, the entry point"),
        (_evidence("conf.toml sets a.b: 1 → unset", scorer="settings", path="conf.toml", key="a.b"),
         "`conf.toml` sets `a.b`: `1` → unset"),
        (_evidence("already `quoted`", definition="quoted"), "already `quoted`"),
    ],
)  # fmt: skip
def test_code_stands_in_backticks(evidence: Evidence, sentence: str) -> None:
    assert quoted(evidence).sentence == sentence
