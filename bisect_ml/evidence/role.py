"""What part of the system a commit changes."""

import re
from typing import Literal

from bisect_ml.evidence.base import say
from bisect_ml.evidence.dependency import numeric_packages
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.paths import file_kind, words
from bisect_ml.types import Candidate, Case, Evidence, FileChange

Role = Literal["model", "feature", "serving", "data", "package", "aside", "other"]

_ROLE_WORDS: tuple[tuple[Role, frozenset[str]], ...] = (
    (
        "aside",
        frozenset(
            words(
                "cli admin dashboard frontend ui docs example examples demo scripts tools notebooks"
                " migrations metrics monitoring alerts health email notifications auth billing"
            )
        ),
    ),
    (
        "model",
        frozenset(
            words(
                "model models predict predictor prediction scoring scorer score inference estimator"
                " classifier regressor ensemble calibration calibrate weights"
            )
        ),
    ),
    (
        "feature",
        frozenset(
            words(
                "feature features preprocess preprocessing preprocessor transform transforms"
                " transformer encode encoder encoding normalize normalise scaler scaling tokenize"
                " tokenizer embedding vectorizer imputation impute enrich"
            )
        ),
    ),
    ("serving", frozenset(words("serving serve server service api handler endpoint pipeline"))),
)
_ML_IMPORT = re.compile(
    r"^\s*(?:import|from)\s+(sklearn|xgboost|lightgbm|catboost|torch|tensorflow|keras|onnxruntime|joblib|mlflow"
    r"|transformers|numpy|scipy|pandas|polars|statsmodels)\b",
    re.MULTILINE,
)
_STRENGTH: tuple[Role, ...] = ("model", "feature", "data", "serving", "other", "package", "aside")
_NAMES = {
    "model": "model code",
    "feature": "feature code",
    "serving": "serving code",
    "data": "a data file",
    "package": "packaging",
    "aside": "code beside the predictions",
    "other": "other code",
}


def role(case: Case, candidate: Candidate) -> Evidence | None:
    """Tell code that computes predictions from the rest by where it lives.

    Looks at: the words of each changed path that is not inert, its suffix, and whether the file
    imports a numerical library.

    Why it tells: predictions come from models, features, their settings and their data far more
    often than from dashboards, scripts and packaging.

    When it misleads: in repositories where one file does everything, or whose names mean other
    things; a handler that clips or rescales is as able to move a prediction as a model.
    """
    del case
    if candidate.commit is None:
        return None
    files = live_files(candidate.commit)
    if not files:
        return None
    roles = {role: change.path for change in reversed(files) if (role := file_role(change)) is not None}
    best = next((each for each in _STRENGTH if each in roles), None)
    if best is None or (best == "package" and numeric_packages(candidate.commit)):
        return None
    return say("role", best, f"changes {_NAMES[best]}: {roles[best]}", path=roles[best])


def file_role(change: FileChange) -> Role | None:
    """Return the part of the system that a file belongs to; None where a scorer of its own looks at it."""
    kind = file_kind(change.path)
    if kind in {"artefact", "query", "settings"}:
        return None
    if kind == "data":
        return "aside" if path_role(change.path) == "aside" else "data"
    if kind in {"package", "lock"}:
        return "package"
    found = path_role(change.path)
    if found == "other" and _ML_IMPORT.search(change.after or change.before or ""):
        return "feature"
    return found


def path_role(path: str) -> Role:
    """Return the part of the system that the words of a path speak of."""
    found = set(words(path))
    return next((each for each, its_words in _ROLE_WORDS if found & its_words), "other")
