"""What commands printed: its end, and a bound on how much of it is kept."""

import os
from pathlib import Path

_LAST_LINES = 20
_TAIL_BYTES = 1 << 15
_KEPT_BYTES = 10_000_000


def last_lines(log: Path) -> tuple[str, ...]:
    """Return the end of a log without its empty lines; what is no UTF-8 in it is replaced."""
    with log.open("rb") as file:
        file.seek(-min(_TAIL_BYTES, os.fstat(file.fileno()).st_size), os.SEEK_END)
        text = file.read().decode("utf-8", "replace")
    return tuple(line for line in text.splitlines() if line.strip())[-_LAST_LINES:]


def shorten(log: Path) -> None:
    """Cut the middle out of a log that is too large to be kept."""
    size = log.stat().st_size
    if size <= _KEPT_BYTES:
        return
    half = _KEPT_BYTES // 2
    with log.open("r+b") as file:
        file.seek(size - half)
        end = file.read()
        file.seek(half)
        file.write(b"\n[ %d bytes are left out here ]\n" % (size - 2 * half) + end)
        file.truncate()
