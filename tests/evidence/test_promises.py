"""What messages promise of failures, and the words that turn a promise round."""

import pytest

from bisect_ml.evidence.promises import platform, promise

FEWER = [
    "Accept words for numbers",
    "Don't fail on odd hosts",
    "Don’t raise",
    "No longer raises",
    "Only throw on a bad value",
    "Prevent an error where the colour is null",
    "Remove validation of the device block",
    "Relax strict mode",
    "Make amount not required",
]
MORE = [
    "Raise ValueError on bad hosts",
    "Raise instead of ignoring",
    "Do not allow missing amounts",
    "No longer ignore parse errors",
    "Stop accepting text",
    "Never allow NaN",
    "Validate the device block",
    "Reject blank names",
]
NEITHER = [
    "Update requirements",
    "Raise the default threshold",
    "Support Python 3.12",
    "Fix a crash",
    "Handle errors",
    "",
]


@pytest.mark.parametrize(
    ("subject", "way"),
    [*((each, -1) for each in FEWER), *((each, 1) for each in MORE), *((each, 0) for each in NEITHER)],
)
def test_a_promise_is_read_with_what_turns_it_round(subject: str, way: int) -> None:
    assert promise(subject)[0] == way


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Fix for util breaking in python 3+", "python 3+"),
        ("Get tests passing in Python 3.", "Python 3"),
        ("Node.js 18", "Node.js 18"),
        ("py38: unicode", "py38"),
        ("fix compatibility issues", "compatibility"),
        ("copy 3 of them", ""),
        ("espresso 3", ""),
        ("Teach Python", ""),
        ("Drop Python 2 support", ""),
        ("Merge pull request #12 from x/py3", ""),
        ("Add es2 translations, a compatriot", "es2"),
        ("node 5 of the tree", ""),
        ("Use compat_urlparse", ""),
        ("support python2/3", "python2/3"),
        ("Require python >=3.6", "python >=3.6"),
        ("incompatible with pypy3", "incompatible"),
    ],
)
def test_what_code_runs_on_is_named_with_its_version(subject: str, words: str) -> None:
    assert platform(subject) == words
