"""The scorers that read messages, tests and sizes: intent, expectations, merge, size."""

from dataclasses import replace

import pytest

from bisect_ml.evidence.expectations import expectations
from bisect_ml.evidence.inert import inert
from bisect_ml.evidence.intent import intent, read_intent
from bisect_ml.evidence.merge import merge
from bisect_ml.evidence.size import size
from bisect_ml.types import Candidate, Change, Evidence
from tests.evidence.cases import a_case, a_commit, a_file, a_release, candidates_of

LIVE = a_file("app/score.py", "x = 1", "x = 2")


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("fix: clip scores", "fix"),
        ("feat(api)!: add a field", "feature"),
        ("chore: deps", "release"),
        ('Revert "Use ms"', "revert"),
        ("Release 1.2.0", "release"),
        ("Fixed typo in docstring", "cosmetic"),
        ("Enforce PEP-257 compliance", "cosmetic"),
        ("Refactoring of the loader", "refactor"),
        ("Use median instead of mean", "behaviour"),
        ("Speed up tokenising", "performance"),
        ("wip", None),
        ("100% test coverage, fix a few bugs", "fix"),
        ("Fix a bug, add usage to readme", "fix"),
        ("add support for nicknames. Bump version to 0.2.8", "feature"),
        ("Update docs, use median instead of mean", "behaviour"),
        ("Update the docs and lint", "cosmetic"),
        ("Tests & fix off by one", "fix"),
        ("docs and fix rounding", "fix"),
        ("v0.2.10, if name is only a title, assume it", None),
        ("Merge nicknames into one table, bump version", None),
        ("v0.2.10", "release"),
        ("Bump version to 1.2, at last", "release"),
        ("Bump version to 1.2", "release"),
        ("prepare version 2.1", "release"),
        ("handle invalid versions", "fix"),
        ("Fix typos and grammar", "cosmetic"),
        ("Reduce the threshold to 0.3", "behaviour"),
        ("Reduced duplication in strRepeat", "refactor"),
        ("chore: fix a bug", "release"),
    ],
)
def test_the_intent_is_read_from_the_subject(subject: str, expected: str | None) -> None:
    assert read_intent(subject)[0] == expected


def test_an_empty_subject_says_nothing() -> None:
    assert intent(a_case(), candidates_of([a_commit(subject=" ")])[0]) is None


TEST_BEFORE = "def test_ease():\n    score = reading_ease(TEXT)\n    assert score == 1.4\n"


def test_a_rewritten_expectation_accuses_and_is_quoted() -> None:
    commit = a_commit(LIVE, a_file("tests/test_score.py", TEST_BEFORE, TEST_BEFORE.replace("1.4", "1.5")))
    said = expectations(a_case(commit), candidates_of([commit])[0])
    assert said is not None
    assert said.facts["level"] == "own"
    assert "assert score == 1.5" in said.sentence


def test_an_expectation_of_the_entry_point_accuses_more() -> None:
    before = "assert reading_ease(TEXT) == 1.4"
    commit = a_commit(LIVE, a_file("tests/test_score.py", before, before.replace("1.4", "1.5")))
    said = expectations(a_case(commit, entry="app:reading_ease"), candidates_of([commit])[0])
    assert said is not None
    assert said.facts["level"] == "entry"


def test_new_tests_and_new_inputs_rewrite_nothing() -> None:
    added = a_file("tests/test_score.py", TEST_BEFORE, TEST_BEFORE + "    assert reading_ease('') == 0\n")
    commit = a_commit(LIVE, added)
    assert expectations(a_case(commit), candidates_of([commit])[0]) is None


@pytest.mark.parametrize("before", ["# Last change: July 27, 2015", "// expected 3.5", " * @since 1.2"])
def test_a_comment_among_tests_expects_nothing(before: str) -> None:
    after = before.replace("7", "8").replace("5", "6").replace("2", "3")
    commit = a_commit(LIVE, a_file("tests/test_score.py", before, after))
    assert expectations(a_case(commit), candidates_of([commit])[0]) is None


