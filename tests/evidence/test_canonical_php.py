"""PHP as its fixers rewrite it, and as people change it."""

import pytest

from bisect_ml.evidence.canonical_tokens import token_form

SAME = [
    ("$x = array(1, 'a' => array(2),);", '$x = [1, "a" => [2]];'),
    ("list($a, $b) = f();", "[$a, $b] = f();"),
    ("if ($a) {} else if (TRUE) {}", "if ($a) {} elseif (true) {}"),
    ("return NULL;", "return null;"),
    ("if ($a <> $b) {}", "if ($a != $b) {}"),
    ("f($a, $b,);", "f($a, $b);"),
]
OTHER = [
    ("$x = array(1);", "$x = [2];"),
    ("f('$a');", 'f("$a");'),
    (r"f('\n');", r'f("\n");'),
    ("[, $b] = f();", "[$b] = f();"),
    ("[$a, , $c] = f();", "[$a, $c] = f();"),
    ("function f(array $x) {}", "function f($x) {}"),
    ("$x->list(1);", "$x->[1];"),
]


@pytest.mark.parametrize(("before", "after"), SAME)
def test_another_way_of_writing_is_the_same(before: str, after: str) -> None:
    assert token_form("a.php", before) == token_form("a.php", after)


@pytest.mark.parametrize(("before", "after"), OTHER)
def test_what_computes_something_else_is_another(before: str, after: str) -> None:
    assert token_form("a.php", before) != token_form("a.php", after)
