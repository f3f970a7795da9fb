"""JavaScript and its kin: two ways of writing one thing are one form; two things are two."""

import pytest

from bisect_ml.evidence.canonical_tokens import token_form

SAME = {
    "declarations": ("var x = 1;", "const x = 1;"),
    "quotes": ("f('a');", 'f("a");'),
    "semicolons": ("const x = f(y);\ng(x);", "const x = f(y)\ng(x)"),
    "a bare return": ("function f() {\n  return;\n}", "function f() {\n  return\n}"),
    "trailing commas": ("f([1, 2,], {a: 1,},);", "f([1, 2], {a: 1});"),
    "brackets around a result": ("function f() { return (a + b); }", "function f() { return a + b; }"),
    "one parameter": ("xs.map((x) => x + 1);", "xs.map(x => x + 1);"),
    "curly brackets": ("if (x) return 1; else throw y", "if (x) { return 1; } else { throw y }"),
    "strict mode": ("'use strict';\nf();", "f();"),
    "comments and spaces": ("f( x ) // y", "f(x)"),
}

OTHER = {
    "another text": ("f('a');", "f('b');"),
    "a quote inside": ("f('\"');", 'f(""");'),
    "brackets around a part of a result": (
        "function f() { return (a + b) * c; }",
        "function f() { return a + b * c; }",
    ),
    "two statements": ("if (x) f(); g();", "if (x) { f(); g(); }"),
    "a result on the next line": ("function f() {\n  return\n  1;\n}", "function f() { return 1; }"),
    "the head of a loop": ("for (;x;) f();", "for (x) f();"),
    "a value that is skipped": ("f([a, , ]);", "f([a, ]);"),
    "two parameters": ("xs.map((x, y) => x);", "xs.map(x => x);"),
}


@pytest.mark.parametrize(("before", "after"), SAME.values(), ids=SAME)
@pytest.mark.parametrize("path", ["a.js", "a.ts", "a.mjs"])
def test_the_same_thing_written_twice(path: str, before: str, after: str) -> None:
    assert token_form(path, before) == token_form(path, after)


@pytest.mark.parametrize(("before", "after"), OTHER.values(), ids=OTHER)
def test_another_thing(before: str, after: str) -> None:
    assert token_form("a.js", before) != token_form("a.js", after)


def test_other_languages_keep_what_they_write() -> None:
    assert token_form("a.go", "return (a)\n") != token_form("a.go", "return a\n")
    assert token_form("a.rs", "let x = 1;") != token_form("a.rs", "const x = 1;")


@pytest.mark.parametrize("path", ["A.php", "A.java", "a.kt", "A.cs", "a.ts"])
def test_who_may_call_a_definition_is_nothing_that_it_computes(path: str) -> None:
    assert token_form(path, "private $rules = [1];") == token_form(path, "protected $rules = [1];")
    assert token_form(path, "private $rules = [1];") != token_form(path, "protected $rules = [2];")
    # A parameter that is given a visibility becomes a property.
    assert token_form(path, "constructor(x) {}") != token_form(path, "constructor(private x) {}")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.ts", "return keys.{};"),
        ("a.ts", "create({{ {}: true }});"),
        ("a.php", "return $x->{};"),
        ("a.php", "return $x->{} and f();"),
    ],
)
def test_a_name_that_is_like_a_visibility_is_a_name(path: str, text: str) -> None:
    assert token_form(path, text.format("private")) != token_form(path, text.format("public"))


def test_visibility_is_a_plain_word_where_a_language_has_none() -> None:
    assert token_form("a.go", "private = 1\n") != token_form("a.go", "public = 1\n")
