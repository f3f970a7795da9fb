"""Whether the commit changes what measures, and not what is measured."""

from bisect_ml.evidence.base import say
from bisect_ml.evidence.inert import measuring_files
from bisect_ml.evidence.wording import counted
from bisect_ml.types import Candidate, Case, Evidence


def measurement(case: Case, candidate: Candidate) -> Evidence | None:
    """Look for changes of the benchmark or the evaluation that made the points of the log.

    Looks at: files in folders of benchmarks and evaluations, where the log holds one point per commit or
    night instead of the rows of a service.

    Why it tells: a measurement moves with its inputs, its repetitions and its code as much as with the
    product.

    When it misleads: when the folder holds many benchmarks, and the commit changes another one.
    """
    commit = candidate.commit
    files = measuring_files(case, commit) if commit is not None else ()
    if not files:
        return None
    more = f" and {counted(len(files) - 1, 'more file')}" if len(files) > 1 else ""
    return say("measurement", "changed", f"changes what measures: {files[0].path}{more}", path=files[0].path)
