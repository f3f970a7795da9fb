"""Rust as editions, rustfmt and clippy rewrite it, and as people change it."""

import pytest

from bisect_ml.evidence.canonical_tokens import token_form

SAME = [
    ("let y = try!(f(x));", "let y = f(x)?;"),
    ("try!(try!(f(x)).g()).len()", "f(x)?.g()?.len()"),
    ("fn f<'a>(x: &'a str) -> &'a str { x }", "fn f(x: &str) -> &str { x }"),
    ("impl<'a, T> Next<T> for Reader<'a, T> {}", "impl<T> Next<T> for Reader<'_, T> {}"),
    ("fn f(x: &Reader<'static>) {}", "fn f(x: &Reader) {}"),
    ("fn f(x: Box<Step>) {}", "fn f(x: Box<dyn Step>) {}"),
    ("#[inline]\nfn f() {}", "#[inline(always)]\n#[must_use]\nfn f() {}"),
    ("#![allow(dead_code)]\nfn f() {}", "fn f() {}"),
    ("pub fn f() {}", "pub(crate) fn f() {}"),
    ("call(a, b)", "call(\n    a,\n    b,\n)"),
    ("vec![a, (b, c)]", "vec![\n    a,\n    (b, c),\n]"),
    ("", '#![doc = "x"]'),
]
OTHER = [
    ("#[derive(Debug)]\nstruct A;", "#[derive(Clone)]\nstruct A;"),
    ('#[cfg(feature = "a")]\nfn f() {}', "fn f() {}"),
    ("let y = f(x)?;", "let y = f(x);"),
    ("if a < b && c > d {}", "if a < c && b > d {}"),
    ("let c = 'a';", "let c = 'b';"),
    ("f(&mut x)", "f(&x)"),
    ("'a: loop { loop { break 'a; } }", "'a: loop { loop { break; } }"),
    ("continue 'outer", "continue 'inner"),
    ("try!(f(x))", "f(x)"),
    ("let t = (x,);", "let t = (x);"),
    ("return (x,);", "return (x);"),
]


@pytest.mark.parametrize(("before", "after"), SAME)
def test_another_way_of_writing_is_the_same(before: str, after: str) -> None:
    assert token_form("src/a.rs", before) == token_form("src/a.rs", after)


@pytest.mark.parametrize(("before", "after"), OTHER)
def test_what_computes_something_else_is_another(before: str, after: str) -> None:
    assert token_form("src/a.rs", before) != token_form("src/a.rs", after)
