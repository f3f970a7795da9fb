"""What the author says that the commit is for."""

import re

from bisect_ml.evidence.base import say
from bisect_ml.evidence.dependency import numeric_packages
from bisect_ml.evidence.paths import file_kind
from bisect_ml.evidence.reach import acting_files
from bisect_ml.types import Candidate, Case, Commit, Evidence

# A star stands for any ending; the first intent that a subject shows is taken.
_INTENTS = {
    "release": "release* releasing bump* changelog",
    "cosmetic": """typo* reformat* formatting black isort flake* lint* pylint pep8 pep-8 pep257 pep-257 ruff
        style* whitespace* indent* doc docs docstring* documentation readme comment* spelling typing
        annotation* mypy badge* copyright license*""",
    "tests": "test tests testing coverage ci travis tox pytest workflow* action actions pre-commit",
    "refactor": """refactor* duplication clean* renam* move* moving reorgani* restructur* simplif* extract*
        tidy moderni* dead unused deprecat* compat* python2 python3 py2 py3 py27 py36 pyupgrade f-string*""",
    "performance": "perf performance speed* faster cach* optimi* memory lazy",
    "fix": "fix* bug* correct* wrong* repair* issue* crash* error* handle* handling precise better",
    "behaviour": """change* use uses used using replace* switch* default* formula* threshold* algorithm*
        weight* accura* improve* ignor* allow* remove* round* update* tune* tuning calibrat* normali*
        scale* scaling clip* limit* unit units convert* instead""",
    "feature": "add adds added adding new support* implement* introduce* feature* create* initial",
}


def _pattern(stems: str) -> re.Pattern[str]:
    either = "|".join(re.escape(stem).replace(r"\*", r"\w*") for stem in stems.split())
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)


_PATTERNS = {name: _pattern(stems) for name, stems in _INTENTS.items()}
# The word alone may be what the code works on: "handle invalid versions".
_OF_VERSION = re.compile(
    r"^v?\d+(\.\d+)+\S*$|\bversion(?=\s+v?\d+\.\d)|^(?:new|next|up|updat\w+|increment\w*|set|prepare\w*)\b.*\bversion\b"
    r"(?=\s*(?:number|to\b|for\b|$))|^version\b",
    re.IGNORECASE,
)
# "Fix a bug, add usage to readme": of several things that a commit does, those that act come first.
_CLAUSE = re.compile(r"[,;:]\s+|\.\s+|\s+(?:and|plus|also|\+|&)\s+", re.IGNORECASE)
_ACTING = frozenset({"fix", "behaviour", "feature", "revert"})
_TELLING_WORDS = 3
_LINES_OF_A_NUMBER = 10
_CONVENTIONAL = re.compile(r"^(\w+)(\([^)]*\))?!?:\s")
_BY_TYPE = {
    "docs": "cosmetic",
    "style": "cosmetic",
    "chore": "release",
    "build": "release",
    "ci": "tests",
    "test": "tests",
    "tests": "tests",
    "refactor": "refactor",
    "perf": "performance",
    "fix": "fix",
    "feat": "feature",
    "revert": "revert",
}


def intent(case: Case, candidate: Candidate) -> Evidence | None:
    """Read what the commit is for from the first line of its message.

    Looks at: the type of a conventional commit (`fix:`, `refactor:`), otherwise the words of each clause of
    the subject, where a fix counts before the release or the documentation that came with it. Of a release
    that rewrites code it says nothing.

    Why it tells: authors who mean to change results say what changed; those who format, rename or
    release say that.

    When it misleads: the costliest breaks hide in commits that say refactor, and many subjects say
    nothing; the weights are therefore small.
    """
    commit = candidate.commit
    if commit is None or not commit.subject.strip():
        return None
    level, word = read_intent(commit.subject)
    # "Bump numpy" speaks of no release of one's own, and "v5.0.0" may be all that was done for it.
    if level is None or (level == "release" and (numeric_packages(commit) or _rewrites(case, commit))):
        return None
    return say("intent", level, f"its message speaks of {_SPOKEN[level]} (“{word}”)", word=word)


def _rewrites(case: Case, commit: Commit) -> bool:
    """Tell a release that changes more code than its number."""
    acting = (each for each in acting_files(case, commit) if file_kind(each.path) == "code")
    return sum((each.added or 0) + (each.removed or 0) for each in acting) > _LINES_OF_A_NUMBER


_SPOKEN = {
    "release": "a release",
    "cosmetic": "looks, documentation or types",
    "tests": "tests or tooling",
    "refactor": "a refactoring",
    "performance": "speed",
    "fix": "a fix",
    "behaviour": "a change of behaviour",
    "feature": "something new",
    "revert": "taking a change back",
}


def read_intent(subject: str) -> tuple[str | None, str]:
    """Return the intent of a subject line and the word that shows it, or None and an empty text.

    Of several clauses the first that says that the code acts otherwise is taken, else the first that says
    anything.
    """
    conventional = _CONVENTIONAL.match(subject)
    if conventional and conventional.group(1).lower() in _BY_TYPE:
        return _BY_TYPE[conventional.group(1).lower()], conventional.group(1)
    if re.match(r"revert\b", subject, re.IGNORECASE):
        return "revert", "revert"
    clauses = _CLAUSE.split(" ".join(subject.split()))
    read = [hit for clause in clauses if (hit := _in_clause(clause))]
    acting = [hit for hit in read if hit[0] in _ACTING]
    level, word = next(iter(acting or read), (None, ""))
    # A release that was given with what it brings is known by that, be it read or not.
    brings = any(len(clause.split()) >= _TELLING_WORDS and not _in_clause(clause) for clause in clauses)
    return (None, "") if level == "release" and brings else (level, word)


def _in_clause(clause: str) -> tuple[str, str] | None:
    """Return the first intent that a part of a subject shows, and its word."""
    of_version = _OF_VERSION.search(clause)
    if of_version:
        return "release", of_version.group()
    hits = ((name, found.group()) for name, pattern in _PATTERNS.items() if (found := pattern.search(clause)))
    return next(hits, None)
