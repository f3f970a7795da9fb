"""What a commit's tests say: which assertions it rewrote or added, and what they exercise."""

import pytest

from bisect_ml.evidence.assertions import assertions, plain_name
from bisect_ml.evidence.expectations import expectations
from bisect_ml.types import Candidate, Change
from tests.evidence.cases import a_case, a_commit, a_file, a_release, candidates_of

LIVE = a_file("app/text.py", "def ease(x):\n    return x\n", "def ease(x):\n    return 2 * x\n")
TREE = {
    "app/text.py": """
def ease(text):
    return words(text) * 2

def words(text):
    return len(text.split())

def colour(name):
    return name
""",
}
TESTS = """
def test_ease():
    text = "some words"
    score = ease(text)
    assert score == 1.4


def test_words():
    assert words("a b") == 2


def test_colour():
    assert colour("red") == "f00"
"""


def _levels(
    *turns: tuple[str, str], entry: str | None = "app.text:ease", path: str = "tests/test_text.py"
) -> str:
    after = TESTS
    for old, new in turns:
        assert old in after
        after = after.replace(old, new)
    commit = a_commit(LIVE, a_file(path, TESTS, after))
    said = expectations(a_case(commit, entry=entry, tree=TREE), candidates_of([commit])[0])
    return str(said.facts["level"]) if said else ""


@pytest.mark.parametrize(
    ("before", "after", "rewritten"),
    [
        ("assert f(x) == 1.4", "assert f(x) == 1.5", [True]),
        ("assert f('a') == 'b'", "assert f('a') == 'c'", [True]),
        ("assert f('a') == 'b'", 'assert f("a") == "b"', [False]),
        ("assert f('a') == 'b'", "assert f('c') == 'd'", [False]),
        ("expect(f(1)).toBe(2);", "expect(f(1)).toBe(3);", [True]),
        ("  ['1000', '1,000'],", "  ['1000', '1.000'],", [True]),
        ("assert_equal 3, f(:a)", "assert_equal 4, f(:a)", [True]),
        ("expect(f('a')).toBe('b');", 'expect(f("a")).toBe("b");', [False]),
        ("expect(f('a')).toBe('b');", "expect(f('c')).toBe('d');", [False]),
        ("expect(f('a', 1)).toBe('b');", "expect(f('a', 2)).toBe('b');", [True]),
        ("expect(f(`a`)).toBe(1);", "expect(f('a')).toBe(1);", [False]),
        ("expect(f('a')).to eq 'b'", "expect(f('a')).to eq 'c'", [True]),
        ("f('a').should == 'b'", "f('a').should == \"b\"", [False]),
        ("f('a').should == 'b'", "f('x').should == 'y'", [False]),
        ("assert f('a') == 1", "assert g('a') == 2", [False]),
        ("assert f('a') == 1", "assert f('a') == 1.0e3", [True]),
        ("# expected 3.5", "# expected 3.6", []),
        ("  // expect(f(1)).toBe(2);", "  // expect(f(1)).toBe(3);", []),
        (" * expect(f(1)).toBe(2);", " * expect(f(1)).toBe(3);", []),
        ("x = f(1)", "x = f(1)\nassert x == 2", [False]),
        ("x = 1", "y = 2", []),
        ("x = 1", "  ['1000', '1,000'],", [False]),
    ],
)
def test_an_assertion_is_rewritten_where_only_what_it_expects_differs(
    before: str, after: str, rewritten: list[bool]
) -> None:
    found = assertions(a_commit(a_file("tests/test_a.py", before, after)))
    assert [one.rewritten for one in found] == rewritten


def test_only_tests_expect_anything() -> None:
    assert assertions(a_commit(a_file("app/a.py", "assert x == 1", "assert x == 2"))) == ()


NAMES = frozenset({"ease", "words", "colour"})


@pytest.mark.parametrize(
    ("text", "old", "new", "exercised"),
    [
        ("def test_a():\n    assert ease(words(1)) == 2\n", "== 2", "== 3", {"ease", "words"}),
        ("def test_a():\n    s = ease(1)\n    t = 1\n    assert s == 2\n", "== 2", "== 3", {"ease"}),
        ("def test_words():\n    s = g(1)\n    assert s == 2\n", "== 2", "== 3", {"words"}),
        ("def test_a():\n    ease(1)\n\ndef test_b():\n    assert g(1) == 2\n", "== 2", "== 3", set()),
        (
            "param = [\n    (1, 2),\n]\ndef test_a(x, y):\n    assert ease(x) == y\n",
            "(1, 2)",
            "(1, 3)",
            {"ease"},
        ),
        ("it('colour', () => {\n  const s = run(1);\n  expect(s).toBe(2);\n});\n", "(2)", "(3)", {"colour"}),
        ("it 'works' do\n  s = words(1)\n  s.should == 2\nend\n", "== 2", "== 3", {"words"}),
        ("def test_ease():\n    s = ease(1)\n    assert words(s) == 2\n", "== 2", "== 3", {"words"}),
        ("def test_a():\n    ease(1)\n    s = words(1)\n    assert s == 2\n", "== 2", "== 3", {"words"}),
        ("def test_a():\n    assert g(1) == 2\n    ease(1)\n", "== 2", "== 3", {"ease"}),
        (
            "it('a', () => {\n  ease(1);\n});\nit('b', () => {\n  expect(g(1)).toBe(2);\n});\n",
            "(2)",
            "(3)",
            set(),
        ),
        ("it 'a' do\n  ease(1)\nend\nit 'b' do\n  g(1).should == 2\nend\n", "== 2", "== 3", set()),
    ],
)
def test_what_stands_nearest_to_an_assertion_is_what_it_exercises(
    text: str, old: str, new: str, exercised: set[str]
) -> None:
    (found,) = assertions(a_commit(a_file("tests/test_a.js", text, text.replace(old, new))))
    assert found.exercises(NAMES) == exercised