def test_another_commit_of_the_same_change_speaks_for_it() -> None:
    code = a_commit(LIVE, sha="1" * 40)
    tests = a_commit(a_file("tests/t.py", TEST_BEFORE, TEST_BEFORE.replace("1.4", "1.5")), sha="2" * 40)
    change = Change(sha=tests.sha, commits=(tests.sha, code.sha))
    release = a_release([code, tests])
    both = [Candidate(release=release, commit=each, change=change) for each in (code, tests)]
    said = expectations(a_case(candidates=both), both[0])
    assert said is not None
    assert said.facts["level"] == "change"
    assert "2222222" in said.sentence
    assert expectations(a_case(candidates=both), both[1]) is None, "a commit of tests alone is inert"


def test_a_merge_is_blamed_where_many_of_its_commits_can_have_acted() -> None:
    joined = a_commit(sha="f" * 40, parents=2, subject="Merge branch 'overhaul'")

    def said(acting: int) -> Evidence | None:
        inner = [a_commit(LIVE, sha=f"{n:040x}") for n in range(acting)]
        change = Change(sha=joined.sha, commits=(joined.sha, *(each.sha for each in inner)))
        release = a_release([joined])
        every = [Candidate(release=release, commit=each, change=change) for each in (joined, *inner)]
        return merge(a_case(candidates=every), every[0])

    levels = [found.facts["level"] for acting in (0, 1, 3, 6, 9) if (found := said(acting))]
    assert levels == ["none", "one", "few", "many", "overhaul"]
    plain = a_commit(LIVE)
    assert merge(a_case(plain), candidates_of([plain])[0]) is None


def test_a_merge_is_not_inert_for_a_conflict_in_its_documentation() -> None:
    inner = a_commit(LIVE)
    conflict = a_file("CHANGELOG.md", "a\n", "b\n")
    joined = a_commit(conflict, sha="f" * 40, parents=2)
    change = Change(sha=joined.sha, commits=(joined.sha, inner.sha))
    every = [Candidate(release=a_release([joined]), commit=each, change=change) for each in (joined, inner)]
    case = a_case(candidates=every)
    assert inert(case, every[0]) is None
    found = merge(case, every[0])
    assert found is not None
    assert found.facts["level"] == "one"
    resolved = replace(joined, files=(conflict, LIVE))
    assert merge(case, replace(every[0], commit=resolved)) is None


def test_size_counts_the_lines_that_can_act() -> None:
    unread = [a_file(path, "a\n" * 500, "b\n" * 500) for path in ("README.md", "yarn.lock")]
    commit = a_commit(LIVE, *unread)
    said = size(a_case(commit), candidates_of([commit])[0])
    assert said is not None
    assert said.sentence == "changes 2 lines of 1 live file"
    assert size(a_case(), candidates_of([a_commit(a_file("README.md", "a", "b"))])[0]) is None


def test_a_release_that_brings_something_says_nothing_of_its_intent() -> None:
    for subject, level in (("v0.2.10, if name is only a title, assume it", None), ("v0.2.10", "release")):
        commit = a_commit(LIVE, subject=subject)
        said = intent(a_case(commit), candidates_of([commit])[0])
        assert (said and said.facts["level"]) == level


def test_a_release_that_rewrites_code_says_nothing_of_its_intent() -> None:
    rewritten = a_file("app/core.py", "a = 1\n", "".join(f"a{n} = {n}\n" for n in range(12)))
    unread = a_file("docs/changes.md", None, "word\n" * 40)
    for change, level in ((rewritten, None), (unread, "release")):
        commit = a_commit(LIVE, change, subject="v5.0.0")
        said = intent(a_case(commit), candidates_of([commit])[0])
        assert (said and said.facts["level"]) == level
