"""Which files call each other directly, and how far a call by name leads in their language."""

from pathlib import PurePosixPath

from bisect_ml.evidence.module_index import MAX_NAMESAKES
from bisect_ml.evidence.tokens import SCRIPTS

R, _MOST_IN_R = ".r", 60
# Languages of classes and interfaces.
_DISPATCHES = frozenset({".java", ".rs", ".c", ".cs", ".swift", ".dart", ".go"})
_LANGUAGES = {
    suffix: family.split()[0]
    for family in (
        ".py .ipynb",
        " ".join(SCRIPTS),
        ".java .kt .kts .scala .groovy",
        ".c .h .cc .cpp .hpp .cxx .cu .cuh",
        ".ex .exs",
        ".pl .pm",
    )
    for suffix in family.split()
}


def language(path: str) -> str:
    """Return the language of a file, the same for those whose files call each other directly."""
    suffix = PurePosixPath(path).suffix.lower()
    return _LANGUAGES.get(suffix, suffix)


def dispatches(path: str) -> bool:
    """Tell a language in which a call on an object leads to any class that was made."""
    return language(path) in _DISPATCHES


def names_to_call_only(path: str) -> bool:
    """Tell a language in which the name of a function stands before a bracket, or behind two colons, only."""
    return path.endswith(".java")


def most_namesakes(path: str) -> int:
    """Return how many functions a name may lead to; in R, where a text names the class, many."""
    return _MOST_IN_R if language(path) == R else MAX_NAMESAKES