@pytest.mark.parametrize(
    ("name", "plain"), [("test_avg_length", "avglength"), ("testAvgLength", "avglength"), ("$f", "f")]
)
def test_a_plain_name_has_no_case_and_no_mark_of_a_test(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_a_new_result_of_the_entry_point_accuses_most() -> None:
    assert _levels(("1.4", "1.5")) == "entry"
    assert _levels(("== 2", "== 3")) == "own"
    assert _levels(('"f00"', '"e00"')) == "other"


def test_new_tests_are_told_from_new_results() -> None:
    assert _levels(("1.4\n", "1.4\n    assert ease('') == 0\n")) == "new"
    assert _levels(('"f00"\n', '"f00"\n    assert colour("blue") == "00f"\n')) == "new_elsewhere"


def test_results_of_others_that_are_read_through_the_entry_point_are_not_its_own() -> None:
    before = "def test_a():\n    assert ease(colour('red')) == 2\n"
    commit = a_commit(LIVE, a_file("tests/test_a.py", before, before.replace("== 2", "== 3")))
    said = expectations(a_case(commit, entry="app.text:ease", tree=TREE), candidates_of([commit])[0])
    assert said is not None
    assert said.facts["level"] == "own"


def test_many_new_results_are_more_than_one() -> None:
    before = "".join(f"assert words('{n}') == {n}\n" for n in range(6))
    after = "".join(f"assert words('{n}') == {n + 1}\n" for n in range(6))
    commit = a_commit(LIVE, a_file("tests/test_a.py", before, after))
    for entry in ("app.text:ease", None):
        said = expectations(a_case(commit, entry=entry, tree=TREE), candidates_of([commit])[0])
        assert said is not None
        assert said.facts["level"] == "many"


def test_new_tests_say_nothing_where_nobody_named_the_entry_point() -> None:
    assert _levels(('"f00"\n', '"f00"\n    assert colour("blue") == "00f"\n'), entry=None) == ""


def test_a_rewritten_result_of_a_commit_beside_it_counts_more_than_new_tests_of_its_own() -> None:
    code = a_commit(LIVE, a_file("tests/test_b.py", None, "assert colour('x') == 1\n"), sha="1" * 40)
    tests = a_commit(a_file("tests/test_text.py", TESTS, TESTS.replace("1.4", "1.5")), sha="2" * 40)
    change = Change(sha=tests.sha, commits=(tests.sha, code.sha))
    both = [Candidate(release=a_release([code, tests]), commit=each, change=change) for each in (code, tests)]
    said = expectations(a_case(candidates=both, entry="app.text:ease", tree=TREE), both[0])
    assert said is not None
    assert said.facts["level"] == "change"


def test_rewritten_assertions_come_before_added_ones() -> None:
    before = "assert f(1) == 2\n"
    commit = a_commit(a_file("tests/test_a.py", before, "assert g('a') == 'b'\nassert f(1) == 3\n"))
    assert [(one.line, one.rewritten) for one in assertions(commit)] == [
        ("assert f(1) == 3", True),
        ("assert g('a') == 'b'", False),
    ]


def test_what_a_test_exercises_is_not_told_where_the_sources_lack_the_entry_point() -> None:
    assert _levels(('"f00"', '"e00"'), entry="app.text:gone") == "own"
    assert _levels(('"f00"\n', '"f00"\n    assert colour("blue") == "00f"\n'), entry="app.text:gone") == ""


def test_new_tests_of_what_the_entry_point_uses_are_told_from_tests_of_itself() -> None:
    assert _levels(("== 2", '== 2\n    assert words("") == 0')) == ""
    of_nobody_known = '"f00"\n\n\ndef test_rest():\n    assert unheard_of("") == 0\n'
    assert _levels(('"f00"\n', of_nobody_known)) == ""


def test_a_text_that_holds_the_mark_of_a_literal_is_no_other_expectation() -> None:
    (row,) = assertions(a_commit(a_file("tests/fixtures/t.txt", "# 1 first", "2 3 first")))
    assert not row.rewritten
    found = assertions(a_commit(a_file("tests/test_a.py", "assert row(#, 1)", "assert row(2, 3)")))
    assert [one.rewritten for one in found] == [False]
