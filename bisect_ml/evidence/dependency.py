"""Whether the commit moved the version of a package that computes."""

import re

from bisect_ml.evidence.base import say
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.patch import changed_text
from bisect_ml.evidence.paths import file_kind
from bisect_ml.types import Candidate, Case, Commit, Evidence, FileChange

_NUMERIC = re.compile(
    r"(?i)(?<![\w-])(numpy|scipy|pandas|polars|pyarrow|scikit-learn|sklearn|xgboost|lightgbm|catboost|torch|tensorflow"
    r"|keras|onnxruntime|onnx|jax|jaxlib|transformers|tokenizers|sentence-transformers|spacy|nltk|gensim|statsmodels"
    r"|prophet|numba|joblib|mlflow|feast|category[-_]encoders|imbalanced-learn|shap|cupy|dask|pyspark)(?![\w-])"
)


def dependency(case: Case, candidate: Candidate) -> Evidence | None:
    """Look for packages whose version the commit moves.

    Looks at: the changed lines of requirement and lock files that install something else than before. Of a
    commit that changes code too, only the packages that compute are told.

    Why it tells: a new release of a numerical or ML package can move predictions without a line of the
    project's own code.

    When it misleads: most upgrades change nothing, and lock files list many packages that are not used
    to predict.
    """
    del case
    if candidate.commit is None:
        return None
    files = _manifests(candidate.commit)
    if not files:
        return None
    moved = numeric_packages(candidate.commit)
    if moved:
        return say(
            "dependency", "numeric", f"moves {', '.join(moved[:4])} in {files[0].path}", packages=len(moved)
        )
    if any(file_kind(change.path) == "code" for change in live_files(candidate.commit)):
        return None
    return say("dependency", "other", f"changes {files[0].path}, but no numerical package in it")


def numeric_packages(commit: Commit) -> list[str]:
    """Return the packages that compute and whose version a commit moves, in order."""
    files = _manifests(commit)
    return sorted({name.lower() for change in files for name in _NUMERIC.findall(changed_text(change))})


def _manifests(commit: Commit) -> list[FileChange]:
    return [change for change in live_files(commit) if file_kind(change.path) in {"package", "lock"}]
