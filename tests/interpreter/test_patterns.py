"""Which regular expressions are searched for."""

import importlib

import pytest

from bisect_ml.interpreter import Unknown
from bisect_ml.interpreter.patterns import PATTERNS, is_safe

SAFE = [
    r"\d{1,3}(,\d{3})*",
    r"^\s*([\w.]+)\s*=\s*(.*?)\s*$",
    r"(?:[a-z]+-)*[a-z]+",
    r"\"(?:[^\"\\]|\\.)*\"",
    r"(\w+\s)*x",
    r"(?:\d{1,3}\.){3}\d{1,3}",
    r"(a+)+",
    "[",
]
UNSAFE = [
    r"(a+)+$",
    r"(a|a)*$",
    r"(\w+\s?)*$",
    r"(a*)*b",
    r"(x+x+)+y",
    r"(?:a{1,20}){1,20}(?:a{1,20}){1,20}b",
    r"(.*a){20}",
    r"(?=(a+)+$)",
    "a" * 30_000,
]


@pytest.mark.parametrize("pattern", SAFE)
def test_a_text_that_is_shared_out_in_one_way_is_searched(pattern: str) -> None:
    assert is_safe(pattern)


@pytest.mark.parametrize("pattern", UNSAFE)
def test_a_text_that_may_be_shared_out_in_many_ways_is_not(pattern: str) -> None:
    assert not is_safe(pattern)


def test_the_end_of_the_text_follows_where_all_of_it_must_fit() -> None:
    assert is_safe("(a+)+")
    assert not is_safe("(a+)+", whole=True)


@pytest.mark.parametrize(
    ("pattern", "text", "is_searched"),
    [
        (r"\s+$", " " * 2_000 + "x", True),
        (r"\s+$", " " * 150_000 + "x", False),
        (r".*foo.*bar", "some text with foo and bar " * 40, True),
        (r".*.*.*=.*", "x" * 3_000, False),
        (r"a", "a" * 150_000, True),
    ],
)
def test_a_long_text_is_searched_where_that_is_quick(pattern: str, text: str, is_searched: bool) -> None:
    assert isinstance(PATTERNS["search"](pattern, text), Unknown) is not is_searched


def test_python_still_has_what_patterns_are_read_with() -> None:
    """Both modules are private, in every version from 3.11 to 3.14: should they move, it shows here."""
    parser, constants = (importlib.import_module(f"re.{name}") for name in ("_parser", "_constants"))
    assert callable(parser.parse)
    names = (
        "MAX_REPEAT MIN_REPEAT AT ASSERT ASSERT_NOT AT_END AT_END_STRING AT_END_LINE BRANCH SUBPATTERN "
        "ATOMIC_GROUP GROUPREF_EXISTS LITERAL NOT_LITERAL IN RANGE CATEGORY NEGATE POSSESSIVE_REPEAT"
    )
    assert [each for each in names.split() if not hasattr(constants, each)] == []
