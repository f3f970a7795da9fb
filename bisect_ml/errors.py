"""What can go wrong that is not our bug.

    BisectError             exit code 2; the message says what, the hint what to do
    ├── InputError          a prediction log or a deploy file cannot be used
    ├── ConfigError         a setting or a flag does not fit
    ├── GitError            git, or the repository, cannot answer
    └── RunError            the code of a commit could not be run; exit code 4

The command line prints these as `error:` and `hint:`; anything else is a bug and may trace.
"""


class BisectError(Exception):
    """A problem that the user can mend.

    Args:
        message: What is wrong, with the file, the row or the column.
        hint: What to do about it, or empty.
    """

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InputError(BisectError):
    """A prediction log or a deploy file cannot be used."""


class ConfigError(BisectError):
    """A setting or a flag does not fit."""


class GitError(BisectError):
    """Git, or the repository, cannot answer."""


class RunError(BisectError):
    """The code of a commit under test could not be run."""

    exit_code = 4
