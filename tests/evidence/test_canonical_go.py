"""Go as gofmt and golint rewrite it, and as people change it."""

import pytest

from bisect_ml.evidence.canonical_tokens import token_form

SAME = [
    ("f(x);\ng(y)", "f(x)\ng(y)"),
    ("for i := 0; i < n; i++ { f(i); }", "for i := 0; i < n; i++ {\n\tf(i)\n}"),
    ("x := []T{T{1}, T{2}}", "x := []T{\n\t{1},\n\t{2},\n}"),
    ('x := [][]string{[]string{"a"}}', 'x := [][]string{{"a"}}'),
    ('x := map[string]*a.T{"k": &a.T{1}}', 'x := map[string]*a.T{"k": {1}}'),
    ("for i, _ := range x {}", "for i := range x {}"),
    ("for _, _ = range x {}", "for range x {}"),
    ("for _ = range x {}", "for range x {}"),
    ("func f(x interface{}) {}", "func f(x any) {}"),
    ("y = x[1:len(x)]", "y = x[1:]"),
    ("x += 1\ny()", "x++\ny()"),
    ("f(\n\ta,\n\tb,\n)", "f(a, b)"),
]
OTHER = [
    ("for ; f(); {}", "for f(); ; {}"),
    ("if x := f(); x > 1 {}", "if x > 1 {}"),
    ("x := []T{T{1}}", "x := []T{T{2}}"),
    ("x := []any{T{1}}", "x := []any{U{1}}"),
    ("x := []*T{&T{1}}", "x := []*T{nil}"),
    ("for i, _ := range x {}", "for _, i := range x {}"),
    ("y = x[1:len(z)]", "y = x[1:len(x)]"),
    ("x += 1 - y", "x++"),
    ("x += 2", "x++"),
    ("x -= 1\ny()", "x++\ny()"),
]


@pytest.mark.parametrize(("before", "after"), SAME)
def test_another_way_of_writing_is_the_same(before: str, after: str) -> None:
    assert token_form("a.go", before) == token_form("a.go", after)


@pytest.mark.parametrize(("before", "after"), OTHER)
def test_what_computes_something_else_is_another(before: str, after: str) -> None:
    assert token_form("a.go", before) != token_form("a.go", after)
