"""Runs one command and outlives whoever started it: when they are gone, the command ends too.

    python -I -S warden.py SECONDS STDOUT COMMAND

Started by path, without the package, so that it is up at once. Its standard input is a pipe that its
owner never writes to: when it closes, because the owner gave up or was killed, the command and all of
its process group are ended. So they are after SECONDS (0 is no limit), and what a command leaves running
when it ends is ended as well. On standard output it says what happened: `exit CODE`, `signal NUMBER`,
`timeout` or `ended`. STDOUT is the file descriptor that takes the command's output; its errors go where the
warden's own go.
"""

import os
import select
import signal
import sys
import time
from collections.abc import Callable

_GRACE_S = 3.0


def main() -> None:
    """Run the command that the arguments name."""
    limit_s, stdout, command = float(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    wake, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _noted)
    child = os.fork()
    if child == 0:
        _become(command, stdout)
    _try(os.setpgid, child, child)  # In vain where it has done so itself, or is over already.
    os.close(stdout)
    said = _watched(child, wake, limit_s)
    _try(os.write, 1, said.encode())  # In vain where nobody is left to read it.


def _noted(_number: int, _frame: object) -> None:
    """Do nothing: the wake-up descriptor says all."""


def _become(command: str, stdout: int) -> None:
    try:
        os.setpgid(0, 0)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(stdout, 1)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):
            signal.signal(number, signal.SIG_DFL)
        os.closerange(3, 256)
        os.execv("/bin/sh", ["sh", "-c", command])  # noqa: S606 - this is the shell
    finally:
        os._exit(127)


def _watched(child: int, wake: int, limit_s: float) -> str:
    """Wait for the end of the command, of its time or of its owner, and say which it was."""
    deadline = time.monotonic() + limit_s
    while True:
        left = max(0.0, deadline - time.monotonic()) if limit_s else None
        ready, _, _ = select.select([0, wake], [], [], left)
        if wake in ready:
            signals = os.read(wake, 256)
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                _try(os.killpg, child, signal.SIGKILL)
                code = os.waitstatus_to_exitcode(status)
                return f"exit {code}" if code >= 0 else f"signal {-code}"
            if set(signals) - {signal.SIGCHLD}:
                _end(child)
                return "ended"
        if 0 in ready:
            _end(child)
            return "ended"
        if not ready:
            _end(child)
            return "timeout"


def _end(child: int) -> None:
    """Ask the group to end, and make it end when it takes too long."""
    _try(os.killpg, child, signal.SIGTERM)
    deadline = time.monotonic() + _GRACE_S
    while time.monotonic() < deadline:
        if os.waitpid(child, os.WNOHANG)[0]:
            break
        time.sleep(0.02)
    _try(os.killpg, child, signal.SIGKILL)


def _try(action: Callable[..., object], *arguments: object) -> None:
    try:
        action(*arguments)
    except OSError:
        return


if __name__ == "__main__":
    main()
