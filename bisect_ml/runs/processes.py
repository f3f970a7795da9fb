"""Commands as processes: each under a warden of its own, all ended at once when the run is over."""

import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

_WARDEN = Path(__file__).with_name("warden.py")


class Stopped(Exception):  # noqa: N818 - it is no error: somebody asked for it
    """The run is being given up; no further command starts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a command ended: its code (negative: the signal), or None where its time was up."""

    returncode: int | None
    seconds: float


class Processes:
    """The commands that run now.

    Args:
        keep: A file descriptor that stays open until the last of them has ended, whatever becomes of us.
    """

    def __init__(self, keep: int) -> None:
        self._keep = keep
        self._live: set[subprocess.Popen[bytes]] = set()
        self._lock = Lock()
        self._stopped = False

    def run(
        self,
        command: str,
        *,
        folder: Path,
        environment: Mapping[str, str],
        log: Path,
        stdout: Path | None = None,
        timeout_s: float | None = None,
    ) -> Ended:
        """Run a command of the shell to its end.

        Args:
            command: The command.
            folder: Where it starts.
            environment: Its whole environment.
            log: What it prints is added to this file.
            stdout: A new file for its standard output, or None where that goes to the log.
            timeout_s: When to end it, in seconds, or None for no limit.

        Raises:
            Stopped: `stop` was called before or while it ran.
        """
        began = time.monotonic()
        with log.open("ab") as errors, (log if stdout is None else stdout).open("ab") as output:
            arguments = [
                sys.executable,
                "-I",
                "-S",
                str(_WARDEN),
                str(timeout_s or 0),
                str(output.fileno()),
                command,
            ]
            with self._lock:
                self.check()
                warden = subprocess.Popen(  # noqa: S603 - the command is the user's own
                    arguments,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    cwd=folder,
                    env=dict(environment),
                    pass_fds=(output.fileno(), self._keep),
                    start_new_session=True,
                )
                self._live.add(warden)
        try:
            said = self._awaited(warden)
        finally:
            self._forget(warden)
        self.check()
        kind, _, number = said.partition(" ")
        code = {"exit": 1, "signal": -1}.get(kind, 0) * int(number or 0) if kind != "timeout" else None
        return Ended(returncode=code, seconds=time.monotonic() - began)

    def check(self) -> None:
        """Raise Stopped where `stop` was called."""
        if self._stopped:
            raise Stopped

    def stop(self) -> None:
        """End all commands, and start no other."""
        with self._lock:
            self._stopped = True
            for warden in self._live:
                _close(warden)

    def _awaited(self, warden: "subprocess.Popen[bytes]") -> str:
        if warden.stdout is None:
            raise AssertionError("a warden speaks through a pipe")
        said = warden.stdout.read().decode("ascii")
        # It says nothing where it was killed itself: its command is then unwatched and counts as killed.
        return said or "signal 9"

    def _forget(self, warden: "subprocess.Popen[bytes]") -> None:
        with self._lock:
            _close(warden)
            self._live.discard(warden)
        warden.wait()
        if warden.stdout is not None:
            warden.stdout.close()


def _close(warden: "subprocess.Popen[bytes]") -> None:
    """Close the pipe at whose end a warden ends its command."""
    if warden.stdin is not None and not warden.stdin.closed:
        warden.stdin.close()
