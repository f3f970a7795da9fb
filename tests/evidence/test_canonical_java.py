"""Java as linters and newer releases rewrite it, and as people change it."""

import pytest

from bisect_ml.evidence.canonical_tokens import token_form

SAME = [
    ('@SuppressWarnings("unchecked")\nvoid f() {}', "void f() {}"),
    ("@Override\npublic int f(final int x) { return x; }", "public int f(int x) { return x; }"),
    ("List<String> a = new ArrayList<String>();", "List<String> a = new ArrayList<>();"),
    ("Map<A, List<B>> m = new HashMap<A, List<B>>(3);", "Map<A, List<B>> m = new HashMap<>(3);"),
    ("private final int x = 1;", "public int x = 1;"),
    ("int f() { return a + b; }", "int f() { return (a + b); }"),
]
OTHER = [
    ('@JsonProperty("a")\nint x;', '@JsonProperty("b")\nint x;'),
    ("a = new ArrayList<>(x);", "a = new LinkedList<>(x);"),
    ("int f() { return (a + b) * c; }", "int f() { return a + b * c; }"),
    ("if (new A(x) < b) {}", "if (new A(x) > b) {}"),
    ("int[] a = new int[n < m ? n : m];", "int[] a = new int[n > m ? n : m];"),
]


@pytest.mark.parametrize(("before", "after"), SAME)
def test_another_way_of_writing_is_the_same(before: str, after: str) -> None:
    assert token_form("src/A.java", before) == token_form("src/A.java", after)


@pytest.mark.parametrize(("before", "after"), OTHER)
def test_what_computes_something_else_is_another(before: str, after: str) -> None:
    assert token_form("src/A.java", before) != token_form("src/A.java", after)
