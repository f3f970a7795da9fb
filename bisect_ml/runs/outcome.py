"""What a run is made of, and what it came to."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What is done with the code of a commit.

    `run` and `setup` are commands of the shell with placeholders (see `commands.py`). `input` is absolute.
    `subfolder` is where in the checkout the commands start, `.` for its top. `timeout_s` limits each of the
    two, None for no limit.
    """

    run: str
    setup: str | None = None
    input: Path | None = None
    seed: int = 0
    subfolder: str = "."
    timeout_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A command run on the code of a commit.

    `output` is the file (or folder) of predictions, its suffix what its content is; None where the run came
    to nothing, and `failed` says why, in words that end a sentence. `returncode` is that of the command that
    ended the run, negative for the signal that ended it, None where none started or a time limit did.
    `repeat` tells runs of the same commit apart. `log` holds what the commands printed and `last_lines` its
    end. `seconds` is wall-clock time of the command; `cached` says that it was spent in an earlier run.
    """

    sha: str
    tree: str
    output: Path | None
    failed: str | None
    returncode: int | None
    log: Path
    seconds: float
    cached: bool = False
    repeat: int = 0
    last_lines: tuple[str, ...] = ()
