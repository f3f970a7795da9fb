"""Which environment a settings file is for, by the words of its path."""

from bisect_ml.evidence.paths import file_kind, words
from bisect_ml.types import Candidate, FileChange

_PRODUCTION = frozenset({"production", "prod", "live", "prd"})
_OTHERS = frozenset({"staging", "stg", "dev", "development", "local", "qa", "uat", "sandbox", "preview"})


def foreign_environment(change: FileChange, candidate: Candidate) -> str:
    """Return the environment that a settings file is for where the deploy went to another, else nothing.

    A deploy that names no environment went to production.
    """
    if file_kind(change.path) != "settings":
        return ""
    deployed = candidate.release.deploy.environment if candidate.release else None
    own = frozenset(words(deployed)) if deployed else _PRODUCTION
    if own & _PRODUCTION:
        own |= _PRODUCTION
    named = [word for word in words(change.path) if word in _PRODUCTION | _OTHERS]
    return named[0] if named and not own & set(named) else ""
