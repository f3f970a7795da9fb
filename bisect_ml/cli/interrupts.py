"""What an interrupt does to the command line from its first line to its last: no traceback, and 130.

What comes before `main` is called cannot be caught.
"""

import os
import signal
import sys
from _thread import interrupt_main
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer, main_thread
from types import FrameType

from bisect_ml.cli.exit_codes import ExitCode

_AGAIN_S = 0.05


def quit_on_interrupt() -> None:
    """Let an interrupt end the process at once: right where nothing has begun that would need an end.

    Whoever had interrupts ignored, as `nohup` does, keeps them so.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _quit)


@contextmanager
def interruptible() -> Iterator[None]:
    """Let an interrupt raise `KeyboardInterrupt`, so that what was begun is put to an end.

    Nothing changes in a process whose interrupts are not those of `quit_on_interrupt`.
    """
    if signal.getsignal(signal.SIGINT) is not _quit:
        yield
        return
    signal.signal(signal.SIGINT, _raise_after_imports)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, _quit)


def _quit(_signal: int, _frame: FrameType | None) -> None:
    os._exit(ExitCode.INTERRUPTED)


def _raise_after_imports(_signal: int, frame: FrameType | None) -> None:
    """Raise; amid an import quit, or come back later: an extension that meets an exception there aborts.

    Commands import before they begin anything. What they call imports while there may be files to remove.
    """
    importer = _importer(frame)
    if importer is None:
        raise KeyboardInterrupt
    if importer.f_globals.get("__package__") == __package__:
        _quit(_signal, frame)
    again = Timer(_AGAIN_S, _interrupt_main)
    again.daemon = True
    again.start()


def _interrupt_main() -> None:
    if sys.platform == "win32":
        interrupt_main()
    else:
        # Unlike the other, a signal wakes a thread that waits.
        signal.pthread_kill(main_thread().ident or 0, signal.SIGINT)


def _importer(frame: FrameType | None) -> FrameType | None:
    """Return the frame that began the import in progress, None where there is none."""
    importer = None
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib."):
            importer = frame.f_back
        frame = frame.f_back
    return importer
