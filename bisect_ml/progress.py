"""What a run says on stderr while it works: notes on what it guessed, and a status line on a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Progress(Protocol):
    """What a run tells its caller."""

    def stage(self, name: str) -> None:
        """Say what is being done now."""

    def note(self, text: str) -> None:
        """Say something that the user should know, such as a guess."""


class Silence:
    """Says nothing."""

    def stage(self, name: str) -> None:
        """Say nothing."""

    def note(self, text: str) -> None:
        """Say nothing."""


class _Notes(Silence):
    def note(self, text: str) -> None:
        sys.stderr.write(_visible(text) + "\n")


class _Status(_Notes):
    def __init__(self) -> None:
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False)
        self.status = self._console.status("")

    def stage(self, name: str) -> None:
        self.status.update(f"{name} …")

    def note(self, text: str) -> None:
        self._console.print(_visible(text), markup=False, style="dim")


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress]:
    """Yield what suits the terminal: a status line and notes, notes alone, or silence."""
    if quiet:
        yield Silence()
    elif sys.stderr.isatty():
        status = _Status()
        with status.status:
            yield status
    else:
        yield _Notes()


def _visible(text: str) -> str:
    """Show control characters of untrusted text instead of obeying them."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)
