"""Whether the commit changes which model is served."""

import re

from bisect_ml.evidence.base import say
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.patch import changed_text
from bisect_ml.evidence.paths import file_kind
from bisect_ml.types import Candidate, Case, Evidence

_POINTER = re.compile(
    r"(?i)((?:s3|gs|abfss?|hdfs|runs|models|mlflow-artifacts)://?[\w./@{}-]+"
    r"|[\w./-]+\.(?:pkl|joblib|onnx|pt|h5|cbm|bst|safetensors)\b"
    r"|\bmodel_?(?:version|uri|path|id|name|tag)\b\s*[:=]\s*\S+"
    r"|\bimage\s*:\s*\S*(?:model|predict|scor|infer)\S*:[\w.-]+"
    r"|^oid sha256:\w+|^\s*-?\s*md5: \w+)",
    re.MULTILINE,
)


def artefact(case: Case, candidate: Candidate) -> Evidence | None:
    """Look for a new model: the file, or what points to it.

    Looks at: model files in the commit, and changed lines that hold a DVC or LFS pointer, a storage
    address, a model version, or an image that is called after a model.

    Why it tells: a new model moves every prediction, as it is meant to.

    When it misleads: an artefact of another service, or one that nothing loads yet.
    """
    del case
    if candidate.commit is None:
        return None
    for change in candidate.commit.files:
        if file_kind(change.path) == "artefact":
            return say("artefact", "file", f"changes the model artefact {change.path}", path=change.path)
    for change in live_files(candidate.commit):
        found = _POINTER.search(changed_text(change))
        if found:
            what = " ".join(found.group().split())[:60]
            return say(
                "artefact",
                "pointer",
                f"{change.path} changes what points to a model: {what}",
                path=change.path,
            )
    return None
