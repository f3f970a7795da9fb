"""Languages whose line ends mean something: comments, documentation and indentation mean nothing in them."""

import pytest

from bisect_ml.evidence.canonical_tokens import token_form

OPEN_POD = "=head1 NAME\n\nThe price - what it costs\n\n  my $x = 1;\n"
POD = f"{OPEN_POD}\n=cut\n"
SAME = [
    ("a.pm", f"sub f {{ 1 }}\n\n{POD}\nsub g {{ 2 }}\n", "sub f { 1 }\nsub g { 2 }\n"),
    ("a.pm", f"sub f {{ 1 }}\n\n{OPEN_POD}", "sub f { 1 }\n"),
    ("a.rb", "=begin\nf(1)\n=end\ng(2)\n", "g(2)\n"),
    ("a.rb", "if a\n    f\nend\n", "if a\n  f\nend\n"),
    ("a.pl", "if ($a) {\n\tf();\n}\n", "if ($a) {\n    f();\n}\n"),
    ("a.lua", "if a then\n\tf()\nend\n", "if a then\n  f()\nend\n"),
    ("a.sh", "if a; then\n\tf\nfi\n", "if a; then\n  f\nfi\n"),
]
OTHER = [
    ("a.pm", f"sub f {{ 1 }}\n\n{POD}\nsub g {{ 2 }}\n", f"sub f {{ 1 }}\n\n{POD}\nsub g {{ 3 }}\n"),
    ("a.rb", "x = <<eos\n  a\neos\n", "x = <<eos\na\neos\n"),
    ("a.rb", 'x = "a\n  b"\n', 'x = "a\nb"\n'),
    ("a.rb", "x = %q(a\n  b)\n", "x = %q(a\nb)\n"),
    ("a.pl", "my $x = q{\n  a};\n", "my $x = q{\na};\n"),
    ("a.lua", "x = [[\n  a]]\n", "x = [[\na]]\n"),
    ("a.sh", "x='a\n  b'\n", "x='a\nb'\n"),
    ("a.yaml", "a:\n  b: 1\n", "a:\nb: 1\n"),
    ("a.ini", "a = 1\n  2\n", "a = 1\n2\n"),
]


@pytest.mark.parametrize(("path", "before", "after"), SAME)
def test_what_means_nothing_is_left_out(path: str, before: str, after: str) -> None:
    assert token_form(path, before) == token_form(path, after)


@pytest.mark.parametrize(("path", "before", "after"), OTHER)
def test_what_means_something_stays(path: str, before: str, after: str) -> None:
    assert token_form(path, before) != token_form(path, after)
