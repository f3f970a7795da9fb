"""What the exit code of a command means."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The codes besides 0, for a run with nothing to fail on, and 2, for input that cannot be used."""

    REGRESSION = 1
    INCONCLUSIVE = 3
    CANNOT_RUN = 4
    INTERRUPTED = 130
