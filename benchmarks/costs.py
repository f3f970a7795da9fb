"""What a process has cost so far."""

import resource
from collections.abc import Callable
from pathlib import Path


def own_cpu_s() -> float:
    """Return the user and system seconds of this process."""
    return _cpu_s(resource.RUSAGE_SELF)


def cpu_s(action: Callable[[], object]) -> float:
    """Return the CPU seconds of an action and of the processes that it waited for."""
    before = own_cpu_s() + _cpu_s(resource.RUSAGE_CHILDREN)
    action()
    return own_cpu_s() + _cpu_s(resource.RUSAGE_CHILDREN) - before


def peak_mib() -> float:
    """Return the most memory that this process held, in MiB (Linux)."""
    # Not `ru_maxrss`: a process begins with the peak of the one that started it.
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def _cpu_s(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime
