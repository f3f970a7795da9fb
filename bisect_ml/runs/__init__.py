"""Running a command on the code of a commit: checkouts, environments, logs, and a cache of results."""

from bisect_ml.runs.commands import script_of
from bisect_ml.runs.outcome import Run
from bisect_ml.runs.runner import Runner

__all__ = ["Run", "Runner", "script_of"]
