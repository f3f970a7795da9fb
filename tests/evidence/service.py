"""A small service whose entry point is asked, and what is said of commits to it."""

from bisect_ml.evidence.rehearsed import rehearsed
from bisect_ml.types import Evidence
from tests.evidence.cases import a_case, a_commit, a_file, candidates_of

SERVICE = """\
from app.features import scaled

LIMIT = 100

def score(amount, *, country='de'):
    if country == 'xx':
        raise ValueError(country)
    return min(scaled(amount), LIMIT)

def unrelated(amount):
    return -amount
"""
FEATURES = """\
import numpy
import scipy
import scipy

def scaled(amount):
    return amount * 2
"""
TESTS = """\
import pytest
from app.service import score

@pytest.mark.parametrize('amount', [1, 2, 3, 7.5, 20])
def test_score(amount):
    assert score(amount) == 'whatever it was'

def test_country():
    with pytest.raises(ValueError):
        score(4, country='xx')
    assert score(5, country='fr') == 10
"""
TREE = {
    "app/__init__.py": "",
    "app/service.py": SERVICE,
    "app/features.py": FEATURES,
    "tests/test_score.py": TESTS,
}
ENTRY = "app.service:score"

OF_TEXTS = """\
def score(text):
    total = len(text)
    if total < 1:
        raise ValueError(text)
    return total * 2
"""
"""The file of another service, which scores how long texts are."""


def said_of(
    path: str, old: str, new: str, entry: str | None = ENTRY, tree: dict[str, str] = TREE
) -> Evidence | None:
    """Return what is said of a commit that replaces a text in a file of the tree."""
    assert old in tree[path]
    after = tree[path].replace(old, new)
    commit = a_commit(a_file(path, tree[path], after))
    return rehearsed(a_case(commit, entry=entry, tree={**tree, path: after}), candidates_of([commit])[0])


def level_of(said: Evidence | None) -> str | None:
    """Return the level of what is said; None where nothing is."""
    return None if said is None else str(said.facts["level"])
