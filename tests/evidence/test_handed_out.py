"""What an entry point returns: those who are given it may call what no call in the code leads to."""

import pytest

from bisect_ml.evidence.reach import reach
from tests.evidence.cases import a_case, a_commit, a_file, candidates_of

HANDED_OUT = {
    "links.py": """
from urllib.parse import urlsplit

class Parts:
    def port(self, default=None):
        return int(self.raw) if self.raw else default

    def _raw(self):
        return self.raw

class TextParts(Parts):
    def __init__(self, match):
        self.raw = match

class Audit:
    def ping(self):
        return 1

def split(text):
    kind = Audit()
    if isinstance(text, bytes):
        result = ByteParts
    else:
        result = TextParts
    return result(text)

def load(text) -> TextParts:
    return split(text)

def made(text):
    parts = TextParts(text)
    return parts
"""
}


@pytest.mark.parametrize("entry", ["links:split", "links:load", "links:made"])
@pytest.mark.parametrize(
    ("old", "new", "level"),
    [
        ("return int(self.raw)", "return self.raw", "made"),
        ("        return self.raw\n", "        return 2\n", "none"),
        ("return 1", "return 2", "none"),
    ],
)
def test_what_an_entry_point_returns_may_be_asked_for_more(
    entry: str, old: str, new: str, level: str
) -> None:
    text = HANDED_OUT["links.py"]
    commit = a_commit(a_file("links.py", text, text.replace(old, new)))
    candidate = candidates_of([commit])[0]
    said = reach(a_case(commit, candidates=[candidate], tree=HANDED_OUT, entry=entry), candidate)
    assert said is not None
    assert said.facts["level"] == level
