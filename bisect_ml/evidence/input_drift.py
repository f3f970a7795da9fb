"""Whether the logged inputs moved at the same time."""

from bisect_ml.evidence.base import say
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.patch import changed_text
from bisect_ml.evidence.shift import move_of
from bisect_ml.evidence.wording import number
from bisect_ml.types import Candidate, Case, Evidence

_SURE_Z, _SIZE = 8.0, 1.0


def input_drift(case: Case, candidate: Candidate) -> Evidence | None:
    """Look for logged features that moved when the predictions did.

    Looks at: the series of numeric feature columns in the week before and after the onset, and whether
    a diff names the feature.

    Why it tells: inputs that moved move predictions, whatever the code.

    When it misleads: when the code that was deployed computes the feature; a diff that names it
    therefore takes the evidence back.
    """
    if candidate.release is not None:
        return None
    moved = []
    for series in case.series:
        if series.slice is None and series.metric.startswith("feature["):
            move = move_of(series, case)
            if move is not None and move.z >= _SURE_Z and abs(move.step) >= _SIZE * move.spread:
                moved.append((move.z, series.metric.removeprefix("feature[").removesuffix("]"), move))
    if not moved:
        return None
    _, name, move = max(moved, key=lambda each: each[0])
    if any(
        name in changed_text(change)
        for one in case.candidates
        if one.commit is not None
        for change in live_files(one.commit)
    ):
        return say(
            "input_drift", "touched", f"the input {name} moved as well, but a diff names it", feature=name
        )
    return say(
        "input_drift",
        "moved",
        f"the input {name} moved from {number(move.before)} to {number(move.after)} as well",
        feature=name,
    )
