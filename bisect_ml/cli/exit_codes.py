"""What the exit code of a command means."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The codes besides 0, for a run with nothing to fail on, and 2, for input that cannot be used."""

    REGRESSION = 1
    INCONCLUSIVE = 3
    CANNOT_RUN = 4
    INTERRUPTED = 130


# What `git bisect run` does with the exit code of its command: 125 skips the commit, 128 and above ends the
# search. Any other code above 0 would count as bad, that of a mistyped flag too.
SKIP_BUILD = 125
ABORT_BISECT = 128
