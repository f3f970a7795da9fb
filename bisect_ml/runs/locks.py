"""Locks on files, which end with the processes that hold them, however those end."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bisect_ml.errors import ConfigError

_POLL_S = 0.1


class FileLock:
    """An advisory lock on a file, made where it is missing.

    Children may inherit `descriptor`; the lock is then free when the last holder has ended.

    Raises:
        ConfigError: This system has no such locks.
    """

    def __init__(self, path: Path) -> None:
        if sys.platform == "win32":
            raise ConfigError(
                "running the code of commits needs Linux or macOS",
                "compare two files of predictions: --base-predictions A --head-predictions B",
            )
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self, *, shared: bool = False) -> bool:
        """Take the lock, or change its kind, and return False where another process keeps us from it."""
        if sys.platform == "win32":
            return False
        import fcntl

        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(self.descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def wait(self, *, shared: bool = False, check: Callable[[], None] = lambda: None) -> None:
        """Take the lock when it is free; `check` is called meanwhile and may raise."""
        # A blocking call could not be ended by Ctrl-C from a thread.
        while not self.take(shared=shared):
            check()
            time.sleep(_POLL_S)

    def close(self) -> None:
        """Give the lock back."""
        os.close(self.descriptor)


@contextmanager
def held(path: Path, check: Callable[[], None] = lambda: None) -> Iterator[FileLock]:
    """Hold the lock of a file, alone, while the block runs."""
    lock = FileLock(path)
    try:
        lock.wait(check=check)
        yield lock
    finally:
        lock.close()
